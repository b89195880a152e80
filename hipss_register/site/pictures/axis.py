"""The scale of years: where a day lies, and which years are worth a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hipss_register.model.dates import MONTHS
from hipss_register.site.pictures.svg import Frame, joined, num, path, text_line
from hipss_register.site.pictures.text import Run, text_width

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_ONE_DAY = dt.timedelta(days=1)
_LABEL_IN, _LABEL_GAP = 4, 8
_TICK = 6


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from ``first`` up to, and without, ``until``, laid between ``left`` and ``right``."""

    first: dt.date
    until: dt.date
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first) / (self.until - self.first) * (self.right - self.left)

    def x_end(self, day: dt.date) -> float:
        """Where a day ends."""
        return self.x(day + _ONE_DAY)

    @property
    def last(self) -> dt.date:
        """The last day on it."""
        return self.until - _ONE_DAY

    @property
    def year(self) -> float:
        """How wide a year is."""
        return (self.right - self.left) / ((self.until - self.first).days / 365.25)


def axis_over(days: Sequence[dt.date], frame: Frame) -> Axis:
    """A scale that has room for all the days: from the first of a year to the middle or the end of one."""
    first, last = min(days), max(days)
    until = dt.date(last.year, 7, 1) if last.month < 7 else dt.date(last.year + 1, 1, 1)
    return Axis(dt.date(first.year, 1, 1), until, frame.left, frame.right)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the scale; one with a word runs down through the drawing if it stands for a year."""

    x: float
    word: str = ""
    year: bool = True


def ticks(axis: Axis, size: float) -> Iterator[Tick]:
    """The marks: each year, or as many as have room; months too, where a year is wide."""
    step = next(step for step in _STEPS if step * axis.year >= _room("2000", size) or step == _STEPS[-1])
    thinnest = 1 if axis.year >= _TICK else step
    for year in range(axis.first.year, axis.until.year + 1):
        day = dt.date(year, 1, 1)
        if axis.first <= day < axis.until and year % thinnest == 0:
            yield Tick(axis.x(day), str(year) if year % step == 0 else "")
    if axis.year / 4 >= _room("2000", size):
        yield from _months(axis)


def _room(word: str, size: float) -> float:
    return text_width(word, size) + _LABEL_GAP


def _months(axis: Axis) -> Iterator[Tick]:
    for year in range(axis.first.year, axis.until.year + 1):
        for month in (4, 7, 10):
            day = dt.date(year, month, 1)
            if axis.first < day < axis.until:
                yield Tick(axis.x(day), MONTHS[month][:3], year=False)


def draw_axis(axis: Axis, frame: Frame, y: float, bottom: float) -> Markup:
    """The base line with its marks, the words below it, and fine lines down at the years that are named."""
    marks = list(ticks(axis, frame.size))
    lines = path("g-grid", "".join(_line(mark, y, bottom) for mark in marks))
    words = (
        text_line((Run(mark.word),), mark.x + _LABEL_IN, y + frame.size + 4)
        for mark in marks
        if mark.word and mark.x + _room(mark.word, frame.size) <= frame.width
    )
    base = path("g-line", f"M{num(axis.left)} {num(y)}H{num(axis.right)}")
    return joined([lines, base, *words])


def _line(mark: Tick, y: float, bottom: float) -> str:
    end = bottom if mark.year and mark.word else y + _TICK
    return f"M{num(mark.x)} {num(y)}V{num(end)}"
