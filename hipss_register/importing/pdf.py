"""PDFs as blocks: pdfplumber gives words, their places and ruled tables; lines, paragraphs and columns are ours."""

from __future__ import annotations

import importlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from hipss_register.importing.blocks import Block, Document, Kind, joined, runs_on
from hipss_register.importing.pdf_columns import Row, parts_of, text_of
from hipss_register.importing.pdf_lines import Line, Word, level, line_of, lines_of, lower_raised
from hipss_register.importing.pdf_marks import check_marks
from hipss_register.model.refusal import Refusal

MOST_PAGES = 200
MOST_UNPACKED = 100_000_000
MOST_WORDS_A_PAGE = 5_000
MOST_STREAMS = 50_000
_MOST_OVER = 3
"""How often the bytes of a document are read as packed ones, at most: one stream can be made to begin in another."""
_STREAM = re.compile(rb"stream\r?\n")
_SCRIPT = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")
"""How a stream begins that holds objects (ISO 32000-1, 7.5.7). Pictures hold any bytes, and mean nothing by them."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PIECE = 65_536
_BULLET = re.compile(r"([•·▪●○◦‣–-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]", re.IGNORECASE)
_UNUSED_CODE = re.compile(r"\(cid:(?:127|129|141|143|144|157)\)")
"""Codes that the usual encoding leaves free, which a PDF shows as bullets (ISO 32000-1, annex D.2, note 3)."""
_GAP = 0.55
"""The empty space between two lines, as a part of a line's height, from which a new paragraph begins."""
_SPACE = 0.35
"""The width of a space between words, as a part of a line's height, at most."""
_SIZE = 0.2
"""The difference between the heights of two lines from which they are not of one paragraph."""
_EDGE = 0.09
"""The part of a page at its head and its foot where running titles stand."""

Box = tuple[float, float, float, float]
"""The left, top, right and bottom edge of a place on a page."""


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
            check_marks(pdf)
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
    objects = bytearray()
    after, last = 0, content.rfind(b"endstream")
    for start, piece in _streams(content):
        if start >= after:
            objects += content[after:start]
            after = content.find(b"endstream", start) if start < last else start
        if _OBJECTS.match(piece):
            objects += piece
    objects += content[after:]
    if _SCRIPT.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), bytes(objects))):
        hint = "print it to a new PDF and try that"
        raise Refusal("SOURCE-TYPE", "it carries scripts, programs or attached files", hint)


