"""A register of which one part was made anew, and the book of it: the same as if all of it had been made anew.

A part is all that is connected with some records, then or now: no link leads into it or out of it, no contract lies
partly outside. So what is made from a part by itself is what would be made of it from the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from hipss_register.read import Record
from hipss_register.register import Register, in_order_of
from hipss_register.site.book import FACETS, Book, Facet, Group, contracts_of, grouped

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a book: the ids of the records that it had, the contracts that it touches, and what it is now."""

    before: Book
    gone: frozenset[str]
    contracts: frozenset[str]
    part: Book


def changed(change: Change) -> Book:
    """The book with the part as it is now; what does not depend on the part stays the same objects."""
    book, part, gone = change.before, change.part, change.gone
    histories = {**book.histories, **part.histories}
    now = replace(
        book,
        register=_register(book.register, change),
        histories=histories,
        sources={**book.sources, **part.sources},
        groups_of={name: _replaced(of, gone, part.groups_of[name]) for name, of in book.groups_of.items()},
        mentioned_by=_replaced(book.mentioned_by, gone, part.mentioned_by),
        contracts_of=contracts_of(histories),
    )
    return replace(now, groups={name: _groups(book, now, change, facet) for name, facet in FACETS.items()})


def _register(register: Register, change: Change) -> Register:
    part, gone = change.part.register, change.gone
    ranks = _replaced(register.ranks, gone, part.ranks)
    old = {name for name, record_id in register.aliases.items() if record_id in gone}
    touching = _replaced(register.touching, change.contracts, part.touching)
    return replace(
        register,
        records=MappingProxyType(in_order_of(ranks, _replaced(register.records, gone, part.records))),
        ranks=MappingProxyType(ranks),
        links_from=MappingProxyType(_replaced(register.links_from, gone, part.links_from)),
        links_to=MappingProxyType(_replaced(register.links_to, gone, part.links_to)),
        standings=MappingProxyType(_replaced(register.standings, gone, part.standings)),
        aliases=MappingProxyType(_replaced(register.aliases, old, part.aliases)),
        touching=MappingProxyType(dict(sorted(touching.items()))),
    )


def _replaced(entries: Mapping[str, V], gone: Collection[str], new: Mapping[str, V]) -> dict[str, V]:
    """The entries without those that are gone, and with new ones."""
    kept = dict(entries)
    for key in gone:
        kept.pop(key, None)
    return {**kept, **new}


def _groups(before: Book, now: Book, change: Change, facet: Facet) -> dict[str, Group]:
    groups, of = before.groups[facet.folder], change.part.groups_of[facet.folder]
    then_in = (group_id for record_id in change.gone for group_id in before.groups_of[facet.folder][record_id])
    touched = {*then_in, *(group_id for group_ids in of.values() for group_id in group_ids)}
    if _called(before, facet, change.gone) == _called(change.part, facet, of):
        records = change.part.register.records
        return {name: _with_members(group, records) if name in touched else group for name, group in groups.items()}
    members: dict[str, list[Record]] = {}
    for group_id in touched:
        kept = groups[group_id].members if group_id in groups else ()
        new = (change.part.register.records[record_id] for record_id, group_ids in of.items() if group_id in group_ids)
        if found := [*(record for record in kept if record.id not in change.gone), *new]:
            members[group_id] = _in_time(found, now.register)
    made = dict(grouped(facet, now.register, now.histories, members))
    return dict(sorted(_replaced(groups, touched, made).items()))


def _called(book: Book, facet: Facet, ids: Iterable[str]) -> dict[str, object]:
    """Where some records stand in the order of time, and what they call the groups that they are in."""
    register = book.register
    return {
        record_id: (
            register.ranks[record_id],
            list(facet.groups_of(register, book.histories, register.records[record_id])),
        )
        for record_id in ids
    }


def _with_members(group: Group, records: Mapping[str, Record]) -> Group:
    return replace(group, members=tuple(records.get(record.id, record) for record in group.members))


def _in_time(records: Iterable[Record], register: Register) -> list[Record]:
    return sorted(records, key=lambda record: register.ranks[record.id])
