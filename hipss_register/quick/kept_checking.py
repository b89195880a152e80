"""What the checks said in an earlier build, taken for the parts of the register that are as they were then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hipss_register.checks import Findings
from hipss_register.checks.engine import TABLES, Heard, Subject, asked
from hipss_register.checks.world import World
from hipss_register.keeping.made_by import digest, made_by
from hipss_register.quick.answers import phases_of
from hipss_register.quick.digests import Tabled
from hipss_register.quick.facts import Facts, facts_of
from hipss_register.quick.heard import Back, as_data
from hipss_register.quick.parts import Part, parts_of
from hipss_register.quick.store import Store
from hipss_register.read import Record
from hipss_register.serving.checking import together

_REST = Part((), ())
"""The reference tables: every decision, and every contract of the tables, is in a part."""


class KeptChecking:
    """Asks what has not been asked of just the same before, and keeps it in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.parts: dict[Part, str] = {}
        """The parts of the register last asked about, each with a digest of all that bears on it."""

    def check(self, world: World) -> Findings:
        """The same as `hipss_register.checks.check`."""
        return self.heard(world).findings(world.settings)

    def heard(self, world: World) -> Heard:
        """What every rule says, in the order of `hipss_register.checks.check`."""
        register = world.register
        self.parts = dict(_Parts(world).with_keys())
        back = Back([*register.records, *(record.path for record in register.records.values()), *world.histories])
        heard = {part: back.heard(self._store.get(key)) if key else None for part, key in self.parts.items()}
        stale = [part for part, known in heard.items() if known is None]
        for part, said in _ask(world, stale).items():
            heard[part] = said
            if key := self.parts[part]:
                self._store.put(key, as_data(said))
        self._store.save()
        return together([said for said in heard.values() if said], world)


def _ask(world: World, parts: list[Part]) -> dict[Part, Heard]:
    made = {part: Heard() for part in parts}
    ids = {record.path: record.id for record in world.register.records.values()}
    of: dict[Subject, Heard] = {}
    for part, heard in made.items():
        of |= dict.fromkeys(((None, contract) for contract in part.contracts), heard)
        of |= dict.fromkeys(((ids[path], None) for path in part.files), heard)
        if part is _REST:
            of[TABLES] = heard
    for rule, subject, answer in asked(world, of):
        of[subject].add(rule, subject, answer, world)
    return made


class _Parts:
    """The parts of a register, and digests of all that what is said of each depends on."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._records: dict[str, Record] = {record.path: record for record in world.register.records.values()}
        self._facts = {path: facts_of(record.id, record, []) for path, record in self._records.items()}
        self._tabled = Tabled(world.register.tables)
        provenance, settings = world.settings.provenance, world.settings
        self._edits = provenance.histories if provenance else {}
        because = provenance.because if provenance else None
        self._base = digest(made_by(), settings.folder, settings.choices, because, self._tabled.whole)

    def with_keys(self) -> Iterator[tuple[Part, str]]:
        """Every part with its key; the rest, which is always asked, has none."""
        for part in parts_of(self._facts, self._world.register.tables.contracts):
            yield part, self._key(part)
        yield _REST, ""

    def _key(self, part: Part) -> str:
        around, histories = self._world.surroundings, self._world.histories
        phases = [phases_of(histories[contract], around) for contract in part.contracts]
        facts = [self._facts[path] for path in part.files]
        tabled = self._tabled.of(part, facts, around)
        own = [self._own(*one) for one in zip(part.files, facts, strict=True)]
        return digest(self._base, part.files, part.contracts, own, tabled, phases)

    def _own(self, path: str, facts: Facts) -> Any:
        """The text of a record's file, its edits, and its documents."""
        record, sources = self._records[path], self._world.sources
        return record.mark or repr(record.written), self._edits.get(path), [sources.get(name) for name in facts.sources]
