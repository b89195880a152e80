"""From a decisions folder to a book of it, or to every problem that stands in the way. Knows nothing of MkDocs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hipss_register.linking import check_reading
from hipss_register.problems import Problem, Severity, placed
from hipss_register.read import Forms, Reading, read_folder
from hipss_register.read.files import is_table
from hipss_register.read.sources import ReadDocument, read_document
from hipss_register.register import make_register
from hipss_register.site.book import Book, make_book


@dataclass(frozen=True, slots=True)
class Edition:
    """What one reading of the decisions folder gives: the book of all that could be read, and every problem."""

    book: Book
    problems: tuple[Problem, ...]
    reading: Reading
    between: frozenset[Problem] = frozenset()
    """The problems that no file shows by itself."""

    @property
    def last_day(self) -> str:
        """The latest day on which any of the decisions can have been taken, as ISO 8601."""
        days = [record.form.date.latest for record in self.book.register.records.values()]
        return max((day for day in days if day), default=dt.date(1970, 1, 1)).isoformat()

    @property
    def errors(self) -> int:
        """How many of the problems stop a build."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def make_edition(root: Path, shown_as: str, forms: Forms | None = None) -> Edition:
    """Read, check and link everything below ``root``; never raises for what the files hold.

    Files that are among the ``forms`` are not read again.
    """
    return edition_of(read_folder(root, shown_as, forms=forms), shown_as)


def edition_of(reading: Reading, shown_as: str, document: ReadDocument = read_document) -> Edition:
    """Check and link what was read; ``document`` reads the documents that records name."""
    sources, faults = check_reading(reading, document=document)
    between = frozenset(placed(faults, reading.locate))
    book = make_book(make_register(reading.records, reading.tables), sources)
    return Edition(book, problems_of(reading, between, shown_as), reading, between)


def problems_of(reading: Reading, between: Iterable[Problem], shown_as: str) -> tuple[Problem, ...]:
    """Every problem of a reading, and those between its files: first those of the tables, as records depend on them."""
    problems = sorted({*reading.problems, *between})
    return tuple(sorted(problems, key=lambda problem: not is_table(problem.path, shown_as)))
