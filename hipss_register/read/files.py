"""The files of the decisions folder: which they are, and their text."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hipss_register.model import Tables
from hipss_register.model.base import ID_FORM, MOST_ID, suggest_id
from hipss_register.problems import Problem

MOST_BYTES = 256 * 1024
"""The largest decision that is read."""
MOST_TABLE_BYTES = 16 * 1024 * 1024
"""The largest table that is read: room for a hundred thousand contracts."""
TABLES, SOURCES = "tables", "sources"
_TABLES = frozenset(Tables.model_fields)
YAML = (".yaml", ".yml")
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
RESERVED_IDS = frozenset({"index", "404", "assets", "search", "sitemap", "register", *_DEVICES})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the decisions folder: ``path`` as messages show it, ``place`` where it is."""

    path: str
    place: str

    @property
    def real(self) -> Path:
        """Where it is. One `Path` for each file of a large register would fill the memory."""
        return Path(self.place)

    @property
    def id(self) -> str:
        """The id that the file's name gives."""
        return os.path.basename(self.place).rsplit(".", 1)[0]  # noqa: PTH119


@dataclass(frozen=True, slots=True)
class Folder:
    """What the decisions folder holds, by what it is for, each in the order of its path.

    Among the ``tables`` are files that must be meant as such, whatever they are called and wherever they stand.
    """

    decisions: tuple[SourceFile, ...]
    tables: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    shown_as: str = ""
    listed: tuple[str, ...] = ()
    """The folders that were listed; none if there are links, since what these lead to may change meanwhile."""


def is_table(path: str, shown_as: str) -> bool:
    """Whether a path, as messages show it, is of a reference table."""
    return path.startswith(f"{shown_as}/{TABLES}/")


def list_folder(root: Path, shown_as: str) -> Folder:
    """Sort the folder's files into decisions and tables; whatever cannot be read or is in nobody's way is a problem."""
    if not _is(root.is_dir):
        hint = (
            "go to the register's folder, or say where the decisions are: decisions_dir in mkdocs.yml, or --decisions"
        )
        return Folder((), (), (Problem(shown_as, 0, 0, "NO-DIRECTORY", "there is no such folder", hint),))
    decisions: list[SourceFile] = []
    tables: list[SourceFile] = []
    problems: list[Problem] = []
    listed: list[str] = []
    for file in _walk(root, shown_as, problems, listed):
        parts = file.path.removeprefix(f"{shown_as}/").split("/")
        if len(parts) > 1 and parts[0] == SOURCES:
            continue
        if _is_meant_as_table(parts):
            tables.append(file)
        elif not parts[-1].endswith(YAML):
            if parts[-1].casefold() not in ("readme.md", "readme.txt"):
                problems.append(Problem(file.path, 0, 0, "STRAY-FILE", "nothing reads this file"))
        else:
            decisions.append(file)
    return Folder(tuple(decisions), tuple(tables), tuple(problems), shown_as, tuple(listed))


def _is_meant_as_table(parts: Sequence[str]) -> bool:
    """Whether two of three hold: a file stands among the tables, is YAML, has a table's name."""
    is_there, is_yaml = len(parts) > 1 and parts[0] == TABLES, parts[-1].endswith(YAML)
    return sum((is_there, is_yaml, parts[-1].partition(".")[0].casefold() in _TABLES)) > 1


def _walk(root: Path, shown_as: str, problems: list[Problem], listed: list[str]) -> Iterator[SourceFile]:
    """Every file, folder by folder, those of a folder before those of the folders in it."""
    inside = Path(os.path.realpath(root))
    waiting, has_links = [(str(root), shown_as)], False
    while waiting:
        folder, shown = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted((e for e in found if not e.name.startswith(".")), key=lambda entry: entry.name)
        except OSError:
            problems.append(Problem(shown, 0, 0, "UNREADABLE", "this folder cannot be read"))
            continue
        listed.append(folder)
        has_links = has_links or any(_is(entry.is_symlink) for entry in entries)
        folders = [entry for entry in entries if _is(entry.is_dir)]
        names = {entry.name for entry in folders}
        files = [entry for entry in entries if entry.name not in names and not entry.name.endswith("~")]
        for entry in (*files, *(entry for entry in folders if _is(entry.is_symlink))):
            yield from _inside(entry, f"{shown}/{entry.name}", inside, problems)
        further = (entry for entry in reversed(folders) if not _is(entry.is_symlink))
        waiting += [(entry.path, f"{shown}/{entry.name}") for entry in further]
    if has_links:
        listed.clear()