def _streams(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Where each stream begins, and what it unpacks to; raises `Refusal` for too much, or too much within another."""
    made, read, count = 0, 0, 0
    for match in _STREAM.finditer(content):
        piece, packed = _unpacked(memoryview(content)[match.end() :], MOST_UNPACKED - made)
        made, read, count = made + len(piece), read + packed, count + 1
        if made >= MOST_UNPACKED:
            raise Refusal("TOO-LARGE", f"it would unpack to more than {MOST_UNPACKED:,} bytes")
        if count > MOST_STREAMS or read > _MOST_OVER * len(content):
            raise Refusal("TOO-LARGE", f"it has more than {MOST_STREAMS:,} streams, or streams within streams")
        yield match.end(), piece


def _unpacked(stream: memoryview, most: int) -> tuple[bytes, int]:
    """What a stream unpacks to, at most so many bytes of it, and how many it was; nothing if it is not packed."""
    opener, pieces, read = zlib.decompressobj(), [], 0
    try:
        for at in range(0, len(stream), _PIECE):
            packed = stream[at : at + _PIECE]
            made = opener.decompress(packed, most)
            pieces.append(made)
            most -= len(made)
            read += len(packed)
            if opener.eof or not most:
                break
    except zlib.error:
        pass
    return b"".join(pieces), read - len(opener.unused_data)


# Pages


def _words_of(page: Any, number: int) -> list[Word]:
    words: list[Word] = page.extract_words(extra_attrs=["fontname", "size"], x_tolerance_ratio=0.15)
    if len(words) > MOST_WORDS_A_PAGE:
        raise Refusal("TOO-LARGE", f"page {number} has more than {MOST_WORDS_A_PAGE:,} words")
    for word in words:
        word["text"] = _UNUSED_CODE.sub("•", word["text"])
    lower_raised(words)
    return words


def _take_out_running_titles(pages: Sequence[Any], words: list[list[Word]]) -> tuple[str, ...]:
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


def _edge_lines(page: Any, words: Sequence[Word]) -> list[tuple[str, list[Word]]]:
    edge, height = _EDGE * float(page.height), float(page.height)
    near = [word for word in words if word["bottom"] < edge or word["top"] > height - edge]
    return [(line_of(line).text, line) for line in level(near)]


def _blocks_of(page: Any, number: int, words: Sequence[Word]) -> Iterator[Block]:
    """What stands on one page, from top to bottom."""
    place = f"page {number}"
    tables, nested = _tables(page)
    outside = [word for word in words if not any(_within(word, table.bbox) for table in tables)]
    pieces: list[tuple[float, list[Block]]] = []
    for n, table in enumerate(tables):
        pieces.append((table.bbox[1], list(_rows(table, nested, words, number * 1000 + n, place))))
    tops = sorted(top for top, _ in pieces)
    for n, (_, some) in enumerate(groupby(_by_top(outside), key=lambda word: sum(word["top"] > top for top in tops))):
        group = list(some)
        pieces.append((group[0]["top"], list(_of_parts(group, number * 1000 + 500 + n, place))))
    yield from (block for _, blocks in sorted(pieces, key=lambda piece: piece[0]) for block in blocks)


def _by_top(words: Iterable[Word]) -> list[Word]:
    return sorted(words, key=lambda word: float(word["top"]))


def _tables(page: Any) -> tuple[list[Any], list[Any]]:
    """The ruled tables of a page, and those of them that stand in a cell of another."""
    found = [table for table in page.find_tables(_closed(page)) if any(len(row.cells) > 1 for row in table.rows)]
    nested = [table for table in found if any(table is not other and _inside(table, other) for other in found)]
    return [table for table in found if table not in nested], nested


def _closed(page: Any) -> dict[str, list[float]]:
    """Lines that close a table which the end of a page has cut: there, browsers rule none across."""
    ruled = [edge for edge in page.edges if edge["orientation"] == "v"]
    if not ruled:
        return {}
    ends = [min(edge["top"] for edge in ruled), max(edge["bottom"] for edge in ruled)]
    return {"explicit_horizontal_lines": [float(end) for end in ends]}


def _inside(table: Any, other: Any) -> bool:
    left, top, right, bottom = table.bbox
    cells = (cell for row in other.rows for cell in row.cells if cell)
    return any(
        cell[0] <= left + 1 and cell[1] <= top + 1 and cell[2] >= right - 1 and cell[3] >= bottom - 1 for cell in cells
    )


def _of_parts(words: Sequence[Word], number: int, place: str) -> Iterator[Block]:
    """Print that stands in no ruled table."""
    for part in parts_of(words):
        for row in part:
            if isinstance(row, Row):
                label = (Block(Kind.PARAGRAPH, text_of(row.label), _lead(row.label), place=place),) if row.label else ()
                cells = (label, tuple(_paragraphs(row.beside, place)))
                yield Block(Kind.ROW, cells=cells, table=number, place=place)
        yield from _paragraphs([line for line in part if isinstance(line, Line)], place)


def _lead(lines: Sequence[Line]) -> str:
    return text_of(lines) if all(line.lead == line.text for line in lines) else ""


def _within(word: Word, box: Box) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _rows(table: Any, nested: Sequence[Any], words: Sequence[Word], number: int, place: str) -> Iterator[Block]:
    for row in table.rows:
        cells = [tuple(_in_cell(box, nested, words, number, place)) if box else () for box in row.cells]
        if any(cells):
            yield Block(Kind.ROW, cells=tuple(cells), table=number, place=place)


def _in_cell(box: Box, nested: Sequence[Any], words: Sequence[Word], number: int, place: str) -> Iterator[Block]:
    """What stands in a cell, with the tables in it where they stand."""
    inside = [word for word in words if _within(word, box)]
    inner = [table for table in nested if _contains(box, table)]
    for n, table in enumerate(sorted(inner, key=lambda table: float(table.bbox[1]))):
        above = [word for word in inside if word["bottom"] <= table.bbox[1] + 1]
        yield from _paragraphs(lines_of(above), place)
        yield from _rows(table, (), words, number + 100 * (n + 1), place)
        inside = [word for word in inside if word["top"] >= table.bbox[3] - 1]
    yield from _paragraphs(lines_of(inside), place)


def _contains(box: Box, table: Any) -> bool:
    across, down = (table.bbox[0] + table.bbox[2]) / 2, (table.bbox[1] + table.bbox[3]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _paragraphs(lines: Sequence[Line], place: str) -> Iterator[Block]:
    """Lines as paragraphs and items: a new one begins after a gap, at a bullet, or where columns begin."""
    edge = max((line.right for line in lines), default=0)
    made: Block | None = None
    before: Line | None = None
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


def _apart(before: Line, line: Line, edge: float) -> bool:
    """Whether a line begins another paragraph; also if its first word would have had room at the end of the last."""
    height = max(before.height, line.height)
    other_weight = bool(line.lead) and before.lead != before.text
    other_size = abs(before.height - line.height) > _SIZE * height
    columns = "\t" in line.text or "\t" in before.text
    room = before.right + _SPACE * height + line.first < edge - 1
    return line.top - before.bottom > _GAP * height or columns or other_weight or other_size or room


def _begun(line: Line, bullet: re.Match[str] | None, place: str) -> Block:
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
