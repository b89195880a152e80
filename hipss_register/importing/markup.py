"""HTML as blocks: pages saved from a council's website, what Word documents are turned into, HTML within Markdown.

Python's own parser reads it, as an event at a time: it never follows an address, knows no entities but HTML's, and
nothing of it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from hipss_register.importing.blocks import Block, Document, Kind
from hipss_register.importing.elements import (
    BREAKING,
    ELEMENTS,
    HEADINGS,
    NEVER_WORDS,
    NO_END,
    STRUCK,
    Given,
)
from hipss_register.importing.numerals import lowered, numeral, raised
from hipss_register.importing.open_elements import OpenElements, OpenList, OpenTable
from hipss_register.importing.runs import Runs, given_number, head_of, squeezed
from hipss_register.wording import say_count

_BULLET = re.compile(r"([•·▪●○◦‣\uf0b7o*–-])\s+(?=\S)")
_NUMBER = re.compile(r"(\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.IGNORECASE)
_NOTE = re.compile(r"(?:foot|end)note-\d+")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_MOST_QUOTED = 120


def read_markup(html: str, place: str | None = None) -> Document:
    """Read a page or a piece of HTML; raises `Refusal` for one that no person wrote.

    ``place`` is where all of it stands, if its own lines say nothing of that.
    """
    builder = _Builder(place)
    builder.feed(_closed(html.replace("\0", "")))
    builder.close()
    return builder.document()


def _closed(html: str) -> str:
    """What opens and never closes, as the sign that it is: the parser would look for the end of each, to the last."""
    for opens, closes in (("<!--", "-->"), ("<", ">")):
        read, end, rest = html.rpartition(closes)
        html = read + end + rest.replace(opens, f"&lt;{opens[1:]}")
    return html


class _Builder(HTMLParser):
    def __init__(self, place: str | None) -> None:
        super().__init__(convert_charrefs=True)
        self._place = place
        self._open = OpenElements()
        self._levels: list[list[tuple[Block, bool]]] = [[]]
        self._runs: Runs = []
        self._links: list[tuple[str, str]] = []
        self._address_at: tuple[str, int] | None = None
        self._lists: list[OpenList] = []
        self._mark: str | None = None
        self._tables: list[OpenTable] = []
        self._count = 0
        self._began = ""
        self._heading = False
        self._saved_from = ""
        self._skipped_words = 0
        self._short = ""
        self._note = False
        self._uncounted = False
        self._pictures: list[tuple[str, bool]] = []
        self._titles: list[Block] = []
        self._struck: list[str] = []
        self._beside: list[str] = []

    # What the parser meets

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS and not {":", "-"} & set(tag):
            self.handle_data(self.get_starttag_text() or "")
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "canonical":
            self._saved_from = self._saved_from or given.get("href", "")
        if tag not in NO_END:
            self._open.push(tag, given)
        if not self._open.skipping:
            self._begin(tag, given)
        elif tag == "a":
            self._beside.append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open.tags:
            ended = self._open.innermost
            if not self._open.skipping:
                self._finish(ended)
            self._open.pop()
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open.skipping:
            if self._open.innermost not in NEVER_WORDS:
                self._skipped_words += sum(any(map(str.isalnum, word)) for word in data.split())
        elif data:
            self._began = self._began or (self._here() if data.strip() else "")
            self._runs.append((self._shown(data), self._open.bold))

    def handle_comment(self, data: str) -> None:
        if match := _SAVED_FROM.search(data):
            self._saved_from = match[1]

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over ``<![…]>`` to its end, as browsers do with all that they do not know."""
        return self.parse_bogus_comment(i)

    def _shown(self, data: str) -> str:
        """The words as the elements around them show them."""
        around = self._open.tags
        if around & STRUCK and data.strip():
            self._struck.append(" ".join(data.split()))
        return raised(data) if "sup" in around else lowered(data) if "sub" in around else data

    def document(self) -> Document:
        """All that was read."""
        while self._open.tags:
            self.handle_endtag(self._open.innermost)
        self._flush()
        while len(self._levels) > 1:
            self._end_cell()
        found = self._levels[0]
        inside = any(main for _, main in found)
        kept = [block for block, main in found if main or not inside or block in self._titles]
        left_out = (*self._left_out(len(found) - len(kept)), *self._pictures_left_out())
        return Document(tuple(kept), self._saved_from, left_out, tuple(self._notices()), tuple(self._beside))

    def _notices(self) -> Iterator[str]:
        for words in self._struck:
            yield f"Struck through in the document: “{words[:_MOST_QUOTED]}”."
        if self._uncounted and self._place == "":
            yield "Check the numbers of the lists against the document."

    def _left_out(self, around: int) -> Iterator[str]:
        if self._skipped_words:
            yield f"{say_count(self._skipped_words, 'word')} of menus, page feet and what the page does not show"
        if around:
            yield f"{say_count(around, 'piece')} of the page around its main content"

    def _pictures_left_out(self) -> Iterator[str]:
        inside = any(main for _, main in self._levels[0])
        for words, main in self._pictures:
            if main or not inside:
                yield f"a picture, “{words[:_MOST_QUOTED]}”" if words else "a picture"

    # Elements

    def _begin(self, tag: str, given: Given) -> None:
        if tag in ("br", "img", "input", "a"):
            self._begin_in_line(tag, given)
        elif tag in ("ul", "ol"):
            self._flush()
            self._lists.append(OpenList(given.get("type", "1") if tag == "ol" else "", _number(given.get("start"))))
        elif tag == "li":
            self._flush()
            self._note = bool(_NOTE.fullmatch(given.get("id", "")))
            self._mark = f"[{self._next_mark().rstrip('.')}]" if self._note else self._next_mark()
        elif tag == "table":
            self._flush()
            self._count += 1
            self._tables.append(OpenTable(self._count))
        elif tag == "tr" and self._tables:
            self._end_row()
        elif tag in ("td", "th") and self._tables:
            self._end_cell()
            self._tables[-1].in_cell = True
            self._tables[-1].heads += tag == "th"
            self._short = given.get("abbr", "") if tag == "th" else ""
            self._levels.append([])
        elif tag in BREAKING or tag in HEADINGS:
            self._flush()
            self._heading = tag in HEADINGS

    def _begin_in_line(self, tag: str, given: Given) -> None:
        if tag == "br":
            self._runs.append(("\v", False))
        elif tag == "a":
            self._address_at = (given.get("href", ""), len(self._runs))
        elif tag == "img":
            self._pictures.append((" ".join(given.get("alt", "").split()), self._open.in_main))
        elif given.get("type") == "checkbox":
            self._runs.append(("☒ " if "checked" in given else "☐ ", False))

    def _finish(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag in ("ul", "ol"):
            self._flush()
            if self._lists:
                self._lists.pop()
        elif tag == "table" and self._tables:
            self._end_row()
            self._tables.pop()
        elif tag == "tr" and self._tables:
            self._end_row()
        elif tag in ("td", "th") and self._tables:
            self._end_cell()
        elif tag in BREAKING or tag in HEADINGS or tag == "li":
            self._flush()
            self._heading = False
            self._note = self._note and tag != "li"

    def _next_mark(self) -> str:
        if not self._lists or not self._lists[-1].ordered:
            return "•"
        self._lists[-1].reached += 1
        return f"{numeral(self._lists[-1].reached, self._lists[-1].ordered)}."

    def _end_link(self) -> None:
        if self._address_at:
            address, since = self._address_at
            words = " ".join("".join(text for text, _ in self._runs[since:]).split())
            if address.strip() and not address.startswith("#") and words and words != address.strip():
                self._links.append((words, address.strip().replace(" ", "%20")))
        self._address_at = None

    def _end_cell(self) -> None:
        self._flush()
        if self._tables and self._tables[-1].in_cell:
            self._tables[-1].in_cell = False
            self._tables[-1].cells.append(tuple(block for block, _ in self._levels.pop()))

    def _end_row(self) -> None:
        self._end_cell()
        table = self._tables[-1]
        if any(table.cells):
            head = table.heads == len(table.cells) > 1
            self._add(Block(Kind.ROW, cells=tuple(table.cells), table=table.number, head=head, place=self._here()))
        table.cells, table.heads = [], 0

    # Text

    def _flush(self) -> None:
        """End the block being read, if it has any words."""
        number, runs = given_number(self._runs)
        self._runs = []
        links, self._links = tuple(self._links), []
        place, self._began = self._began, ""
        self._address_at = None
        text = squeezed("".join(text for text, _ in runs))
        if not text:
            return
        lead = squeezed("".join(text for text, _ in head_of(runs)))
        kind = Kind.HEADING if self._heading else Kind.ITEM if self._mark is not None else Kind.PARAGRAPH
        block = Block(kind, text, lead, short=self._short, links=links, place=place)
        if self._note:
            block = replace(block, kind=Kind.NOTE, mark=self._mark or "")
        if number and (self._mark is None or not self._lists):
            block = replace(block, text=f"{number} {text}", lead=f"{number} {lead}" if lead else "")
        if self._open.in_title:
            self._titles.append(block)
        self._add(self._listed(block, number) if self._lists and not self._note else block)

    def _listed(self, block: Block, number: str) -> Block:
        """The block as an item of the list, or as what follows in one."""
        depth, mark = len(self._lists), self._mark
        self._mark = None
        if mark is None:
            return replace(block, depth=depth)
        if number:
            return replace(block, kind=Kind.ITEM, mark=number, depth=depth)
        self._uncounted = self._uncounted or mark != "•"
        own = _BULLET.match(block.text) or (_NUMBER.match(block.text) if mark == "•" else None)
        if own:
            mark = own[1]
        text = block.text[own.end() :] if own else block.text
        return replace(block, kind=Kind.ITEM, text=text, lead="" if own else block.lead, mark=mark, depth=depth)

    def _add(self, block: Block) -> None:
        self._levels[-1].append((block, self._open.in_main))

    def _here(self) -> str:
        return f"line {self.getpos()[0]}" if self._place is None else self._place


def _number(text: str | None) -> int:
    return int(text) - 1 if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
