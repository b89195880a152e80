"""A record's plain text as HTML: paragraphs, lists, simple tables and checked addresses. Never Markdown, never markup.

The words come out as they went in; only a bullet at the head of a line becomes a list's own mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from hipss_register.model.base import address_fault
from hipss_register.site.escaping import escaped, html, safe

_BETWEEN = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"\s*[-•–]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
_AFTER_ADDRESS = ".,;:!?'’”)]"
_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"\s*\|[\s|:-]+\|\s*")


def text_html(text: str) -> Markup:
    """The text as block-level HTML, escaped."""
    chunks = _BETWEEN.split(text.strip("\n"))
    return safe("\n".join(block for chunk in chunks for block in _blocks(chunk.split("\n"))))


def _blocks(lines: list[str]) -> Iterator[str]:
    if len(lines) == 1 and "|" not in lines[0] and not _BULLET.match(lines[0]):  # as most paragraphs are
        if text := lines[0].strip():
            yield _paragraph(text)
        return
    numbered = sum(bool(_NUMBER.match(line)) for line in lines) > 1
    for kind, group in groupby(_with_continuations(lines, numbered), key=lambda item: item[0]):
        texts = [text for _, text in group]
        if kind == "bullet":
            yield _list(texts, "")
        elif kind == "number":
            yield _list(texts, ' class="marked"')
        elif kind == "row":
            yield _table(texts)
        elif any(text.strip() for text in texts):
            yield _paragraph("\n".join(texts).strip())


def _paragraph(text: str) -> str:
    return f"<p>{inline_html(text)}</p>"


def _with_continuations(lines: list[str], numbered: bool) -> list[tuple[str, str]]:
    """Each line with what it is; an indented line after a list's line belongs to it."""
    items: list[tuple[str, str]] = []
    for line in lines:
        if match := _BULLET.match(line):
            items.append(("bullet", line[match.end() :]))
        elif numbered and _NUMBER.match(line):
            items.append(("number", line.strip()))
        elif _ROW.fullmatch(line):
            items.append(("row", line))
        elif items and items[-1][0] in ("bullet", "number") and line[:1].isspace():
            kind, text = items[-1]
            items[-1] = (kind, f"{text}\n{line.strip()}")
        else:
            items.append(("text", line))
    return items


def _list(texts: list[str], attributes: str) -> str:
    items = "".join(f"<li>{inline_html(text)}</li>" for text in texts)
    return f"<ul{attributes}>{items}</ul>"


def _table(rows: list[str]) -> str:
    headed = len(rows) > 1 and bool(_RULE.fullmatch(rows[1]))
    cells = [_cells(row) for row in rows if not _RULE.fullmatch(row)]
    if not cells:
        return _paragraph("\n".join(rows))
    head = f"<thead>{_row(cells.pop(0), _HEAD_CELL)}</thead>" if headed else ""
    body = "".join(_row(row, _CELL) for row in cells)
    table = f"<table>{head}<tbody>{body}</tbody></table>"
    return f'<div class="scroll" role="group" aria-label="Table in the record" tabindex="0">{table}</div>'


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


_HEAD_CELL, _CELL = ('<th scope="col">', "</th>"), ("<td>", "</td>")


def _row(cells: list[str], tags: tuple[str, str]) -> str:
    opened, closed = tags
    return f"<tr>{''.join(f'{opened}{inline_html(cell)}{closed}' for cell in cells)}</tr>"


def inline_html(text: str) -> Markup:
    """One run of text, escaped, with the web addresses in it that are safe made into links."""
    if "://" not in text:
        return html(text)
    parts: list[str] = []
    position = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_AFTER_ADDRESS)
        if address_fault(address):
            continue
        href = escaped(address)
        parts.append(escaped(text[position : match.start()]))
        parts.append(f'<a href="{href}" rel="noopener noreferrer">{href}</a>')
        position = match.start() + len(address)
    return safe("".join([*parts, escaped(text[position:])]))
