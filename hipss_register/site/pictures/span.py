"""A statement of time as it can be drawn: between which days it lies, and whether nothing bounds it on one side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hipss_register.history import Day, PartKind, TermPart
from hipss_register.model import DateSpan, Nothing, PartialDate, Relation
from hipss_register.model.dates import MONTHS
from hipss_register.wording import say_nothing, say_span


def bounds(span: DateSpan | None) -> Iterator[dt.date]:
    """The days that bound it."""
    if span:
        yield from (day for day in (span.earliest, span.latest) if day)


def short_date(date: PartialDate) -> str:
    """17 Nov 2022, Nov 2022 or 2022, never broken over two lines."""
    parts = [str(date.day)] if date.day else []
    parts += [MONTHS[date.month][:3]] if date.month else []
    return "\u00a0".join([*parts, str(date.year)])


def short_span(span: DateSpan) -> str:
    """The same in a few words: between 1 Mar 2024 and 30 Jun 2024; not before 2024."""
    return say_span(span, short_date)


def short_nothing(nothing: Nothing | None) -> str:
    """Why there is no date, in a word or two."""
    return {Nothing.NIL: "none", Nothing.NOT_STATED: "not stated", Nothing.WITHHELD: "withheld"}.get(
        nothing or Nothing.NOT_KNOWN, "not known"
    )


def short_period(start: Day, end: Day, joint: str = "to") -> str:
    """From when to when: 1 Apr 2018 to 31 Mar 2021; from 1 Apr 2018, end not stated."""
    first = short_span(start.value) if start.value else ""
    last = short_span(end.value) if end.value else ""
    plain = all(day.value is None or day.value.relation is Relation.ON for day in (start, end))
    if first and last:
        return f"{first} {joint} {last}" if plain else f"begins {first}, ends {last}"
    if first:
        gone = "no end date" if end.nothing is Nothing.NIL else f"end {short_nothing(end.nothing)}"
        return f"{'from' if plain else 'begins'} {first}, {gone}"
    if last:
        return f"{'to' if plain else 'ends'} {last}, start {short_nothing(start.nothing)}"
    if end.nothing is Nothing.NIL:
        return f"no end date, start {short_nothing(start.nothing)}"
    return f"dates {short_nothing(end.nothing)}"


def full_day(day: Day) -> str:
    """A day as far as known, or which kind of nothing; and whether the register worked it out."""
    if day.value is None:
        return say_nothing(day.nothing or Nothing.NOT_KNOWN).lower()
    return say_span(day.value) + (" (worked out)" if day.is_inferred else "")


def may_be_shorter(part: TermPart) -> bool:
    """Whether its last day is only the latest it may run to; an option that was used ran as far as it was used."""
    return part.up_to and not (part.kind is PartKind.OPTION and part.runs)
