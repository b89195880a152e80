"""Reading the decisions folder: files → records and tables, or problems with their lines."""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from hipss_register.keeping.reads import note
from hipss_register.model import DecisionForm, Tables
from hipss_register.model.base import Parts
from hipss_register.problems import Fault, Loc, Problem
from hipss_register.read.files import (
    MOST_TABLE_BYTES,
    FileState,
    Folder,
    SourceFile,
    as_far_as_readable,
    list_folder,
    name_problem,
    read_raw,
    read_text,
    state_of,
    text_of,
)
from hipss_register.read.rest import ALL_FIELDS, NO_DATE, Kept, read_old_ids, read_rest
from hipss_register.read.rules import check_form
from hipss_register.read.shape import meant_fields, read_shape
from hipss_register.read.tables import TablesRead, read_tables
from hipss_register.read.yaml_text import YamlText, in_place, parse_yaml, yaml_of


@dataclass(frozen=True, slots=True)
class Record:
    """One decision as its file gives it: ``id`` is its permanent name, ``path`` where messages say it is.

    ``unread`` are the fields of which something cannot be read, or that may be misspelt (``id``: the file's name is no
    id). The form has what can be read of them, and ``kept`` what that is of lists. In a register no record has any.
    """

    id: str
    path: str
    written: DecisionForm
    unread: frozenset[str] = frozenset()
    kept: Kept | None = None
    mark: str = field(default="", compare=False, repr=False)
    """The SHA-256 of the file that it was read from."""

    @property
    def form(self) -> DecisionForm:
        """What its file says. Whoever looks at it is noted to have read the record."""
        note("record", self.id)
        return self.written

    def __hash__(self) -> int:
        """A record is known by its id, although its form holds mappings."""
        return hash(self.id)

    @property
    def held(self) -> bool:
        """Whether we have the record itself."""
        return self.form.held

    @property
    def name(self) -> str:
        """What to call it in a line: our summary, else its title."""
        return self.form.summary or self.form.title or self.id


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from a decisions folder, and every problem met on the way.

    ``partial`` are the records of files of which something cannot be read. They are part of no register: they are
    there so that what else is wrong with them is told in the same run. ``ids`` are those that files claim, read or not.
    ``open_tables`` are those of which so little can be read that any name may be in them.
    """

    root: Path
    records: tuple[Record, ...] = ()
    tables: Tables = field(default_factory=Tables)
    problems: tuple[Problem, ...] = ()
    files: dict[str, SourceFile] = field(default_factory=dict)
    partial: tuple[Record, ...] = ()
    ids: frozenset[str] = frozenset()
    open_tables: frozenset[str] = frozenset()

    def locate(self, path: str, loc: Loc) -> tuple[int, int]:
        """The line and column of a place in one of the files."""
        file = self.files.get(path)
        return _places(file).place(loc) if file and loc else (1, 1)


FileRead = tuple[Record | None, list[Problem]]
"""A record, whole or partial, if there is anything of one, and the problems met on the way."""


class Forms(Protocol):
    """What decision files were read as in an earlier run: those with nothing wrong in them, by path and bytes."""

    parts: Parts
    """The parts that recur in them, and in whatever else is read beside them."""

    def get(self, path: str, mark: str) -> DecisionForm | None:
        """What a file was read as, given the SHA-256 of its bytes; None if that is not known."""
        ...

    def put(self, path: str, mark: str, form: DecisionForm) -> None:
        """Keep what a file was read as."""
        ...

    def save(self) -> None:
        """All files are read."""
        ...


class _NoForms:
    """Nothing is known of an earlier run."""

    def __init__(self) -> None:
        self.parts = Parts()

    def get(self, path: str, mark: str) -> None: ...

    def put(self, path: str, mark: str, form: DecisionForm) -> None: ...

    def save(self) -> None: ...


class ReadingMemory:
    """Reads files, and remembers what each was read as: one that nobody wrote to is not read again.

    As long as a file's text is the same, so is the object that its record is; and so are the tables as long as they say
    the same.
    """

    def __init__(self) -> None:
        self._known: dict[SourceFile, tuple[FileState | None, FileRead]] = {}
        self._folder: tuple[Any, Folder] = None, Folder((), (), ())
        self._tables: tuple[Any, TablesRead] = None, TablesRead(Tables())

    def folder(self, root: Path, shown_as: str) -> Folder:
        """The same as `list_folder`; where the folders are as they were, no file came or went."""
        before, known = self._folder
        if not known.listed or before != _seen(root, shown_as, known):
            known = list_folder(root, shown_as)
            self._folder = _seen(root, shown_as, known), known
        return known

    def states(self) -> dict[str, FileState | None]:
        """What the file system said of each decision file as it was last looked at."""
        return {file.path: state for file, (state, _) in self._known.items()}

    def decision(self, file: SourceFile, forms: Forms | None = None) -> FileRead:
        """The same as `read_decision`."""
        state = state_of(file.place)
        before, known = self._known.get(file, (None, None))
        if known is None or state is None or state != before:
            read = read_decision(file, forms)
            known = known if known and _same_text(known, read) else read
            self._known[file] = state, known
        return known

    def tables(self, folder: Folder) -> TablesRead:
        """The same as `hipss_register.read.tables.read_tables`."""
        states = [state_of(file.place) for file in folder.tables]
        seen = folder.tables, states, folder.problems
        before, known = self._tables
        if None in states or seen != before:
            read = read_tables(folder)
            known = known if known == read else read
            self._tables = seen, known
        return known


def _seen(root: Path, shown_as: str, folder: Folder) -> Any:
    """What tells whether anything came or went; never the same as another time where that cannot be told."""
    states = tuple(map(state_of, folder.listed))
    return object() if None in states else (root, shown_as, states)


def _same_text(known: FileRead, read: FileRead) -> bool:
    before, now = known[0], read[0]
    return bool(before and now and now.mark and before.mark == now.mark)


@functools.lru_cache(maxsize=64)
def _places(file: SourceFile) -> YamlText:
    text, _ = read_text(file, MOST_TABLE_BYTES)
    return parse_yaml(text or "")


def read_folder(
    root: Path, shown_as: str = "decisions", memory: ReadingMemory | None = None, forms: Forms | None = None
) -> Reading:
    """Read every decision and table below ``root``. Never raises for what the files hold."""
    _places.cache_clear()
    folder = memory.folder(root, shown_as) if memory else list_folder(root, shown_as)
    problems = [*folder.problems, *same_ids(folder)]
    records_read: list[Record | None] = []
    read, forms = memory.decision if memory else read_decision, forms or _NoForms()
    for file in folder.decisions:
        record, found = read(file, forms)
        problems += found
        records_read.append(record)
    forms.save()
    read_in = memory.tables(folder) if memory else read_tables(folder)
    files = {file.path: file for file in (*folder.decisions, *folder.tables)}
    records, partial = whole_and_partial(records_read)
    ids = frozenset(file.id for file in folder.decisions)
    told = tuple(sorted({*problems, *read_in.problems}))
    return Reading(root, records, read_in.tables, told, files, partial, ids, read_in.open)


def whole_and_partial(read: Iterable[Record | None]) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """The records for a register, and those of which something cannot be read."""
    records = [record for record in read if record]
    return tuple(r for r in records if not r.unread), tuple(r for r in records if r.unread)


def read_decision(file: SourceFile, forms: Forms | None = None) -> FileRead:
    """One decision file as a record, whole or partial, if there is anything of one in it; and its problems.

    Nothing is read again that is among the ``forms``, or among their parts.
    """
    bad_name = name_problem(file)
    problems = [bad_name] if bad_name else []
    raw, found = read_raw(file)
    if raw is None:
        return None, problems + found
    record, found = _read(raw, file.path, file.id, forms or _NoForms())
    if record and bad_name:
        record = replace(record, unread=record.unread | {"id"})
    return record, problems + found


def read_decision_text(text: str, path: str, record_id: str) -> FileRead:
    """A decision file's text as a record, if all of it can be read, and its problems."""
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    record, problems = _read_text(text, path, record_id, mark, Parts())
    return (None if record and record.unread else record), problems


