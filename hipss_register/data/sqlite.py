"""The tables as one SQLite file: typed columns, foreign keys, and full-text search of the decisions.

The same records make the same bytes with the same version of SQLite, which writes its own number into the file.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from itertools import islice
from pathlib import Path

from hipss_register.data import paths
from hipss_register.data.columns import Cell, Column, Row, Table
from hipss_register.data.files import DataFile
from hipss_register.data.publication import Publication
from hipss_register.data.tables import TABLES

MEDIA = "application/vnd.sqlite3"
_BLOCK = 1 << 16
_ROWS_AT_ONCE = 50
_HASH = 3_000_000
"""Bytes of the index that SQLite gathers in memory before it writes them: with the usual one, it merges for longer."""
_TYPES = {"integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
SEARCHED = (
    "title",
    "summary",
    "decision_maker",
    "authority",
    "wards",
    "consultation",
    "decision",
    "reasons",
    "considerations",
    "alternatives",
    "interests",
    "notes",
)
"""The columns of the table of decisions that full-text search looks in."""
SEARCH = "decisions_search"
"""The full-text index; its ``rowid`` is that of the table of decisions."""


def sqlite_files(pub: Publication) -> Iterator[DataFile]:
    """The database."""
    database = pub.once(Database)
    database.wanted = True
    title = "All tables in one SQLite file, with full-text search"
    yield DataFile(paths.SQLITE, MEDIA, title, database.chunks, listed=True)


class Database:
    """The tables in one SQLite file, which goes when it has been read.

    Each row is made once: those of a table that is asked for when its turn comes go into the database on their way.
    """

    wanted = False
    """Whether somebody will ask for the database; if not, rows need not go into it."""

    def __init__(self, pub: Publication) -> None:
        self._pub = pub
        self._connection: sqlite3.Connection | None = None
        self._left = list(TABLES.values())

    @cached_property
    def _file(self) -> Path:
        folder = tempfile.mkdtemp(prefix="register-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder, "register.db")

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """A table's rows, some at a time."""
        rows = table.cells(self._pub)
        blocks = iter(lambda: list(islice(rows, _ROWS_AT_ONCE)), [])
        return self._passing(table, blocks) if self.wanted and self._left[:1] == [table] else blocks

    def _passing(self, table: Table, blocks: Iterator[list[Row]]) -> Iterator[list[Row]]:
        """Put rows in; what is left half done, because whoever asked for them gave up, is begun anew."""
        try:
            self._open.execute(_create(table))
            for rows in blocks:
                self._open.executemany(_insert(table), map(_values, rows))
                yield rows
            del self._left[0]
        except BaseException:
            self._let_go()
            raise

    @property
    def _open(self) -> sqlite3.Connection:
        if not self._connection:
            self._connection = sqlite3.connect(self._file, check_same_thread=False)  # a server has several threads
            for setting in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
                self._connection.execute(f"PRAGMA {setting}")
        return self._connection

    def _let_go(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection, self._left = None, list(TABLES.values())
        self._file.unlink(missing_ok=True)

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file."""
        try:
            while self._left:
                for _ in self.rows(self._left[0]):
                    pass
            self._index()
            with self._file.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    yield block
        finally:
            self._let_go()

    def _index(self) -> None:
        for table in TABLES.values():
            for column in table.columns:
                if column.refers and table.key[0] != column.name:
                    name = f'"{table.name}_{column.name}"'
                    self._open.execute(f'CREATE INDEX {name} ON "{table.name}" ("{column.name}")')
        self._open.commit()
        _index_text(self._open)
        self._open.commit()
        self._open.close()


def _index_text(database: sqlite3.Connection) -> None:
    columns = ", ".join(f'"{name}"' for name in SEARCHED)
    options = "content='decisions', tokenize='porter unicode61 remove_diacritics 2'"
    database.execute(f"CREATE VIRTUAL TABLE {SEARCH} USING fts5({columns}, {options})")
    database.execute(f"INSERT INTO {SEARCH}({SEARCH}, rank) VALUES ('hashsize', {_HASH})")
    database.execute(f"INSERT INTO {SEARCH}({SEARCH}) VALUES ('rebuild')")


def _create(table: Table) -> str:
    lines = [_declared(column) for column in table.columns]
    lines.append("PRIMARY KEY ({})".format(", ".join(f'"{name}"' for name in table.key)))
    lines += [
        f'FOREIGN KEY ("{column.name}") REFERENCES "{column.refers}" ("id")'
        for column in table.columns
        if column.refers
    ]
    return 'CREATE TABLE "{}" (\n  {}\n)'.format(table.name, ",\n  ".join(lines))


def _declared(column: Column) -> str:
    kind, needed = _TYPES.get(column.kind, "TEXT"), " NOT NULL" if column.required else ""
    check = ""
    if column.enum:
        # With IN, SQLite would make a list of the values for each row anew.
        values = " OR ".join(f"\"{column.name}\" = '{value}'" for value in column.enum)
        check = f" CHECK ({values})"
    return f'"{column.name}" {kind}{needed}{check}'


def _insert(table: Table) -> str:
    return 'INSERT INTO "{}" VALUES ({})'.format(table.name, ", ".join("?" * len(table.columns)))


def _values(row: Row) -> list[Cell]:
    """A row as SQLite takes it."""
    return [cell if cell is None or cell.__class__ is int else _value(cell) for cell in row]


def _value(cell: Cell) -> Cell:
    """Figures as their digits, which a NUMERIC column keeps as numbers where it can.

    Texts as copies, as Python keeps the UTF-8 of any with a letter outside ASCII that SQLite asks for.
    """
    if isinstance(cell, str):
        return cell if cell.isascii() else cell.encode().decode()
    return f"{cell:f}" if isinstance(cell, Decimal) else cell
