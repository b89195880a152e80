"""The columns of the index: for every decision, newest first, which choices of a filter it falls under."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hipss_register.model import Money
from hipss_register.names import reading_key
from hipss_register.read import Record
from hipss_register.site.book import FACETS, Book
from hipss_register.site.views.card import MARKS, mark_of
from hipss_register.site.views.lists import in_reading_order
from hipss_register.wording import upper_first

FILTERS = {
    "year": "years",
    "maker": "decision-makers",
    "ward": "wards",
    "kind": "kinds",
    "supplier": "suppliers",
}
"""What the address of a filtered list calls each grouping of the book, and the grouping's folder."""

LABELS = {name: FACETS[folder].one for name, folder in FILTERS.items()} | {
    "contract": "Contract",
    "record": "Record",
    "key": "Key decision",
}
"""What the form calls each filter, by its name in the address, in the order of the form."""

LONG = 100
"""From how many values on a filter is a box to type in, with suggestions, and its names a file of their own."""

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: what can be chosen, each with its id, name and number of decisions, and what each decision has."""

    name: str
    values: tuple[tuple[str, str, int], ...]
    column: tuple[int | tuple[int, ...], ...]
    """For each decision the place of its value in ``values``, or several, or none."""

    @property
    def long(self) -> bool:
        """Whether there are too many values to send to everybody, or to choose from in a list that drops down."""
        return len(self.values) > LONG


Named = tuple[str, str]
"""An id and a name."""


def long_filters(book: Book) -> frozenset[str]:
    """The filters that are boxes to type in."""
    sizes = {name: len(book.groups[folder]) for name, folder in FILTERS.items()} | {"contract": len(book.contracts)}
    return frozenset(name for name, size in sizes.items() if size > LONG)


def choices(book: Book) -> tuple[Choice, ...]:
    """Every filter by which a decision is one of a list of things."""
    records = book.newest_first()
    made = [_grouped(book, records, name, folder) for name, folder in FILTERS.items()]
    contracts = sorted(
        ((i, contract.short or contract.name) for i, contract in book.contracts.items()),
        key=lambda named: (reading_key(named[1]), named[0]),
    )
    made.append(_choice("contract", contracts, _contracts_of(book, records)))
    made.append(_choice("record", list(MARKS.items()), [(mark_of(record),) for record in records]))
    answers = [_key(record) for record in records]
    made.append(_choice("key", [(a, upper_first(a)) for a in sorted(set(answers))], [(a,) for a in answers]))
    return tuple(made)


def _grouped(book: Book, records: list[Record], name: str, folder: str) -> Choice:
    groups = in_reading_order(FACETS[folder], book.groups[folder].values())
    having = (book.groups_of[folder][record.id] for record in records)
    return _choice(name, [(group.id, group.name) for group in groups], having)


def _contracts_of(book: Book, records: list[Record]) -> Iterable[list[str]]:
    having: dict[str, list[str]] = {record.id: [] for record in records}
    for contract, touching in book.register.touching.items():
        for record_id in dict.fromkeys(record.id for record, _ in touching):
            having[record_id].append(contract)
    return having.values()


def _key(record: Record) -> str:
    return (record.form.key or record.form.absent).value


def _choice(name: str, values: list[Named], having: Iterable[Iterable[str]]) -> Choice:
    place = {value: n for n, (value, _) in enumerate(values)}
    named = Counter(label for _, label in values)
    labels = [label if named[label] == 1 else f"{label} ({value})" for value, label in values]
    found = [tuple(sorted(place[value] for value in ids if value in place)) for ids in having]
    count = Counter(n for ids in found for n in ids)
    column = tuple(ids[0] if len(ids) == 1 else ids for ids in found)
    return Choice(name, tuple((value, labels[n], count[n]) for n, (value, _) in enumerate(values)), column)


def days(book: Book) -> list[object]:
    """For each decision the day it was taken, in days since 1970, or the first and last that it can be (None: open)."""
    return [_span(record) for record in book.newest_first()]


def _span(record: Record) -> object:
    first, last = (_day(record.form.date.earliest), _day(record.form.date.latest))
    return first if first == last and first is not None else [first, last]


def _day(day: dt.date | None) -> int | None:
    return (day - _EPOCH).days if day else None


def sums(book: Book) -> list[list[float]]:
    """For each decision the sums that it names in pounds, the largest first. They are for finding, never for adding."""
    return [sorted({float(figure) for figure in _figures(record)}, reverse=True) for record in book.newest_first()]


def _figures(record: Record) -> Iterator[float]:
    moneys: list[Money] = [money for _, money in record.form.money()]
    moneys += [money for event in record.form.contracts for _, money in event.money()]
    yield from (float(part.figure) for money in moneys for part in money.parts if part.currency == "GBP")
