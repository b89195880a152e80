"""What the columns of a table are made of: how each sort of value of the model is said in the cells of a table.

A cell is empty where the file does not fill the field in. A kind of nothing that the file does give stands in square
brackets, as do the register's own remarks, so that they are never taken for the record's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from pydantic import BaseModel

from hipss_register.data.publication import Publication
from hipss_register.fields import in_one_line
from hipss_register.history import Fact
from hipss_register.model import DateSpan, Relation, When
from hipss_register.model.base import Said
from hipss_register.model.term import Option
from hipss_register.wording import say_length

Cell: TypeAlias = "str | int | Decimal | bool | None"
Get = Callable[[Any], Cell]

DATE_PATTERN = r"(not (before|after) )?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?( (to|or) [0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?"
PRECISIONS = ("day", "month", "year", "range", "not before", "not after", "either", "words")
NOTHINGS = ("nil", "not stated", "not known", "withheld")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and how its cell is had from a row.

    ``kind`` is one of string, integer, number, boolean, date and uri. ``refers`` names the table whose ``id`` it holds.
    """

    name: str
    description: str
    get: Get
    kind: str = "string"
    pattern: str = ""
    enum: tuple[str, ...] = ()
    refers: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the data: its columns, of which those in ``key`` tell its rows apart, and its rows in order."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Publication], Iterable[Any]]

    def cells(self, pub: Publication) -> Iterable[list[Cell]]:
        """Every row's cells, one row after the other."""
        gets = [column.get for column in self.columns]
        for row in self.rows(pub):
            yield [get(row) for get in gets]


def doc(model: type[BaseModel], name: str) -> str:
    """What a field of the model means, as the model says."""
    return in_one_line(model.model_fields[name].description)


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


def _precision_cell(when: When | None) -> str | None:
    if when is None:
        return None
    if when.date:
        return precision(when.date)
    return when.nothing.value if when.nothing else "words"


def when_columns(name: str, description: str, get: Callable[[Any], When | None]) -> tuple[Column, ...]:
    """A date as far as known, how exactly it is known, and the record's own words for it."""

    def date(row: Any) -> Cell:
        when = get(row)
        return str(when.date) if when and when.date else None

    def words(row: Any) -> Cell:
        when = get(row)
        return said_cell(when, when.words) if when else None

    return (
        Column(name, description, date, pattern=DATE_PATTERN),
        Column(
            f"{name}_precision",
            f"How exactly {name} is known, or which kind of nothing it is.",
            lambda row: _precision_cell(get(row)),
            enum=(*PRECISIONS, *NOTHINGS),
        ),
        Column(f"{name}_words", f"The record's own words for {name}, where they say more.", words),
    )


def fact_columns(name: str, description: str, get: Callable[[Any], Fact[DateSpan]]) -> tuple[Column, ...]:
    """A date of a contract, how exactly it is known, and where it is known from."""

    def date(row: Any) -> Cell:
        value = get(row).value
        return str(value) if value else None

    def exactly(row: Any) -> Cell:
        fact = get(row)
        return precision(fact.value) if fact.value else fact.nothing.value if fact.nothing else None

    return (
        Column(name, description, date, pattern=DATE_PATTERN),
        Column(
            f"{name}_precision",
            f"How exactly {name} is known, or which kind of nothing it is.",
            exactly,
            enum=(*PRECISIONS, *NOTHINGS),
        ),
        Column(f"{name}_from", f"The decisions that {name} is known from.", lambda r: joined(get(r).sources) or None),
        Column(
            f"{name}_worked_out",
            f"If no record states {name}: how the register worked it out, or why it could not.",
            lambda row: get(row).worked_out or None,
        ),
    )
