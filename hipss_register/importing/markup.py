"""HTML as blocks: pages saved from a council's website, what Word documents are turned into, HTML within Markdown.

Python's own parser reads it, as an event at a time: it never follows an address, knows no entities but HTML's, and
nothing of it runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from hipss_register.importing.blocks import Block, Document, Kind, clean
from hipss_register.model.refusal import Refusal
from hipss_register.wording import say_count

MOST_DEPTH = 400
_NO_END_WORDS = "area base br col embed hr img input link meta param source track wbr"
_NO_END = frozenset(_NO_END_WORDS.split())
_SKIPPED_WORDS = "script style template noscript svg math iframe object nav aside footer button select textarea title"
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
_BOLD = frozenset({"b", "strong", "th", "dt"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKING_WORDS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figure figcaption "
    "footer form header hgroup hr legend main nav p pre section summary tbody tfoot thead"
)
_BREAKING = frozenset(_BREAKING_WORDS.split())
_INLINE_WORDS = (
    "a abbr acronym audio b bdi bdo big canvas cite code data datalist del dfn em font html head i ins kbd label li"
    " map mark meter ol option optgroup output picture progress q rp rt ruby s samp search slot small span strike"
    " strong sub sup table td th time tr tt u ul var video"
)
_ELEMENTS = _NO_END | _SKIPPED | _HEADINGS | _BREAKING | frozenset(_INLINE_WORDS.split())
"""Every element that HTML has, or had. What else stands between angle brackets is somebody's words."""
_BULLET = re.compile(r"([•·▪●○◦‣\uf0b7o*–-])\s+(?=\S)")
_NUMBER = re.compile(r"(\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")


def read_markup(html: str, place: str | None = None) -> Document:
    """Read a page or a piece of HTML; raises `Refusal` for one that no person wrote.

    ``place`` is where all of it stands, if its own lines say nothing of that.
    """
    builder = _Builder(place)
    builder.feed(html.replace("\0", ""))
    builder.close()
    return builder.document()


@dataclass(slots=True)
class _Open:
    """An element that has begun; ``main`` if the page's own content is within it."""

    tag: str
    skipped: bool
    main: bool
    bold: bool


@dataclass(slots=True)
class _List:
    """A list that has begun: how its items are numbered, if they are, and the number reached."""

    ordered: str = ""
    reached: int = 0


@dataclass(slots=True)
class _Table:
    """A table that has begun: its number, and the cells of the row being read."""

    number: int
    cells: list[tuple[Block, ...]] = field(default_factory=list)
    heads: int = 0
    in_cell: bool = False


