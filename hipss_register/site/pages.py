"""Every page of the register, in a stable order."""

from __future__ import annotations

from collections.abc import Iterator

from hipss_register.later import Later
from hipss_register.names import squeezed
from hipss_register.read import Record
from hipss_register.site import addresses
from hipss_register.site.audit import Audit
from hipss_register.site.audit_pages import bundle_page, plan_audit_pages
from hipss_register.site.book import FACETS, Book, Facet
from hipss_register.site.page import PageContent, PlannedPage
from hipss_register.site.views.contract import contract_view
from hipss_register.site.views.decision import decision_view
from hipss_register.site.views.lists import (
    NAMES_LENGTH,
    contracts_views,
    decisions_view,
    facet_pages,
    group_views,
    home_view,
    page_numbers,
)
from hipss_register.wording import say_count, say_when, upper_first

_MOST_DESCRIPTION = 200
_HOME, _ALL_DECISIONS, _CONTRACTS = "Home", "All decisions", "Contracts"


def plan_pages(book: Book, audit: Audit, watched: Audit) -> Iterator[PlannedPage]:
    """All pages: home, lists, one for each decision, contract and group, and the auditor's.

    ``watched`` is the audit from whose watched book pages are made that a change need not reach.
    """
    yield PlannedPage(addresses.HOME, Later(_home, book), alone=False, title=_HOME)
    yield PlannedPage(addresses.DECISIONS, Later(_all_decisions, book), alone=False, title=_ALL_DECISIONS)
    for record_id in book.register.records:
        yield PlannedPage(addresses.decision(record_id), Later(_decision, watched.book, watched, record_id))
    lists = (addresses.contracts(number) for number in page_numbers(len(book.contracts)))
    yield from PlannedPage.together(lists, Later(_all_contracts, book), _CONTRACTS)
    for contract_id in book.contracts:
        yield PlannedPage(addresses.contract(contract_id), Later(_contract, watched.book, watched, contract_id))
    for folder in FACETS:
        yield from _facet(book, watched.book, folder)
    yield from plan_audit_pages(audit, watched)
    for contract_id in book.contracts:
        yield PlannedPage(addresses.bundle(contract_id), Later(bundle_page, watched.book, contract_id))


def _home(book: Book) -> PageContent:
    view = home_view(book)
    description = (
        f"{say_count(view.decisions, 'decision')}, the contracts that they made and changed, and what is missing."
    )
    return PageContent(addresses.HOME, _HOME, description, "home.html", addresses.HOME, view)


def _all_decisions(book: Book) -> PageContent:
    return PageContent(
        addresses.DECISIONS,
        _ALL_DECISIONS,
        "Every decision in the register, newest first.",
        "decisions.html",
        addresses.DECISIONS,
        decisions_view(book),
        script="finder.js",
    )


def _decision(book: Book, audit: Audit, record_id: str) -> PageContent:
    record = book.register.records[record_id]
    view = decision_view(book, record)
    contents = [("changes", "What this decision changed")] if any(change.rows for change in view.changes) else []
    contents += [("chain", "Where it sits in the chain")] if view.chain else []
    contents += [("record", "The record" if record.held else "What we know of it")]
    contents += [("notes", "Notes on this record")] if record.form.notes else []
    part = audit.of_decision(record.id)
    contents += [("checks", "What the checks say")] if part.findings or part.reasons else []
    contents += [("power", "By what power")] if audit.has_authority(record) else []
    contents += [("source", "Source and proof" if record.form.source else "Where we know it from")]
    contents += [("edits", "Edits to this record")]
    contents += [("related", "Related decisions")] if view.related else []
    contents += [("cite", "Cite this decision")]
    return PageContent(
        addresses.decision(record.id),
        f"{record.name}, {say_when(record.form.date)}",
        _description(record),
        "decision.html",
        addresses.DECISIONS,
        view,
        edit=record.path,
        contents=tuple(contents),
    )


def _description(record: Record) -> str:
    kind = upper_first(record.form.kind or "decision")
    said = record.form.decision.words if record.form.decision else None
    text = squeezed(f"{kind}, {say_when(record.form.date)}. {said or record.name}")
    return text if len(text) <= _MOST_DESCRIPTION else text[: _MOST_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def _all_contracts(book: Book) -> Iterator[PageContent]:
    text = "Every contract in the register, with its term and its history."
    for view in contracts_views(book):
        address, title = view.page.address, view.page.titled(_CONTRACTS)
        yield PageContent(address, title, text, "contracts.html", addresses.CONTRACTS, view)


def _contract(book: Book, audit: Audit, contract_id: str) -> PageContent:
    view = contract_view(book, contract_id)
    name = view.contract.short or view.contract.name
    contents = [("term", "How the term grew")] if view.parts else []
    contents += [("history", "History")]
    contents += [("money", "What we know about the money")]
    contents += [("gaps", "Gaps in the published record")] if view.gaps else []
    part = audit.of_contract(contract_id)
    contents += [("checks", "What the checks say")] if part.findings or part.reasons else []
    states = [("states", "As it stood after each decision"), ("known", "What was known when")]
    contents += states if view.history.steps else []
    return PageContent(
        addresses.contract(contract_id),
        f"{name}: history, term and value",
        f"How the contract for {view.contract.name} was made and changed, decision by decision.",
        "contract.html",
        addresses.CONTRACTS,
        view,
        contents=tuple(contents),
    )


def _facet(book: Book, watched: Book, folder: str) -> Iterator[PlannedPage]:
    facet, groups = FACETS[folder], book.groups[folder]
    lists = (addresses.facet(folder, number) for number in page_numbers(len(groups), NAMES_LENGTH))
    yield from PlannedPage.together(lists, Later(_lists_of, book, facet), facet.many)
    for group in groups.values():
        for number in page_numbers(len(group.members)):
            address = addresses.group(folder, group.id, number)
            yield PlannedPage(address, Later(_group, watched, folder, group.id, number))


def _lists_of(book: Book, facet: Facet) -> Iterator[PageContent]:
    where, text = addresses.facet(facet.folder), f"{facet.many} in the register, with their decisions."
    for view in facet_pages(book, facet):
        yield PageContent(view.page.address, view.page.titled(facet.many), text, "facet.html", where, view)


def _group(book: Book, folder: str, group_id: str, number: int) -> PageContent:
    facet, group = FACETS[folder], book.groups[folder][group_id]
    view = group_views(book, facet, group)[number - 1]
    title = view.page.titled(f"Decisions {facet.lead} {group.name}")
    text = f"{say_count(len(group.records), 'decision')}. {title}."
    return PageContent(view.page.address, title, text, "group.html", addresses.facet(folder), view)
