"""Asks every rule of everything that it is about, and places the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

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
    return check(register, histories, sources, settings).found


def check(
    register: Register,
    histories: Mapping[str, History],
    sources: Mapping[str, SourceDocument],
    settings: CheckSettings | None = None,
) -> Findings:
    """Every finding, every check that cannot be computed, and how many passed."""
    world = World(register, histories, sources, settings or CheckSettings())
    found: list[Finding] = []
    cannot: list[CannotTell] = []
    passed: Counter[str] = Counter()
    for rule in in_use(world.settings):
        for subject, answer in answers(rule, world):
            if isinstance(answer, Passed):
                passed[rule.code] += 1
            elif isinstance(answer, Unknown):
                cannot.append(CannotTell(rule, *subject, answer.because, answer.read))
            else:
                found.append(placed(rule, subject, answer, world))
    return Findings(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(cannot)), dict(passed), world.settings)


def in_use(settings: CheckSettings) -> Iterator[Rule]:
    """The rules that the site has not switched off."""
    for rule in RULES.values():
        choice = settings.choices.get(rule.code)
        if not (choice and choice.off):
            yield rule


def answers(rule: Rule, world: World) -> Iterator[tuple[Subject, Answer]]:
    """What a rule says of everything that it is about."""
    if rule.over is Over.TABLES:
        yield from _of((None, None), rule.ask(world))
    elif rule.over is Over.CONTRACT:
        for contract, history in world.histories.items():
            yield from _of((None, contract), rule.ask(world, contract, history))
    else:
        for record in world.register.records.values():
            subject: Subject = (record.id, None)
            if record.form.pending:
                continue
            if rule.needs_record and not record.held:
                yield subject, _NOT_HELD
            else:
                yield from _of(subject, rule.ask(world, record))


_NOT_HELD = Unknown("we do not hold the record")


def _of(subject: Subject, answers: Iterable[Answer]) -> Iterator[tuple[Subject, Answer]]:
    return ((subject, answer) for answer in answers)


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
