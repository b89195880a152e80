"""The register: every record in order, each link with its other end, each decision's standing. Sealed when made."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from hipss_register.model import LINK_KINDS, ContractEvent, Effect, LinkKind, Tables
from hipss_register.names import NameBook
from hipss_register.read import Record

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Linked:
    """A link between two records of the register, as the later one's file gives it."""

    kind: LinkKind
    source: str
    target: str
    worked_out: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a decision still stands. ``effect`` is the strongest thing that later decisions did to it.

    ``by`` are the links that did it and ``read_with`` the corrections to read beside it.
    """

    pending: bool
    effect: Effect
    by: tuple[Linked, ...] = ()
    read_with: tuple[Linked, ...] = ()

    @property
    def in_force(self) -> bool:
        """Whether the decision has an effect today, as far as the register knows."""
        return not self.pending and self.effect not in (
            Effect.SUPERSEDED,
            Effect.REVOKED,
            Effect.SUSPENDED,
        )


@dataclass(frozen=True)
class Register:
    """All records in order of time, with their links in both directions and the reference tables.

    Nothing in it changes after `make_register`; every mapping is in an order that owes nothing to the files' order.
    """

    records: Mapping[str, Record]
    ranks: Mapping[str, Rank]
    """Where each record stands in the order of time."""
    links_from: Mapping[str, tuple[Linked, ...]]
    links_to: Mapping[str, tuple[Linked, ...]]
    standings: Mapping[str, Standing]
    aliases: Mapping[str, str]
    tables: Tables
    makers: NameBook
    wards: NameBook
    touching: Mapping[str, tuple[tuple[Record, ContractEvent | None], ...]]
    """For each contract, the records that touch it in order, with what each does (None: it acts on one that does)."""

    def get(self, record_id: str) -> Record:
        """The record of that id or alias; raises KeyError if there is none."""
        return self.records[self.aliases.get(record_id, record_id)]


def make_register(records: Iterable[Record], tables: Tables) -> Register:
    """Link the records. Links that lead nowhere or in a circle are left out here and told by `linking.check_links`."""
    by_id = {record.id: record for record in sorted(records, key=lambda record: record.id)}
    aliases = {old: record.id for record in by_id.values() for old in record.form.aliases if old not in by_id}
    links = [link for record in by_id.values() for link in links_of(record, aliases) if link.target in by_id]
    ranks = ranks_of(by_id, links)
    by_id = in_order_of(ranks, by_id)
    links = sorted(
        (link for link in links if ranks[link.target] < ranks[link.source]),
        key=lambda ln: _rank(ln, ranks),
    )
    outward, inward = _by_end(links, "source"), _by_end(links, "target")
    return Register(
        records=MappingProxyType(by_id),
        ranks=MappingProxyType(ranks),
        links_from=MappingProxyType(outward),
        links_to=MappingProxyType(inward),
        standings=MappingProxyType(standings_among(by_id, inward)),
        aliases=MappingProxyType(aliases),
        tables=tables,
        makers=NameBook(tables.decision_makers),
        wards=NameBook(tables.wards),
        touching=MappingProxyType(_touching(by_id, outward)),
    )


def in_order_of(ranks: Mapping[str, Rank], entries: Mapping[str, V]) -> dict[str, V]:
    """The entries of records in the order of time."""
    return {record_id: entries[record_id] for record_id in sorted(entries, key=ranks.__getitem__)}


def links_of(record: Record, aliases: Mapping[str, str]) -> list[Linked]:
    """The links that a record's file gives, in its order, with old ids replaced by the present ones."""
    return [
        Linked(LINK_KINDS[name], record.id, aliases.get(link.to, link.to), link.worked_out)
        for name, links in record.form.links.items()
        for link in links
    ]


def _rank(link: Linked, ranks: Mapping[str, Rank]) -> tuple[Rank, int, Rank]:
    return ranks[link.source], _KINDS[link.kind.name], ranks[link.target]


_KINDS = {name: n for n, name in enumerate(LINK_KINDS)}


def _by_end(links: Iterable[Linked], end: str) -> dict[str, tuple[Linked, ...]]:
    ends: dict[str, list[Linked]] = defaultdict(list)
    for link in links:
        ends[getattr(link, end)].append(link)
    return {record_id: tuple(found) for record_id, found in ends.items()}


def date_key(record: Record) -> tuple[dt.date, dt.date]:
    """Where a record stands in time: by the first, then the last day that its date can be; undated ones come first."""
    date = record.form.date
    first = date.earliest or (date.latest or dt.date.min)
    return first, date.latest or dt.date.max


Rank = tuple[int, dt.date, dt.date, int, str]
"""Where a record stands in the order of time.

Whether it is in a circle of links, the first and last day, how many of that day it rests on, and its id, in which a
number counts by its size.
"""

_DATED = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?=-|$)")
_NUMBER = re.compile(r"[0-9]+")


