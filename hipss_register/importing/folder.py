"""Drafts and their documents in the decisions folder: what is new is written, what is there is left as it is."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePath

from hipss_register.importing.draft import Draft, Kept, around_list, make_drafts
from hipss_register.importing.readers import READERS, ending_of, read_file
from hipss_register.importing.suggest import Known
from hipss_register.model.refusal import Refusal
from hipss_register.names import slug
from hipss_register.read.files import SOURCES, list_folder
from hipss_register.read.sources import SOURCE_KINDS
from hipss_register.read.yaml_text import parse_yaml
from hipss_register.writing.schema import schema_line

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_MOST_STEM = 70


class State(StrEnum):
    """What became of a draft."""

    WRITTEN = "written"
    OVERWRITTEN = "written over"
    THERE = "already there"
    CHANGED = "already there, and changed since; left as it is"
    TAKEN = "there is another decision of that name; left as it is"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft: the file, whether it was written, and its text as the import would have it."""

    path: Path
    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Import:
    """What one document gave: a file for each decision in it, and what of the document was not read."""

    outcomes: tuple[Outcome, ...]
    unread: tuple[str, ...]


class Imported:
    """The decision files of a folder by the document that they were imported from: read once, for many imports."""

    def __init__(self, root: Path) -> None:
        self._texts: dict[str, dict[Path, str]] = {}
        for file in list_folder(root, "").decisions if root.is_dir() else ():
            text = _text(file.real)
            for sha256 in _DIGEST.findall(text):
                self.add(sha256, file.real, text)

    def add(self, sha256: str, path: Path, text: str) -> None:
        """Take in a file that was written."""
        self._texts.setdefault(sha256, {})[path] = text

    def of(self, sha256: str) -> dict[Path, str]:
        """The decision files that name a document of that digest, with their text."""
        return self._texts.get(sha256, {})


def import_document(
    path: Path,
    root: Path,
    known: Known,
    force: bool = False,
    saved_from: str = "",
    imported: Imported | None = None,
) -> Import:
    """Import one document into the decisions folder ``root``; raises `Refusal` if it cannot, and then writes nothing.

    With ``force``, a decision file that this document was imported to before is written afresh. ``saved_from`` is the
    address of a page that does not tell its own.
    """
    content, document = read_file(path)
    document = replace(document, address=document.address or saved_from)
    kept = _kept(path, root, hashlib.sha256(content).hexdigest())
    drafts = make_drafts(document, kept, known)
    if not drafts:
        hint = "see “Import published records” for what a record looks like"
        raise Refusal("UNREADABLE", "no record of a decision, and no list of decisions, was found in it", hint)
    before = imported or Imported(root)
    outcomes = tuple(_outcome(draft, root, before.of(kept.sha256), force) for draft in drafts)
    if any(outcome.state in (State.WRITTEN, State.OVERWRITTEN) for outcome in outcomes):
        _put(root / kept.file, content)
    for outcome in outcomes:
        if outcome.state in (State.WRITTEN, State.OVERWRITTEN):
            _put(outcome.path, outcome.text.encode())
            before.add(kept.sha256, outcome.path, outcome.text)
    return Import(outcomes, around_list(document))


def _outcome(draft: Draft, root: Path, imported: dict[Path, str], force: bool) -> Outcome:
    path = _same_decision(draft, imported) or root / f"{draft.id}.yaml"
    line = schema_line(path, root)
    text = f"# {line}\n{draft.text}" if line else draft.text
    there = imported.get(path)
    if there is None:
        state = State.TAKEN if os.path.lexists(path) else State.WRITTEN
    elif there == text:
        state = State.THERE
    else:
        state = State.OVERWRITTEN if force else State.CHANGED
    return Outcome(path, state, text)


def _same_decision(draft: Draft, imported: dict[Path, str]) -> Path | None:
    """The file to which this decision of the document was imported before, whatever it is called now."""
    by_name = {path.stem: path for path in imported}
    if draft.id in by_name:
        return by_name[draft.id]
    for path, text in imported.items():
        data = parse_yaml(text).data
        titles = (data.get("title"), data.get("summary")) if isinstance(data, dict) else ()
        if draft.title and draft.title in titles:
            return path
    return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


# The document


def _kept(path: Path, root: Path, sha256: str) -> Kept:
    """Where the document is or will be kept: where it is already, if it stands among the sources."""
    sources = root / SOURCES
    if path.resolve().is_relative_to(sources.resolve()):
        inner = path.resolve().relative_to(root.resolve()).as_posix()
        if all(_NAME.fullmatch(part) for part in inner.split("/")) and path.suffix in SOURCE_KINDS:
            return Kept(inner, sha256)
    for name in document_names(path, sha256):
        there = sources / name
        if not os.path.lexists(there) or _digest(there) == sha256:
            return Kept(f"{SOURCES}/{name}", sha256)
    raise Refusal("SAME-ID", f"there is another document of its name in {SOURCES}/", "give it another name")


def document_names(path: PurePath, sha256: str) -> Iterator[str]:
    """Names under which the document can be published: its own made plain, or with the head of its digest behind."""
    ending = ending_of(path.name)
    stem = slug(path.name[: -len(ending)])[:_MOST_STEM].strip("-")
    kept_as = READERS[ending].kept_as
    yield f"{stem}{kept_as}"
    yield f"{stem}-{sha256[:8]}{kept_as}"


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        if path.is_file() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        with part.open("xb") as file:  # never through a link that somebody has put there
            file.write(content)
        part.replace(path)
    except OSError as error:
        raise Refusal("UNREADABLE", f"{path.name} cannot be written: {error.strerror or error}") from error
