"""The tables of what decisions did to contracts, and of the sums in the decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from hipss_register.data.columns import (
    Cell,
    Column,
    Columns,
    Table,
    fact_columns,
    joined,
    options_cell,
    remark,
    said_cell,
    when_columns,
    within,
)
from hipss_register.data.publication import Publication
from hipss_register.fields import meaning
from hipss_register.history import State, Step
from hipss_register.model import (
    EVENT_KINDS,
    MONEY_ROLES,
    Amount,
    ContractEvent,
    Money,
    Suppliers,
    Term,
)
from hipss_register.model.event import Before, ContractNotice, Ground, Scope
from hipss_register.model.kinds import MoneyRole, MoneySort
from hipss_register.model.money import QUALIFIERS


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of the table of events."""

    pub: Publication
    decision: str
    number: int
    event: ContractEvent
    step: Step | None

    @property
    def id(self) -> str:
        """What tells the event apart from all others."""
        return f"{self.decision}/{self.number}"


def event_rows(pub: Publication) -> Iterator[EventRow]:
    """Every event, in the order of the decisions."""
    for record in pub.records:
        steps = {id(step.event): step for step in pub.steps.get(record.id, ()) if step.event}
        for number, event in enumerate(record.form.contracts, 1):
            yield EventRow(pub, record.id, number, event, steps.get(id(event)))


def _parties(suppliers: Suppliers | None) -> Cell:
    if suppliers is None:
        return None
    said = []
    for party in suppliers.parties:
        more = joined(filter(None, (", ".join(party.lots), party.share)))
        said.append(f"{party.supplier} [{more}]" if more else party.supplier)
    return said_cell(suppliers, joined(filter(None, (*said, suppliers.words))))


def _many(part: str, model: Any, name: str) -> Column:
    return Column(f"{part}_{name}", meaning(model, name), lambda given: joined(getattr(given, name)) or None)


def _text(part: str, model: Any, name: str) -> Column:
    def cell(given: Any) -> Cell:
        value = getattr(given, name)
        return None if value is None else str(value)

    return Column(f"{part}_{name}", meaning(model, name), cell, kind="uri" if name == "url" else "string")


def _of(part: str, *parts: Column | Columns) -> Columns:
    return within(attrgetter(f"event.{part}"), parts)


EVENTS = Table(
    "events",
    "Events",
    "What each decision does to each contract, in the order of the decisions. The sums are in the table of sums.",
    ("id",),
    (
        Column(
            "id", "The event's id: the decision's, and the number of the event in it.", lambda r: r.id, required=True
        ),
        Column("decision", "The decision.", lambda r: r.decision, refers="decisions", required=True),
        Column("number", "Its number in the decision, from 1.", lambda r: r.number, kind="integer", required=True),
        Column("contract", "The contract.", lambda r: r.event.contract, refers="contracts", required=True),
        Column(
            "event", meaning(ContractEvent, "event"), lambda r: r.event.event, enum=tuple(EVENT_KINDS), required=True
        ),
        Column(
            "in_force",
            "Whether it has been decided. What is not yet decided changes nothing.",
            lambda r: r.step.in_force if r.step else None,
            kind="boolean",
        ),
        when_columns("takes_effect", meaning(ContractEvent, "takes_effect"), attrgetter("event.takes_effect")),
        _of(
            "term",
            when_columns("term_start", meaning(Term, "start"), attrgetter("start")),
            when_columns("term_end", meaning(Term, "end"), attrgetter("end")),
            _text("term", Term, "trial"),
            _text("term", Term, "length"),
            Column("term_up_to", meaning(Term, "up_to"), attrgetter("up_to"), kind="boolean"),
            Column("term_options", meaning(Term, "options"), lambda term: options_cell(term.options)),
            Column("term_words", meaning(Term, "words"), lambda term: said_cell(term, term.words)),
        ),
        _of(
            "before",
            when_columns("before_end", meaning(Before, "end"), attrgetter("end")),
            Column("before_suppliers", meaning(Before, "suppliers"), lambda before: _parties(before.suppliers)),
            _text("before", Before, "words"),
        ),
        Column("suppliers", meaning(ContractEvent, "suppliers"), lambda r: _parties(r.event.suppliers)),
        Column("lots", meaning(ContractEvent, "lots"), lambda r: joined(r.event.lots) or None),
        Column("route", meaning(ContractEvent, "route"), attrgetter("event.route")),
        Column("may_award", meaning(ContractEvent, "may_award"), attrgetter("event.may_award")),
        _of("scope", _many("scope", Scope, "added"), _many("scope", Scope, "removed"), _text("scope", Scope, "words")),
        _of("ground", _text("ground", Ground, "provision"), _text("ground", Ground, "words")),
        _of(
            "notice",
            _text("notice", ContractNotice, "reference"),
            when_columns("notice_date", meaning(ContractNotice, "date"), attrgetter("date")),
            _text("notice", ContractNotice, "url"),
        ),
        Column(
            "suppliers_after",
            "The ids of the contract's suppliers after the event.",
            lambda r: joined(r.step.after.suppliers.value or ()) or None if r.step else None,
        ),
        fact_columns("end_after", "The last day of the contract's term after the event.", lambda r: _after(r).end),
    ),
    event_rows,
)


