"""How days are worked out from one another, each with how and from which records."""

from __future__ import annotations

import datetime as dt

from hipss_register.history.state import Day, Fact, PartKind, Support, TermPart
from hipss_register.model import DateSpan, Length, When
from hipss_register.read import Record
from hipss_register.wording import say_day, say_length, say_span, upper_first

ONE_DAY = dt.timedelta(days=1)


def exact(day: Day) -> dt.date | None:
    """The day itself, when it is one and known."""
    return day.value.exact if day.value else None


def from_file(when: When, record: Record) -> Day:
    """A date as the file gives it: stated, or worked out by whoever wrote the file."""
    if when.worked_out:
        return Fact(when.date, when.nothing, None, when.worked_out, (record.id,))
    return Fact(when.date, when.nothing, record.id)


def day_after(before: Day, record: Record) -> Day:
    """The day after one that is known; otherwise nothing is known."""
    day = exact(before)
    if not day:
        return Fact(nothing=record.form.absent)
    how = f"The day after {say_day(day)}."
    return Fact.inferred(DateSpan.on(day + ONE_DAY), how, record.id, *before.sources)


def end_of(start: Day, length: Length | None, record: Record) -> Day:
    """The last day of a length of time from a first day, if both are known."""
    day = exact(start)
    end = length.end_from(day) if length and day else None
    if not length or not start.value or not end:
        return Fact(nothing=record.form.absent)
    how = upper_first(f"{say_length(length)} from {say_span(start.value)}.")
    return Fact.inferred(DateSpan.on(end), how, record.id, *start.sources)


def how_told(prior: dt.date, stated: bool) -> str:
    """How a record tells of the end before it: in words, or by the day from which it goes on."""
    if stated:
        return f"A later record puts the end, as it stood then, at {say_day(prior)}."
    return f"A later record goes on from {say_day(prior + ONE_DAY)}, so the end until then was {say_day(prior)}."


def begins_after(part: TermPart, last: dt.date | None) -> bool:
    """Whether a part of a term can only begin after a day."""
    first = part.start.value.earliest if part.start.value else None
    return bool(first and last and first > last)


def option_after(before: TermPart, length: Length | None, up_to: bool, record: Record, note: str = "") -> TermPart:
    """An option's place in the term: from the day after the part before it; ``note`` is what else to say of how."""
    start = day_after(before.end, record)
    if note and start.value:
        start = start._replace(worked_out=start.worked_out + note)
    end = end_of(start, length, record)
    return TermPart(PartKind.OPTION, start, end, Support.UNUSED, record.id, length, up_to, before.lots)


def moved(parts: tuple[TermPart, ...], index: int, record: Record, note: str = "") -> tuple[TermPart, ...]:
    """The parts, with the options that are left of the same lots put after part ``index``, whose end has changed.

    ``note`` is added to how the first of them was worked out.
    """
    result, last = list(parts[: index + 1]), parts[index]
    for part in parts[index + 1 :]:
        if part.length and not part.runs and part.lots == last.lots:
            part = last = option_after(last, part.length, part.up_to, record, note)._replace(set_by=part.set_by)
            note = ""
        result.append(part)
    return tuple(result)


def support_of(record: Record) -> Support:
    """Whether a held or only a cited record stands behind what it says."""
    return Support.HELD if record.held else Support.CITED
