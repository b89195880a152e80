"""The book and the audit as pages are made from them: the same, but every table notes what is read of it.

Each table says of an entry all that a page may use of it. A record is told by the mark of its text, wherever it turns
up: it notes itself when its form is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from hipss_register.checks import Findings
from hipss_register.checks.finding import CheckSettings
from hipss_register.checks.world import World
from hipss_register.data.publication import Publication
from hipss_register.history import History, Step
from hipss_register.keeping.kept_data import KeptData
from hipss_register.keeping.reads import Fingerprints, Grounds, Remembered, Watched, note
from hipss_register.model import Tables
from hipss_register.point_in_time import KnownState
from hipss_register.register import Register
from hipss_register.site.audit import Audit
from hipss_register.site.book import FACETS, Book
from hipss_register.site.entries import (
    say_group,
    say_ids,
    say_links,
    say_part,
    say_rule_page,
    say_source,
    say_standing,
)
from hipss_register.site.late import COMMIT
from hipss_register.site.views.findings_parts import FindingsPart
from hipss_register.site.views.related import RELATED, say_related
from hipss_register.site.views.rule import RuleView

RECORD = "record"
AROUND_RECORD = "around a record"
"""What the register has on a record beside its text and its standing: a dozen things, most of which its page reads."""
AROUND_CONTRACT = "around a contract"
"""What the register has on a contract beside its entry in the table."""
STANDINGS, EDITS, FILES = "standings", "edits", "files"


class WatchedBook:
    """A book whose tables are watched, and the fingerprints of all that can be read of it."""

    def __init__(self, plain: Book) -> None:
        self._plain = plain
        self._tables: list[Watched[Any]] = []
        self.book = self._watch_book(plain)

    def watch(
        self, name: str, entries: Mapping[str, Any], say: Callable[[Any], str] = repr, within: str | None = None
    ) -> Watched[Any]:
        """Watch one more table."""
        table = Watched(name, entries, say, within)
        self._tables.append(table)
        return table

    def _around(self, name: str, entries: Mapping[str, Any], say: Callable[[Any], str] = repr) -> Watched[Any]:
        return self.watch(name, entries, say, AROUND_RECORD)

    def fingerprints(self, grounds: Grounds | None = None) -> Fingerprints:
        """What every entry is now, and what it stands on."""
        related = {RELATED: lambda key: say_related(self._plain, key)}
        members = {f"members of {folder}": self._members_of(folder) for folder in FACETS}
        return Fingerprints(self._tables, {RECORD: self.mark_of, **members, **related}, grounds)

    def mark_of(self, record_id: str) -> str:
        """All of a record, in short."""
        record = self._plain.register.records.get(record_id)
        return f"{record.path} {record.mark or repr(record.written)}" if record else "none"

    def say_history(self, history: History) -> str:
        """All that a contract's history is folded from: its records, and their links."""
        register = self._plain.register
        ids = dict.fromkeys(step.record.id for step in history.steps)
        return "\n".join(
            f"{self.mark_of(i)} {say_links(register.links_from.get(i, ()))} {say_links(register.links_to.get(i, ()))}"
            for i in ids
        )

    def _members_of(self, folder: str) -> Callable[[str], str]:
        groups = self._plain.groups[folder]
        return lambda key: say_ids(groups[key].members) if key in groups else "none"

    def _watch_book(self, book: Book) -> Book:
        return replace(
            book,
            register=self._watch_register(book.register),
            histories=self.watch("histories", book.histories, self.say_history, AROUND_CONTRACT),
            sources=self.watch("sources", book.sources, say_source),
            groups={name: self.watch(f"groups of {name}", groups, say_group) for name, groups in book.groups.items()},
            groups_of={name: self._around(f"{name} of decision", groups) for name, groups in book.groups_of.items()},
            mentioned_by=self._around("mentions", book.mentioned_by, say_ids),
            followers=self.watch("followers", book.followers, within=AROUND_CONTRACT),
            contracts_of=self.watch("contracts of supplier", book.contracts_of),
        )

    def _watch_register(self, register: Register) -> Register:
        return replace(
            register,
            records=self.watch("records", register.records, lambda record: record.path, RECORD),
            ranks=self._around("ranks", register.ranks),
            links_from=self._around("links from", register.links_from, say_links),
            links_to=self._around("links to", register.links_to, say_links),
            standings=self.watch(STANDINGS, register.standings, say_standing),
            aliases=self.watch("aliases", register.aliases),
            tables=self._watch_tables(register.tables),
            makers=register.makers.watched(lambda ids: self.watch("names of makers", ids)),
            wards=register.wards.watched(lambda ids: self.watch("names of wards", ids)),
            touching=self.watch(
                "touching", register.touching, lambda entries: say_ids(r for r, _ in entries), AROUND_CONTRACT
            ),
        )

    def _watch_tables(self, tables: Tables) -> Tables:
        watched = {name: self.watch(f"table of {name}", getattr(tables, name)) for name in Tables.model_fields}
        return tables.model_copy(update=watched)


