"""How the term of a contract grew: its decisions, and the parts of its term, on one scale of years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hipss_register.history import History, TermPart
from hipss_register.model import Tables
from hipss_register.site.pictures.axis import Axis, axis_over, draw_axis
from hipss_register.site.pictures.bars import Bar, Row, bars_of, draw_bars, hatching, rows_height, rows_of
from hipss_register.site.pictures.ends import OldEnd, old_end
from hipss_register.site.pictures.labels import widest
from hipss_register.site.pictures.pins import (
    Numbered,
    draw_pins,
    draw_undated,
    lay_out,
    numbered,
    pins_height,
    undated_height,
)
from hipss_register.site.pictures.span import bounds, short_span
from hipss_register.site.pictures.svg import FRAMES, Frame, Telling, drawing, joined, num, path, text_lines
from hipss_register.site.pictures.telling import tell_term
from hipss_register.site.pictures.text import Line, Run, wrap

_BELOW_AXIS = 16
_SPARE = 4
_ABOVE_ROWS = 8
_OPEN = dt.timedelta(days=150)


@dataclass(frozen=True, slots=True)
class Term:
    """All that the picture shows."""

    uid: str
    decisions: Sequence[Numbered]
    bars: Sequence[Bar]
    old_end: OldEnd | None
    days: Sequence[dt.date]
    """Every day that must be on the scale."""
    told: Telling


def _days(decisions: Iterable[Numbered], parts: Iterable[TermPart], end: OldEnd | None) -> Iterator[dt.date]:
    for one in decisions:
        yield from bounds(one.date)
    for part in parts:
        yield from bounds(part.start.value)
        yield from bounds(part.end.value)
        yield from _room_for_open_end(part)
    if end:
        yield from bounds(end.end)


def _room_for_open_end(part: TermPart) -> Iterator[dt.date]:
    """A day farther out, so that a bar with an open end does not end where the scale does."""
    if part.start.value and not part.end.value:
        yield from (day + _OPEN for day in bounds(part.start.value))
    if part.end.value and not part.start.value:
        yield from (day - _OPEN for day in bounds(part.end.value))


def term_picture(history: History, numbers: Mapping[str, int], names: Tables, uid: str = "term") -> Markup:
    """The picture "How the term grew", wide and narrow; empty when no date is known.

    ``numbers`` are those of the decisions in the list beside the picture, by record; one without is left out.
    ``uid`` begins every id in the drawings, so that a page can show more than one picture of the same contract.
    """
    decisions, parts = numbered(history, numbers), history.now.parts
    end = old_end(history)
    days = tuple(_days(decisions, parts, end))
    if not days:
        return Markup()
    told = tell_term(history, decisions, end, names)
    term = Term(f"{uid}-{history.contract}", decisions, bars_of(parts), end, days, told)
    return Markup("\n").join(_draw(term, frame) for frame in FRAMES)


def _draw(term: Term, frame: Frame) -> Markup:
    axis = axis_over(term.days, frame)
    pins = lay_out(term.decisions, axis, frame)
    undated = [one for one in term.decisions if one.date is None]
    walls = _walls(term.old_end, axis)
    rows = rows_of(term.bars, axis, walls, frame)
    base = pins_height(pins, frame)
    top = base + frame.size + _BELOW_AXIS
    bottom = top + rows_height(rows, frame)
    notes = _old_end_words(term.old_end, frame)
    height = bottom + len(notes) * frame.line + undated_height(undated, frame) + _SPARE
    body = joined(
        (
            draw_axis(axis, frame, base, bottom - _SPARE),
            _draw_rows(term, rows, walls, frame, top, bottom),
            _draw_old_end_words(notes, walls, frame, bottom),
            draw_pins(pins, frame, base),
            draw_undated(undated, frame, bottom + len(notes) * frame.line + _SPARE),
        )
    )
    return drawing(term.uid, frame, height, term.told, body, **_for_scripts(axis, base, bottom))


def _for_scripts(axis: Axis, top: float, bottom: float) -> dict[str, str | float]:
    """Where a script may mark a day: nothing here depends on the day of the build."""
    return {
        "data_first_day": axis.first.isoformat(),
        "data_last_day": axis.last.isoformat(),
        "data_left": axis.left,
        "data_right": axis.right,
        "data_top": top,
        "data_bottom": bottom,
    }


def _draw_rows(
    term: Term, rows: Sequence[Row], walls: Sequence[float], frame: Frame, top: float, bottom: float
) -> Markup:
    hatch = f"{term.uid}-{frame.name}-hatch"
    bars, words = draw_bars(rows, frame, top, hatch)
    lines = (path("g-end", f"M{num(x)} {num(top - _ABOVE_ROWS)}V{num(bottom - _SPARE)}") for x in walls)
    needed = hatching(hatch) if f"url(#{hatch})" in bars else Markup()
    return joined((needed, bars, *lines, words))


def _walls(end: OldEnd | None, axis: Axis) -> list[float]:
    """The line of the old end; where it is known to a month or a year only, both ends of that."""
    if end is None:
        return []
    early, late = end.end.earliest, end.end.latest
    days = [day for day in (early, late) if day]
    return list(dict.fromkeys(axis.x_end(day) for day in days))


def _old_end_words(end: OldEnd | None, frame: Frame) -> tuple[Line, ...]:
    if end is None:
        return ()
    words = f"Latest end before {end.before}: {short_span(end.end)}"
    return wrap((Run(words),), frame.size, frame.width - 4)


def _draw_old_end_words(lines: tuple[Line, ...], walls: Sequence[float], frame: Frame, top: float) -> Markup:
    if not lines:
        return Markup()
    half = widest(lines, frame.size) / 2 + 2
    x = min(max(walls[-1], half), frame.width - half)
    return text_lines(lines, x, top + frame.size * 0.9, frame, "g-halo", "middle")
