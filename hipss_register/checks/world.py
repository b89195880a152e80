"""What rules may look at: the register, each contract's history, and a little of what stands around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from hipss_register.checks.finding import CheckSettings
from hipss_register.history import History
from hipss_register.model import Nothing
from hipss_register.names import NameBook, squeezed
from hipss_register.read import Record
from hipss_register.read.sources import SourceDocument
from hipss_register.register import Register

SOON = dt.timedelta(days=183)


class Phase(Enum):
    """How far off a day is, seen from the day of the last decision in the register."""

    FAR = "more than six months off"
    SOON = "within six months"
    PAST = "over"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that a rule may read of decisions that nothing connects with those it is asked of.

    ``last_day`` is the last day on which any decision of the register can have been taken: never the clock's, so that
    findings stay the same. ``ward_names`` are, for each place, the names that records use for it, each with the first
    of those records by its id.
    """

    last_day: dt.date
    ward_names: Mapping[str, Mapping[str, str]]

    def phase(self, day: dt.date) -> Phase:
        """How far off a day is."""
        if day <= self.last_day:
            return Phase.PAST
        return Phase.SOON if day <= self.last_day + SOON else Phase.FAR


Seen = tuple[str, dt.date | None, tuple[str, ...]]
"""What the surroundings are made from: of each record its id, the last day that it can be of, and its wards."""


def surroundings_of(seen: Iterable[Seen], wards: NameBook) -> Surroundings:
    """Gather what rules may read of the whole register."""
    used: dict[str, dict[str, str]] = {}
    days = [dt.date.min]
    for record_id, day, names in sorted(seen, key=lambda one: one[0]):
        days += [day] if day else []
        for name in names:
            used.setdefault(wards.id_of(name), {}).setdefault(name, record_id)
    return Surroundings(max(days), used)


def seen_of(record: Record) -> Seen:
    """What the surroundings need of a record."""
    return record.id, record.form.date.latest, record.form.wards.wards if record.form.wards else ()


@dataclass(frozen=True)
class World:
    """All that a rule may look at. ``around`` is given where the register is only a part of the whole."""

    register: Register
    histories: Mapping[str, History]
    sources: Mapping[str, SourceDocument]
    settings: CheckSettings = field(default_factory=CheckSettings)
    around: Surroundings | None = None

    @cached_property
    def surroundings(self) -> Surroundings:
        """What stands around the records: the last day, and what places are called."""
        return self.around or surroundings_of(map(seen_of, self.register.records.values()), self.register.wards)

    @cached_property
    def followed(self) -> frozenset[str]:
        """The contracts that another took the place of."""
        follows = (entry.follows for entry in self.register.tables.contracts.values())
        return frozenset(entry.contract for entry in follows if entry)

    @cached_property
    def call_offs(self) -> Mapping[str, tuple[str, ...]]:
        """For each framework, the contracts that are called off from it."""
        found: dict[str, list[str]] = {}
        for contract, entry in self.register.tables.contracts.items():
            if entry.framework:
                found.setdefault(entry.framework, []).append(contract)
        return {framework: tuple(contracts) for framework, contracts in found.items()}

    @cached_property
    def known_from(self) -> Mapping[str, tuple[Record, ...]]:
        """For each record, the cited decisions that are known from it."""
        known: dict[str, list[Record]] = {}
        for record in self.register.records.values():
            for source in record.form.known_from:
                if source.record:
                    known.setdefault(self.register.aliases.get(source.record, source.record), []).append(record)
        return {record_id: tuple(records) for record_id, records in known.items()}

    @cached_property
    def twins(self) -> Mapping[str, Record]:
        """For each day and decision in words, the first record of it."""
        first: dict[str, Record] = {}
        for record in self.register.records.values():
            if key := twin_key(record):
                first.setdefault(key, record)
        return first

    def name(self, record_id: str) -> str:
        """What to call a decision in a sentence."""
        return self.register.records[record_id].name


def twin_key(record: Record) -> str:
    """What two records of the same decision have in common; empty where a record gives too little to tell."""
    words = record.form.decision.words if record.form.decision else None
    if not record.held or not words or not record.form.date.exact:
        return ""
    return f"{record.form.date.date} {squeezed(words).casefold()}"


def unsaid(record: Record, what: str) -> str:
    """Why something is not known, in words: the record does not say it, or we do not hold the record."""
    if record.form.absent is Nothing.NOT_STATED:
        return f"the record does not say {what}"
    return f"we do not hold the record, which might say {what}"
