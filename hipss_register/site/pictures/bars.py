"""The parts of a term as bars, each in a row of its own with its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hipss_register.history import PartKind, Support, TermPart
from hipss_register.site.pictures.axis import Axis
from hipss_register.site.pictures.labels import Placed, Words, place
from hipss_register.site.pictures.shapes import Shape, doubtful, outline, shape_of
from hipss_register.site.pictures.span import may_be_shorter, short_period
from hipss_register.site.pictures.svg import Frame, joined, path, tag, text_lines
from hipss_register.site.pictures.text import Run, wrap
from hipss_register.wording import say_length, say_lots

_ABOVE = 5
_THIN = 0.6
_CLASS = {
    PartKind.TRIAL: "g-a",
    PartKind.INITIAL: "g-a",
    PartKind.OPTION: "g-d",
    PartKind.VARIATION: "g-c",
    PartKind.EXTENSION: "g-c",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the term, its bar (none if it cannot be placed) and its words."""

    part: TermPart
    shape: Shape | None
    label: Placed


Bar = tuple[TermPart, Words]
"""A part of the term and what is said beside it, which is the same in both drawings."""


def bars_of(parts: Iterable[TermPart]) -> list[Bar]:
    """Each part with its words."""
    return [(part, Words(part_name(part), part_period(part))) for part in parts]


def rows_of(bars: Iterable[Bar], axis: Axis, walls: Sequence[float], frame: Frame) -> list[Row]:
    """A row for each part."""
    return [_row(part, words, shape_of(part, axis), walls, frame) for part, words in bars]


def _row(part: TermPart, words: Words, shape: Shape | None, walls: Sequence[float], frame: Frame) -> Row:
    if shape is None:
        runs = (Run(f"{words.what}:", strong=True), Run(words.rest))
        return Row(part, None, Placed(wrap(runs, frame.size, frame.width - 4), 2, "alone"))
    plain = shape.sure and not shape.maybe and part.runs and part.support is not Support.MISSING
    inner = shape.sure[1] - shape.sure[0] if plain and shape.sure else 0
    return Row(part, shape, place(words, shape.extent, inner, walls, frame))


def part_name(part: TermPart) -> str:
    """What a bar is called: Option to extend, lot 2, no record."""
    length = say_length(part.length, part.up_to) if part.length and _gap(part) else ""
    standing = {Support.MISSING: "no record", Support.UNUSED: "not used"}.get(part.support, "")
    return ", ".join(filter(None, (part.kind.value, say_lots(part.lots), length, standing)))


def _gap(part: TermPart) -> bool:
    return part.start.value is None or part.end.value is None


def part_period(part: TermPart) -> str:
    """From when to when, in a few words; "up to" where the part may be shorter."""
    return short_period(part.start, part.end, "up to" if may_be_shorter(part) else "to")


def row_height(row: Row, frame: Frame) -> float:
    """How much room a row takes, with its words."""
    words = len(row.label.lines) * frame.line
    match row.label.where:
        case "alone":
            return words
        case "above":
            return words + _ABOVE + bar_height(row.part, frame)
        case "beside":
            return max(words, bar_height(row.part, frame))
        case _:
            return bar_height(row.part, frame)


def rows_height(rows: Sequence[Row], frame: Frame) -> float:
    """How much room all rows take."""
    return sum(row_height(row, frame) + frame.apart for row in rows)


def bar_height(part: TermPart, frame: Frame) -> float:
    """An option that is not used is drawn thin."""
    return round(frame.bar * (1 if part.runs else _THIN))


def draw_bars(rows: Sequence[Row], frame: Frame, top: float, hatch: str) -> tuple[Markup, Markup]:
    """All bars; and all words, to be laid over whatever lines cross the drawing."""
    bars, words = [], []
    for row in rows:
        bar_top, first_line = _heights(row, frame, top)
        if row.shape:
            bars.append(draw_bar(row.part, row.shape, bar_top, bar_height(row.part, frame), hatch))
        class_ = "g-on" if row.label.where == "inside" else "g-halo"
        words.append(text_lines(row.label.lines, row.label.x, first_line, frame, class_, row.label.anchor))
        top += row_height(row, frame) + frame.apart
    return joined(bars), joined(words)


def _heights(row: Row, frame: Frame, top: float) -> tuple[float, float]:
    """Where the bar begins, and the base of the first line of words."""
    words = len(row.label.lines) * frame.line
    first = frame.size * 0.98
    if row.label.where in ("above", "alone"):
        return top + words + _ABOVE, top + first
    middle = top + row_height(row, frame) / 2
    return middle - bar_height(row.part, frame) / 2, middle - words / 2 + first


def draw_bar(part: TermPart, shape: Shape, top: float, height: float, hatch: str) -> Markup:
    """One bar: solid, hatched where no record supports it, in outline where it is not used, dotted where in doubt."""
    doubts = [path("g-maybe", doubtful(reach, top, height)) for reach in shape.maybe]
    if shape.sure is None:
        return joined(doubts)
    course = outline(shape, top, height)
    if part.support is Support.MISSING:
        sure = tag("path", fill=f"url(#{hatch})", d=course) + path("g-bb", course)
    elif not part.runs:
        sure = path("g-unused", course)
    else:
        sure = path(_CLASS[part.kind], course)
    return joined([sure, *doubts])


def hatching(hatch: str) -> Markup:
    """The pattern of what no record supports."""
    stripe = tag("rect", class_="g-hatch", width=2.5, height=8)
    pattern = tag(
        "pattern", stripe, id=hatch, width=8, height=8, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
    return tag("defs", pattern)
