"""What earlier builds made, kept until something that it was made from is another.

The file holds texts and nothing that is ever run. It may be lost, cut off, copied from elsewhere or written by another
version at any time: what is not just as it was put in is made anew, and nothing here ever raises.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hipss_register.keeping.reads import Fingerprints, Read, noting

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (base TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reads (
  n INTEGER PRIMARY KEY, tab TEXT NOT NULL, entry TEXT NOT NULL, print TEXT NOT NULL, ground TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS made (
  name TEXT PRIMARY KEY, reads BLOB NOT NULL, head BLOB NOT NULL, sum BLOB NOT NULL, mark BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bodies (name TEXT PRIMARY KEY, body BLOB NOT NULL);
"""
_NOT_ON = "SELECT n, tab, entry, print FROM reads WHERE ground NOT IN (SELECT value FROM json_each(?))"
_NOT_OURS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
    }
)
"""Errors that tell nothing of the file itself: another build has it, or it cannot be opened or written."""


_AT_ONCE = 1_000
"""How many rows wait to be written together."""

Make = Callable[[], tuple[bytes, bytes]]
"""Makes a head and a body."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something made now, or kept as it was made: its head at once, its body when it is asked for.

    Two of the same ``sum`` are the same. One that nobody keeps has none.
    """

    head: bytes
    sum: bytes
    body: Callable[[], bytes]


class Keep(Protocol):
    """Gives what is kept under a name, else what a function makes, which is kept for the next time.

    A body that is not ``stored`` is made when it is asked for; that it is still the same is known without.
    """

    def __call__(self, name: str, make: Make, *, stored: bool = True) -> Thing:
        """The thing of that name."""
        ...


def anew(name: str, make: Make, *, stored: bool = True) -> Thing:
    """Keep nothing."""
    head, body = make()
    return Thing(head, b"", lambda: body)


class _NoFile(Exception):
    """There is no file, or no more."""


class _AnotherBase(Exception):
    """What is kept was made by another program, or from other settings."""


