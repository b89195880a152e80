"""Which reader reads which document, and what is refused before any of them sees it."""

from __future__ import annotations

import codecs
import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from hipss_register.importing.archive import read_archive
from hipss_register.importing.blocks import MOST_WORDS, Document
from hipss_register.importing.charsets import decoded
from hipss_register.importing.markup import read_markup
from hipss_register.importing.pdf import read_pdf
from hipss_register.importing.plain import read_markdown, read_plain
from hipss_register.importing.word import read_word
from hipss_register.model.refusal import Refusal, did_you_mean

MOST_BYTES = 50_000_000
MOST_TEXT_BYTES = 5_000_000
INSTALL = 'pip install "hipss-register[import]"'
_CHARSET = re.compile(rb"<meta[^>]{0,80}charset=[\"']?([\w-]{2,20})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader for files of one ending. ``needs`` is the package that it needs and that may not be there.

    ``kept_as`` is the ending under which the register keeps the document; it publishes no HTML but its own pages.
    """

    name: str
    read: Callable[[bytes], Document]
    kept_as: str
    most: int = MOST_TEXT_BYTES
    needs: str = ""


def _text_reader(read: Callable[[str], Document]) -> Callable[[bytes], Document]:
    return lambda content: read(_text(content))


_HTML = Reader("HTML page", _text_reader(read_markup), ".html.txt")
_SAVED_PAGE = Reader("Web page in one file", read_archive, ".mhtml.txt", MOST_BYTES)
_MARKDOWN = Reader("Markdown text", _text_reader(read_markdown), ".md")

READERS: dict[str, Reader] = {
    ".docx": Reader("Word document", read_word, ".docx", MOST_BYTES, "mammoth"),
    ".pdf": Reader("PDF", read_pdf, ".pdf", MOST_BYTES, "pdfplumber"),
    ".html": _HTML,
    ".htm": _HTML,
    ".html.txt": _HTML,
    ".mhtml": _SAVED_PAGE,
    ".mht": _SAVED_PAGE,
    ".mhtml.txt": _SAVED_PAGE,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": Reader("Plain text", _text_reader(read_plain), ".txt"),
}
"""The reader for each ending of a file's name; of two that fit, the longer one."""

_OTHERS = {
    ".docm": "it carries macros; save it in Word as .docx",
    ".doc": "open it in Word and save it as .docx",
    ".rtf": "open it in Word and save it as .docx",
    ".odt": "open it in LibreOffice or Word and save it as .docx",
    ".eml": "save what is attached to it, and import that",
    ".msg": "save what is attached to it, and import that",
}


def ending_of(name: str) -> str:
    """The ending by which a file's reader is found; empty if there is none for it."""
    lower = PurePath(name).name.casefold()
    return max((ending for ending in READERS if lower.endswith(ending)), key=len, default="")


def read_file(path: Path) -> tuple[bytes, Document]:
    """A document's bytes and what they say; raises `Refusal` with one clear line for all that cannot be read."""
    ending = ending_of(path.name)
    if not ending:
        hint = _OTHERS.get(path.suffix.casefold()) or did_you_mean(path.suffix.casefold(), READERS)
        known = ", ".join(ending for ending in READERS if not ending.endswith("l.txt"))
        raise Refusal("SOURCE-TYPE", f"files of this kind are not read; those that are end in {known}", hint)
    reader = READERS[ending]
    content = _content(path, reader.most)
    if reader.needs and importlib.util.find_spec(reader.needs) is None:
        raise Refusal("UNREADABLE", f"reading this ({reader.name}) needs the package {reader.needs}", f"run: {INSTALL}")
    try:
        document = reader.read(content)
    except (RecursionError, MemoryError) as error:
        raise Refusal("TOO-DEEP", "its parts stand within one another too deep, or are too many") from error
    return content, _with_words(document, reader)


def _with_words(document: Document, reader: Reader) -> Document:
    words = document.count()
    if not words:
        hint = "a scan has to be made into text first (OCR)" if reader.name == "PDF" else ""
        raise Refusal("EMPTY-FILE", "there are no words in it", hint)
    if words > MOST_WORDS:
        raise Refusal("TOO-LARGE", f"it has {words:,} words; at most {MOST_WORDS:,} are read", "import its parts")
    return document


def _content(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            raise Refusal(
                "UNREADABLE", "there is no such file" if not path.exists() else "this is not an ordinary file"
            )
        if (size := path.stat().st_size) > most:
            raise Refusal("TOO-LARGE", f"it has {size:,} bytes; at most {most:,} are read")
        content = path.read_bytes()
    except OSError as error:
        raise Refusal("UNREADABLE", f"it cannot be read: {error.strerror or error}") from error
    if not content.strip():
        raise Refusal("EMPTY-FILE", "there is nothing in it")
    return content


def _text(content: bytes) -> str:
    """The text of a file, whose HTML may say in which character set it is."""
    if b"\0" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refusal("SOURCE-TYPE", "this is not text, although its name says so")
    declared = _CHARSET.search(content[:2048])
    return decoded(content, declared[1].decode("ascii") if declared else None)