def _after(row: EventRow) -> State:
    return row.step.after if row.step else State()


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row of the table of sums: one figure, or what stands in place of figures."""

    decision: str
    event: EventRow | None
    role: MoneyRole
    when: str
    number: int
    money: Money
    part: Amount | None

    def get(self, name: str) -> Any:
        """A field of the figure, if there is one."""
        return getattr(self.part, name) if self.part else None


def _sums(pub: Publication) -> Iterator[SumRow]:
    events: dict[str, list[EventRow]] = {}
    for row in event_rows(pub):
        events.setdefault(row.decision, []).append(row)
    for record in pub.records:
        for role, money in record.form.money():
            yield from _figures(record.id, None, role, "after", money)
        for row in events.get(record.id, ()):
            for role, money in row.event.money():
                yield from _figures(record.id, row, role, "after", money)
            before = row.event.before
            if before and before.value:
                yield from _figures(record.id, row, MONEY_ROLES["value"], "before", before.value)


def _figures(decision: str, event: EventRow | None, role: MoneyRole, when: str, money: Money) -> Iterator[SumRow]:
    for number, part in enumerate(money.parts or (None,), 1):
        yield SumRow(decision, event, role, when, number, money, part)


def _words(row: SumRow) -> Cell:
    own = filter(None, (row.get("words"), row.money.words, remark(row.money)))
    return " ".join(dict.fromkeys(own)) or None


SUMS = Table(
    "sums",
    "Sums",
    "Every figure that a decision gives. Limits, estimates and amounts are different things: never add them together.",
    ("decision", "event", "role", "stood", "number"),
    (
        Column("decision", "The decision.", lambda r: r.decision, refers="decisions", required=True),
        Column(
            "event",
            "The event that it belongs to; empty if to the decision.",
            lambda r: r.event.id if r.event else None,
            refers="events",
        ),
        Column(
            "contract",
            "The contract that it is about; empty if none.",
            lambda r: r.event.event.contract if r.event else None,
            refers="contracts",
        ),
        Column("role", "What the sum is for.", lambda r: r.role.name, enum=tuple(MONEY_ROLES), required=True),
        Column(
            "stood",
            "Whether it stood before the decision, or stands after it.",
            lambda r: r.when,
            enum=("before", "after"),
            required=True,
        ),
        Column(
            "number",
            "Its number among the figures of that sum, from 1.",
            lambda r: r.number,
            kind="integer",
            required=True,
        ),
        Column("amount", "The figure, in its currency.", lambda r: r.part.figure if r.part else None, kind="number"),
        Column(
            "amount_kind",
            "Whether the figure is exact, a limit or an estimate.",
            lambda r: r.part.qualifier if r.part else None,
            enum=QUALIFIERS,
        ),
        Column("currency", meaning(Amount, "currency"), lambda r: r.get("currency"), pattern="[A-Z]{3}"),
        Column(
            "sort",
            "Which of the sorts of money that must never be added to one another.",
            lambda r: r.part.sort(r.role).value if r.part else None,
            enum=tuple(sort.value for sort in MoneySort),
        ),
        Column("per", meaning(Amount, "per"), lambda r: r.get("per")),
        Column("quantity", meaning(Amount, "quantity"), lambda r: r.get("quantity"), kind="number"),
        Column("over", meaning(Amount, "over"), lambda r: r.get("over")),
        Column("covers", meaning(Amount, "covers"), lambda r: r.get("covers")),
        Column("lot", meaning(Amount, "lot"), lambda r: r.get("lot")),
        Column("year", meaning(Amount, "year"), lambda r: r.get("year")),
        Column("supplier", meaning(Amount, "supplier"), lambda r: r.get("supplier"), refers="suppliers"),
        Column("vat", meaning(Amount, "vat"), lambda r: r.get("vat")),
        Column("words", meaning(Amount, "words"), _words),
    ),
    _sums,
)
