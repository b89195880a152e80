"""Columns of print without lines between them: two columns of prose, or labels with what they stand for beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from hipss_register.importing.labels import label_of
from hipss_register.importing.pdf_lines import Line, Word, level, line_of

_GAP = 0.55
"""The empty space between two lines, as a part of their height, from which another label begins."""
_CLEAR = 0.8
"""The least empty space before a column, as a part of a line's height."""
_LEAST_LINES = 4
_LEAST_PROSE = 6
_PROSE_EDGES = (0.42, 0.62)
"""Where the second of two columns of prose begins, as a part of the width of the print."""
_FULL = 0.75
"""How much of its column a line of prose fills, unless it ends a paragraph."""
_OFF = 3.0
"""How far from the edge of a column a word can begin, in points."""


@dataclass(slots=True)
class Row:
    """A label, and the lines beside it."""

    label: list[Line] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)


Part = list[Line] | list[Row]
"""A part of a page: lines one below the other, or labels with what is beside each."""


def parts_of(words: Sequence[Word]) -> Iterator[Part]:
    """A page's words as its parts, in the order in which they are read."""
    lines = sorted(level(words), key=lambda line: min(word["top"] for word in line))
    edge = _edge(lines)
    plain: list[Line] = []
    for apart, some in groupby(lines, key=lambda line: edge is not None and _keeps_clear(line, edge)):
        band = list(some)
        made = _in_columns(band, edge) if apart and edge is not None else None
        if made:
            yield plain
            yield from made
        plain = [] if made else plain + [line_of(line) for line in band]
    yield plain


def _edge(lines: Sequence[Sequence[Word]]) -> float | None:
    """Where a second column begins: where the most lines go on after an empty space; none if none does."""
    starts: Counter[int] = Counter()
    for line in lines:
        height = max(word["bottom"] - word["top"] for word in line)
        starts.update(
            round(word["x0"]) for before, word in pairwise(line) if word["x0"] - before["x1"] > _CLEAR * height
        )
    found = starts.most_common(1)
    return float(found[0][0]) if found else None


def _keeps_clear(line: Sequence[Word], edge: float) -> bool:
    """Whether a line has nothing across the edge, and an empty space before it."""
    left, right = _sides(line, edge)
    height = max(word["bottom"] - word["top"] for word in line)
    clear = not left or left[-1]["x1"] <= edge - _CLEAR * height / 2
    begins = not right or abs(right[0]["x0"] - edge) <= _OFF or right[0]["x0"] > edge
    return clear and begins


def _sides(line: Sequence[Word], edge: float) -> tuple[list[Word], list[Word]]:
    left = [word for word in line if word["x0"] < edge - _OFF]
    return left, [word for word in line if word["x0"] >= edge - _OFF]


def _in_columns(band: Sequence[Sequence[Word]], edge: float) -> list[Part] | None:
    """The parts of lines that keep clear of an edge; None if they are not known to be columns."""
    sides = [_sides(line, edge) for line in band]
    left = [line_of(words) for words, _ in sides if words]
    right = [line_of(words) for _, words in sides if words]
    if len(band) < _LEAST_LINES or not left or not right:
        return None
    if _is_prose(left, right, edge):
        return [left, right]
    rows = _rows(left, right)
    known = sum(label_of(text_of(row.label), True) is not None for row in rows)
    return [rows] if known >= 2 else None


def _is_prose(left: Sequence[Line], right: Sequence[Line], edge: float) -> bool:
    start, end = min(line.left for line in left), max(line.right for line in right)
    middle = _PROSE_EDGES[0] <= (edge - start) / (end - start) <= _PROSE_EDGES[1]
    width = max(line.right for line in left) - start
    full = sum(line.right - start > _FULL * width for line in left)
    return middle and len(left) >= _LEAST_PROSE and full >= len(left) / 2


def _rows(left: Sequence[Line], right: Sequence[Line]) -> list[Row]:
    rows = [Row(label) for label in _labels(left)]
    tops = [row.label[0].top - row.label[0].height / 2 for row in rows]
    if any(line.top < tops[0] for line in right):
        rows.insert(0, Row())
        tops.insert(0, 0.0)
    for line in right:
        rows[max(n for n, top in enumerate(tops) if top <= line.top or not n)].beside.append(line)
    return rows


def _labels(left: Sequence[Line]) -> list[list[Line]]:
    """Lines of the first column by labels: one ends where it is known as one, and where there is more space."""
    labels: list[list[Line]] = []
    for line in left:
        last = labels[-1] if labels else []
        near = last and line.top - last[-1].bottom <= _GAP * line.height
        if near and not label_of(text_of(last)) and not (label_of(line.text) and not label_of(text_of([*last, line]))):
            last.append(line)
        else:
            labels.append([line])
    return labels


def text_of(lines: Sequence[Line]) -> str:
    """The text of lines as one."""
    return " ".join(line.text for line in lines)
