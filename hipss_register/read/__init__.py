"""Reading the decisions folder: files → records and tables, or problems with their lines."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hipss_register.model import DecisionForm, Tables
from hipss_register.problems import Fault, Loc, Problem
from hipss_register.read.files import Folder, SourceFile, list_folder, name_problem, read_text
from hipss_register.read.rules import check_form
from hipss_register.read.shape import read_shape
from hipss_register.read.tables import read_tables
from hipss_register.read.yaml_text import YamlText, in_place, parse_yaml, yaml_of


@dataclass(frozen=True, slots=True)
class Record:
    """One decision as its file gives it: ``id`` is its permanent name, ``path`` where messages say it is."""

    id: str
    path: str
    form: DecisionForm

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
    """All that was read from a decisions folder, and every problem met on the way."""

    root: Path
    records: tuple[Record, ...] = ()
    tables: Tables = field(default_factory=Tables)
    problems: tuple[Problem, ...] = ()
    files: dict[str, SourceFile] = field(default_factory=dict)

    def locate(self, path: str, loc: Loc) -> tuple[int, int]:
        """The line and column of a place in one of the files."""
        file = self.files.get(path)
        return _places(file).place(loc) if file and loc else (1, 1)


@functools.lru_cache(maxsize=64)
def _places(file: SourceFile) -> YamlText:
    text, _ = read_text(file)
    return parse_yaml(text or "")


def read_folder(root: Path, shown_as: str = "decisions") -> Reading:
    """Read every decision and table below ``root``. Never raises for what the files hold."""
    _places.cache_clear()
    folder = list_folder(root, shown_as)
    problems = [*folder.problems, *same_ids(folder)]
    records: list[Record] = []
    for file in folder.decisions:
        record, found = read_decision(file)
        problems += found
        if record:
            records.append(record)
    tables, found = read_tables(folder.tables)
    files = {file.path: file for file in (*folder.decisions, *folder.tables)}
    return Reading(root, tuple(records), tables, tuple(sorted({*problems, *found})), files)


def read_decision(file: SourceFile) -> tuple[Record | None, list[Problem]]:
    """One decision file as a record, or its problems; a record with problems of its own is still given for linking."""
    bad_name = name_problem(file)
    problems = [bad_name] if bad_name else []
    text, found = read_text(file)
    if text is None:
        return None, problems + found
    record, found = read_decision_text(text, file.path, file.id)
    return (None if bad_name else record), problems + found


def read_decision_text(text: str, path: str, record_id: str) -> tuple[Record | None, list[Problem]]:
    """A decision file's text as a record, or its problems."""
    yaml_text, problems = yaml_of(text, path)
    if not isinstance(yaml_text.data, dict):
        return None, problems
    form, faults = read_shape(DecisionForm, yaml_text.data, path)
    faults += check_form(path, record_id, form) if form else _check_rest(path, record_id, yaml_text.data, faults)
    problems += in_place(faults, yaml_text)
    return (Record(record_id, path, form) if form else None), list(dict.fromkeys(problems))


def _check_rest(path: str, record_id: str, data: dict[str, Any], faults: list[Fault]) -> list[Fault]:
    """The faults of the other fields, where some cannot be read: all that is wrong is told at once."""
    unread = {str(fault.loc[0]) for fault in faults if fault.loc}
    rest = {name: value for name, value in data.items() if name not in unread}
    form, _ = read_shape(DecisionForm, {"date": "not known"} | rest, path)
    if form is None or unread & {"known_from", "stage"}:  # on these it depends which fields are needed
        return []
    return [fault for fault in check_form(path, record_id, form) if fault.loc[0] not in unread]


def same_ids(folder: Folder) -> Iterator[Problem]:
    """The files whose names give an id that another file has."""
    first: dict[str, SourceFile] = {}
    for file in folder.decisions:
        other = first.setdefault(fold_name(file.id), file)
        if other is not file:
            yield Problem(file.path, 0, 0, "SAME-ID", f"this has the same id as {other.path}")


def fold_name(name: str) -> str:
    """The name without what file systems and eyes may not tell apart: case, and the form of accents."""
    return unicodedata.normalize("NFKC", name).casefold()