class _Builder(HTMLParser):
    def __init__(self, place: str | None) -> None:
        super().__init__(convert_charrefs=True)
        self._place = place
        self._elements: list[_Open] = []
        self._levels: list[list[tuple[Block, bool]]] = [[]]
        self._runs: list[tuple[str, bool]] = []
        self._links: list[tuple[str, str]] = []
        self._address_at: tuple[str, int] | None = None
        self._lists: list[_List] = []
        self._mark: str | None = None
        self._tables: list[_Table] = []
        self._count = 0
        self._began = ""
        self._heading = False
        self._saved_from = ""
        self._skipped_words = 0

    # What the parser meets

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS and ":" not in tag:
            self.handle_data(self.get_starttag_text() or "")
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "canonical":
            self._saved_from = self._saved_from or given.get("href", "")
        if tag not in _NO_END:
            self._push(tag, given)
        if not self._skipping:
            self._begin(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if not any(element.tag == tag for element in self._elements):
            return
        while self._elements:
            element = self._elements[-1]
            if not element.skipped:
                self._finish(element.tag)
            self._elements.pop()
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._skipping:
            seen = self._elements[-1].tag not in ("script", "style", "template", "title")
            self._skipped_words += len(data.split()) if seen else 0
        elif data:
            self._began = self._began or (self._here() if data.strip() else "")
            self._runs.append((data, bool(self._elements and self._elements[-1].bold)))

    def handle_comment(self, data: str) -> None:
        if match := _SAVED_FROM.search(data):
            self._saved_from = match[1]

    def document(self) -> Document:
        """All that was read."""
        while self._elements:
            self.handle_endtag(self._elements[-1].tag)
        self._flush()
        while len(self._levels) > 1:
            self._end_cell()
        found = self._levels[0]
        kept = [block for block, main in found if main] or [block for block, _ in found]
        out = [f"{say_count(self._skipped_words, 'word')} of menus and page feet"] if self._skipped_words else []
        if len(kept) < len(found):
            out.append(f"{say_count(len(found) - len(kept), 'piece')} of the page around its main content")
        return Document(tuple(kept), self._saved_from, tuple(out))

    # Elements

    @property
    def _skipping(self) -> bool:
        return bool(self._elements and self._elements[-1].skipped)

    def _push(self, tag: str, given: dict[str, str]) -> None:
        if len(self._elements) >= MOST_DEPTH:
            raise Refusal("TOO-DEEP", f"its elements stand within one another more than {MOST_DEPTH} deep")
        around = self._elements[-1] if self._elements else _Open("", False, False, False)
        classes = given.get("class", "").split()
        main = around.main or tag in ("main", "article") or "mgContent" in classes
        bold = around.bold or tag in _BOLD or "mgLabel" in classes
        self._elements.append(_Open(tag, around.skipped or tag in _SKIPPED, main, bold))

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self._runs.append(("\v", False))
        elif tag == "a":
            self._address_at = (given.get("href", ""), len(self._runs))
        elif tag in ("ul", "ol"):
            self._flush()
            self._lists.append(_List(given.get("type", "1") if tag == "ol" else "", _number(given.get("start"))))
        elif tag == "li":
            self._flush()
            self._mark = self._next_mark()
        elif tag == "table":
            self._flush()
            self._count += 1
            self._tables.append(_Table(self._count))
        elif tag == "tr" and self._tables:
            self._end_row()
        elif tag in ("td", "th") and self._tables:
            self._end_cell()
            self._tables[-1].in_cell = True
            self._tables[-1].heads += tag == "th"
            self._levels.append([])
        elif tag in _BREAKING or tag in _HEADINGS:
            self._flush()
            self._heading = tag in _HEADINGS

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
        elif tag in _BREAKING or tag in _HEADINGS or tag == "li":
            self._flush()
            self._heading = False

    def _next_mark(self) -> str:
        if not self._lists or not self._lists[-1].ordered:
            return "•"
        self._lists[-1].reached += 1
        return f"{_numeral(self._lists[-1].reached, self._lists[-1].ordered)}."

    def _end_link(self) -> None:
        if self._address_at:
            address, since = self._address_at
            words = " ".join("".join(text for text, _ in self._runs[since:]).split())
            if address.strip() and words and words != address.strip():
                self._links.append((words, address.strip()))
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
        runs, self._runs = self._runs, []
        links, self._links = tuple(self._links), []
        place, self._began = self._began, ""
        self._address_at = None
        text = _squeezed("".join(text for text, _ in runs))
        if not text:
            return
        lead = _squeezed("".join(text for text, _ in _head_of(runs)))
        kind = Kind.HEADING if self._heading else Kind.ITEM if self._mark is not None else Kind.PARAGRAPH
        block = Block(kind, text, lead, links=links, place=place)
        self._add(self._listed(block) if self._lists else block)

    def _listed(self, block: Block) -> Block:
        """The block as an item of the list, or as what follows in one."""
        depth, mark = len(self._lists), self._mark
        self._mark = None
        if mark is None:
            return replace(block, depth=depth)
        own = _BULLET.match(block.text) or (_NUMBER.match(block.text) if mark == "•" else None)
        if own:
            mark = own[1]
        text = block.text[own.end() :] if own else block.text
        return replace(block, kind=Kind.ITEM, text=text, lead="" if own else block.lead, mark=mark, depth=depth)

    def _add(self, block: Block) -> None:
        self._levels[-1].append((block, bool(self._elements and self._elements[-1].main)))

    def _here(self) -> str:
        return f"line {self.getpos()[0]}" if self._place is None else self._place


def _head_of(runs: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The runs at the head that are bold; white space counts as either."""
    count = next((n for n, (text, bold) in enumerate(runs) if text.strip() and not bold), len(runs))
    return runs[:count] if any(bold for _, bold in runs[:count]) else []


def _squeezed(text: str) -> str:
    """The text with white space as HTML shows it, and line breaks where it asks for them."""
    lines = (" ".join(line.split()) for line in text.split("\v"))
    return clean("\n".join(lines)).strip()


def _number(text: str | None) -> int:
    return int(text) - 1 if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


def _numeral(number: int, kind: str) -> str:
    """A number as an ordered list of that kind prints it: 3, c, C, iii or III."""
    if kind in ("a", "A"):
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(kind) + rest) + letters
        return letters
    if kind in ("i", "I"):
        made = _roman(number)
        return made if kind == "i" else made.upper()
    return str(number)


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(number: int) -> str:
    made = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        made += sign * times
    return made
