"""PDFs as blocks: pdfplumber gives words, their places and ruled tables; lines, paragraphs and columns are ours."""

from __future__ import annotations

import importlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from hipss_register.importing.blocks import Block, Document, Kind, clean, joined, runs_on
from hipss_register.model.refusal import Refusal

MOST_PAGES = 200
MOST_UNPACKED = 100_000_000
MOST_WORDS_A_PAGE = 5_000
_STREAM = re.compile(rb"stream\r?\n")
_SCRIPT = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
_BULLET = re.compile(r"([•·▪●○◦‣–-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]", re.IGNORECASE)
_UNUSED_CODE = re.compile(r"\(cid:(?:127|129|141|143|144|157)\)")
"""Codes that the usual encoding leaves free, which a PDF shows as bullets (ISO 32000-1, annex D.2, note 3)."""
_GAP = 0.55
"""The empty space between two lines, as a part of a line's height, from which a new paragraph begins."""
_COLUMN = 2.0
"""The same between two words, from which a new column begins."""
_SPACE = 0.35
"""The width of a space between words, as a part of a line's height, at most."""
_SIZE = 0.2
"""The difference between the heights of two lines from which they are not of one paragraph."""
_EDGE = 0.09
"""The part of a page at its head and its foot where running titles stand."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of print: its text, the bold part at its head, and where on the page it is."""

    text: str
    lead: str
    right: float
    top: float
    bottom: float
    first: float
    """How wide its first word is."""

    @property
    def height(self) -> float:
        return self.bottom - self.top


def read_pdf(content: bytes) -> Document:
    """Read a PDF; raises `Refusal` for one that is damaged, protected or carries more than print."""
    if b"%PDF-" not in content[:1024]:
        raise Refusal("UNREADABLE", "this is no PDF, whatever its name says")
    _look_inside(content)
    pdfplumber: Any = importlib.import_module("pdfplumber")
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                message = f"it has {len(pdf.pages)} pages; at most {MOST_PAGES} are read"
                raise Refusal("TOO-LARGE", message, "import its parts")
            words = [_words_of(page, n) for n, page in enumerate(pdf.pages, start=1)]
            left_out = _take_out_running_titles(pdf.pages, words)
            pages = [list(_blocks_of(page, n, words[n - 1])) for n, page in enumerate(pdf.pages, start=1)]
    except (Refusal, RecursionError, MemoryError):
        raise
    except Exception as error:
        raise _refused(error) from error
    return Document(_run_on(pages), left_out=left_out)


def _refused(error: Exception) -> Refusal:
    if "Password" in repr(error) or "Encrypt" in repr(error):
        return Refusal("UNREADABLE", "this is protected by a password", "ask for it without one")
    return Refusal("UNREADABLE", "this is a damaged PDF", "print it to a new PDF and try that")


def _look_inside(content: bytes) -> None:
    """Refuse what runs or is attached, and streams that would unpack without end."""
    unpacked = 0
    for match in _STREAM.finditer(content):
        opener = zlib.decompressobj()
        try:
            piece = opener.decompress(content[match.end() :][:MOST_UNPACKED], MOST_UNPACKED - unpacked)
        except zlib.error:
            continue
        unpacked += len(piece)
        if unpacked >= MOST_UNPACKED:
            raise Refusal("TOO-LARGE", f"it would unpack to more than {MOST_UNPACKED:,} bytes")
        _refuse_programs(piece)
    _refuse_programs(content)


def _refuse_programs(content: bytes) -> None:
    if _SCRIPT.search(content):
        hint = "print it to a new PDF and try that"
        raise Refusal("SOURCE-TYPE", "it carries scripts, programs or attached files", hint)


# Pages


def _words_of(page: Any, number: int) -> list[Any]:
    words: list[Any] = page.extract_words(extra_attrs=["fontname"], x_tolerance_ratio=0.15)
    for word in words:
        word["text"] = _UNUSED_CODE.sub("•", word["text"])
    if len(words) > MOST_WORDS_A_PAGE:
        raise Refusal("TOO-LARGE", f"page {number} has more than {MOST_WORDS_A_PAGE:,} words")
    return words


def _take_out_running_titles(pages: Sequence[Any], words: list[list[Any]]) -> tuple[str, ...]:
    """Take out lines that stand at the same edge of several pages, and page numbers; the result tells of each."""
    edges = [_edge_lines(page, found) for page, found in zip(pages, words, strict=True)]
    seen = Counter(_PAGE_NUMBER.sub("#", text) for lines in edges for text, _ in lines)
    left_out: dict[str, None] = {}
    for lines, found in zip(edges, words, strict=True):
        for text, members in lines:
            key = _PAGE_NUMBER.sub("#", text)
            if seen[key] > 1 or key == "#":
                left_out[f"“{text}” at the edge of a page"] = None
                found[:] = [word for word in found if not any(word is member for member in members)]
    return tuple(left_out)


