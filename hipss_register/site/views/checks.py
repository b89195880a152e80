"""What the pages of checks and gaps show: all rules with their counts, one rule, and what belongs to one decision."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from hipss_register.checks import GROUPS, Finding, Findings, Weight
from hipss_register.names import reading_key, slug
from hipss_register.site import addresses
from hipss_register.site.book import Book
from hipss_register.site.views.completeness import FieldRow, completeness
from hipss_register.site.views.lists import NAMES_LENGTH, PAGE_LENGTH, ListPage, page_numbers, paged
from hipss_register.site.views.rule import RuleRow, rule_rows

NO_CONTRACT = ""
"""Stands for findings about no contract, and for contracts of no stated department."""
NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings there are of each weight."""

    question: int = 0
    gap: int = 0
    inconsistency: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.question + self.gap + self.inconsistency


def count(findings: Iterable[Finding]) -> Count:
    """Count findings by weight."""
    counted = Counter(finding.severity.value for finding in findings)
    return Count(**{weight.value: counted[weight.value] for weight in Weight})


@dataclass(frozen=True, slots=True)
class Row:
    """Findings about one contract or one department."""

    id: str
    name: str
    count: Count


@dataclass(frozen=True, slots=True)
class ChecksView:
    """The page of all checks."""

    latest: tuple[Finding, ...]
    """The first findings, in the order of the rules; all of them in a small register."""
    groups: tuple[tuple[str, tuple[RuleRow, ...]], ...]
    count: Count
    passed: int
    cannot_tell: int
    contracts: tuple[Row, ...]
    """The contracts with most findings."""
    more_contracts: int
    departments: tuple[Row, ...]
    fields: tuple[FieldRow, ...]
    held: int
    last_day: dt.date | None
    """The day from which checks count: that of the last decision. None if no decision has a day."""


@dataclass(frozen=True, slots=True)
class ByContractView:
    """A page that lists contracts with findings."""

    page: ListPage[Row]
    other: Count


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A page that lists the contracts of one department with findings, and counts the department's findings."""

    row: Row
    page: ListPage[Row]


_TOP = 20


@dataclass(frozen=True, slots=True)
class WhereFound:
    """How many findings there are about each contract, those with most first, and each department by its name."""

    contracts: tuple[Row, ...]
    departments: tuple[Row, ...]
    other: Count
    """Findings about no contract."""


def where_found(book: Book, findings: Findings) -> WhereFound:
    """Count the findings about each contract and department."""
    contracts, other = _by_contract(book, findings)
    return WhereFound(contracts, _by_department(book, findings), other)


def checks_view(book: Book, findings: Findings, where: WhereFound) -> ChecksView:
    """Gather the page of all checks."""
    rows = {row.rule.code: row for row in rule_rows(findings)}
    return ChecksView(
        latest=_first_of_each(findings.found),
        groups=tuple((name, tuple(rows[rule.code] for rule in rules)) for name, rules in GROUPS.items()),
        count=count(findings.found),
        passed=sum(findings.passed.values()),
        cannot_tell=len(findings.cannot_tell),
        contracts=where.contracts[:_TOP],
        more_contracts=max(len(where.contracts) - _TOP, 0),
        departments=where.departments,
        fields=tuple(completeness(book.register.records.values())),
        held=sum(record.held and not record.form.pending for record in book.register.records.values()),
        last_day=max((day for r in book.register.records.values() if (day := r.form.date.latest)), default=None),
    )


def _first_of_each(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """At most as many findings as a page holds: all if there are no more, else the first few of each rule."""
    findings = list(found)
    if len(findings) <= PAGE_LENGTH:
        return tuple(findings)
    seen: Counter[str] = Counter()
    few: list[Finding] = []
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= 2:
            few.append(finding)
    return tuple(few[:PAGE_LENGTH])


def contracts_of(book: Book, finding: Finding) -> tuple[str, ...]:
    """The contracts that a finding is about: its own, or those of its decision."""
    if finding.contract:
        return (finding.contract,)
    if not finding.decision:
        return ()
    events = book.register.records[finding.decision].form.contracts
    return tuple(dict.fromkeys(event.contract for event in events))


def _by_contract(book: Book, findings: Findings) -> tuple[tuple[Row, ...], Count]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings.found:
        for contract in contracts_of(book, finding) or (NO_CONTRACT,):
            groups[contract].append(finding)
    other = count(groups.pop(NO_CONTRACT, ()))
    rows = [Row(contract, _contract_name(book, contract), count(found)) for contract, found in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count.total, reading_key(row.name), row.id))), other


def by_contract_views(where: WhereFound) -> list[ByContractView]:
    """Each page of the list of contracts with findings; none if the page of all checks lists every one."""
    rows = where.contracts
    if len(rows) <= _TOP:
        return []
    return [ByContractView(page, where.other) for page in paged(rows, addresses.checks_by_contract, NAMES_LENGTH)]


def department_views(book: Book, where: WhereFound) -> list[DepartmentView]:
    """Each page of each department with findings: its contracts, those with most findings first."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in where.contracts:
        held[_department(book, row.id)].append(row)
    return [
        DepartmentView(department, page)
        for department in where.departments
        for page in paged(held[department.name], partial(addresses.department, department.id), NAMES_LENGTH)
    ]


def pages_where_found(book: Book, findings: Findings) -> tuple[list[str], list[str]]:
    """The addresses of the pages by contract and by department, from no more than where there are findings."""
    found = [contracts_of(book, finding) for finding in findings.found]
    contracts = {contract for of in found for contract in of}
    held = Counter(_department(book, contract) for contract in contracts)
    names = {_department(book, contract) for contract in contracts if contract in book.contracts}
    names |= {NO_CONTRACT} if any(book.contracts.keys().isdisjoint(of) for of in found) else set()
    numbers = page_numbers(len(contracts), NAMES_LENGTH) if len(contracts) > _TOP else ()
    return list(map(addresses.checks_by_contract, numbers)), [
        addresses.department(_department_id(name), number)
        for name in _in_reading_order(names)
        for number in page_numbers(held[name], NAMES_LENGTH)
    ]


def _department(book: Book, contract: str) -> str:
    entry = book.contracts.get(contract)
    return (entry.department if entry else None) or NO_CONTRACT


def _department_id(name: str) -> str:
    return slug(name) if name else NOT_STATED


def _in_reading_order(departments: Iterable[str]) -> list[str]:
    return sorted(departments, key=lambda name: (name == NO_CONTRACT, reading_key(name), name))


def _contract_name(book: Book, contract: str) -> str:
    entry = book.contracts.get(contract)
    return (entry.short or entry.name) if entry else contract


def _by_department(book: Book, findings: Findings) -> tuple[Row, ...]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings.found:
        entries = [book.contracts[contract] for contract in contracts_of(book, finding) if contract in book.contracts]
        for department in sorted({entry.department or NO_CONTRACT for entry in entries} or {NO_CONTRACT}):
            groups[department].append(finding)
    return tuple(Row(_department_id(name), name, count(groups[name])) for name in _in_reading_order(groups))
