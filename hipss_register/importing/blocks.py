"""What every kind of document is read into: one stream of blocks, in which nothing says Word, PDF or HTML any more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_WORDS = 60_000
"""The most words that are read from one document: some 150 pages of close print."""


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document.

    ``lead`` is the part at its head that stands out (bold, or made as a label), ``mark`` an item's bullet or number as
    printed, ``depth`` how far in it stands. ``cells`` are a row's, each of blocks again; ``table`` numbers the row's
    table and ``head`` says that it names the columns. ``wraps`` is for a line that may run on from the one before.
    ``short`` is what the head of a column is called for those who hear it. ``links`` are the addresses behind its
    words. ``place`` says where it stands, as "line 12" or "page 2".
    """

    kind: Kind
    text: str = ""
    lead: str = ""
    mark: str = ""
    depth: int = 0
    cells: tuple[tuple[Block, ...], ...] = ()
    table: int = 0
    head: bool = False
    wraps: bool = False
    short: str = ""
    links: tuple[tuple[str, str], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.

    ``address`` is where it was saved from, if it says so; ``left_out`` is what was not read of it and why, a line each;
    ``notices`` is what a person should look at in it, in sentences. ``beside`` are the addresses that links around its
    content lead to.
    """

    blocks: tuple[Block, ...]
    address: str = ""
    left_out: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def count(self) -> int:
        """How many words it has."""
        return sum(len(text.split()) for text in texts_of(self.blocks))


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text in the blocks, in order, with the marks of items."""
    for block in blocks:
        if block.mark:
            yield block.mark
        yield block.text
        for cell in block.cells:
            yield from texts_of(cell)


def clean(text: str) -> str:
    """The text without what cannot be seen, such as soft hyphens and zero-width signs; odd spaces are plain ones."""
    text = unicodedata.normalize("NFC", text).translate(_SYMBOLS)
    return _UNSEEN.sub("", "".join(_plain(char) for char in text))


def _plain(char: str) -> str:
    if char in "\n\t" or char.isprintable():
        return char
    kind = unicodedata.category(char)
    return " " if kind.startswith("Z") else "" if kind in ("Cc", "Cf", "Cs") else char


_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓"}
"""Signs of Word's symbol fonts."""
_UNSEEN = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff]")
"""What shows nothing although it is no control character."""

_END = re.compile(r"[.:;!?…][\"”’')\]]*$")


def runs_on(before: str, after: str) -> bool:
    """Whether a text cut by the end of a page goes on in the next: no full stop before, a small letter after."""
    return bool(before) and not _END.search(before) and after[:1].islower()


def joined(first: str, then: str) -> str:
    """Two lines of one paragraph: a space between, but for a hyphen or a web address cut at the line's end."""
    if not first or not then:
        return first or then
    last, following = first.rsplit(None, 1)[-1], then.split(None, 1)[0]
    hyphen = re.fullmatch(r"\w-", last[-2:]) and then[0].isalnum()
    address = _ADDRESS.fullmatch(last) and _IN_ADDRESS.search(following)
    return first + then if hyphen or address else f"{first} {then}"


_ADDRESS = re.compile(r"\W?https?://\S*", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"[/?=&%#_]|\w\.\w")


def written(blocks: Sequence[Block]) -> str:
    """The blocks as the text of a field: paragraphs a blank line apart, the items of a list line below line."""
    text, before = "", None
    for block in blocks:
        if block.wraps and before and before.kind is not Kind.ROW and text:
            text = joined(text, _line(block).strip())
            continue
        close = before is not None and _belongs(before, block)
        text += ("\n" if close else "\n\n" if text else "") + _line(block)
        before = block
    return text


def _belongs(before: Block, block: Block) -> bool:
    listed = before.kind is Kind.ITEM and (block.kind is Kind.ITEM or block.depth > 0)
    below = before.kind is Kind.PARAGRAPH and before.depth > 0 and block.depth > 0
    rows = before.kind is block.kind is Kind.ROW and before.table == block.table
    return listed or below or rows


def _line(block: Block) -> str:
    if block.kind is Kind.ROW:
        row = f"| {' | '.join(squeezed_cell(cell) for cell in block.cells)} |"
        return f"{row}\n|{' --- |' * len(block.cells)}" if block.head else row
    inward = "  " * max(block.depth - (block.kind is Kind.ITEM), 0)
    mark = f"{block.mark} " if block.mark else ""
    return inward + mark + (block.text if not inward else block.text.replace("\n", f"\n{inward}"))


def squeezed_cell(cell: Iterable[Block]) -> str:
    """A cell's text in one line."""
    return " ".join(" ".join(texts_of(cell)).split())
