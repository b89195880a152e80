"""Source documents: the files that records were taken from, checked before anybody is offered them."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hipss_register.model.refusal import Refusal, did_you_mean
from hipss_register.problems import Fault, Loc
from hipss_register.read import Record
from hipss_register.read.files import SOURCES, FileState, state_of

MOST_SOURCE_BYTES = 50_000_000
_MOST_NAME = 100
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_BLOCK = 1024 * 1024
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a text in UTF-16 begins, in which every other byte may be nought."""


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A kind of document that we publish; ``begins`` are the bytes that every such file begins with."""

    media: str
    begins: bytes = b""


# Nothing that a browser would run: no HTML, no SVG.
SOURCE_KINDS: dict[str, SourceKind] = {
    ".pdf": SourceKind("PDF", b"%PDF-"),
    ".docx": SourceKind("Word document", b"PK\x03\x04"),
    ".odt": SourceKind("OpenDocument text", b"PK\x03\x04"),
    ".txt": SourceKind("Plain text"),
    ".md": SourceKind("Markdown text"),
    ".csv": SourceKind("CSV table"),
    ".eml": SourceKind("E-mail message"),
}


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as it was checked: ``path`` from the decisions folder, ``media`` as a reader calls its kind."""

    path: str
    real: Path
    size: int
    sha256: str
    media: str


ReadDocument = Callable[[Path, str], SourceDocument | Refusal]
"""Reads one document, given the decisions folder and its path in it."""


def read_sources(
    root: Path, records: Iterable[Record], document_at: ReadDocument | None = None
) -> tuple[dict[str, SourceDocument], list[Fault]]:
    """Every document that the records name and that can be offered, by its path; and what is wrong with the others."""
    found: dict[str, SourceDocument | Refusal] = {}
    faults: list[Fault] = []
    for record in records:
        for loc, path, sha256 in _named_by(record):
            if path not in found:
                found[path] = (document_at or read_document)(root, path)
            document = found[path]
            if isinstance(document, Refusal):
                faults.append(Fault(document.code, record.path, loc, document.message, document.hint))
            elif sha256 not in (None, document.sha256):
                message = f"{path} now has the SHA-256 {document.sha256[:12]}…, not {str(sha256)[:12]}…"
                faults.append(Fault("SOURCE-CHANGED", record.path, (*loc[:-1], "sha256"), message))
    return {path: document for path, document in found.items() if isinstance(document, SourceDocument)}, faults


def _named_by(record: Record) -> Iterator[tuple[Loc, str, str | None]]:
    for n, source in enumerate(record.form.source):
        yield ("source", n, "file"), source.file, source.sha256
    for name in ("documents", "background"):
        for n, document in enumerate(getattr(record.form, name)):
            if document.file:
                yield (name, n, "file"), document.file, None


def read_document(root: Path, path: str) -> SourceDocument | Refusal:
    """A document of the decisions folder, or why it cannot be offered."""
    try:
        kind = _kind_of(path)
        real = _ordinary_file(root, path)
        size, sha256 = _digest(real, path, kind)
    except Refusal as refusal:
        return refusal
    except OSError as error:
        return Refusal("UNREADABLE", f"{path} cannot be read: {error.strerror or error}")
    return SourceDocument(path, real, size, sha256, kind.media)


class DocumentsMemory:
    """Reads documents, and remembers each: one that nobody wrote to is not read again."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[FileState, SourceDocument]] = {}

    def __call__(self, root: Path, path: str) -> SourceDocument | Refusal:
        """The same as `read_document`."""
        place = root / path
        state = state_of(place)
        if state and self._known.get(place, (None,))[0] == state:
            return self._known[place][1]
        document = read_document(root, path)
        if state and not isinstance(document, Refusal):
            self._known[place] = state, document
        return document


def _kind_of(path: str) -> SourceKind:
    parts = path.split("/")
    if len(parts) < 2 or parts[0] != SOURCES or {"", ".", ".."} & set(parts) or "\\" in path:
        raise Refusal("OUTSIDE", f"“{path[:120]}” is not a path into {SOURCES}/", f"write it as {SOURCES}/name.pdf")
    for part in parts:
        if not _NAME.fullmatch(part):
            message = f"“{part[:120]}” is not a name that we publish under: small letters, digits and . _ - only"
            raise Refusal("SOURCE-TYPE", message, _plainer(part))
    kind = SOURCE_KINDS.get(PurePosixPath(path).suffix)
    if not kind:
        raise Refusal("SOURCE-TYPE", f"{path} is of none of the kinds that we publish: {', '.join(SOURCE_KINDS)}")
    return kind


def _ordinary_file(root: Path, path: str) -> Path:
    real = root / path
    if not os.path.lexists(real):
        names = [file.relative_to(root).as_posix() for file in sorted((root / SOURCES).rglob("*"))]
        raise Refusal("SOURCE-MISSING", f"there is no {path} in the decisions folder", did_you_mean(path, names))
    if Path(os.path.realpath(real)) != Path(os.path.realpath(root)) / path:
        raise Refusal("OUTSIDE", f"{path} is, or is reached by, a link to another place")
    if not real.is_file():
        raise Refusal("UNREADABLE", f"{path} is not an ordinary file")
    if (size := real.stat().st_size) > MOST_SOURCE_BYTES:
        raise Refusal("TOO-LARGE", f"{path} has {size:,} bytes; at most {MOST_SOURCE_BYTES:,} are published")
    return real


def _digest(real: Path, path: str, kind: SourceKind) -> tuple[int, str]:
    size, digest, wide = 0, hashlib.sha256(), False
    with real.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if not size and not block.startswith(kind.begins):
                raise Refusal("SOURCE-TYPE", f"{path} does not hold what its name says ({kind.media})")
            wide = wide or (not size and block.startswith(_WIDE))
            if not kind.begins and not wide and b"\0" in block:
                raise Refusal("SOURCE-TYPE", f"{path} is not text, although its name says so ({kind.media})")
            size += len(block)
            digest.update(block)
    if not size:
        raise Refusal("EMPTY-FILE", f"there is nothing in {path}")
    return size, digest.hexdigest()


def _plainer(name: str) -> str:
    """A hint with the nearest name that can be published under."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", name[:_MOST_NAME].lower()).strip("-._")
    plain = re.sub(r"-*\.-*", ".", plain)
    return f"name it {plain}, here and in the folder" if plain else ""