def _edge_lines(page: Any, words: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    edge, height = _EDGE * float(page.height), float(page.height)
    near = [word for word in words if word["bottom"] < edge or word["top"] > height - edge]
    return [(_line(line).text, line) for line in _level(near)]


def _blocks_of(page: Any, number: int, words: Sequence[Any]) -> Iterator[Block]:
    """What stands on one page, from top to bottom."""
    place = f"page {number}"
    tables = [table for table in page.find_tables() if any(len(row.cells) > 1 for row in table.rows)]
    outside = [word for word in words if not any(_within(word, table.bbox) for table in tables)]
    pieces: list[tuple[float, list[Block]]] = []
    for n, table in enumerate(tables):
        pieces.append((table.bbox[1], list(_rows(table, words, number * 1000 + n, place))))
    tops = sorted(top for top, _ in pieces)
    for _, lines in groupby(_lines(outside), key=lambda line: sum(line.top > top for top in tops)):
        group = list(lines)
        pieces.append((group[0].top, list(_paragraphs(group, place))))
    yield from (block for _, blocks in sorted(pieces, key=lambda piece: piece[0]) for block in blocks)


def _within(word: Any, box: tuple[float, float, float, float]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _rows(table: Any, words: Sequence[Any], number: int, place: str) -> Iterator[Block]:
    for row in table.rows:
        cells = []
        for box in row.cells:
            inside = [word for word in words if box and _within(word, box)]
            cells.append(tuple(_paragraphs(_lines(inside), place)))
        if any(cells):
            yield Block(Kind.ROW, cells=tuple(cells), table=number, place=place)


def _lines(words: Iterable[Any]) -> list[_Line]:
    return sorted(map(_line, _level(words)), key=lambda line: line.top)


def _level(words: Iterable[Any]) -> list[list[Any]]:
    """Words by lines: those belong to one whose middles are level, so that a raised "th" stays with its number."""
    lines: list[list[Any]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        height = word["bottom"] - word["top"]
        last = lines[-1][-1] if lines else None
        if last and word["top"] + height / 2 < max(one["bottom"] for one in lines[-1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: float(word["x0"])) for line in lines]


def _line(words: Sequence[Any]) -> _Line:
    text, lead, bold = "", "", True
    height = max(word["bottom"] - word["top"] for word in words)
    right = None
    for word in words:
        gap = "" if right is None else "\t" if word["x0"] - right > _COLUMN * height else " "
        bold = bold and "bold" in word["fontname"].casefold()
        text += gap + word["text"]
        lead = text if bold else lead
        right = word["x1"]
    top, bottom = min(word["top"] for word in words), max(word["bottom"] for word in words)
    return _Line(clean(text), clean(lead), words[-1]["x1"], top, bottom, words[0]["x1"] - words[0]["x0"])


def _paragraphs(lines: Sequence[_Line], place: str) -> Iterator[Block]:
    """Lines as paragraphs and items: a new one begins after a gap, at a bullet, or where columns begin."""
    edge = max((line.right for line in lines), default=0)
    made: Block | None = None
    before: _Line | None = None
    for line in lines:
        bullet = _BULLET.match(line.text)
        if made and before and not bullet and not _apart(before, line, edge):
            lead = joined(made.lead, line.lead) if made.lead == made.text else made.lead
            made = replace(made, text=joined(made.text, line.text), lead=lead)
        else:
            if made:
                yield _columns(made)
            made = _begun(line, bullet, place)
        before = line
    if made:
        yield _columns(made)


def _apart(before: _Line, line: _Line, edge: float) -> bool:
    """Whether a line begins another paragraph; also if its first word would have had room at the end of the last."""
    height = max(before.height, line.height)
    other_weight = bool(line.lead) and before.lead != before.text
    other_size = abs(before.height - line.height) > _SIZE * height
    columns = "\t" in line.text or "\t" in before.text
    room = before.right + _SPACE * height + line.first < edge - 1
    return line.top - before.bottom > _GAP * height or columns or other_weight or other_size or room


def _begun(line: _Line, bullet: re.Match[str] | None, place: str) -> Block:
    if bullet:
        return Block(Kind.ITEM, line.text[bullet.end() :].strip(), mark=bullet[1], depth=1, place=place)
    return Block(Kind.PARAGRAPH, line.text, line.lead, place=place)


def _columns(block: Block) -> Block:
    """A line in columns as the row of a table."""
    if "\t" not in block.text:
        return block
    cells = [(Block(Kind.PARAGRAPH, text.strip(), place=block.place),) for text in block.text.split("\t")]
    return Block(Kind.ROW, cells=tuple(cells), place=block.place)


def _run_on(pages: Sequence[Sequence[Block]]) -> tuple[Block, ...]:
    """All pages' blocks; a paragraph that the end of a page cut in two is marked as going on."""
    blocks: list[Block] = []
    for page in pages:
        first = page[0] if page else None
        if first and blocks and runs_on(blocks[-1].text, first.text):
            page = [replace(first, wraps=True), *page[1:]]
        blocks += page
    return tuple(blocks)
