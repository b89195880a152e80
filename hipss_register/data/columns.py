"""What the columns of a table are made of: how each sort of value of the model is said in the cells of a table.

A cell is empty where the file does not fill the field in. A kind of nothing that the file does give stands in square
brackets, as do the register's own remarks, so that they are never taken for the record's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

from hipss_register.data.publication import Publication
from hipss_register.history import Fact
from hipss_register.model import DateSpan, Relation, When
from hipss_register.model.base import Said
from hipss_register.model.term import Option
from hipss_register.wording import say_length

Cell: TypeAlias = "str | int | Decimal | bool | None"
Row = list[Cell]
Get = Callable[[Any], Cell]

DATE_PATTERN = r"(not (before|after) )?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?( (to|or) [0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?"
PRECISIONS = ("day", "month", "year", "range", "not before", "not after", "either", "words")
NOTHINGS = ("nil", "not stated", "not known", "withheld")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and how its cell is had from a row (unless it is one of `Columns`).

    ``kind`` is one of string, integer, number, boolean, date and uri. ``refers`` names the table whose ``id`` it holds.
    """

    name: str
    description: str
    get: Get = lambda row: None
    kind: str = "string"
    pattern: str = ""
    enum: tuple[str, ...] = ()
    refers: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns that stand together, whose cells are had at once from a row."""

    columns: tuple[Column, ...]
    get: Callable[[Any], Iterable[Cell]]


Parts = tuple[Column | Columns, ...]


@dataclass(frozen=True)
class Table:
    """A table of the data: its columns, of which those in ``key`` tell its rows apart, and its rows in order."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    parts: Parts
    rows: Callable[[Publication], Iterable[Any]]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column, in order."""
        return columns_of(self.parts)

    def cells(self, pub: Publication) -> Iterator[Row]:
        """Every row's cells, one row after the other."""
        fill = filler(self.parts)
        return map(fill, self.rows(pub))


def columns_of(parts: Parts) -> tuple[Column, ...]:
    """Every column, whether it stands alone or with others."""
    return tuple(column for part in parts for column in (part.columns if isinstance(part, Columns) else (part,)))


def filler(parts: Parts) -> Callable[[Any], Row]:
    """What makes a row's cells."""
    steps: list[tuple[bool, Any]] = [(isinstance(part, Columns), part.get) for part in parts]

    def fill(row: Any) -> Row:
        cells: list[Any] = []
        for several, get in steps:
            if several:
                cells += get(row)
            else:
                cells.append(get(row))
        return cells

    return fill


def within(get: Callable[[Any], Any], parts: Parts) -> Columns:
    """The columns of a part of a row, which are all empty where the row has no such part."""
    columns, fill = columns_of(parts), filler(parts)
    none: tuple[Cell, ...] = (None,) * len(columns)

    def cells(row: Any) -> Iterable[Cell]:
        part = get(row)
        return none if part is None else fill(part)

    return Columns(columns, cells)


def remark(said: Said) -> str:
    """Which kind of nothing, and what the register worked out, in square brackets; empty if neither."""
    parts = []
    if said.nothing:
        paragraphs = f", paragraphs {joined(map(str, said.paragraphs))}" if said.paragraphs else ""
        because = f": {said.because}" if said.because else ""
        parts.append(f"[{said.nothing.value}{paragraphs}{because}]")
    if said.worked_out:
        parts.append(f"[worked out: {said.worked_out}]")
    return " ".join(parts)


def said_cell(said: Said | None, words: str | None) -> str | None:
    """The words of a part that may be nothing, and any remark on them."""
    if said is None:
        return None
    if said.nothing is None and said.worked_out is None:
        return words
    return " ".join(filter(None, (words, remark(said)))) or None


def joined(items: Iterable[str]) -> str:
    """Several values in one cell."""
    return "; ".join(items)


def pairs(given: Mapping[str, str]) -> str | None:
    """Names and values in one cell."""
    return joined(f"{name}: {value}" for name, value in given.items()) or None


def options_cell(options: Iterable[Option]) -> str | None:
    """A contract's options in one cell."""
    return joined(say_length(option.length, option.up_to) for option in options) or None


def precision(span: DateSpan) -> str:
    """How exactly a date is known."""
    if span.relation is Relation.ON:
        return "day" if span.date.day else "month" if span.date.month else "year"
    return {Relation.BETWEEN: "range", Relation.EITHER: "either"}.get(span.relation, span.relation.value)


def _exactly(when: When) -> str:
    if when.date:
        return precision(when.date)
    return when.nothing.value if when.nothing else "words"


_THREE_EMPTY: tuple[Cell, ...] = (None, None, None)


def when_columns(name: str, description: str, get: Callable[[Any], When | None]) -> Columns:
    """A date as far as known, how exactly it is known, and the record's own words for it."""

    def cells(row: Any) -> Iterable[Cell]:
        when = get(row)
        if when is None:
            return _THREE_EMPTY
        return str(when.date) if when.date else None, _exactly(when), said_cell(when, when.words)

    return Columns(
        (
            Column(name, description, pattern=DATE_PATTERN),
            _precision_of(name),
            Column(f"{name}_words", f"The record's own words for {name}, where they say more."),
        ),
        cells,
    )


def _precision_of(name: str) -> Column:
    return Column(
        f"{name}_precision",
        f"How exactly {name} is known, or which kind of nothing it is.",
        enum=(*PRECISIONS, *NOTHINGS),
    )


def fact_columns(name: str, description: str, get: Callable[[Any], Fact[DateSpan]]) -> Columns:
    """A date of a contract, how exactly it is known, and where it is known from."""

    def cells(row: Any) -> Iterable[Cell]:
        fact = get(row)
        value, nothing = fact.value, fact.nothing
        exactly = precision(value) if value else nothing.value if nothing else None
        return str(value) if value else None, exactly, joined(fact.sources) or None, fact.worked_out or None

    return Columns(
        (
            Column(name, description, pattern=DATE_PATTERN),
            _precision_of(name),
            Column(f"{name}_from", f"The decisions that {name} is known from."),
            Column(
                f"{name}_worked_out",
                f"If no record states {name}: how the register worked it out, or why it could not.",
            ),
        ),
        cells,
    )
