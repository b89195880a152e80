"""Word documents (.docx) as blocks: mammoth turns them into HTML, which is then read like any other.

It leaves out the numbers of lists, and some of what Word can hold: that is added from the document itself. Looked at
first, as a package of files: what it would unpack to, macros, entities, and templates fetched from elsewhere.
"""

from __future__ import annotations

import importlib
import io
import re
import zipfile
import zlib
from typing import Any

from hipss_register.importing.blocks import Document
from hipss_register.importing.markup import read_markup
from hipss_register.importing.word_file import WordFile
from hipss_register.model.refusal import Refusal

MOST_UNPACKED = 100_000_000
MOST_XML = 20_000_000
MOST_PARTS = 2_000
MOST_TAGS = 600_000
"""The most tags in the parts of a document that are XML: ten for each word that is read."""
_OLE = b"\xd0\xcf\x11\xe0"
_BODY = "word/document.xml"
_PROGRAMS = ("vbaproject", "activex", "vbadata", "macrosheets")
_TEMPLATE = re.compile(
    rb"attachedTemplate\"[^>]*TargetMode=\"External\"|TargetMode=\"External\"[^>]*attachedTemplate\""
)
_HINT = "open it in Word, save it again as .docx and try that"
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STYLES = (
    "u => \nr[style-name='Strong'] => strong\np[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
)


def read_word(content: bytes) -> Document:
    """Read a Word document; raises `Refusal` for one that is damaged, protected or carries more than text."""
    _look_inside(content)
    mammoth: Any = importlib.import_module("mammoth")
    try:
        word = WordFile(content)
        result = mammoth.convert_to_html(
            io.BytesIO(word.with_numbers()),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(_no_image),
        )
        return word.completed(read_markup(str(result.value), place=""))
    except (Refusal, RecursionError, MemoryError):
        raise
    except Exception as error:
        # Its parsers raise errors of many kinds for damaged files.
        raise Refusal("UNREADABLE", "this is a damaged Word document", _HINT) from error


def _no_image(_image: Any) -> dict[str, str]:
    return {"src": ""}


def _look_inside(content: bytes) -> None:
    if content.startswith(_OLE):
        hint = "open it in Word, take the password off if it has one, and save it as .docx"
        raise Refusal("UNREADABLE", "this is protected by a password, or in Word's format from before 2007", hint)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(package)
            tags = 0
            for info in package.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    xml = package.read(info)
                    _check_xml(xml, info.filename)
                    tags += xml.count(b"<")
            if tags > MOST_TAGS:
                raise Refusal("TOO-LARGE", f"it has {tags:,} tags of XML; at most {MOST_TAGS:,} are read")
    except Refusal:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise Refusal("UNREADABLE", "this is a damaged Word document", _HINT) from error


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refusal("TOO-LARGE", f"it would unpack to more than {MOST_UNPACKED:,} bytes or {MOST_PARTS:,} parts")
    if any(part.file_size > MOST_XML for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise Refusal("TOO-LARGE", f"a part of it would unpack to more than {MOST_XML:,} bytes of text")
    names = [part.filename.casefold() for part in parts]
    if any(word in name for name in names for word in _PROGRAMS):
        raise Refusal("SOURCE-TYPE", "it carries macros or other programs", "save it in Word as a plain .docx")
    if _BODY not in names:
        raise Refusal("UNREADABLE", "this is no Word document, whatever its name says")


def _check_xml(xml: bytes, name: str) -> None:
    if _DECLARED.search(xml) or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refusal("SOURCE-TYPE", f"{name[:60]} within it declares entities, which no Word document needs")
    if _TEMPLATE.search(xml):
        raise Refusal("SOURCE-TYPE", "it fetches its template from elsewhere", "save it in Word as a plain .docx")
