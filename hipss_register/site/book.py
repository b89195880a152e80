"""All that the pages are made from: the register, each contract's history, the source documents, and the groupings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from hipss_register.history import History, make_history
from hipss_register.keeping.reads import note
from hipss_register.model import Contract
from hipss_register.names import slug
from hipss_register.read import Record
from hipss_register.read.sources import SourceDocument
from hipss_register.register import Register
from hipss_register.wording import upper_first


@dataclass(frozen=True, slots=True)
class Group:
    """The decisions that have one thing in common: a year, a decision maker, a ward, a kind or a supplier."""

    folder: str
    id: str
    name: str
    also: tuple[str, ...]
    members: tuple[Record, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """Its decisions, the latest first. Whoever looks at them is noted to have read which they are."""
        note(f"members of {self.folder}", self.id)
        return self.members


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to group decisions. ``folder`` is its address, ``one`` and ``many`` what its groups are called.

    ``lead`` joins "decisions" to the name of a group.
    """

    folder: str
    one: str
    many: str
    lead: str
    groups_of: Callable[[Register, Mapping[str, History], Record], Iterable[tuple[str, str]]]


def _years(register: Register, _histories: Mapping[str, History], record: Record) -> Iterable[tuple[str, str]]:
    first, last = record.form.date.earliest, record.form.date.latest
    begin, end = first or last, last or first
    if begin and end:
        yield from ((str(year), str(year)) for year in range(begin.year, end.year + 1))


def _makers(register: Register, _histories: Mapping[str, History], record: Record) -> Iterable[tuple[str, str]]:
    for maker in record.form.makers:
        yield register.makers.id_of(maker.name), maker.name


def _wards(register: Register, _histories: Mapping[str, History], record: Record) -> Iterable[tuple[str, str]]:
    wards = record.form.wards
    for ward in wards.wards if wards else ():
        yield register.wards.id_of(ward), ward


def _kinds(register: Register, _histories: Mapping[str, History], record: Record) -> Iterable[tuple[str, str]]:
    if record.form.kind:
        yield slug(record.form.kind), upper_first(record.form.kind)


def _suppliers(register: Register, histories: Mapping[str, History], record: Record) -> Iterable[tuple[str, str]]:
    """The suppliers that a decision names, and those of the contracts that it changes."""
    for event in record.form.contracts:
        history = histories.get(event.contract)
        steps = history.steps if history else ()
        now = next((step.after for step in steps if step.record is record and step.event is event), None)
        named = [party.supplier for party in event.suppliers.parties] if event.suppliers else []
        for supplier in dict.fromkeys([*named, *((now.suppliers.value or ()) if now else ())]):
            entry = register.tables.suppliers.get(supplier)
            yield supplier, entry.name if entry else supplier


FACETS: dict[str, Facet] = {
    facet.folder: facet
    for facet in (
        Facet("years", "Year", "Years", "taken in", _years),
        Facet("decision-makers", "Decision maker", "Decision makers", "taken by", _makers),
        Facet("wards", "Ward", "Wards", "affecting", _wards),
        Facet("kinds", "Kind of decision", "Kinds of decision", "of the kind", _kinds),
        Facet("suppliers", "Supplier", "Suppliers", "about contracts with", _suppliers),
    )
}


@dataclass(frozen=True)
class Book:
    """The register as the pages show it; sealed when made."""

    register: Register
    histories: Mapping[str, History]
    sources: Mapping[str, SourceDocument]
    groups: Mapping[str, Mapping[str, Group]]
    """For each facet's folder, its groups by id."""

    groups_of: Mapping[str, Mapping[str, tuple[str, ...]]]
    """For each facet's folder, the ids of the groups that each decision is in, in the order in which it names them."""

    mentioned_by: Mapping[str, tuple[Record, ...]]
    """For each record, the cited decisions that are known from it."""
    followers: Mapping[str, tuple[str, ...]]
    """For each contract, those that took its place."""
    contracts_of: Mapping[str, tuple[str, ...]]
    """For each supplier, the contracts that are or were theirs."""

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The table of contracts."""
        return self.register.tables.contracts

    def newest_first(self) -> list[Record]:
        """All decisions, the latest first."""
        return list(self.register.records.values())[::-1]


def make_book(
    register: Register, sources: Mapping[str, SourceDocument], contracts: Iterable[str] | None = None
) -> Book:
    """Fold every contract's history, or those of some, and group the decisions in every way."""
    contracts = register.tables.contracts if contracts is None else contracts
    histories = {contract: make_history(register, contract) for contract in contracts}
    groups_of = {folder: _groups_of(facet, register, histories) for folder, facet in FACETS.items()}
    groups = {
        folder: dict(grouped(facet, register, histories, _members(register, groups_of[folder])))
        for folder, facet in FACETS.items()
    }
    followers = _gathered((c.follows.contract, i) for i, c in register.tables.contracts.items() if c.follows)
    return Book(
        register, histories, sources, groups, groups_of, _mentioned(register), followers, contracts_of(histories)
    )


def contracts_of(histories: Mapping[str, History]) -> dict[str, tuple[str, ...]]:
    """For each supplier, the contracts that are or were theirs."""
    return _gathered(
        (supplier, contract)
        for contract, history in histories.items()
        for supplier in dict.fromkeys(s for step in history.steps for s in step.after.suppliers.value or ())
    )


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return {one: tuple(others) for one, others in found.items()}


def _mentioned(register: Register) -> dict[str, tuple[Record, ...]]:
    mentions: dict[str, list[Record]] = defaultdict(list)
    for record in register.records.values():
        for known in record.form.known_from:
            if known.record:
                mentions[register.aliases.get(known.record, known.record)].append(record)
    return {source: tuple(records) for source, records in mentions.items()}


def _groups_of(facet: Facet, register: Register, histories: Mapping[str, History]) -> dict[str, tuple[str, ...]]:
    return {
        record.id: tuple(dict(facet.groups_of(register, histories, record))) for record in register.records.values()
    }


Members = Mapping[str, list[Record]]
"""For each of some groups its decisions, in order of time."""


def _members(register: Register, groups_of: Mapping[str, tuple[str, ...]]) -> Members:
    members: dict[str, list[Record]] = defaultdict(list)
    for record in register.records.values():
        for group_id in groups_of[record.id]:
            members[group_id].append(record)
    return members


def grouped(
    facet: Facet, register: Register, histories: Mapping[str, History], members: Members
) -> Iterator[tuple[str, Group]]:
    """Each group by its id."""
    entries = getattr(register.tables, facet.folder.replace("-", "_"), {})
    for group_id in sorted(members):
        records = members[group_id]
        words = dict.fromkeys(
            name for record in records for one, name in facet.groups_of(register, histories, record) if one == group_id
        )
        names = _names(entries.get(group_id), list(words))
        yield group_id, Group(facet.folder, group_id, *names, tuple(reversed(records)))


def _names(entry: object, words: list[str]) -> tuple[str, tuple[str, ...]]:
    """What to call a group, and what else the records call it."""
    name = getattr(entry, "name", words[0])
    return name, tuple(word for word in words if entry is not None and word != name and slug(word) != slug(name))
