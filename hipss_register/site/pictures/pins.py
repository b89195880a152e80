"""Decisions as numbered pins above the base line: the head moves aside where it must, the foot stands at the date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from hipss_register.history import History
from hipss_register.model import DateSpan, Relation
from hipss_register.read import Record
from hipss_register.site.escaping import safe
from hipss_register.site.pictures.axis import Axis
from hipss_register.site.pictures.svg import Frame, joined, num, path, text_line
from hipss_register.site.pictures.text import Run, text_width

_APART = 4
_STEM = 16
_FOOT = 4
_OPEN = 16
_MOST_ROWS = 4
_FAR = 2.5


@dataclass(frozen=True, slots=True)
class Numbered:
    """A decision and its number in the history."""

    number: int
    record: Record

    @property
    def date(self) -> DateSpan | None:
        """When it was taken, as far as known."""
        return self.record.form.date.date

    @property
    def standing(self) -> str:
        """Held, cited, or not taken yet."""
        if self.record.form.pending:
            return "pending"
        return "held" if self.record.held else "cited"


def numbered(history: History, numbers: Mapping[str, int]) -> list[Numbered]:
    """The decisions of a history that have a number there, each once, in order of their numbers."""
    records = {step.record.id: step.record for step in history.steps if step.record.id in numbers}
    return sorted((Numbered(numbers[i], record) for i, record in records.items()), key=lambda one: one.number)


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a decision's foot stands, between which points its date lies, and where its head is put."""

    decision: Numbered
    first: float | None
    last: float | None
    foot: float
    head: float = 0
    row: int = 0


