"""What a contract's page shows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from hipss_register.history import Fact, History, Implied, MoneyEntry, State, Step, TermPart
from hipss_register.model import EVENT_KINDS, Contract
from hipss_register.read import Record
from hipss_register.register import Linked, date_key
from hipss_register.site.book import Book

IMPLIED_HEADINGS = {"option exercised": "Option to extend is used", "award": "Contract is awarded"}


class Mark(StrEnum):
    """What stands behind an entry of the timeline."""

    HELD = "held"
    CITED = "cited"
    MISSING = "missing"
    PENDING = "pending"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a contract's timeline: a decision, one that must exist, or a day of the contract's own."""

    mark: Mark
    heading: str
    step: Step | None = None
    number: int = 0
    implied: Implied | None = None
    day: Fact[Any] | None = None
    acts: tuple[Linked, ...] = ()
    """For a decision with no event of its own, what it does to others about the contract."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the published record lacks."""

    title: str
    record: Record | None = None
    implied: Implied | None = None


class Counts(NamedTuple):
    """How many of a contract's decisions have each mark."""

    held: int
    cited: int
    missing: int
    pending: int


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract's page."""

    id: str
    contract: Contract
    history: History
    entries: tuple[Entry, ...]
    numbers: dict[str, int]
    gaps: tuple[Gap, ...]
    follows: str | None
    followed_by: tuple[str, ...]
    changes: tuple[tuple[str, int], ...]

    @property
    def now(self) -> State:
        """The contract as it stands."""
        return self.history.now

    @property
    def parts(self) -> tuple[TermPart, ...]:
        """The parts of its term."""
        return self.now.parts

    @property
    def money(self) -> tuple[MoneyEntry, ...]:
        """The sums in its decisions, in order."""
        return self.now.money

    @property
    def counts(self) -> Counts:
        """How many of its decisions are held, only cited, missing, or not yet taken."""
        once = {entry.step.record.id if entry.step else n: entry.mark for n, entry in enumerate(self.entries)}
        marks = Counter(once.values())
        return Counts(marks[Mark.HELD], marks[Mark.CITED], marks[Mark.MISSING], marks[Mark.PENDING])


def contract_view(book: Book, contract_id: str) -> ContractView:
    """Gather what a contract's page shows."""
    contract, history = book.contracts[contract_id], book.histories[contract_id]
    numbers = {record_id: n for n, record_id in enumerate(dict.fromkeys(s.record.id for s in history.steps), 1)}
    return ContractView(
        id=contract_id,
        contract=contract,
        history=history,
        entries=tuple(_entries(book, history, numbers)),
        numbers=numbers,
        gaps=tuple(_gaps(history)),
        follows=contract.follows.contract if contract.follows else None,
        followed_by=book.followers.get(contract_id, ()),
        changes=tuple(_counted_changes(history)),
    )


def _entries(book: Book, history: History, numbers: dict[str, int]) -> list[Entry]:
    entries = [_step_entry(book, step, numbers) for step in history.steps]
    for implied in history.implied:
        heading = IMPLIED_HEADINGS.get(implied.event, EVENT_KINDS[implied.event].heading)
        _insert(entries, Entry(Mark.MISSING, heading, implied=implied), implied.by)
    for heading, day in (("Contract starts", history.now.start), (_end_heading(history.now), history.now.end)):
        if day.value and history.now.awarded:
            _insert(entries, Entry(Mark.EVENT, heading, day=day), day.value.latest)
    return entries


def _end_heading(state: State) -> str:
    return "Contract ended" if state.ended else "Contract due to end"


def _step_entry(book: Book, step: Step, numbers: dict[str, int]) -> Entry:
    mark = Mark.HELD if step.record.held else Mark.CITED
    mark = mark if step.in_force else Mark.PENDING
    heading = step.event.kind.heading if step.event else "Later decision"
    if step.in_force and step.event and step.event.event == "termination" and not step.after.ended:
        heading = "Part of the contract ended early"
    links = () if step.event else book.register.links_from.get(step.record.id, ())
    acts = tuple(link for link in links if link.kind.acts and link.target in numbers)
    return Entry(mark, heading, step=step, number=numbers[step.record.id], acts=acts)


def _insert(entries: list[Entry], entry: Entry, day: dt.date | None) -> None:
    """Put an entry before the first decision that is later than its day."""
    for n, other in enumerate(entries):
        later = _first_day(other)
        if day and later and later > day:
            entries.insert(n, entry)
            return
    entries.append(entry)


def _first_day(entry: Entry) -> dt.date | None:
    if entry.step:
        return date_key(entry.step.record)[0]
    if entry.implied:
        return entry.implied.by
    return entry.day.value.latest if entry.day and entry.day.value else None


def _gaps(history: History) -> Iterator[Gap]:
    for record in dict.fromkeys(step.record for step in history.steps if not step.record.held):
        yield Gap(record.name, record=record)
    for implied in history.implied:
        yield Gap(IMPLIED_HEADINGS.get(implied.event, implied.event), implied=implied)


def _counted_changes(history: History) -> Iterator[tuple[str, int]]:
    """How often the contract was changed since its award, by what was done to it."""
    done = {"variation": "varied", "extension": "extended", "option exercised": "lengthened by its option"}
    counts = Counter(step.event.event for step in history.steps if step.event and step.in_force)
    yield from ((word, counts[event]) for event, word in done.items() if counts[event])