def _by_size(record_id: str) -> str:
    """An id as a text that sorts by the size of its numbers. Those of the date that it begins with are in place."""
    dated = _DATED.match(record_id)
    end = dated.end() if dated else 0
    if not _NUMBER.search(record_id, end):
        return record_id  # the same text, which takes no memory
    sized = _NUMBER.sub(_sized, record_id[end:])
    return f"{record_id[:end]}{sized} {record_id}"


def _sized(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0")
    return f"{len(digits):02}{digits}"


def in_order(records: Mapping[str, Record], links: Iterable[Linked]) -> tuple[list[str], list[str]]:
    """The ids in order of date, with every record after those that it names; and those that stand in a circle."""
    ranks = ranks_of(records, links)
    order = sorted(records, key=ranks.__getitem__)
    return order, [record_id for record_id in order if ranks[record_id][0]]


def ranks_of(records: Mapping[str, Record], links: Iterable[Linked]) -> dict[str, Rank]:
    """Where each record stands in the order of time.

    It depends on nothing but a record's own date and those of the records that it names, directly or not: another
    record more or less moves none. One that names a later record, or one of the same day, comes after it all the same.
    """
    names: dict[str, set[str]] = {record_id: set() for record_id in records}
    named_by: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.source != link.target and link.target not in names[link.source]:
            names[link.source].add(link.target)
            named_by[link.target].append(link.source)
    waiting = {record_id: len(targets) for record_id, targets in names.items()}
    ready = [record_id for record_id, count in waiting.items() if not count]
    ranks: dict[str, Rank] = {}
    while ready:
        done = ready.pop()
        ranks[done] = _rank_after(records[done], [ranks[target] for target in names[done]])
        for later in named_by[done]:
            waiting[later] -= 1
            if not waiting[later]:
                ready.append(later)
    for record_id in records.keys() - ranks:
        ranks[record_id] = 1, *date_key(records[record_id]), 0, _by_size(record_id)
    return ranks


def _rank_after(record: Record, named: Iterable[Rank]) -> Rank:
    latest = max((rank[1:4] for rank in named), default=None)
    own = date_key(record)
    if latest is None or own > latest[:2]:
        return 0, *own, 0, _by_size(record.id)
    return 0, *latest[:2], latest[2] + 1, _by_size(record.id)


_STRENGTH = (
    Effect.REVOKED,
    Effect.SUPERSEDED,
    Effect.SUSPENDED,
    Effect.CHANGED,
    Effect.PARTLY_CHANGED,
)


def standings_among(records: Mapping[str, Record], links_to: Mapping[str, tuple[Linked, ...]]) -> dict[str, Standing]:
    """Each record's standing. Latest first, since what a decision does depends on whether it stands itself."""
    standings: dict[str, Standing] = {}
    for record_id in reversed(list(records)):
        pending = records[record_id].form.pending
        counting = [link for link in links_to.get(record_id, ()) if _counts(standings[link.source])]
        standings[record_id] = _standing(pending, counting) if counting else _UNTOUCHED[pending]
    return standings


_UNTOUCHED: Final = {pending: Standing(pending, Effect.NOTHING) for pending in (True, False)}


def _counts(standing: Standing) -> bool:
    """A decision that is pending, suspended or revoked changes nothing; one superseded has been taken further."""
    return standing.in_force or standing.effect is Effect.SUPERSEDED


def _standing(pending: bool, links: list[Linked]) -> Standing:
    effects = {link.kind.effect for link in links}
    if Effect.RELEASED in effects:
        effects.discard(Effect.SUSPENDED)
    strongest = next((effect for effect in _STRENGTH if effect in effects), Effect.NOTHING)
    by = tuple(link for link in links if link.kind.effect is strongest and strongest is not Effect.NOTHING)
    return Standing(pending, strongest, by, tuple(ln for ln in links if ln.kind.effect is Effect.READ_WITH))


def _touching(
    records: Mapping[str, Record], links_from: Mapping[str, tuple[Linked, ...]]
) -> dict[str, tuple[tuple[Record, ContractEvent | None], ...]]:
    entries: dict[str, list[tuple[Record, ContractEvent | None]]] = defaultdict(list)
    contracts_of: dict[str, set[str]] = defaultdict(set)
    for record in records.values():
        for event in record.form.contracts:
            entries[event.contract].append((record, event))
        contracts_of[record.id] = {event.contract for event in record.form.contracts}
        for contract in sorted(_acted_on(record, links_from, contracts_of) - contracts_of[record.id]):
            entries[contract].append((record, None))
            contracts_of[record.id].add(contract)
    return {contract: tuple(entries[contract]) for contract in sorted(entries)}


def _acted_on(
    record: Record,
    links_from: Mapping[str, tuple[Linked, ...]],
    contracts_of: Mapping[str, set[str]],
) -> set[str]:
    """The contracts of the decisions that a record, without an event of its own, changes, calls in or ratifies."""
    targets = [link.target for link in links_from.get(record.id, ()) if link.kind.acts]
    return {contract for target in targets for contract in contracts_of[target]}
