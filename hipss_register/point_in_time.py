"""What was decided, and what a reader could have known, by any day: two questions with two answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hipss_register.history import History, State, make_history
from hipss_register.model import DateSpan, When
from hipss_register.read import Record
from hipss_register.register import Register, make_register


@dataclass(frozen=True)
class AsKnown:
    """Decisions as of one day, in order of time: those that had been taken by then, and those that had been published.

    ``perhaps_decided`` and ``perhaps_published`` are the decisions of which that cannot be said, since the day is not
    known closely enough or not at all; they are left out of both.
    """

    day: dt.date
    decided: tuple[Record, ...]
    published: tuple[Record, ...]
    perhaps_decided: tuple[str, ...]
    perhaps_published: tuple[str, ...]


Shown = Mapping[str, dt.date]
"""For each record, the day on which this register first showed it, as far as the version history tells."""


def as_known(records: Collection[Record], day: dt.date, shown: Shown | None = None) -> AsKnown:
    """What of some decisions had been taken, and what a reader would have known, at the end of a day.

    A decision whose record the council had published by then was known; a later correction of it was not. When a record
    was published is read from the record; where it does not say, from when this register first showed it.
    """
    decided, perhaps_decided = _by(records, day, _decided)
    published, perhaps_published = _by(records, day, lambda record: _published(record, shown or {}))
    return AsKnown(day, decided, published, perhaps_decided, perhaps_published)


def _decided(record: Record) -> When | None:
    return None if record.form.pending else record.form.date


def _published(record: Record, shown: Shown) -> When | None:
    here = shown.get(record.id)
    return record.form.published or (When(date=DateSpan.on(here)) if here else None)


def _by(
    records: Collection[Record], day: dt.date, when: Callable[[Record], When | None]
) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    certain, perhaps = [], []
    for record in records:
        date = when(record)
        if date and date.latest and date.latest <= day:
            certain.append(record)
        elif not date or not date.earliest or date.earliest <= day:
            perhaps.append(record)
    return tuple(certain), tuple(record.id for record in perhaps if not record.form.pending)


class Happened(StrEnum):
    """What happened to a record on a day."""

    DECIDED = "decided"
    PUBLISHED = "published by the council"
    SHOWN = "first shown in this register"


@dataclass(frozen=True, slots=True)
class KnownState:
    """A contract from one day on: as decided by then, and as a reader could have known it from what was published.

    ``exact`` says that it was just on that day; otherwise it was by then. ``why`` are the records to which something
    happened. ``decided`` and ``known`` are None where the contract was in no record that had been decided or published.
    """

    day: dt.date
    exact: bool
    why: tuple[tuple[Happened, str], ...]
    decided: State | None
    known: State | None

    @property
    def undated(self) -> bool:
        """Whether the council's own day of publication is not known for one of the records."""
        return any(what is Happened.SHOWN for what, _ in self.why)


def states_over_time(register: Register, history: History, shown: Shown | None = None) -> Iterator[KnownState]:
    """A contract from each day on by which a decision about it had been taken or published, as far as known."""
    records = {step.record.id: step.record for step in history.steps if step.in_force}
    days: dict[dt.date, list[tuple[bool, Happened, str]]] = {}
    for record in records.values():
        for what, when in _happenings(record, shown or {}):
            if when.latest:
                days.setdefault(when.latest, []).append((bool(when.exact), what, record.id))
    for day in sorted(days):
        then = as_known(records.values(), day, shown)
        exact = all(exactly for exactly, _, _ in days[day])
        why = tuple((what, record_id) for _, what, record_id in days[day])
        decided, known = (_state(register, history, part) for part in (then.decided, then.published))
        yield KnownState(day, exact, why, decided, known)


def _happenings(record: Record, shown: Shown) -> Iterator[tuple[Happened, When]]:
    yield Happened.DECIDED, record.form.date
    if published := _published(record, shown):
        yield Happened.PUBLISHED if record.form.published else Happened.SHOWN, published


def _state(register: Register, whole: History, part: Collection[Record]) -> State | None:
    """The contract by a part of its records: its state after the last of them, if they are its first ones."""
    ids = {record.id for record in part}
    steps = [step for step in whole.steps if step.in_force]
    first = [step for step in steps if step.record.id in ids]
    if first == steps[: len(first)]:
        return first[-1].after if first else None
    return make_history(make_register(part, register.tables), whole.contract).now
