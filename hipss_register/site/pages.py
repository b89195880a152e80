"""Every page of the register, in a stable order."""

from __future__ import annotations

from collections.abc import Iterator

from hipss_register.names import squeezed
from hipss_register.read import Record
from hipss_register.site import addresses
from hipss_register.site.audit import Audit
from hipss_register.site.book import FACETS, Book
from hipss_register.site.page import PageContent
from hipss_register.site.views.contract import contract_view
from hipss_register.site.views.decision import decision_view
from hipss_register.site.views.lists import (
    ContractsView,
    FacetView,
    decisions_view,
    group_views,
    home_view,
    in_reading_order,
)
from hipss_register.wording import say_count, say_when, upper_first

_MOST_DESCRIPTION = 200


def make_pages(book: Book, audit: Audit) -> Iterator[PageContent]:
    """All pages: home, lists, and one for each decision, contract and group."""
    yield _home(book)
    yield _all_decisions(book)
    yield from (_decision(book, audit, record) for record in book.register.records.values())
    yield _all_contracts(book)
    yield from (_contract(book, audit, contract_id) for contract_id in book.contracts)
    for folder in FACETS:
        yield from _facet(book, folder)


def _home(book: Book) -> PageContent:
    view = home_view(book)
    description = (
        f"{say_count(view.decisions, 'decision')}, the contracts that they made and changed, and what is missing."
    )
    return PageContent(addresses.HOME, "Home", description, "home.html", addresses.HOME, view)


def _all_decisions(book: Book) -> PageContent:
    return PageContent(
        addresses.DECISIONS,
        "All decisions",
        "Every decision in the register, newest first.",
        "decisions.html",
        addresses.DECISIONS,
        decisions_view(book),
        script="finder.js",
    )


def _decision(book: Book, audit: Audit, record: Record) -> PageContent:
    view = decision_view(book, record)
    contents = [("changes", "What this decision changed")] if any(change.rows for change in view.changes) else []
    contents += [("chain", "Where it sits in the chain")] if view.chain else []
    contents += [("record", "The record" if record.held else "What we know of it")]
    contents += [("notes", "Notes on this record")] if record.form.notes else []
    part = audit.of_decision(record.id)
    contents += [("checks", "What the checks say")] if part.findings or part.reasons else []
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


def _all_contracts(book: Book) -> PageContent:
    ids = sorted(book.contracts, key=lambda i: (book.contracts[i].name.casefold(), i))
    return PageContent(
        addresses.CONTRACTS,
        "Contracts",
        "Every contract in the register, with its term and its history.",
        "contracts.html",
        addresses.CONTRACTS,
        ContractsView(tuple(ids)),
    )


def _contract(book: Book, audit: Audit, contract_id: str) -> PageContent:
    view = contract_view(book, contract_id)
    name = view.contract.short or view.contract.name
    contents = [("term", "How the term grew")] if view.parts else []
    contents += [("history", "History")]
    contents += [("money", "What we know about the money")]
    contents += [("gaps", "Gaps in the published record")] if view.gaps else []
    part = audit.of_contract(contract_id)
    contents += [("checks", "What the checks say")] if part.findings or part.reasons else []
    contents += [("states", "As it stood after each decision")] if view.history.steps else []
    return PageContent(
        addresses.contract(contract_id),
        f"{name}: history, term and value",
        f"How the contract for {view.contract.name} was made and changed, decision by decision.",
        "contract.html",
        addresses.CONTRACTS,
        view,
        contents=tuple(contents),
    )


def _facet(book: Book, folder: str) -> Iterator[PageContent]:
    facet = FACETS[folder]
    groups = in_reading_order(facet, book.groups[folder].values())
    where = addresses.facet(folder)
    description = f"{facet.many} in the register, with their decisions."
    yield PageContent(where, facet.many, description, "facet.html", where, FacetView(facet, groups))
    for group in groups:
        for address, view in group_views(book, facet, group):
            title = f"{facet.lead} {group.name}"
            title += f", page {view.page.number}" if view.page.number > 1 else ""
            text = f"{say_count(len(group.records), 'decision')}. {title}."
            yield PageContent(address, title, text, "group.html", where, view)
