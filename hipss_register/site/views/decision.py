"""What a decision's page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from hipss_register.history import Fact, State, Step
from hipss_register.model import Effect, LinkKind, Nothing, Statement
from hipss_register.model.decision import LABELS, STATEMENTS
from hipss_register.model.lengths import Length
from hipss_register.read import Record
from hipss_register.register import Linked, Standing
from hipss_register.site.book import Book
from hipss_register.site.views.related import Related, related

FORM_ORDER = (
    "authority",
    "consultation",
    "decision",
    "reasons",
    "considerations",
    "alternatives",
    "interests",
    "signature",
)
assert set(FORM_ORDER) == set(STATEMENTS)

_ASKED_OF_CITED = ("title", "decision_maker", "wards", "authority", "decision", "reasons")
_CHAIN_EACH_SIDE = 3
_NONE_YET: Fact[Any] = Fact(nothing=Nothing.NIL)


class Box(NamedTuple):
    """One box of the form: its label, and each text in it; none means that the record leaves it out."""

    name: str
    label: str
    statements: tuple[Statement, ...]


class Change(NamedTuple):
    """One thing about a contract, before and after a decision."""

    label: str
    before: Fact[Any]
    after: Fact[Any]

    @property
    def first(self) -> bool:
        """Whether there was no contract before."""
        return self.before is _NONE_YET

    @property
    def same(self) -> bool:
        """Whether the decision left it as it was, as far as known."""
        return self.before.value == self.after.value


@dataclass(frozen=True, slots=True)
class ContractChange:
    """What a decision did to one contract."""

    contract: str
    step: Step
    rows: tuple[Change, ...]
    moved_end: bool


class ChainItem(NamedTuple):
    """One decision in the chain around another, and how it relates to the one before; None stands for some left out."""

    record: Record | None
    relation: str = ""
    here: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision's page."""

    record: Record
    standing: Standing
    outward: tuple[Linked, ...]
    inward: tuple[Linked, ...]
    changes: tuple[ContractChange, ...]
    chain: tuple[ChainItem, ...]
    related: tuple[Related, ...]
    mentions: tuple[Record, ...]
    """The cited decisions that are known from this record."""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of the form, in its own order."""
        return boxes_of(self.record)

    @property
    def not_known(self) -> tuple[str, ...]:
        """What nobody tells of a decision that we do not hold, by its label."""
        form = self.record.form
        missing = [LABELS[name].lower() for name in _ASKED_OF_CITED if not getattr(form, name)]
        return tuple(missing if form.date.exact else ["the exact date", *missing])

    @property
    def inward_by_kind(self) -> dict[LinkKind, list[Linked]]:
        """The links from later decisions, those of one kind together."""
        groups: dict[LinkKind, list[Linked]] = {}
        for link in self.inward:
            groups.setdefault(link.kind, []).append(link)
        return groups

    @property
    def acting(self) -> tuple[Linked, ...]:
        """The links by which this decision changes earlier ones."""
        return tuple(link for link in self.outward if link.kind.effect is not Effect.NOTHING)


def decision_view(book: Book, record: Record) -> DecisionView:
    """Gather what a decision's page shows."""
    register = book.register
    members = _chain_members(book, record)
    return DecisionView(
        record=record,
        standing=register.standings[record.id],
        outward=register.links_from.get(record.id, ()),
        inward=register.links_to.get(record.id, ()),
        changes=tuple(_changes(book, record)),
        chain=tuple(_chain(book, record, members)),
        related=related(book, record, {member.id for member in members}),
        mentions=book.mentioned_by.get(record.id, ()),
    )


def boxes_of(record: Record) -> tuple[Box, ...]:
    """The boxes of a record's form, in the form's own order; of one that we do not hold, only those that are known."""
    form = record.form
    given: dict[str, list[Statement]] = {}
    for name, statement in form.statements():
        given.setdefault(name, []).append(statement)
    return tuple(
        Box(name, form.labels.get(name, LABELS[name]), tuple(given.get(name, ())))
        for name in FORM_ORDER
        if record.held or name in given
    )


