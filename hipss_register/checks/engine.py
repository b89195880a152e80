"""Asks every rule of everything that it is about, and places the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from hipss_register.checks.finding import (
    Answer,
    CannotTell,
    CheckSettings,
    Finding,
    Found,
    Over,
    Passed,
    Rule,
    Unknown,
)
from hipss_register.checks.rules import RULES
from hipss_register.checks.world import World
from hipss_register.history import History
from hipss_register.read.sources import SourceDocument
from hipss_register.register import Register

Subject = tuple[str | None, str | None]
"""The decision and the contract that a rule is asked of; neither, for the reference tables."""

TABLES: Final[Subject] = (None, None)

_Given = tuple[Any, ...]
"""What a rule is given of its subject: a decision's record, or a contract and its history, or nothing."""


@dataclass(frozen=True)
class Findings:
    """All that the checks found, could not tell, and passed; each in the order of the rules, then of time.

    ``passed`` counts, for each rule, the answers that found nothing.
    """

    found: tuple[Finding, ...] = ()
    cannot_tell: tuple[CannotTell, ...] = ()
    passed: Mapping[str, int] = field(default_factory=dict)
    settings: CheckSettings = field(default_factory=CheckSettings)


def find(
    register: Register,
    histories: Mapping[str, History],
    sources: Mapping[str, SourceDocument],
    settings: CheckSettings | None = None,
) -> tuple[Finding, ...]:
    """Every finding about the register. The same register and settings give the same findings in the same order."""
    return check(World(register, histories, sources, settings or CheckSettings())).found


def check(world: World) -> Findings:
    """Every finding, every check that cannot be computed, and how many passed."""
    return hear(world).findings(world.settings)


@dataclass
class Heard:
    """What rules said of some subjects, each with who was asked what."""

    found: list[tuple[Rule, Subject, Finding]] = field(default_factory=list)
    cannot_tell: list[tuple[Rule, Subject, CannotTell]] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)

    def add(self, rule: Rule, subject: Subject, answer: Answer, world: World) -> None:
        """Another answer."""
        if isinstance(answer, Passed):
            self.passed[rule.code] += 1
        elif isinstance(answer, Unknown):
            self.cannot_tell.append((rule, subject, CannotTell(rule, *subject, answer.because, answer.read)))
        else:
            self.found.append((rule, subject, placed(rule, subject, answer, world)))

    def findings(self, settings: CheckSettings) -> Findings:
        """All of it, each thing once."""
        found = dict.fromkeys(finding for _, _, finding in self.found)
        cannot_tell = dict.fromkeys(answer for _, _, answer in self.cannot_tell)
        return Findings(tuple(found), tuple(cannot_tell), dict(self.passed), settings)


def hear(world: World, about: Container[Subject] | None = None) -> Heard:
    """What every rule in use says, of some subjects or of all."""
    heard = Heard()
    for rule, subject, answer in asked(world, about):
        heard.add(rule, subject, answer, world)
    return heard


def asked(world: World, about: Container[Subject] | None = None) -> Iterator[tuple[Rule, Subject, Answer]]:
    """The same, an answer at a time."""
    subjects = {over: [one for one in _over(over, world) if about is None or one[0] in about] for over in Over}
    for rule in in_use(world.settings):
        for subject, given in subjects[rule.over]:
            for answer in _answers(rule, world, given):
                yield rule, subject, answer


def in_use(settings: CheckSettings) -> Iterator[Rule]:
    """The rules that the site has not switched off."""
    for rule in RULES.values():
        choice = settings.choices.get(rule.code)
        if not (choice and choice.off):
            yield rule


def _over(over: Over, world: World) -> Iterable[tuple[Subject, _Given]]:
    """What rules of one kind are asked of, in order."""
    if over is Over.TABLES:
        return ((TABLES, ()),)
    if over is Over.CONTRACT:
        return (((None, contract), (contract, history)) for contract, history in world.histories.items())
    records = world.register.records.values()
    return (((record.id, None), (record,)) for record in records if not record.form.pending)


def _answers(rule: Rule, world: World, given: _Given) -> Iterable[Answer]:
    """What a rule says of one thing that it is about."""
    return (_NOT_HELD,) if rule.needs_record and not given[0].held else rule.ask(world, *given)


_NOT_HELD = Unknown("we do not hold the record")


def placed(rule: Rule, subject: Subject, found: Found, world: World) -> Finding:
    """A finding with the file that it is about, weighed as the site chose."""
    choice = world.settings.choices.get(rule.code)
    decision = found.record or subject[0]
    contract = subject[1] or _contract_at(world, decision, found)
    if decision and not found.table:
        path = world.register.records[decision].path
    else:
        path = f"{world.settings.folder}/tables/{found.table or 'contracts'}.yaml"
    return Finding(
        rule=rule,
        severity=(choice.severity if choice else None) or rule.weight,
        decision=decision,
        contract=contract,
        path=path,
        loc=found.loc,
        message=found.message,
        read=found.read,
        basis=found.basis or rule.basis,
        also=found.also,
    )


def _contract_at(world: World, decision: str | None, found: Found) -> str | None:
    """The contract that a finding in a decision's file is about, where its place there is one of the events."""
    if not decision or found.loc[:1] != ("contracts",) or len(found.loc) < 2:
        return None
    place = found.loc[1]
    return world.register.records[decision].form.contracts[place].contract if isinstance(place, int) else None