def _pin(decision: Numbered, date: DateSpan, axis: Axis) -> Pin:
    first = axis.x(date.earliest) if date.earliest else None
    last = axis.x_end(date.latest) if date.latest else None
    foot = (first + last) / 2 if first is not None and last is not None else (first if last is None else last)
    assert foot is not None, "a date is bounded on one side at least"
    return Pin(decision, first, last, foot)


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places near those wanted (which rise), in the same order, ``apart`` from each other, within bounds."""
    blocks: list[tuple[float, int]] = []
    for n, want in enumerate(wanted):
        mean, size = want - n * apart, 1
        while blocks and blocks[-1][0] >= mean:
            before, count = blocks.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        blocks.append((mean, size))
    most = max(low, high - (len(wanted) - 1) * apart)
    places = [min(max(mean, low), most) for mean, size in blocks for _ in range(size)]
    return [place + n * apart for n, place in enumerate(places)]


def _radius(decisions: Iterable[Numbered], frame: Frame) -> float:
    widest = max((text_width(str(one.number), frame.size) for one in decisions), default=0)
    return max(float(frame.radius), round(widest / 2) + 3)


def lay_out(decisions: Sequence[Numbered], axis: Axis, frame: Frame) -> list[Pin]:
    """Every dated decision as a pin, in as few rows as keep the heads near their feet."""
    radius = _radius(decisions, frame)
    pins = [_pin(one, one.date, axis) for one in decisions if one.date]
    pins.sort(key=lambda pin: (pin.foot, pin.decision.number))
    apart, low, high = 2 * radius + _APART, radius + 2, frame.width - radius - 2
    in_a_row = int((high - low) // apart) + 1
    most = max(_MOST_ROWS, -(-len(pins) // in_a_row))
    dealt = [*(_deal(pins, rows, apart) for rows in range(1, most + 1)), [n % most for n in range(len(pins))]]
    tried: list[list[Pin]] = []
    for rows in dealt:
        if _have_room(rows, in_a_row):
            tried.append(_in_rows(pins, rows, apart, low, high))
            if _farthest(tried[-1]) <= _FAR * radius:
                return tried[-1]
    return min(tried, key=_farthest)


def _in_rows(pins: Sequence[Pin], rows: Sequence[int], apart: float, low: float, high: float) -> list[Pin]:
    dealt: dict[int, list[Pin]] = {row: [] for row in sorted(rows)}
    for pin, row in zip(pins, rows, strict=True):
        dealt[row].append(pin)
    return [
        Pin(pin.decision, pin.first, pin.last, pin.foot, head, row)
        for row, some in dealt.items()
        for pin, head in zip(some, spread([pin.foot for pin in some], apart, low, high), strict=True)
    ]


def _deal(pins: Sequence[Pin], rows: int, apart: float) -> list[int]:
    """A row for each pin, in turn; after a space wide enough, from the lowest again."""
    dealt = [0] if pins else []
    for one, other in pairwise(pins):
        dealt.append(0 if other.foot - one.foot >= apart else (dealt[-1] + 1) % rows)
    return dealt


def _farthest(pins: Sequence[Pin]) -> float:
    return max((abs(pin.head - pin.foot) for pin in pins), default=0)


def _have_room(rows: Sequence[int], in_a_row: int) -> bool:
    return all(rows.count(row) <= in_a_row for row in set(rows))


def pins_height(pins: Sequence[Pin], frame: Frame) -> float:
    """How far below the top of the drawing the base line lies."""
    if not pins:
        return _FOOT + 2
    radius = _radius([pin.decision for pin in pins], frame)
    rows = max(pin.row for pin in pins) + 1
    return 2 + rows * 2 * radius + (rows - 1) * _APART + _STEM


def draw_pins(pins: Sequence[Pin], frame: Frame, base: float) -> Markup:
    """The stems and feet first, then the heads over them."""
    if not pins:
        return Markup()
    radius = _radius([pin.decision for pin in pins], frame)
    placed = [(pin, base - _STEM - radius - pin.row * (2 * radius + _APART)) for pin in pins]
    stems = "".join(f"M{num(pin.head)} {num(y)}L{num(pin.foot)} {num(base)}" for pin, y in placed)
    feet = (_foot(pin, base) for pin in pins)
    heads = (draw_head(pin.decision, pin.head, y, radius, frame) for pin, y in placed)
    return joined([path("g-stem", stems), *feet, *heads])


def _foot(pin: Pin, base: float) -> Markup:
    """A tick for a day; a bracket over the days that it may be; dots where nothing bounds it."""
    date = pin.decision.date
    top, height = base - _FOOT, 2 * _FOOT
    if date and date.exact:
        return path("g-foot", f"M{num(pin.foot)} {num(top)}v{height}")
    if pin.first is None or pin.last is None:
        away = _OPEN if pin.last is None else -_OPEN
        end = path("g-foot", f"M{num(pin.foot)} {num(top)}v{height}")
        return end + path("g-foot g-open", f"M{num(pin.foot)} {num(base)}h{away}")
    ends = f"M{num(pin.first)} {num(top)}v{height}M{num(pin.last)} {num(top)}v{height}"
    open_ = " g-open" if date and date.relation is Relation.EITHER else ""
    bar = path(f"g-foot{open_}", f"M{num(pin.first)} {num(base)}H{num(pin.last)}")
    return path("g-foot", ends) + bar


_HEADS = {"held": ("g-held", "g-on"), "cited": ("g-missing", "g-off"), "pending": ("g-pending", "")}


def draw_head(decision: Numbered, x: float, y: float, radius: float, frame: Frame) -> Markup:
    """A disc for a record that is held, a dashed ring for one that is cited, with the decision's number."""
    shape, word = _HEADS[decision.standing]
    disc = f'<circle class="{shape}" cx="{num(x)}" cy="{num(y)}" r="{num(radius - 1)}"/>'
    number = text_line((Run(str(decision.number), strong=True),), x, y + frame.size * 0.36, word, "middle")
    return safe(f"{disc}{number}")


def undated_height(undated: Sequence[Numbered], frame: Frame) -> float:
    """How much room the decisions without any date take below the rest."""
    if not undated:
        return 0
    return frame.line + 6 + len(_undated_rows(undated, frame)) * (2 * _radius(undated, frame) + _APART)


def _undated_rows(undated: Sequence[Numbered], frame: Frame) -> list[Sequence[Numbered]]:
    in_a_row = int(frame.width // (2 * _radius(undated, frame) + _APART))
    return [undated[n : n + in_a_row] for n in range(0, len(undated), in_a_row)]


def draw_undated(undated: Sequence[Numbered], frame: Frame, top: float) -> Markup:
    """The decisions whose dates are not known at all, off the scale and said to be so."""
    if not undated:
        return Markup()
    radius = _radius(undated, frame)
    apart = 2 * radius + _APART
    first = top + frame.line + 6 + radius
    heads = (
        draw_head(one, 2 + radius + column * apart, first + row * apart, radius, frame)
        for row, some in enumerate(_undated_rows(undated, frame))
        for column, one in enumerate(some)
    )
    return joined([text_line((Run("Dates not known"),), 2, top + frame.size, "g-halo"), *heads])