@dataclass(frozen=True)
class _WatchedWorld(World):
    watched_call_offs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def call_offs(self) -> Mapping[str, tuple[str, ...]]:
        """For each framework, the contracts that are called off from it."""
        return self.watched_call_offs


class WatchedAudit(Audit):
    """What templates ask for, from a watched book; what was found is what the plain audit found."""

    def __init__(self, plain: Audit, watched: WatchedBook) -> None:
        super().__init__(watched.book, _watched_settings(plain.settings, watched), plain.files)
        self._plain = plain
        self._by_decision = watched.watch("findings of decision", plain.by_decision, say_part, AROUND_RECORD)
        self._by_contract = watched.watch("findings of contract", plain.by_contract, say_part, AROUND_CONTRACT)
        self._made_from: Mapping[str, str] = watched.watch(
            "made from", {"commit": plain.commit, "commit, if known": COMMIT if plain.commit else ""}
        )
        self._first_shown: Mapping[str, dt.date] = watched.watch("first shown", plain.first_shown, str, AROUND_RECORD)
        self._rule_pages: Mapping[str, RuleView] = watched.watch("pages of rules", plain.rule_pages, say_rule_page)
        self._states = Remembered(self._states_over_time)
        call_offs = World(plain.book.register, {}, {}).call_offs
        self._own_world = _WatchedWorld(
            watched.book.register,
            watched.book.histories,
            watched.book.sources,
            self.settings,
            watched_call_offs=watched.watch("call-offs", call_offs, within=AROUND_CONTRACT),
        )

    @property
    def findings(self) -> Findings:
        """Every finding about the register."""
        return self._plain.findings

    @property
    def world(self) -> World:
        """What the rules look at, watched."""
        return self._own_world

    @property
    def by_decision(self) -> Mapping[str, FindingsPart]:
        """What the checks say of each decision."""
        return self._by_decision

    @property
    def by_contract(self) -> Mapping[str, FindingsPart]:
        """What the checks say of each contract."""
        return self._by_contract

    @property
    def rule_pages(self) -> Mapping[str, RuleView]:
        """Each page of each rule by its address."""
        return self._rule_pages

    @property
    def first_shown(self) -> Mapping[str, dt.date]:
        """When this register first showed each record."""
        return self._first_shown

    @property
    def commit(self) -> str:
        """The commit that the register is made from."""
        return self._made_from["commit"]

    @property
    def late_commit(self) -> str:
        """What stands for it until a page is written."""
        return self._made_from["commit, if known"]

    def over_time(self, contract_id: str) -> tuple[KnownState, ...]:
        """A contract from each day on, as decided and as known."""
        return self._states[contract_id]


def _watched_settings(settings: CheckSettings, watched: WatchedBook) -> CheckSettings:
    if not settings.provenance:
        return settings
    edits = watched.watch(EDITS, settings.provenance.histories)
    return replace(settings, provenance=replace(settings.provenance, histories=edits))


class WatchedPublication(Publication):
    """The publication as pages ask it for the data behind them."""

    @classmethod
    def of(cls, plain: Publication, watched: WatchedBook) -> WatchedPublication:
        """The same of a watched book."""
        made = cls(watched.book, plain.settings, plain.findings)
        vars(made)["steps"] = watched.watch(
            "steps of decision", plain.steps, lambda steps: _say_steps(plain, steps), AROUND_RECORD
        )
        vars(made)["contract_of"] = _ContractOf(plain.contract_of)
        vars(made)["kept"] = KeptData()
        return made

    @property
    def kept(self) -> KeptData:
        """What keeps files that are made from watched tables alone."""
        data: KeptData = vars(self)["kept"]
        return data

    def bytes_of(self, path: str, make: Callable[[], Iterable[bytes]]) -> bytes:
        """The bytes of a file that stand in others too."""
        return self.kept.bytes_of(path, make)

    def id_of(self, folder: str, words: str) -> str:
        """The id of the decision maker or ward that a record's words name."""
        names = {"decision-makers": self.book.register.makers, "wards": self.book.register.wards}[folder]
        return names.id_of(words)


@dataclass(frozen=True, slots=True)
class Watching:
    """All that pages and data are made from, watched."""

    book: WatchedBook
    audit: WatchedAudit
    publication: WatchedPublication


def watch(audit: Audit, publication: Publication) -> Watching:
    """Watch a book, what the checks say of it, and its data."""
    book = WatchedBook(audit.book)
    return Watching(book, WatchedAudit(audit, book), WatchedPublication.of(publication, book))


class _ContractOf(Mapping[int, str]):
    """The contract of each step. Whoever asks for it has what the contract was before and after."""

    def __init__(self, plain: Mapping[int, str]) -> None:
        self._plain = plain

    def __getitem__(self, step: int) -> str:
        contract = self._plain[step]
        note(AROUND_CONTRACT, contract)
        return contract

    def __iter__(self) -> Iterator[int]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)


def _say_steps(pub: Publication, steps: Iterable[Step]) -> str:
    return " ".join(pub.contract_of[id(step)] for step in steps)
