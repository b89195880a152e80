"""What was decided, and what a reader could have known, by any day: two questions with two answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hipss_register.history import State, make_history
from hipss_register.model import When
from hipss_register.read import Record
from hipss_register.register import Register, make_register


@dataclass(frozen=True)
class AsKnown:
    """The register as of one day: all that had been decided by then, and all that had been published by then.

    ``perhaps_decided`` and ``perhaps_published`` are the decisions of which that cannot be said, since the day is not
    known closely enough or not at all; they are left out of both registers.
    """

    day: dt.date
    decided: Register
    published: Register
    perhaps_decided: tuple[str, ...]
    perhaps_published: tuple[str, ...]


def as_known(register: Register, day: dt.date) -> AsKnown:
    """What had been decided, and what a reader would have known, at the end of a day.

    A decision whose record the council had published by then was known; a later correction of it was not. When a record
    was published is read from the record alone.
    """
    decided, perhaps_decided = _by(register, day, _decided)
    published, perhaps_published = _by(register, day, _published)
    return AsKnown(day, decided, published, perhaps_decided, perhaps_published)


def _decided(record: Record) -> When | None:
    return None if record.form.pending else record.form.date


def _published(record: Record) -> When | None:
    return record.form.published


def _by(register: Register, day: dt.date, when: Callable[[Record], When | None]) -> tuple[Register, tuple[str, ...]]:
    certain, perhaps = [], []
    for record in register.records.values():
        date = when(record)
        if date and date.latest and date.latest <= day:
            certain.append(record)
        elif not date or not date.earliest or date.earliest <= day:
            perhaps.append(record)
    undecided = [record.id for record in perhaps if not record.form.pending]
    return make_register(certain, register.tables), tuple(undecided)


@dataclass(frozen=True, slots=True)
class KnownState:
    """A contract from one day on: as decided by then, and as a reader could have known it from what was published.

    ``exact`` says that it was just on that day; otherwise it was by then. ``known`` is None where the contract was in
    no record that had been published.
    """

    day: dt.date
    exact: bool
    what: str
    record: str
    decided: State
    known: State | None


def states_over_time(register: Register, contract: str) -> Iterator[KnownState]:
    """A contract from each day on by which a decision about it had been taken or published, as far as known."""
    records = {record.id: record for record, _ in register.touching.get(contract, ()) if not record.form.pending}
    days = [
        (day, order, bool(when.exact), what, record.id)
        for record in records.values()
        for order, (what, when) in enumerate((("decided", record.form.date), ("published", record.form.published)))
        if when and (day := when.latest)
    ]
    alone = make_register(records.values(), register.tables)
    for day, _, exact, what, record_id in sorted(days):
        then = as_known(alone, day)
        known = make_history(then.published, contract)
        yield KnownState(
            day, exact, what, record_id, make_history(then.decided, contract).now, known.now if known.steps else None
        )
