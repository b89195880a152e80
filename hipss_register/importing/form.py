"""The form in a stream of blocks: which label opens which box, what stands in it, and where one record ends.

A label counts where the document makes it stand out: in the first cell of a row, in bold, as a heading. Only a document
that makes none stand out has them in plain text, at the head of a line. What is in a box stays in it, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from hipss_register.importing.blocks import Block, Kind, runs_on, squeezed_cell
from hipss_register.importing.labels import Label, label_of

_RECORD = re.compile(
    r"(?:published )?(?:record|notice) of (?:an? |the )?((?:[\w’'-]+ ){0,5}decisions?)"
    r"|((?:[\w’'-]+ ){1,4}decision)s? (?:record|notice|form|sheet)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"signed\b.{0,60}", re.IGNORECASE)
_AT_HEAD = re.compile(r"([^:\n\t]{2,90}?)\s*[:?]+\s*(.*)", re.DOTALL)
_MOST_LABEL = 90
_LEAST_BOXES = 2


@dataclass(slots=True)
class Box:
    """One box of a form: what its label stands for (None: not known), the label as printed, and what is in it."""

    label: Label | None
    printed: str
    place: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One record within a document: what it calls itself, what stands before its first box, and its boxes."""

    heading: str = ""
    kind: str = ""
    preface: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether a box of that field has been opened."""
        return any(box.label and box.label.field == name for box in self.boxes)


@dataclass(frozen=True, slots=True)
class _Opens:
    """A label that opens a box."""

    label: Label | None
    printed: str
    place: str


@dataclass(frozen=True, slots=True)
class _Begins:
    """A heading that begins a record."""

    heading: str
    kind: str


@dataclass(frozen=True, slots=True)
class _GoesOn:
    """What follows goes on in the open box, after the end of a page."""


_Token = _Opens | _Begins | _GoesOn | Block


def read_form(blocks: Sequence[Block]) -> list[Sheet]:
    """Every record in the blocks, in order."""
    sheets = [Sheet()]
    cut = False
    for token in _Reader(blocks).tokens(blocks):
        sheet = sheets[-1]
        if isinstance(token, _Begins) or _begins_another(sheet, token):
            if sheet.boxes or (sheet.heading and isinstance(token, _Begins)):
                sheets.append(sheet := Sheet())
            if isinstance(token, _Begins):
                sheet.heading, sheet.kind = token.heading, token.kind
        if isinstance(token, _Opens):
            sheet.boxes.append(Box(token.label, token.printed, token.place))
        elif isinstance(token, Block):
            _put(sheet, token, cut)
        cut = isinstance(token, _GoesOn)
    return _with_boxes(sheets)


def _with_boxes(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that are a record; a page with hardly a box, such as a cover, goes before the one that follows."""
    made: list[Sheet] = []
    before: list[Block] = []
    for sheet in sheets:
        if len({box.label.field for box in sheet.boxes if box.label}) >= _LEAST_BOXES:
            sheet.preface[:0] = before
            made.append(sheet)
            before = []
        else:
            before += [Block(Kind.PARAGRAPH, sheet.heading)] if sheet.heading else []
            before += sheet.preface
            for box in sheet.boxes:
                before += [Block(Kind.PARAGRAPH, box.printed, place=box.place), *box.blocks]
    if made:
        made[-1].preface += before
    return made


def _begins_another(sheet: Sheet, token: _Token) -> bool:
    return isinstance(token, _Opens) and token.label is not None and token.label.field == "title" and sheet.has("title")


def _put(sheet: Sheet, block: Block, cut: bool) -> None:
    into = sheet.boxes[-1].blocks if sheet.boxes else sheet.preface
    if cut and into and into[-1].kind is not Kind.ROW and runs_on(into[-1].text, block.text):
        block = replace(block, wraps=True)
    into.append(block)


