"""The sums that a contract's records give, each as a bar of its own: never added, never stacked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from hipss_register.history import History
from hipss_register.model import Tables
from hipss_register.site.pictures.shapes import Edge, Shape, outline
from hipss_register.site.pictures.sums import Sort, Sum, sums_of
from hipss_register.site.pictures.svg import FRAMES, Frame, Telling, drawing, joined, num, path, text_lines
from hipss_register.site.pictures.telling import tell_money
from hipss_register.site.pictures.text import Line, Run, line_width, wrap

_COLUMN = 272
_EDGE = 2
_AWAY = 9
_APART = 16
_ABOVE = 5
_MOST_WORDS = 0.45
_MOST_ALONE = 0.65
_UNKNOWN = 46
_THINNEST = 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """A sum with its words set: what it is, and the figure."""

    sum: Sum
    what: tuple[Line, ...]
    figure: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Pounds, or another currency, laid out from where nothing is."""

    zero: float
    unit: float

    def x(self, figure: Decimal) -> float:
        """Where a bar of that much ends."""
        return self.zero + float(figure) * self.unit


def money_picture(history: History, names: Tables, uid: str = "money") -> Markup:
    """The picture of the sums, wide and narrow; empty when fewer than two can be drawn to one scale.

    ``uid`` begins every id in the drawings, so that a page can show more than one picture of the same contract.
    """
    sums = sums_of(history, names)
    drawn = [one.drawn for one in sums if one.drawn is not None]
    if len(drawn) < 2 or not any(drawn):
        return Markup()
    told, uid = tell_money(history, sums, names), f"{uid}-{history.contract}"
    return Markup("\n").join(_draw(sums, told, uid, frame) for frame in FRAMES)


def _in_columns(frame: Frame) -> bool:
    return frame.width > 2 * _COLUMN


def _draw(sums: Sequence[Sum], told: Telling, uid: str, frame: Frame) -> Markup:
    left = _COLUMN if _in_columns(frame) else _EDGE
    rows = [_row(one, left, frame) for one in sums]
    scale = _scale(rows, left, frame)
    body, top = [], float(_EDGE)
    for row in rows:
        body.append(_draw_row(row, scale, frame, top))
        top += _height(row, frame) + _APART
    bottom = top - _APART + _EDGE
    zero = path("g-line", f"M{num(scale.zero)} 0V{num(bottom)}") if _in_columns(frame) else Markup()
    return drawing(uid, frame, bottom, told, joined([*body, zero]))


def _row(one: Sum, left: float, frame: Frame) -> Row:
    size, room = frame.size, frame.width - 2 * _EDGE
    what, detail = (Run(one.what, strong=True),), (Run(one.detail),)
    if not _in_columns(frame):
        return Row(one, wrap(what, size, room) + wrap(detail, size, room), wrap((Run(one.figure, True),), size, room))
    column = left - _AWAY - _EDGE
    beside = (frame.width - left) * (_MOST_ALONE if one.sort is Sort.WORDS else _MOST_WORDS) - 2 * _AWAY
    figure = wrap((Run(one.figure, strong=one.sort is not Sort.WORDS),), size, beside)
    return Row(one, wrap(what, size, column) + wrap(detail, size, column), figure)


def _scale(rows: Sequence[Row], left: float, frame: Frame) -> Scale:
    """As large as it can be with room for the words beside each bar; sums below nothing go to the left of the zero."""
    room = frame.width - _EDGE - left
    figures = [Decimal(0), *(row.sum.drawn for row in rows if row.sum.drawn is not None)]
    below = float(min(figures))
    units = [room / (float(max(figures)) - below)]
    for row in rows:
        reach = max(float(row.sum.drawn or 0), 0) - below
        if reach > 0:
            units.append((room - _beside_bar(row, frame)) / reach)
    unit = min(units)
    return Scale(left - below * unit, unit)


def _beside_bar(row: Row, frame: Frame) -> float:
    """How much room a row needs from the end of its bar on, with the words where they stand beside it."""
    bar = {Sort.UNKNOWN: _UNKNOWN, Sort.LEAST: Edge.TORN.value, Sort.WORDS: 0}.get(row.sum.sort, _THINNEST)
    return bar + (_AWAY + _widest(row.figure, frame) if _in_columns(frame) else 0)


def _widest(lines: Sequence[Line], frame: Frame) -> float:
    return max((line_width(line, frame.size) for line in lines), default=0)


def _height(row: Row, frame: Frame) -> float:
    words = len(row.what) * frame.line
    if _in_columns(frame):
        return max(words, len(row.figure) * frame.line, frame.bar)
    bar = 0 if row.sum.sort is Sort.WORDS else _ABOVE + frame.bar
    return words + len(row.figure) * frame.line + bar


def _draw_row(row: Row, scale: Scale, frame: Frame, top: float) -> Markup:
    if not _in_columns(frame):
        return _draw_stacked(row, scale, frame, top)
    middle = top + _height(row, frame) / 2
    bar, end = _bar(row.sum, scale, middle - frame.bar / 2, frame)
    what = text_lines(row.what, _COLUMN - _AWAY, _first(middle, row.what, frame), frame, "", "end")
    figure = text_lines(row.figure, end + _AWAY, _first(middle, row.figure, frame), frame, "", None)
    return joined((what, bar, figure))


def _first(middle: float, lines: Sequence[Line], frame: Frame) -> float:
    """The base of the first of some lines set about a middle."""
    return middle - len(lines) * frame.line / 2 + frame.size * 0.98


def _draw_stacked(row: Row, scale: Scale, frame: Frame, top: float) -> Markup:
    words = (*row.what, *row.figure)
    bar, _ = _bar(row.sum, scale, top + len(words) * frame.line + _ABOVE, frame)
    return joined((text_lines(words, _EDGE, top + frame.size * 0.98, frame, "", None), bar))


_CLASS = {Sort.LIMIT: "v-line", Sort.LEAST: "v-line", Sort.ESTIMATE: "v-est", Sort.AMOUNT: "v-known"}


def _bar(one: Sum, scale: Scale, top: float, frame: Frame) -> tuple[Markup, float]:
    """The bar of a sum, and where its words may begin."""
    if one.sort is Sort.WORDS:
        return Markup(), scale.zero
    if one.drawn is None:
        right = scale.zero + _UNKNOWN
        course = f"M{num(right)} {num(top)}H{num(scale.zero)}v{frame.bar}H{num(right)}"
        return path("v-miss", course), right
    left, right = sorted((scale.zero, scale.x(one.drawn)))
    edge = Edge.TORN if one.sort is Sort.LEAST else Edge.CUT
    shape = Shape((left, max(right - edge.value, left + _THINNEST)), right=edge)
    return path(_CLASS[one.sort], outline(shape, top, frame.bar)), shape.extent[1]
