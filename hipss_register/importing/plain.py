"""Plain text and Markdown as blocks, of the kinds in which decision records are handed on.

Known: paragraphs and lists; cells parted by tabs or pipes, also where a line goes on with one; HTML within Markdown;
text without any blank lines, one box of the form a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from hipss_register.importing.blocks import Block, Document, Kind, clean
from hipss_register.importing.markup import read_markup

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_RULE = re.compile(r"(?=[\s|:-]*(?:--|==|___|\*\*\*))[\s|:=_*-]+")
_PIPES = re.compile(r"\|.*\|")
_ITEM = re.compile(r"(\s*)([-*+•·▪●○–]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])(\s+)(?=\S)", re.IGNORECASE)
_MARK = re.compile(_ITEM.pattern.replace(r"(\s+)(?=\S)", ""), re.IGNORECASE)
_STRONG = re.compile(r"\*\*(?=\S)(.{1,200}?)(?<=\S)\*\*|__(?=\S)(.{1,200}?)(?<=\S)__")
_ONE_SPACE = re.compile(r"[.;:!?] (?=[A-Z])")
_TWO_SPACES = re.compile(r"(?<=[.;:!?])\s{2,}(?=[A-Z])")
_TAGS = re.compile(r"<(?:p|ul|ol|li|table|br|div)\b", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:table|html|body)\b", re.IGNORECASE)

Inline = Callable[[str, str], tuple[Block, ...]]
"""Reads a piece of a line that stands at a place."""


def read_plain(text: str) -> Document:
    """Plain text, word for word."""
    return Document(tuple(_blocks(text, _no_markup)))


def read_markdown(text: str) -> Document:
    """Markdown, with the HTML in it read as such; a table in HTML makes all of it HTML."""
    if _WHOLE.search(text):
        return read_markup(text)
    split = len(_TWO_SPACES.findall(text)) < len(_ONE_SPACE.findall(text))

    def inline(piece: str, place: str) -> tuple[Block, ...]:
        # Converters write the paragraphs of a cell in one line, two spaces apart. A typist's habit is another matter.
        parts = _TWO_SPACES.split(piece) if split and not _TAGS.search(piece) else [piece]
        html = (_STRONG.sub(lambda match: f"<b>{match[1] or match[2]}</b>", part) for part in parts)
        return tuple(block for part in html for block in read_markup(part, place).blocks)

    return Document(tuple(_blocks(text, inline)))


def _no_markup(piece: str, place: str) -> tuple[Block, ...]:
    text = " ".join(clean(piece).split())
    return (Block(Kind.PARAGRAPH, text, place=place),) if text else ()


class _Lines:
    """What is known of the lines before: how far a table goes, and whether the last line was blank."""

    def __init__(self) -> None:
        self.table = 0
        self.in_table = False
        self.after_blank = True


def _blocks(text: str, inline: Inline) -> Iterator[Block]:
    state = _Lines()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            state.after_blank = True
        elif _RULE.fullmatch(line):
            continue
        else:
            yield from _of_line(line, f"line {number}", inline, state)
            state.after_blank = False


def _of_line(line: str, place: str, inline: Inline, state: _Lines) -> Iterator[Block]:
    if cells := _cells(line):
        state.table += not state.in_table
        state.in_table = True
        made = tuple(inline(cell, place) for cell in cells)
        yield Block(Kind.ROW, cells=made, table=state.table, place=place)
        return
    state.in_table = False
    if match := _HEADING.fullmatch(line.strip()):
        words = match[2].rstrip("#").rstrip()
        yield from (replace(block, kind=Kind.HEADING) for block in inline(words, place))
    elif match := _ITEM.match(line):
        depth = 1 + len(match[1].expandtabs(4)) // 2
        mark = "•" if match[2] in "*+" else match[2]
        for n, block in enumerate(inline(line[match.end() :], place)):
            yield replace(block, depth=depth) if n else replace(block, kind=Kind.ITEM, mark=mark, depth=depth)
    else:
        for n, block in enumerate(inline(line, place)):
            yield replace(block, wraps=not n and not state.after_blank and block.kind is Kind.PARAGRAPH)


def _cells(line: str) -> list[str]:
    """The cells of a line of a table; none if it is not one."""
    if _PIPES.fullmatch(line.strip()):
        return line.strip()[1:-1].split("|")
    first, tab, rest = line.partition("\t")
    if not tab or not rest.strip() or _MARK.fullmatch(first.strip() or " "):
        return []
    return [first, *(cell for cell in rest.split("\t") if cell.strip())]
