"""The tables as one SQLite file: typed columns, foreign keys, and full-text search of the decisions.

The same records make the same bytes with the same version of SQLite, which writes its own number into the file.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from hipss_register.data import paths
from hipss_register.data.cells import Cells
from hipss_register.data.columns import Column, Row, Table
from hipss_register.data.files import DataFile
from hipss_register.data.publication import Publication
from hipss_register.data.tables import TABLES

MEDIA = "application/vnd.sqlite3"
_BLOCK = 1 << 16
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

    def chunks() -> Iterator[bytes]:
        with tempfile.TemporaryDirectory(prefix="register-") as folder:
            path = Path(folder, "register.db")
            make_database(path, pub)
            with path.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    yield block

    yield DataFile(paths.SQLITE, MEDIA, "All tables in one SQLite file, with full-text search", chunks, listed=True)


def make_database(path: Path, pub: Publication) -> None:
    """Write the database to a file that is not there yet."""
    with closing(sqlite3.connect(path)) as database:
        for setting in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
            database.execute(f"PRAGMA {setting}")
        for table in TABLES.values():
            database.execute(_create(table))
            for rows in pub.once(Cells).of(table):
                database.executemany(_insert(table), _values(table, rows))
        for table in TABLES.values():
            for column in table.columns:
                if column.refers and table.key[0] != column.name:
                    database.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')
        database.commit()
        _index_text(database)
        database.commit()


def _index_text(database: sqlite3.Connection) -> None:
    columns = ", ".join(f'"{name}"' for name in SEARCHED)
    options = "content='decisions', tokenize='porter unicode61 remove_diacritics 2'"
    database.execute(f"CREATE VIRTUAL TABLE {SEARCH} USING fts5({columns}, {options})")
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


def _values(table: Table, rows: list[Row]) -> list[Row]:
    """Rows as SQLite takes them; figures as their digits, which a NUMERIC column keeps as numbers where it can."""
    figures = [n for n, column in enumerate(table.columns) if column.kind == "number"]
    for row in rows if figures else ():
        for n in figures:
            figure = row[n]
            row[n] = f"{figure:f}" if isinstance(figure, Decimal) else figure
    return rows
