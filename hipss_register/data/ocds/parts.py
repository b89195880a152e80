"""The pieces that releases are made of, each with what the records say and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hipss_register.data.entities import sources_of
from hipss_register.data.publication import Publication
from hipss_register.history import Fact, State
from hipss_register.model import Amount, ContractEvent, DateSpan, Money, Term
from hipss_register.names import slug
from hipss_register.read import Record
from hipss_register.wording import say_length, say_list, say_money, say_when, upper_first

Json = dict[str, Any]


def first_second(day: dt.date) -> str:
    """The first second of a day."""
    return f"{day.isoformat()}T00:00:00Z"


def last_second(day: dt.date) -> str:
    """The last second of a day."""
    return f"{day.isoformat()}T23:59:59Z"


def kept(**fields: Any) -> Json:
    """An object of the fields that have a value: OCDS has no empty ones."""
    return {name: value for name, value in fields.items() if value}


def ocid_of(pub: Publication, contract: str) -> str | None:
    """A contract's own ocid, else the publisher's prefix and the contract's id; None without either."""
    entry = pub.book.contracts.get(contract)
    if entry and entry.ocid:
        return entry.ocid
    prefix = pub.settings.ocid_prefix
    return f"{prefix}-{contract}" if prefix else None


def council(pub: Publication) -> Json:
    """The council, as a reference to its entry among the parties."""
    name = pub.settings.organisation or pub.settings.site_name
    return {"id": slug(name), "name": name}


def council_party(pub: Publication) -> Json:
    """The council's entry among the parties."""
    return council(pub) | {"roles": ["buyer", "procuringEntity"]}


def supplier(pub: Publication, supplier_id: str) -> Json:
    """A supplier, as a reference to its entry among the parties."""
    entry = pub.book.register.tables.suppliers.get(supplier_id)
    return {"id": supplier_id, "name": entry.name if entry else supplier_id}


def supplier_party(pub: Publication, supplier_id: str) -> Json:
    """A supplier's entry among the parties, with its numbers in the registers of companies and of charities."""
    party = supplier(pub, supplier_id) | {"roles": ["supplier"]}
    entry = pub.book.register.tables.suppliers.get(supplier_id)
    if entry is None:
        return party
    numbers = [("GB-COH", entry.company), ("GB-CHC", entry.charity)]
    found = [{"scheme": scheme, "id": number, "legalName": entry.name} for scheme, number in numbers if number]
    return party | kept(
        identifier=found[0] if found else None,
        additionalIdentifiers=found[1:],
        contactPoint=kept(url=entry.url),
    )


def documents(pub: Publication, record: Record) -> list[Json]:
    """The decision's page, and our copies of its documents."""
    page = {"id": record.id, "title": record.name, "url": pub.decision_page(record.id), "format": "text/html"}
    copies = [
        {"id": copy["path"], "title": copy["path"].rpartition("/")[2], "url": copy["url"]}
        for copy in sources_of(pub, record)
    ]
    return [page | {"language": "en"}, *copies]


def said(record: Record, name: str) -> str | None:
    """The record's own words in one box of the form."""
    statement = getattr(record.form, name)
    return statement.words if statement else None


def sums_in_words(event: ContractEvent) -> str:
    """Every sum of an event in words, since a limit or an estimate has no place of its own."""
    return " ".join(f"{role.label}: {say_money(money)}." for role, money in event.money())


def term_in_words(term: Term | None) -> str:
    """A term in words, as its dates may be known only in part."""
    if term is None or term.nothing:
        return ""
    parts = [
        f"from {say_when(term.start)}" if term.start else "",
        f"to {say_when(term.end)}" if term.end else "",
        f"trial of {say_length(term.trial)}" if term.trial else "",
        say_length(term.length, term.up_to) if term.length else "",
        f"options: {say_list([say_length(o.length, o.up_to) for o in term.options])}" if term.options else "",
        term.words or "",
    ]
    return upper_first(f"term: {', '.join(filter(None, parts))}.")


def description(record: Record, event: ContractEvent | None) -> str:
    """The decision made, then its term and sums in words."""
    said_so = said(record, "decision") or record.form.summary or ""
    more = (term_in_words(event.term), sums_in_words(event)) if event else ()
    return "\n\n".join(filter(None, (said_so.strip(), *more)))


_PARTIAL = ("per", "covers", "lot", "year", "supplier", "quantity")
"""What makes a figure one of something other than this contract as a whole."""


def one_figure(money: Money | None, *qualifiers: str) -> Json | None:
    """A sum that is one figure, so qualified, for the whole contract alone; anything else is only said in words."""
    if money is None or len(money.parts) != 1 or money.worked_out:
        return None
    (part,) = money.parts
    partial = any(getattr(part, name) is not None for name in _PARTIAL)
    return None if partial or part.qualifier not in qualifiers else value_of(part)


def value_of(amount: Amount) -> Json:
    """A figure and its currency."""
    return {"amount": number(amount.figure), "currency": amount.currency}


def number(figure: Decimal) -> int | float:
    """A figure as a JSON number."""
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def stated(fact: Fact[DateSpan]) -> dt.date | None:
    """A day that a record states, known to the day."""
    return fact.value.exact if fact.value and fact.set_by else None


def period(state: State) -> Json:
    """The contract's term as far as records state its days; what the register worked out has no place here."""
    start, end, furthest = stated(state.start), stated(state.end), stated(state.furthest)
    furthest = furthest or end if not any(not part.runs for part in state.parts) else furthest
    return kept(
        startDate=first_second(start) if start else None,
        endDate=last_second(end) if end else None,
        maxExtentDate=last_second(furthest) if furthest else None,
    )


def related(pub: Publication, contract: str) -> Iterator[Json]:
    """The contracts that this one took the place of, or was called off from."""
    entry = pub.book.contracts[contract]
    others = [("prior", entry.follows.contract if entry.follows else None), ("framework", entry.framework)]
    for relation, other in others:
        ocid = ocid_of(pub, other) if other and other in pub.book.contracts else None
        if other and ocid:
            title, page = pub.book.contracts[other].name, pub.contract_page(other)
            yield {"id": other, "relationship": [relation], "scheme": "ocid", "identifier": ocid} | kept(
                title=title, uri=page
            )