def _inside(entry: os.DirEntry[str], path: str, inside: Path, problems: list[Problem]) -> Iterator[SourceFile]:
    if _is(entry.is_symlink) and not Path(os.path.realpath(entry.path)).is_relative_to(inside):
        problems.append(Problem(path, 0, 0, "OUTSIDE", "this is a link that leads out of the folder"))
    elif _is(entry.is_dir):
        problems.append(Problem(path, 0, 0, "STRAY-FILE", "a link to a folder is not followed"))
    else:
        yield SourceFile(path, entry.path)


def _is(question: Callable[[], bool]) -> bool:
    """What the file system answers; no when it will not say, as in a folder that may be listed but not entered."""
    try:
        return question()
    except OSError:
        return False


FileState = tuple[int, int, int, int]
"""What the file system says of a file that changes whenever anybody writes to it."""

_A_WHILE = 1_000_000_000
"""Nanoseconds; within fewer, a file system may give two writings the same time."""


def state_of(place: str | Path) -> FileState | None:
    """None where it cannot be told later whether anybody wrote to the file: it was written to just now."""
    try:
        now = os.stat(place)  # noqa: PTH116 - it is asked of every file, and a Path takes twice as long
    except OSError:
        return None
    quiet = time.time_ns() - max(now.st_mtime_ns, now.st_ctime_ns)
    return (now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns) if quiet > _A_WHILE else None


def read_text(file: SourceFile, most: int = MOST_BYTES) -> tuple[str | None, list[Problem]]:
    """The file's text, with or without a byte-order mark and whatever its line ends; or why it cannot be had.

    A file of more than ``most`` bytes is not read.
    """
    raw, problems = read_raw(file, most)
    return text_of(raw, file.path) if raw is not None else (None, problems)


def read_raw(file: SourceFile, most: int = MOST_BYTES) -> tuple[bytes | None, list[Problem]]:
    """The file's bytes, of which there may be ``most``; or why they cannot be had."""

    def refuse(code: str, message: str) -> tuple[None, list[Problem]]:
        return None, [Problem(file.path, 0, 0, code, message, "")]

    try:
        found = os.stat(file.place)  # noqa: PTH116 - a Path takes longer than reading the file
        if not stat.S_ISREG(found.st_mode):
            return refuse("UNREADABLE", "this is not an ordinary file")
        if found.st_size > most:
            return refuse("TOO-LARGE", f"this file has {found.st_size:,} bytes; at most {most:,} are read")
        with open(file.place, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
            return stream.read(), []
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP) and file.real.is_symlink():
            return refuse("UNREADABLE", "this is a link that leads nowhere")
        return refuse("UNREADABLE", f"this file cannot be read: {error.strerror or error}")


def text_of(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text that a file's bytes are; or why they are none."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "it looks like UTF-16" if raw.startswith(_UTF16) else "save it as UTF-8 in your editor"
        line = raw[: error.start].count(b"\n") + 1
        return None, [Problem(path, line, 0, "NOT-UTF8", "this file is not UTF-8 text", hint)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [Problem(path, 0, 0, "EMPTY-FILE", "there is nothing in this file")]
    return text, []


def as_far_as_readable(raw: bytes) -> str:
    """The text of a file that is not UTF-8, with a sign in place of what cannot be read."""
    return raw.decode("utf-16" if raw.startswith(_UTF16) else "utf-8", "replace")


def name_problem(file: SourceFile) -> Problem | None:
    """Why a decision's file name cannot be its id; None when it can."""
    name = file.id
    if not ID_FORM.fullmatch(name) or len(name) > MOST_ID:
        return Problem(
            file.path,
            0,
            0,
            "BAD-NAME",
            f"“{name[:90]}” cannot be a decision's id",
            suggest_id(name),
        )
    if name in RESERVED_IDS:
        return Problem(file.path, 0, 0, "RESERVED-NAME", f"“{name}” is a name that is kept for other things")
    return None
