"""What the pages of one rule show, and its row in the table of all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from hipss_register.checks import RULES, CannotTell, Choice, Finding, Findings, Rule, Weight
from hipss_register.site import addresses
from hipss_register.site.views.lists import ListPage, page_numbers, paged

_MOST_REASONS = 30
_MOST_SUBJECTS = 20


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in the table of all: what it found, passed, and could not tell."""

    rule: Rule
    severity: Weight
    choice: Choice | None
    found: int
    passed: int
    cannot_tell: int

    @property
    def off(self) -> bool:
        """Whether this site has left it out."""
        return bool(self.choice and self.choice.off)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some checks cannot be computed, and for which decisions or contracts: the first few, and how many more."""

    because: str
    subjects: tuple[CannotTell, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RuleView:
    """A page of one rule: what it asks, how, and what came of it."""

    row: RuleRow
    page: ListPage[Finding]
    reasons: tuple[Reason, ...]
    """The commonest ones, on the first page."""
    more_reasons: int

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.row.rule


def rule_rows(findings: Findings) -> list[RuleRow]:
    """Every rule with its counts, those that are left out included."""
    found = Counter(finding.code for finding in findings.found)
    cannot = Counter(answer.code for answer in findings.cannot_tell)
    rows = []
    for code, rule in RULES.items():
        choice = findings.settings.choices.get(code)
        severity = (choice.severity if choice else None) or rule.weight
        rows.append(RuleRow(rule, severity, choice, found[code], findings.passed.get(code, 0), cannot[code]))
    return rows


def pages_of_rules(findings: Findings) -> list[str]:
    """The addresses of the pages of all rules."""
    found = Counter(finding.code for finding in findings.found)
    return [addresses.rule(rule.slug, n) for code, rule in RULES.items() for n in page_numbers(found[code])]


def rule_views(findings: Findings) -> Iterator[RuleView]:
    """Each page of each rule."""
    found: dict[str, list[Finding]] = defaultdict(list)
    cannot_tell: dict[str, list[CannotTell]] = defaultdict(list)
    for finding in findings.found:
        found[finding.code].append(finding)
    for answer in findings.cannot_tell:
        cannot_tell[answer.code].append(answer)
    for row in rule_rows(findings):
        reasons = _reasons(cannot_tell[row.rule.code])
        first, *others = paged(found[row.rule.code], partial(addresses.rule, row.rule.slug))
        yield RuleView(row, first, tuple(reasons[:_MOST_REASONS]), max(len(reasons) - _MOST_REASONS, 0))
        yield from (RuleView(row, page, (), 0) for page in others)


def _reasons(answers: Iterable[CannotTell]) -> list[Reason]:
    groups: dict[str, list[CannotTell]] = defaultdict(list)
    for answer in answers:
        groups[answer.because].append(answer)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Reason(because, tuple(subjects[:_MOST_SUBJECTS]), max(len(subjects) - _MOST_SUBJECTS, 0))
        for because, subjects in ordered
    ]