def _changes(book: Book, record: Record) -> Iterator[ContractChange]:
    for event in record.form.contracts:
        history = book.histories.get(event.contract)
        for step in history.steps if history else ():
            if step.record is record and step.event is event and step.in_force:
                rows = tuple(row for row in _rows(step) if not row.same or row.label in ("End date", "Supplier"))
                rows = rows if any(row.first or not row.same for row in rows) else ()
                yield ContractChange(event.contract, step, rows, _moves_known_end(step))


def _moves_known_end(step: Step) -> bool:
    before, after = _end_before(step), step.after.end
    return bool(before.value and after.value and before.value != after.value)


def _end_before(step: Step) -> Fact[Any]:
    """The end as it stood before a decision, in the words of its own record if it says so."""
    told = step.event.before.end if step.event and step.event.before else None
    if told and told.date:
        return Fact(told.date, None, step.record.id, told.worked_out or "", ())
    part = next((part for part in step.after.parts if part.set_by == step.record.id), None)
    index = step.after.parts.index(part) if part else 0
    earlier = step.after.parts[index - 1] if index else None
    return earlier.end if earlier else step.before.end


def _rows(step: Step) -> Iterator[Change]:
    before, after = step.before, step.after
    if not after.awarded:
        return
    if not before.awarded:
        before = State(suppliers=_NONE_YET, end=_NONE_YET, total=_NONE_YET, approved_start=_NONE_YET)
    end_before = _end_before(step) if before.awarded else before.end
    yield Change("Start date", before.start, after.start)
    yield Change("End date", end_before, after.end)
    length_before = _length(before, end_before) if before.awarded else _NONE_YET
    yield Change("Length", length_before, _length(after, after.end))
    yield Change("Supplier", before.suppliers, after.suppliers)
    yield Change("Total value", before.total, after.total)


def _length(state: State, end: Fact[Any]) -> Fact[Any]:
    """The whole length of the term, when its first and last day are known and it is a round number of months."""
    first = state.start.value.exact if state.start.value else None
    last = getattr(end.value, "exact", None)
    length = months_between(first, last) if first and last else None
    if not length:
        return Fact()
    sources = (*state.start.sources, *end.sources)
    return Fact.inferred(length, "Counted from the first day to the last.", *sources)


def months_between(first: dt.date, last: dt.date) -> Length | None:
    """The length from the first day to the last in years and months, if it is a round number of months."""
    after = last + dt.timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day != first.day or months <= 0:
        return None
    return Length(years=months // 12, months=months % 12)


def _chain(book: Book, record: Record, members: list[Record]) -> Iterator[ChainItem]:
    """The chain as far as it is near to this decision."""
    here = members.index(record)
    first = max(0, here - _CHAIN_EACH_SIDE)
    last = min(len(members), here + _CHAIN_EACH_SIDE + 1)
    if len(members) < 2:
        return
    if first > 0:
        yield ChainItem(None, left_out=first)
    for n in range(first, last):
        relation = _relation(book, members[n - 1], members[n]) if n else ""
        yield ChainItem(members[n], relation, members[n] is record)
    if last < len(members):
        yield ChainItem(None, left_out=len(members) - last)


def _chain_members(book: Book, record: Record) -> list[Record]:
    """The decisions about the same contracts and those linked to directly, in order."""
    register = book.register
    ids = {record.id}
    for event in record.form.contracts:
        ids |= {other.id for other, _ in register.touching.get(event.contract, ())}
    ids |= {link.target for link in register.links_from.get(record.id, ())}
    ids |= {link.source for link in register.links_to.get(record.id, ())}
    return sorted((register.records[i] for i in ids), key=lambda r: register.ranks[r.id])


def _relation(book: Book, earlier: Record, later: Record) -> str:
    links = [link for link in book.register.links_from.get(later.id, ()) if link.target == earlier.id]
    kinds: list[LinkKind] = [link.kind for link in links]
    return kinds[0].inverse if kinds else "then"
