"""The auditor's pages: every check, what it found by contract and department, each rule, and bundles to print."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from functools import partial

from hipss_register.later import Later
from hipss_register.site import addresses
from hipss_register.site.audit import Audit
from hipss_register.site.book import Book
from hipss_register.site.page import PageContent, PlannedPage
from hipss_register.site.views.bundle import bundle_view
from hipss_register.site.views.checks import (
    WhereFound,
    by_contract_views,
    checks_view,
    department_views,
    pages_where_found,
    where_found,
)
from hipss_register.site.views.rule import pages_of_rules
from hipss_register.wording import say_count, upper_first

_CHECKS = "Checks and gaps"


def plan_audit_pages(audit: Audit, watched: Audit) -> Iterator[PlannedPage]:
    """The page of all checks, the lists by contract and by department, and those of each rule.

    The last are made from a ``watched`` audit.
    """
    book, findings = audit.book, audit.findings
    where = functools.cache(lambda: where_found(book, findings))
    by_contract, by_department = pages_where_found(book, findings)
    yield PlannedPage(addresses.CHECKS, partial(_checks, audit, where), alone=False, title=_CHECKS)
    yield from PlannedPage.together(by_contract, partial(_by_contract, where))
    yield from PlannedPage.together(by_department, partial(_departments, book, where))
    for address in pages_of_rules(findings):
        yield PlannedPage(address, Later(_rule, watched, address))


def _checks(audit: Audit, where: Callable[[], WhereFound]) -> PageContent:
    view = checks_view(audit.book, audit.findings, where())
    contents = (
        ("findings", "What was found"),
        ("rules", "Every check"),
        ("contracts", "By contract"),
        ("departments", "By department"),
        ("fields", "How complete the records are"),
    )
    text = f"{say_count(view.count.total, 'finding')}, what each rests on, and what cannot be computed."
    return PageContent(addresses.CHECKS, _CHECKS, text, "checks.html", addresses.CHECKS, view, contents=contents)


def _by_contract(where: Callable[[], WhereFound]) -> Iterator[PageContent]:
    text = "Every contract about which the checks found something."
    for view in by_contract_views(where()):
        title = view.page.titled("Findings by contract")
        yield PageContent(view.page.address, title, text, "checks_by_contract.html", addresses.CHECKS, view)


def _departments(book: Book, where: Callable[[], WhereFound]) -> Iterator[PageContent]:
    for view in department_views(book, where()):
        name = view.row.name or "no stated department"
        title, text = view.page.titled(f"Findings: {name}"), f"{say_count(view.row.count.total, 'finding')}: {name}."
        yield PageContent(view.page.address, title, text, "checks_by_department.html", addresses.CHECKS, view)


def _rule(audit: Audit, address: str) -> PageContent:
    view = audit.rule_pages[address]
    title = view.page.titled(f"Check: {view.rule.title}")
    text = f"{upper_first(view.rule.statement)} {say_count(view.row.found, 'finding')}."
    return PageContent(view.page.address, title, text, "rule.html", addresses.CHECKS, view)


def bundle_page(book: Book, contract_id: str) -> PageContent:
    """All that is known of one contract, on one page to print."""
    contract = book.contracts[contract_id]
    name = contract.short or contract.name
    view = bundle_view(book, contract_id)
    text = f"Everything that the register has on the contract for {contract.name}, on one page."
    return PageContent(
        addresses.bundle(contract_id), f"{name}: audit bundle", text, "bundle.html", addresses.CONTRACTS, view
    )
