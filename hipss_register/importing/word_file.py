"""What a Word document holds beside what mammoth reads: numbers of lists, boxes of text, tracked changes.

Nothing may be lost in silence: words of the body that were not read are kept as notes, for a person to place.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

from hipss_register.importing.blocks import Block, Document, Kind, clean, texts_of
from hipss_register.importing.word_numbers import W, numbered, paragraphs
from hipss_register.wording import say_count

NUMBER_SIGN = "\ue000"
"""Stands around a list's number that was written into the text, so that it is known for one. For private use."""
_BODY = "word/document.xml"
_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
_MARK = re.compile(r"\[\d+\]")
"""What mammoth writes where a note is named."""
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MOST_QUOTED = 120


class WordFile:
    """A Word document that has been looked at and found sound, opened as the package of files that it is."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self._files = {info.filename: package.read(info) for info in package.infolist()}
        names = {name.casefold(): name for name in self._files}
        self._main = names[_BODY]
        self._body = ElementTree.fromstring(self._files[self._main])
        named = {name: names.get(f"word/{name}.xml") for name in ("numbering", "styles")}
        self._parts = {name: ElementTree.fromstring(self._files[path]) for name, path in named.items() if path}

    def with_numbers(self) -> bytes:
        """The document with the numbers of its lists written into its text, each between two signs."""
        for paragraph, label in numbered(self._body, self._parts):
            run = ElementTree.Element(f"{W}r")
            ElementTree.SubElement(run, f"{W}t").text = f"{NUMBER_SIGN}{label}{NUMBER_SIGN}"
            paragraph.insert(1, run)  # the first is what the paragraph says of itself
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for name, content in self._files.items():
                package.writestr(name, ElementTree.tostring(self._body) if name == self._main else content)
        return stream.getvalue()

    def completed(self, read: Document) -> Document:
        """What was read, with words that were not as notes, and with what a person should know of the rest."""
        unread = tuple(Block(Kind.NOTE, text, mark="that stands apart from the text") for text in self._unread(read))
        return replace(
            read,
            blocks=read.blocks + unread,
            left_out=(*read.left_out, *self._running_titles(), *self._comments()),
            notices=(*read.notices, *self._tracked()),
        )

    def _unread(self, read: Document) -> Iterator[str]:
        """Paragraphs of the body with words of which fewer were read than there are, as in boxes of text."""
        left = Counter(word for text in texts_of(read.blocks) for word in _words(text))
        for paragraph in paragraphs(self._body):
            words = Counter(_words(text := _text(paragraph)))
            if any(count > left[word] for word, count in words.items()):
                yield clean(text).strip()
            left.subtract(words)

    def _running_titles(self) -> Iterator[str]:
        titles: dict[str, None] = {}
        for name in sorted(filter(_RUNNING.fullmatch, self._files)):
            root = ElementTree.fromstring(self._files[name])
            titles |= {" ".join(text.split()): None for text in map(_text, root.iter(f"{W}p"))}
        return (f"“{title[:_MOST_QUOTED]}” at the edge of a page" for title in titles if title)

    def _comments(self) -> Iterator[str]:
        root = self._files.get("word/comments.xml")
        count = len(ElementTree.fromstring(root).findall(f"{W}comment")) if root else 0
        if count:
            yield say_count(count, "comment")

    def _tracked(self) -> Iterator[str]:
        """Changes that were tracked and not yet accepted or refused: Word shows the document with both."""
        taken_out = " ".join("".join(part.text or "" for part in self._body.iter(f"{W}delText")).split())
        put_in = " ".join("".join(_text(part) for part in self._body.iter(f"{W}ins")).split())
        if taken_out:
            yield f"Changes are tracked in the document. Taken out there, and left out here: “{_cut(taken_out)}”."
        if put_in:
            yield f"Changes are tracked in the document. Put in there, and kept here: “{_cut(put_in)}”."


def _text(element: ElementTree.Element) -> str:
    """The words of an element, as Word shows them, without those of boxes that hang on it."""
    return re.sub(f"{NUMBER_SIGN}.*?{NUMBER_SIGN}", "", "".join(_texts(element)))


def _texts(element: ElementTree.Element) -> Iterator[str]:
    for part in element:
        if part.tag in (f"{W}t", _MATHS):
            yield part.text or ""
        elif part.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            yield " "
        elif part.tag != f"{W}p":
            yield from _texts(part)


def _words(text: str) -> list[str]:
    return _MARK.sub(" ", unicodedata.normalize("NFKC", clean(text))).split()


def _cut(words: str) -> str:
    return words if len(words) <= _MOST_QUOTED else f"{words[:_MOST_QUOTED]} …"