class _Reader:
    """Knows how the document makes its labels stand out, and which of its tables are forms, and how wide they are."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._forms = {
            (block.table, len(block.cells))
            for block in blocks
            if block.kind is Kind.ROW and len(block.cells) > 1 and label_of(squeezed_cell(block.cells[0]), True)
        }
        self._marked = sum(map(self._stands_out, blocks)) >= 3
        self._ways = {
            _way(block) for block in _with_cells(blocks) if block.kind is not Kind.ROW and self._stands_out(block)
        }
        self._opened = False
        self._signed = False

    def _stands_out(self, block: Block) -> bool:
        if block.kind is Kind.ROW:
            cells = block.cells
            one = len(cells) == 1 and any(map(self._stands_out, cells[0]))
            return one or (len(cells) > 1 and label_of(squeezed_cell(cells[0])) is not None)
        lead = block.text if block.kind is Kind.HEADING else block.lead
        return label_of(lead) is not None

    def tokens(self, blocks: Iterable[Block]) -> Iterator[_Token]:
        """What each block means for the form."""
        for block in _with_whole_labels(blocks):
            if block.kind is Kind.ROW:
                yield from self._of_row(block)
            elif block.kind is Kind.NOTE:
                yield _Opens(None, f"Note {block.mark}".rstrip(), block.place)
                yield replace(block, kind=Kind.PARAGRAPH, mark="")
            else:
                yield from self._of_text(block)

    def _of_row(self, row: Block) -> Iterator[_Token]:
        cells = row.cells
        while len(cells) > 1 and not cells[-1]:
            cells = cells[:-1]
        names = [squeezed_cell(cell) for cell in cells]
        if len(cells) == 1:
            yield from self.tokens(cells[0])
        elif not names[0]:
            yield _GoesOn()
            yield from (block for cell in cells for block in cell)
        elif label := self._label_in_cell(cells[0], names[0]):
            yield from self._pairs(row, names, len(cells) if _in_pairs(names) else 2, label)
        elif (row.table, len(row.cells)) in self._forms and _in_pairs(names):
            yield from self._pairs(row, names, len(cells), None)
        elif any(self._stands_out(block) for cell in cells for block in cell):
            yield from (token for cell in cells for token in self.tokens(cell))
        else:
            yield row

    def _label_in_cell(self, cell: tuple[Block, ...], name: str) -> Label | None:
        if label := label_of(name, True):
            return label
        # A label with a note for whoever fills the form in, in smaller print below it.
        first = cell[0].lead or cell[0].text
        return label_of(first, True) if len(cell) > 1 or cell[0].lead else None

    def _pairs(self, row: Block, names: Sequence[str], upto: int, first: Label | None) -> Iterator[_Token]:
        """Labels and what is beside each; one that is not known opens a box too, so that its words join no other."""
        self._opened = True
        for n in range(0, upto, 2):
            label = label_of(names[n], True) or (None if n else first)
            if names[n]:
                yield _Opens(label, names[n], row.place)
            if label and label.kept:
                yield Block(Kind.PARAGRAPH, names[n], place=row.place)
            yield from row.cells[n + 1] if n + 1 < len(row.cells) else ()
        for cell in row.cells[upto:]:
            yield from cell

    def _of_text(self, block: Block) -> Iterator[_Token]:
        record = _RECORD.fullmatch(block.text.strip().rstrip(":"))
        if record and (block.kind is Kind.HEADING or block.lead == block.text or len(block.text) < 60):
            self._signed = False
            yield _Begins(block.text, (record[1] or record[2]).lower())
            return
        if _SIGNED.fullmatch(block.text) and block.kind is not Kind.HEADING and not self._signed:
            self._signed = True
            yield _Opens(Label("signature", kept=True), "", block.place)
            yield block
            return
        yield from self._of_label(block)

    def _of_label(self, block: Block) -> Iterator[_Token]:
        printed, rest = self._split(block)
        label = label_of(printed, likeness=True) if printed else None
        unknown = bool(printed) and not label and self._looks_like_label(block, printed)
        if not label and not unknown:
            yield block
            return
        if label and self._signed and label.field in ("date", "decision_maker"):
            yield block
            return
        self._signed = self._signed and not label
        self._opened = True
        yield _Opens(label, printed, block.place)
        if label and label.kept:
            yield replace(block, lead="")
        elif rest:
            yield replace(block, kind=Kind.PARAGRAPH, text=rest, lead="")

    def _split(self, block: Block) -> tuple[str, str]:
        """The label at the head of a block as printed, and what follows it; empty if it can have none."""
        if block.kind is Kind.HEADING:
            return block.text, ""
        if block.lead and len(block.lead) <= _MOST_LABEL:
            return block.lead.rstrip(), block.text[len(block.lead) :].lstrip(" :\n")
        if self._marked or block.kind is Kind.ITEM:
            return "", ""
        if match := _AT_HEAD.match(block.text):
            return (match[1], match[2]) if label_of(match[1], likeness=" " in match[1].strip()) else ("", "")
        return (block.text, "") if label_of(block.text) else ("", "")

    def _looks_like_label(self, block: Block, printed: str) -> bool:
        """Whether a label that we do not know is made as the document makes those that we do."""
        ends_so = block.kind is Kind.HEADING or printed.rstrip().endswith(":")
        return self._opened and ends_so and block.kind is not Kind.ITEM and _way(block) in self._ways


def _with_whole_labels(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with two rows made one where the end of a page cut the label of a box in two."""
    before: Block | None = None
    for block in blocks:
        if before and (whole := _whole_row(before, block)):
            before = whole
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _whole_row(first: Block, then: Block) -> Block | None:
    """The row of which the label's first words stand above it: at the end of a page, or where no lines rule a table."""
    if then.kind is not Kind.ROW or first.kind not in (Kind.ROW, Kind.PARAGRAPH):
        return None
    if first.place == then.place and then.table:
        return None
    if first.kind is Kind.ROW and len(first.cells) != len(then.cells):
        return None
    half = squeezed_cell(first.cells[0] if first.kind is Kind.ROW else (first,))
    whole = f"{half} {squeezed_cell(then.cells[0])}"
    if not half or not then.cells[0] or label_of(half) or not label_of(whole):
        return None
    label = replace(then.cells[0][0], text=whole, lead=whole)
    above = first.cells[1:] or ((),) * (len(then.cells) - 1)
    return replace(then, cells=((label,), *(a + b for a, b in zip(above, then.cells[1:], strict=True))))


def _in_pairs(names: Sequence[str]) -> bool:
    """Whether the cells of a row can be labels, each with what is beside it."""
    return len(names) % 2 == 0 and all(len(name) <= _MOST_LABEL for name in names[::2])


def _way(block: Block) -> str:
    """How a block makes a label stand out: as a heading, as bold words with a line of their own, or before others."""
    return "heading" if block.kind is Kind.HEADING else "alone" if block.lead == block.text else "before"


def _with_cells(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, and those in rows of one cell, which tables for layout have."""
    for block in blocks:
        yield block
        if len(block.cells) == 1:
            yield from _with_cells(block.cells[0])
