"""Where a bar's words go: inside it where they fit, else beside it, else above; not across the line of the old end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from hipss_register.site.pictures.svg import Frame
from hipss_register.site.pictures.text import Line, Run, line_width, wrap

_INDENT = 7
_AWAY = 9
_EDGE = 2
_WIDE_SPACE = " \u00a0"


@dataclass(frozen=True, slots=True)
class Words:
    """What a bar's label says: what it is, then the rest; on one line, or with the rest below."""

    what: str
    rest: str

    def lines(self, size: float, room: float) -> Iterator[tuple[Line, ...]]:
        """The ways to set them in that much room, the shortest first; the last one always fits."""
        one: Line = (Run(self.what, strong=True), Run(f"{_WIDE_SPACE}{self.rest}"))
        two: tuple[Line, ...] = ((Run(self.what, strong=True),), (Run(self.rest),))
        yield from (lines for lines in ((one,), two) if widest(lines, size) <= room)
        yield wrap((Run(self.what, strong=True),), size, room) + wrap((Run(self.rest),), size, room)


def widest(lines: Iterable[Line], size: float) -> float:
    """How wide the widest line is."""
    return max((line_width(line, size) for line in lines), default=0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place: from ``x`` on, or up to it."""

    lines: tuple[Line, ...]
    x: float
    where: str
    anchor: str | None = None

    def reach(self, size: float) -> tuple[float, float]:
        """From where to where it takes up room."""
        width = widest(self.lines, size)
        return (self.x - width, self.x) if self.anchor == "end" else (self.x, self.x + width)


def place(words: Words, bar: tuple[float, float], inner: float, walls: Sequence[float], frame: Frame) -> Placed:
    """The best place for a label; ``inner`` is the room in the bar, ``walls`` are lines that words should not cross."""
    for one in _options(words, bar, inner, frame):
        if one.where == "inside" or not _crosses(one, walls, frame):
            break
    return one


def _crosses(label: Placed, walls: Sequence[float], frame: Frame) -> bool:
    left, right = label.reach(frame.size)
    return any(left - 3 < wall < right + 3 for wall in walls)


def _options(words: Words, bar: tuple[float, float], inner: float, frame: Frame) -> Iterator[Placed]:
    left, right = bar
    one_line = next(words.lines(frame.size, float("inf")))
    if widest([one_line[0]], frame.size) <= inner - 2 * _INDENT:
        yield Placed(one_line, left + _INDENT, "inside")
    if frame.beside:
        yield from _beside(words, left, right, frame)
        yield from _above(words, left, right, frame)
    else:
        yield Placed(next(words.lines(frame.size, frame.width - 2 * _EDGE)), _EDGE, "above")


def _beside(words: Words, left: float, right: float, frame: Frame) -> Iterator[Placed]:
    after, before = frame.width - _EDGE - right - _AWAY, left - _AWAY - _EDGE
    for lines in islice(words.lines(frame.size, float("inf")), 2):
        if widest(lines, frame.size) <= after:
            yield Placed(lines, right + _AWAY, "beside")
        if widest(lines, frame.size) <= before:
            yield Placed(lines, left - _AWAY, "beside", "end")


def _above(words: Words, left: float, right: float, frame: Frame) -> Iterator[Placed]:
    """From where the bar begins on; up to where it ends; last, wherever there is room."""
    room = frame.width - 2 * _EDGE
    for lines in words.lines(frame.size, room):
        width = widest(lines, frame.size)
        if left + width <= frame.width - _EDGE:
            yield Placed(lines, max(_EDGE, left), "above")
        if right - width >= _EDGE and right <= frame.width - _EDGE:
            yield Placed(lines, right, "above", "end")
    shortest = next(words.lines(frame.size, room))
    most = frame.width - _EDGE - widest(shortest, frame.size)
    yield Placed(shortest, max(_EDGE, min(left, most)), "above")