class Kept:
    """Bytes by name, each with what was read to make it. ``base`` is all else that they depend on.

    One build at a time holds the file; another that runs meanwhile does without. What it put in is there for the next
    build once `save` is called: one that fails or is ended leaves everything as it was.
    """

    def __init__(self, file: Path, base: str, now: Fingerprints) -> None:
        self._file = file
        self._now = now
        self._changed: set[int] = set()
        self._numbers: dict[str, dict[str, int]] = defaultdict(dict)  # two texts for each read would fill the memory
        self._next = self._first = 1  # of all numbers, and of those that this build gave
        self._new: list[tuple[int, str, str, str, str]] = []
        self._used: set[str] = set()
        self._parts: set[int] | None = None
        self._database: sqlite3.Connection | None = None
        for _ in range(2):  # a file that is of no use is removed, and another begun
            if not self._database:
                with self._safely():
                    self._open()
                    self._prepare(base)
                    self._compare()

    def made(self, name: str, make: Make, *, stored: bool = True) -> Thing:
        """What is kept under a name, else what ``make`` makes, kept with what it reads."""
        if found := self._get(name):
            head, made = found
            return Thing(head, made, lambda: self._body(name, head, made) or make()[1])
        with noting() as read, self._with_parts() as parts:
            head, body = make()
        made = _sum(head, body)
        if name not in self._used:  # else it has been asked for before, and may have been made from what was left then
            self._put(name, head, made, read, parts)
            if stored:
                with self._safely():
                    self._run("INSERT OR REPLACE INTO bodies VALUES (?, ?)", name, body)
        return Thing(head, made, lambda: body)

    def _get(self, name: str) -> tuple[bytes, bytes] | None:
        """The head and the sum of what is kept; None if nothing is, or if anything that it was made from is another."""
        with self._safely():
            found = self._run("SELECT reads, head, sum, mark FROM made WHERE name = ?", name).fetchone()
            if found and found[3] == _mark(name, *found[:3]) and self._changed.isdisjoint(array("I", found[0])):
                self._used.add(name)
                if self._parts is not None:
                    self._parts.update(array("I", found[0]))
                return found[1], found[2]
        return None

    @contextlib.contextmanager
    def _with_parts(self) -> Iterator[set[int]]:
        """Gather the numbers of what kept things were made from, of which something else is being made."""
        outer, inner = self._parts, set[int]()
        self._parts = inner
        try:
            yield inner
        finally:
            self._parts = outer
            if outer is not None:
                outer |= inner

    def _body(self, name: str, head: bytes, made: bytes) -> bytes:
        """The body that is kept; nothing if it is not the one that was put in."""
        with self._safely():
            found = self._run("SELECT body FROM bodies WHERE name = ?", name).fetchone()
            if found and _sum(head, found[0]) == made:
                return bytes(found[0])
        return b""

    def _put(self, name: str, head: bytes, made: bytes, read: Collection[Read], parts: set[int]) -> None:
        with self._safely():
            reads = array("I", sorted(parts.union(self._number(one) for one in read))).tobytes()
            row = (name, reads, head, made, _mark(name, reads, head, made))
            self._run("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)", *row)
            if len(self._new) > _AT_ONCE:
                self._write_new()
            self._used.add(name)

    def save(self) -> None:
        """Keep what was put in, and let go of what was neither asked for nor put in."""
        with self._safely():
            names = [name for (name,) in self._run("SELECT name FROM made") if name not in self._used]
            for table in ("made", "bodies"):
                self._run_many(f"DELETE FROM {table} WHERE name = ?", [(name,) for name in names])
            self._write_new()
            self._numbers.clear()
            self._run_many("DELETE FROM reads WHERE n = ?", [(n,) for n in self._of_no_use()])
            self._run("COMMIT")
        self.close()

    def close(self) -> None:
        """Leave the file as it was last saved."""
        if self._database:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def _of_no_use(self) -> Iterator[int]:
        """What earlier builds read, and nothing that is kept was made from."""
        of_use = set[int]()
        for (numbers,) in self._run("SELECT reads FROM made") if self._first > 1 else ():
            of_use.update(array("I", numbers))
        return (n for (n,) in self._run("SELECT n FROM reads WHERE n < ?", self._first).fetchall() if n not in of_use)

    def _open(self) -> None:
        """Take the file for this build alone."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        ignore = self._file.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
        self._database = sqlite3.connect(self._file, timeout=0, isolation_level=None)
        self._run("PRAGMA page_size = 32768")  # pages of the site fill several of the usual size
        self._run("PRAGMA auto_vacuum = FULL")
        self._run("BEGIN IMMEDIATE")

    def _prepare(self, base: str) -> None:
        """See that the file is new, or that what is in it depends on the same."""
        for statement in filter(str.strip, _SCHEMA.split(";")):
            self._run(statement)
        if not self._run("SELECT 1 FROM about UNION SELECT 1 FROM made").fetchall():
            self._run("INSERT INTO about VALUES (?)", base)
        if self._run("SELECT base FROM about").fetchall() != [(base,)]:
            raise _AnotherBase

    def _compare(self) -> None:
        """Find what has been read before and is another now. What stands on a ground that is still there is not."""
        grounds, others = self._now.grounds, list[tuple[str, int]]()
        for n, table, entry, print_then in self._run(_NOT_ON, json.dumps([*grounds.there()])):
            read = str(table), str(entry)
            if self._now[read] != print_then:
                self._changed.add(n)
            elif ground := grounds.under(read):
                others.append((ground, n))
        self._run_many("UPDATE reads SET ground = ? WHERE n = ?", others)
        self._first = self._next = (self._run("SELECT max(n) FROM reads").fetchone()[0] or 0) + 1
        if self._first > 1:
            self._run("CREATE INDEX IF NOT EXISTS entries ON reads (tab, entry)")

    def _number(self, read: Read) -> int:
        table, entry = read
        numbers = self._numbers[table]
        if entry not in numbers:
            numbers[entry] = self._before(read) or self._new_number(read)
        return numbers[entry]

    def _before(self, read: Read) -> int | None:
        """The number that an earlier build gave; all that it gave would fill the memory."""
        if self._first == 1:
            return None
        found = self._run("SELECT n FROM reads WHERE tab = ? AND entry = ? AND n < ?", *read, self._first)
        return next((n for (n,) in found if n not in self._changed), None)

    def _new_number(self, read: Read) -> int:
        number = self._next
        self._new.append((number, *read, self._now[read], self._now.grounds.under(read)))
        self._next += 1
        return number

    def _write_new(self) -> None:
        self._run_many("INSERT INTO reads VALUES (?, ?, ?, ?, ?)", self._new)
        self._new.clear()

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        if not self._database:
            raise _NoFile
        return self._database.execute(statement, values)

    def _run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        if not self._database:
            raise _NoFile
        self._database.executemany(statement, rows)

    @contextlib.contextmanager
    def _safely(self) -> Iterator[None]:
        """Do without the file from here on if it fails; remove it if it is of no use."""
        try:
            yield
        except (_NoFile, OSError):
            self.close()
        except (_AnotherBase, sqlite3.Error, ValueError, TypeError) as error:
            self.close()
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NOT_OURS:
                with contextlib.suppress(OSError):
                    self._file.unlink()


def _sum(head: bytes, body: bytes) -> bytes:
    made = hashlib.blake2b(b"%d " % len(head), digest_size=16)
    made.update(head)
    made.update(body)
    return made.digest()


def _mark(name: str, reads: bytes, head: bytes, made: bytes) -> bytes:
    whole = b"%b\0%d %d " % (name.encode(), len(reads), len(head))
    return hashlib.blake2b(b"".join((whole, reads, head, made)), digest_size=16).digest()
