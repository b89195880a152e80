"""Checks again what was checked a moment ago: only the parts of the register in which something changed are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hipss_register.checks import CheckSettings, Findings
from hipss_register.checks.engine import TABLES, Heard, Subject, asked, in_use
from hipss_register.checks.finding import Rule
from hipss_register.checks.world import World
from hipss_register.history import History
from hipss_register.proof.provenance import RecordHistory
from hipss_register.quick.facts import Facts, facts_of
from hipss_register.quick.parts import Part, parts_of
from hipss_register.read import Record
from hipss_register.read.sources import SourceDocument
from hipss_register.register import Register

_Depends = tuple[tuple[Record, RecordHistory | None], ...]
"""The records of a part, each with its edits as far as known."""


class CheckingMemory:
    """Remembers what the rules said of each part: so long as its records are the same objects, and all else equals.

    It pays where records that did not change stay the same, as with a `hipss_register.read.ReadingMemory`.
    """

    def __init__(self) -> None:
        self._whole: tuple[Any, ...] = ()
        self._heard: dict[Part, tuple[_Depends | None, Heard]] = {}
        self._facts: dict[str, tuple[Record, Facts]] = {}

    def check(
        self,
        register: Register,
        histories: Mapping[str, History],
        sources: Mapping[str, SourceDocument],
        settings: CheckSettings,
    ) -> Findings:
        """The same as `hipss_register.checks.check`."""
        world = World(register, histories, sources, settings)
        self._begin(world)
        self._ask_again(world, self._parts(world))
        return merged([heard for _, heard in self._heard.values()], world)

    def _begin(self, world: World) -> None:
        """Forget everything if something is another that bears on every part."""
        provenance = world.settings.provenance
        because = provenance.because if provenance else None
        whole = (world.register.tables, world.surroundings, replace(world.settings, provenance=None), because)
        if whole != self._whole:
            self._heard.clear()
        self._whole = whole

    def _parts(self, world: World) -> Mapping[Part, _Depends | None]:
        """The parts, each with its records; what is in none of them, the tables too, makes one that is always asked."""
        by_path = {record.path: record for record in world.register.records.values()}
        self._facts = {path: self._facts_of(path, record) for path, record in by_path.items()}
        facts = {path: facts for path, (_, facts) in self._facts.items()}
        parts = parts_of(facts, world.register.tables.contracts)
        placed = {contract for part in parts for contract in part.contracts}
        rest = Part((), tuple(contract for contract in world.histories if contract not in placed))
        edits = world.settings.provenance.histories if world.settings.provenance else {}
        return {part: tuple((by_path[path], edits.get(path)) for path in part.files) for part in parts} | {rest: None}

    def _facts_of(self, path: str, record: Record) -> tuple[Record, Facts]:
        known = self._facts.get(path)
        return known if known and known[0] is record else (record, facts_of(record.id, record, []))

    def _ask_again(self, world: World, parts: Mapping[Part, _Depends | None]) -> None:
        before, self._heard = self._heard, {}
        part_of: dict[Subject, Heard] = {}
        for part, depends in parts.items():
            known = before.get(part)
            heard = known[1] if known and _same(known[0], depends) else None
            self._heard[part] = depends, heard or Heard()
            if heard is None:
                for subject in _subjects(part, depends):
                    part_of[subject] = self._heard[part][1]
        for rule, subject, answer in asked(world, part_of):
            part_of[subject].add(rule, subject, answer, world)


def _same(one: _Depends | None, other: _Depends | None) -> bool:
    """Whether a part is as it was: of the same records, with equal edits. Of what is no part, nobody knows."""
    if one is None or other is None or len(one) != len(other):
        return False
    return all(a is b and then == now for (a, then), (b, now) in zip(one, other, strict=True))


def _subjects(part: Part, depends: _Depends | None) -> list[Subject]:
    first: list[Subject] = [TABLES] if depends is None else [(record.id, None) for record, _ in depends]
    return first + [(None, contract) for contract in part.contracts]


def merged(parts: Sequence[Heard], world: World) -> Findings:
    """What was heard of all parts, in the order in which `checks.check` hears it."""
    rules = {rule.code: n for n, rule in enumerate(in_use(world.settings))}
    subjects: list[Subject] = [TABLES, *((record_id, None) for record_id in world.register.records)]
    subjects += [(None, contract) for contract in world.histories]
    places = {subject: n for n, subject in enumerate(subjects)}

    def place(said: tuple[Rule, Subject, Any]) -> tuple[int, int]:
        return rules[said[0].code], places[said[1]]

    whole = Heard()
    for heard in parts:
        whole.passed.update(heard.passed)
    whole.found = sorted((said for heard in parts for said in heard.found), key=place)
    whole.cannot_tell = sorted((said for heard in parts for said in heard.cannot_tell), key=place)
    return whole.findings(world.settings)
