"""Full timestamps for formats that need them, from the records alone: the clock has no part in it.

A record gives days at most, so a timestamp is the last second of the last day that it can be, in UTC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hipss_register.data.publication import Publication
from hipss_register.keeping.reads import is_noted
from hipss_register.model import Effect
from hipss_register.read import Record
from hipss_register.register import Linked

BEGINNING = dt.date(1970, 1, 1)
"""Stands where nothing is dated: an empty feed, a site with no dated record."""


def timestamp(day: dt.date) -> str:
    """The last second of a day, as RFC 3339 has it."""
    return f"{day.isoformat()}T23:59:59Z"


class _Days(dict[str, dt.date | None]):
    """A day of each record by its id, worked out when it is first asked for.

    Whoever notes what is read has it worked out again, and so reads what it is worked out from.
    """

    def __init__(self, pub: Publication, work_out: Callable[[Record], dt.date | None]) -> None:
        self._records = pub.book.register.records
        self._work_out = work_out

    def __getitem__(self, record_id: str) -> dt.date | None:
        return self._work_out(self._records[record_id]) if is_noted() else super().__getitem__(record_id)

    def __missing__(self, record_id: str) -> dt.date | None:
        day = self[record_id] = self._work_out(self._records[record_id])
        return day


def published(pub: Publication, record: Record) -> dt.date | None:
    """The day on which a decision became known, as far as its record says: published, else recorded, else taken.

    A decision of no date is taken to have become known with the record that cites it; without one there is no day.
    """
    return pub.once(_published_days)[record.id]


def _published_days(pub: Publication) -> _Days:
    return _Days(pub, lambda record: _own_day(record) or _day_of_citing(pub, record))


def _day_of_citing(pub: Publication, record: Record) -> dt.date | None:
    register = pub.book.register
    citing = (register.aliases.get(known.record, known.record) for known in record.form.known_from if known.record)
    days = (_own_day(register.records[record_id]) for record_id in citing if record_id in register.records)
    return max(filter(None, days), default=None)


def _own_day(record: Record) -> dt.date | None:
    for when in (record.form.published, record.form.recorded, record.form.date):
        if when and (day := when.latest or when.earliest):
            return day
    return None


def acting(pub: Publication, record: Record) -> tuple[Linked, ...]:
    """The later decisions that did something to a decision, rather than mention it."""
    records = pub.book.register.records
    return tuple(
        link
        for link in pub.links_to(record)
        if link.kind.effect is not Effect.NOTHING and not records[link.source].form.pending
    )


def updated(pub: Publication, record: Record) -> dt.date | None:
    """The last day on which something changed what the register says of a decision."""
    return pub.once(_updated_days)[record.id]


def _updated_days(pub: Publication) -> _Days:
    return _Days(pub, lambda record: _last_change(pub, record))


def _last_change(pub: Publication, record: Record) -> dt.date | None:
    days = [published(pub, record)]
    days += [published(pub, pub.book.register.records[link.source]) for link in acting(pub, record)]
    days += [note.date.latest for note in record.form.corrections if note.date]
    return max(filter(None, days), default=None)