def _read(raw: bytes, path: str, record_id: str, forms: Forms) -> FileRead:
    mark = hashlib.sha256(raw).hexdigest()
    if form := forms.get(path, mark):
        return Record(record_id, path, form, mark=mark), []
    text, problems = text_of(raw, path)
    if text is None:
        return _of_old_ids(as_far_as_readable(raw), path, record_id, mark), problems
    record, problems = _read_text(text, path, record_id, mark, forms.parts)
    if record and not problems:
        forms.put(path, mark, record.written)
    return record, problems


def _read_text(text: str, path: str, record_id: str, mark: str, parts: Parts) -> FileRead:
    yaml_text, problems = yaml_of(text, path)
    if not isinstance(yaml_text.data, dict):
        return _of_old_ids(text, path, record_id, mark), problems
    form, faults = read_shape(DecisionForm, yaml_text.data, path, parts)
    record = Record(record_id, path, form, mark=mark) if form else _partial(path, record_id, yaml_text.data, faults)
    misspelt = meant_fields(DecisionForm, [fault.loc for fault in faults if fault.code == "UNKNOWN-KEY"])
    faults += _check_read(record, _fields_of(faults) | {str(loc[0]) for loc in misspelt}) if record else []
    return record, list(dict.fromkeys(problems + in_place(faults, yaml_text)))


def _of_old_ids(text: str, path: str, record_id: str, mark: str) -> Record | None:
    form = read_old_ids(text, path)
    return Record(record_id, path, form, ALL_FIELDS, mark=mark) if form else None


def _partial(path: str, record_id: str, data: dict[str, Any], faults: list[Fault]) -> Record | None:
    """What can be read of a record, where something cannot: so all that is wrong is told at once."""
    unread = _fields_of(faults)
    form, kept = read_rest(DecisionForm, data, faults, path, NO_DATE)
    if any(fault.code == "UNKNOWN-KEY" and len(fault.loc) == 1 for fault in faults):
        unread |= DecisionForm.model_fields.keys() - data.keys()  # it may be any of those, misspelt
    return Record(record_id, path, form, frozenset(unread), kept) if form else None


def _fields_of(faults: list[Fault]) -> set[str]:
    return {str(fault.loc[0]) for fault in faults if fault.loc}


def _check_read(record: Record, unread: set[str]) -> list[Fault]:
    """The faults of the fields that can be read."""
    if unread & {"known_from", "stage"}:  # on these it depends which fields are needed
        return []
    return [fault for fault in check_form(record.path, record.id, record.form) if fault.loc[0] not in unread]


def same_ids(folder: Folder) -> Iterator[Problem]:
    """The files whose names give an id that another file has."""
    first: dict[str, SourceFile] = {}
    for file in folder.decisions:
        other = first.setdefault(fold_name(file.id), file)
        if other is not file:
            yield Problem(file.path, 0, 0, "SAME-ID", f"this has the same id as {other.path}")


def fold_name(name: str) -> str:
    """The name without what file systems and eyes may not tell apart: case, and the form of accents."""
    return (name if name.isascii() else unicodedata.normalize("NFKC", name)).casefold()
