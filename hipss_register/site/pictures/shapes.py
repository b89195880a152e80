"""The part of the scale that a bar covers: where it is sure, where it may be, and where its end is open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hipss_register.history import Day, TermPart
from hipss_register.model import Nothing
from hipss_register.site.pictures.axis import Axis
from hipss_register.site.pictures.svg import num

STUB = 18
_TEETH = 3
_THINNEST = 1.5

Reach = tuple[float, float]


class Edge(Enum):
    """How a bar ends, and how far that sticks out.

    At a day; torn off where no day is known; with an arrow where the record says there is no end.
    """

    CUT = 0
    TORN = 5
    ARROW = 10


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar on the scale. ``sure`` is None where no day is surely within it; ``maybe`` are the stretches in doubt."""

    sure: Reach | None
    maybe: tuple[Reach, ...] = ()
    left: Edge = Edge.CUT
    right: Edge = Edge.CUT

    @property
    def extent(self) -> Reach:
        """From its leftmost to its rightmost point."""
        points = [x for reach in self.maybe for x in reach]
        points += [self.sure[0] - self.left.value, self.sure[1] + self.right.value] if self.sure else []
        return min(points), max(points)


@dataclass(frozen=True, slots=True)
class _Ends:
    """The points between which a part begins, and those between which it ends; None where nothing bounds it."""

    begins_from: float | None
    begins_by: float | None
    ends_from: float | None
    ends_by: float | None

    @property
    def doubts(self) -> tuple[Reach, ...]:
        """The stretches in which it may have begun already, and may have ended."""
        pairs = ((self.begins_from, self.begins_by), (self.ends_from, self.ends_by))
        return tuple((one, two) for one, two in pairs if one is not None and two is not None and two - one > 0.05)


def shape_of(part: TermPart, axis: Axis) -> Shape | None:
    """How a part of the term lies on the scale; None when it cannot be placed at all."""
    ends = _Ends(*_of_start(part.start, axis), *_of_end(part.end, axis))
    endless = part.end.value is None and part.end.nothing is Nothing.NIL
    if ends.begins_by is not None and ends.ends_from is not None:
        return _between(ends, ends.begins_by, ends.ends_from)
    if ends.begins_by is not None:
        return _from(ends, ends.begins_by, axis.right if endless else None)
    if ends.ends_from is not None:
        return _until(ends, ends.ends_from)
    return _in_doubt(ends, axis.right if endless else None)


def _of_start(day: Day, axis: Axis) -> tuple[float | None, float | None]:
    early, late = (day.value.earliest, day.value.latest) if day.value else (None, None)
    return axis.x(early) if early else None, axis.x(late) if late else None


def _of_end(day: Day, axis: Axis) -> tuple[float | None, float | None]:
    early, late = (day.value.earliest, day.value.latest) if day.value else (None, None)
    return axis.x_end(early) if early else None, axis.x_end(late) if late else None


def _between(ends: _Ends, left: float, right: float) -> Shape:
    if left >= right:
        first = left if ends.begins_from is None else ends.begins_from
        last = right if ends.ends_by is None else ends.ends_by
        return Shape(None, ((min(first, right), max(last, left, first + _THINNEST)),))
    left_edge = Edge.TORN if ends.begins_from is None else Edge.CUT
    right_edge = Edge.TORN if ends.ends_by is None else Edge.CUT
    return Shape((left, max(right, left + _THINNEST)), ends.doubts, left_edge, right_edge)


def _from(ends: _Ends, left: float, endless: float | None) -> Shape:
    if ends.ends_by is not None:
        return Shape(None, (*ends.doubts, (left, max(ends.ends_by, left + _THINNEST))))
    left_edge = Edge.TORN if ends.begins_from is None else Edge.CUT
    if endless is not None:
        return Shape((left, max(endless, left + _THINNEST)), ends.doubts, left_edge, Edge.ARROW)
    return Shape((left, left + STUB), ends.doubts, left_edge, Edge.TORN)


def _until(ends: _Ends, right: float) -> Shape:
    if ends.begins_from is not None:
        return Shape(None, ((min(ends.begins_from, right - _THINNEST), right), *ends.doubts))
    right_edge = Edge.TORN if ends.ends_by is None else Edge.CUT
    return Shape((right - STUB, right), ends.doubts, Edge.TORN, right_edge)


def _in_doubt(ends: _Ends, endless: float | None) -> Shape | None:
    """Nothing is sure: it begins no earlier than a day, or ends no later than one, or both."""
    first, last = ends.begins_from, endless if ends.ends_by is None else ends.ends_by
    if first is None and ends.ends_by is None:
        return None
    left = last - STUB if first is None and last is not None else first
    assert left is not None
    return Shape(None, ((left, left + STUB if last is None else max(last, left + _THINNEST)),))


def outline(shape: Shape, top: float, height: float) -> str:
    """The path of the sure part of a bar."""
    assert shape.sure is not None
    left, right = shape.sure
    right_side = _side(shape.right, height, 1)
    left_side = _side(shape.left, height, -1)
    return f"M{num(left)} {num(top)}H{num(right)}{right_side}H{num(left)}{left_side}Z"


def _side(edge: Edge, height: float, way: int) -> str:
    """Down the right side of a bar (``way`` 1), or up its left side (-1)."""
    out, down = edge.value * way, height * way
    if edge is Edge.ARROW:
        return f"l{num(out)} {num(down / 2)}l{num(-out)} {num(down / 2)}"
    if edge is Edge.TORN:
        tooth = num(down / _TEETH / 2)
        return f"l{num(out)} {tooth}l{num(-out)} {tooth}" * _TEETH
    return f"v{num(down)}"


def doubtful(reach: Reach, top: float, height: float) -> str:
    """The path round a stretch in doubt."""
    left, right = reach
    return f"M{num(left)} {num(top)}H{num(right)}v{num(height)}H{num(left)}Z"
