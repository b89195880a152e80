"""Decisions outside a decision's own chain that have something in common with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from hipss_register.keeping.made_by import digest_of_each
from hipss_register.keeping.reads import note, without_noting
from hipss_register.read import Record
from hipss_register.site.book import Book, Group

_MOST = 5
_EACH = 2
_COMMON = 4
"""A group of more than one in so many of all decisions says nothing of one of them."""

_REASONS = {
    "suppliers": "also about a contract with {}",
    "wards": "also about {}",
    "decision-makers": "also taken by {}",
}
"""The groupings that relate decisions, the closest first, and how to say it."""


@dataclass(frozen=True, slots=True)
class Related:
    """A decision, and what it has in common with the one that it is shown beside."""

    record: Record
    reason: str


RELATED = "related"
"""Under this name it is noted that a page shows a decision's related ones, which depend on all of their groups."""


def related(book: Book, record: Record, chain: set[str]) -> tuple[Related, ...]:
    """The nearest in time of those that share a supplier, a ward or a decision maker, by no more than what they share.

    ``chain`` are the ids of the decisions that are shown in another place of the page.
    """
    note(RELATED, f"{record.id} {' '.join(sorted(chain))}")
    return without_noting(_related, book, record, chain)


def say_related(book: Book, key: str) -> str:
    """What is related to a decision, in short; ``key`` is as it was noted."""
    record_id, *chain = key.split(" ")
    record = book.register.records.get(record_id)
    found = _related(book, record, {*chain}) if record else ()
    return "\n".join(f"{one.record.id} {one.reason}" for one in found)


def ground_of_related(book: Book) -> str:
    """In short, all that decides what is related to any decision: their order and days, and their groups."""
    return digest_of_each(_deciding(book))


def _deciding(book: Book) -> Iterator[tuple[object, ...]]:
    for folder in _REASONS:
        yield from ((group.id, group.name) for group in book.groups[folder].values())
    of = [book.groups_of[folder] for folder in _REASONS]
    for record_id, rank in book.register.ranks.items():
        yield record_id, rank, [groups[record_id] for groups in of]


def _related(book: Book, record: Record, chain: set[str]) -> tuple[Related, ...]:
    found: dict[str, Related] = {}
    for folder, reason in _REASONS.items():
        for group in _groups_of(book, folder, record):
            near = (other for other in _nearest(book, group, record) if other.id not in chain and other.id not in found)
            for other in islice(near, _EACH):
                found[other.id] = Related(other, reason.format(group.name))
            if len(found) >= _MOST:
                return tuple(found.values())[:_MOST]
    return tuple(found.values())


def _groups_of(book: Book, folder: str, record: Record) -> Iterator[Group]:
    most = max(_MOST, len(book.register.records) // _COMMON)
    groups = (book.groups[folder][group_id] for group_id in book.groups_of[folder][record.id])
    yield from (group for group in groups if len(group.records) <= most)


def _nearest(book: Book, group: Group, record: Record) -> Iterator[Record]:
    """The other decisions of a group, those nearest in time first, of two equally near the earlier one."""
    ranks, records = book.register.ranks, group.records
    own = ranks[record.id]
    at = bisect_left(range(len(records)), True, key=lambda n: ranks[records[n].id] <= own)
    earlier, later = islice(records, at + 1, None), (records[n] for n in range(at - 1, -1, -1))
    return merge(earlier, later, key=lambda other: abs((ranks[other.id][1] - own[1]).days))
