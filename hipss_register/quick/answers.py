"""What the checks say of some parts of a register, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from hipss_register.checks import CannotTell, CheckSettings
from hipss_register.checks.engine import TABLES, Subject, asked, placed
from hipss_register.checks.finding import Answer, Passed, Rule, Unknown
from hipss_register.checks.report import Item, cannot_tell_data, finding_item, problem_item
from hipss_register.checks.world import Surroundings, World
from hipss_register.history import History, make_history
from hipss_register.linking import check_reading
from hipss_register.model import Tables
from hipss_register.problems import Locate
from hipss_register.problems import placed as problems_at
from hipss_register.quick.parts import Part
from hipss_register.read import Reading, Record, whole_and_partial
from hipss_register.read.files import SourceFile
from hipss_register.register import make_register

_ITEM = tuple(one.name for one in fields(Item))


@dataclass
class Answered:
    """What the checks say of one part. ``phases`` are days that were asked how far off they are, with the answer.

    ``wanting`` says that links or documents lead nowhere, so that the next run must look again.
    """

    items: list[Item] = field(default_factory=list)
    cannot_tell: list[dict[str, Any]] = field(default_factory=list)
    passed: dict[str, int] = field(default_factory=dict)
    phases: dict[str, str] = field(default_factory=dict)
    wanting: bool = False

    def as_data(self) -> dict[str, Any]:
        """Plain values to keep."""
        return vars(self) | {"items": [[getattr(item, name) for name in _ITEM] for item in self.items]}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Answered:
        """Back from plain values; raises TypeError if they are others."""
        return cls(**{**data, "items": [Item(*item) for item in data["items"]]})


@dataclass(frozen=True)
class Batch:
    """The parts to ask about in one go, with the records of their files, and what stands around them."""

    root: Path
    parts: Sequence[Part]
    files: Mapping[str, SourceFile]
    records: Mapping[str, Record | None]
    tables: Tables
    open_tables: frozenset[str]
    settings: CheckSettings
    around: Surroundings
    names: Iterable[str]
    """Every id of the whole register, to suggest from."""

    def reading(self) -> Reading:
        """The same as if these files were all that there are."""
        records, partial = whole_and_partial(self.records.values())
        ids = frozenset(file.id for file in self.files.values())
        files = dict(self.files)
        return Reading(
            self.root, records, self.tables, files=files, partial=partial, ids=ids, open_tables=self.open_tables
        )


def answer(batch: Batch) -> list[Answered]:
    """What is wrong between the files of each part, and what every rule says of it."""
    made = [Answered() for _ in batch.parts]
    by_path = {path: one for part, one in zip(batch.parts, made, strict=True) for path in part.files}
    by_contract = {name: one for part, one in zip(batch.parts, made, strict=True) for name in part.contracts}
    reading = batch.reading()
    locate = reading.locate
    sources, faults = check_reading(reading, batch.names)
    for problem in dict.fromkeys(problems_at(faults, locate)):
        by_path[problem.path].items.append(problem_item(problem))
        by_path[problem.path].wanting = True
    register = make_register(reading.records, batch.tables)
    histories = {contract: make_history(register, contract) for contract in by_contract}
    world = World(register, histories, sources, batch.settings, batch.around)
    about = {*((record_id, None) for record_id in register.records), *((None, contract) for contract in histories)}
    for rule, subject, said in asked(world, about):
        decision, contract = subject
        one = by_path[register.records[decision].path] if decision else by_contract[contract or ""]
        _add(one, rule, subject, said, world, locate)
    for contract, history in histories.items():
        by_contract[contract].phases |= phases_of(history, batch.around)
    return made


def answer_tables(tables: Tables, settings: CheckSettings, locate: Locate) -> Answered:
    """What the rules say that look at the reference tables alone."""
    world = World(make_register((), tables), {}, {}, settings)
    one = Answered()
    for rule, subject, said in asked(world, {TABLES}):
        _add(one, rule, subject, said, world, locate)
    return one


def _add(one: Answered, rule: Rule, subject: Subject, said: Answer, world: World, locate: Locate) -> None:
    if isinstance(said, Passed):
        one.passed[rule.code] = one.passed.get(rule.code, 0) + 1
    elif isinstance(said, Unknown):
        one.cannot_tell.append(cannot_tell_data(CannotTell(rule, *subject, said.because, said.read)))
    else:
        one.items.append(finding_item(placed(rule, subject, said, world), locate))


def phases_of(history: History, around: Surroundings) -> dict[str, str]:
    """How far off a contract's end is: what a check can ask of the day of the last decision."""
    end = history.now.end.value.latest if history.now.end.value else None
    return {end.isoformat(): around.phase(end).value} if end else {}
