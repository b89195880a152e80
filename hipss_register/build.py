"""From a decisions folder to a book of it, or to every problem that stands in the way. Knows nothing of MkDocs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hipss_register.history import make_history
from hipss_register.linking import check_reading, faults_of
from hipss_register.problems import Problem, Severity, placed
from hipss_register.read import Forms, Reading, read_folder
from hipss_register.read.files import is_table
from hipss_register.register import make_register
from hipss_register.site.book import Book, make_book

if TYPE_CHECKING:
    from hipss_register.memory import Memory  # a build has none


@dataclass(frozen=True, slots=True)
class Edition:
    """What one reading of the decisions folder gives: the book of all that could be read, and every problem."""

    book: Book
    problems: tuple[Problem, ...]
    reading: Reading

    @property
    def last_day(self) -> str:
        """The latest day on which any of the decisions can have been taken, as ISO 8601."""
        days = [record.form.date.latest for record in self.book.register.records.values()]
        return max((day for day in days if day), default=dt.date(1970, 1, 1)).isoformat()

    @property
    def errors(self) -> int:
        """How many of the problems stop a build."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def make_edition(root: Path, shown_as: str, memory: Memory | None = None, forms: Forms | None = None) -> Edition:
    """Read, check and link everything below ``root``; never raises for what the files hold.

    The problems of the tables come first, as records depend on them. What a ``memory`` knows is not read or folded
    again, nor are files read that are among the ``forms``.
    """
    reading = read_folder(root, shown_as, memory.reading if memory else None, forms)
    sources, faults = check_reading(reading, ask=memory.linking.ask_about(reading) if memory else faults_of)
    problems = sorted({*reading.problems, *placed(faults, reading.locate)})
    problems.sort(key=lambda problem: not is_table(problem.path, shown_as))
    fold = memory.folding.history if memory else make_history
    book = make_book(make_register(reading.records, reading.tables), sources, fold)
    return Edition(book, tuple(problems), reading)
