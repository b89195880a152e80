"""Checks again what was checked a moment ago: the rules are asked only of what is connected with a change."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hipss_register.checks import CheckSettings, Findings
from hipss_register.checks.engine import Heard, Subject, hear, in_use
from hipss_register.checks.finding import Rule
from hipss_register.checks.world import World, seen_of
from hipss_register.proof.provenance import RecordHistory
from hipss_register.quick.answers import phases_of
from hipss_register.register import Register, make_register
from hipss_register.serving.editions import Editions

Said = tuple[Rule, Subject, Any]


@dataclass(frozen=True, slots=True)
class _Reach:
    """What is to be asked again: decisions that there were and that there are, by their ids, and contracts."""

    then: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()


class CheckingMemory:
    """Remembers what the rules said of an edition, and takes away and adds what they say of the part that changed."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions
        self._world: World | None = None
        self._heard = Heard()
        self.whole: Callable[[World], Heard] = hear
        """Asks of everything, in the order of `checks.check`."""

    def check(self, world: World) -> Findings:
        """The same as `hipss_register.checks.check`."""
        before, reach = self._world, self._reach_of_edits(world.register)
        if before and reach and _alike(before, world):
            if _seen(before, reach.then) == _seen(world, reach.now):
                world = replace(world, around=before.surroundings)
            self._ask_again(before, world, self._reach_of_all(before, world, reach))
        else:
            self._heard = _each_once(self.whole(world))
        self._world = world
        return _findings(self._heard, world.settings)

    def _reach_of_edits(self, register: Register) -> _Reach | None:
        """What the records reach that are others than those last asked about; None if nobody knows."""
        change = self._editions.change
        if self._world and register is self._world.register:
            return _Reach()
        if self._world and change and change.before.register is self._world.register:
            return _Reach(change.gone, frozenset(change.part.register.records), change.contracts)
        return None

    def _reach_of_all(self, before: World, now: World, reach: _Reach) -> _Reach:
        """The same, and what is reached by edits in the version history, and by what stands around the records."""
        paths, contracts = _edited(before, now), set[str]()
        if before.surroundings != now.surroundings:
            paths |= _otherwise_named(before, now)
            contracts |= _otherwise_far(before, now)
        if not (paths or contracts):
            return reach
        part = self._editions.around(paths, contracts)
        ids = {record.path: record.id for record in now.register.records.values()}
        further = frozenset(ids[path] for path in part.files) - reach.now
        return _Reach(reach.then | further, reach.now | further, reach.contracts | {*part.contracts})

    def _ask_again(self, before: World, now: World, reach: _Reach) -> None:
        then, there = _of_part(before, reach.then, reach.contracts), _of_part(now, reach.now, reach.contracts)
        gone: set[Subject] = {*((i, None) for i in reach.then), *((None, contract) for contract in reach.contracts)}
        heard, place = Heard(), _placing(now)
        heard.passed = self._heard.passed - then.passed + there.passed
        heard.found = [said for said in self._heard.found if said[1] not in gone]
        heard.cannot_tell = [said for said in self._heard.cannot_tell if said[1] not in gone]
        for found in there.found:
            insort(heard.found, found, key=place)
        for unknown in there.cannot_tell:
            insort(heard.cannot_tell, unknown, key=place)
        self._heard = heard


def _alike(before: World, now: World) -> bool:
    """Whether nothing is another that bears on every answer."""
    one, other = before.settings, now.settings
    because = [settings.provenance and settings.provenance.because for settings in (one, other)]
    return (
        before.register.tables is now.register.tables
        and replace(one, provenance=None) == replace(other, provenance=None)
        and because[0] == because[1]
    )


def _seen(world: World, ids: Iterable[str]) -> list[Any]:
    return sorted((seen_of(world.register.records[record_id]) for record_id in ids), key=lambda seen: seen[0])


def _edits(world: World) -> Mapping[str, RecordHistory]:
    return world.settings.provenance.histories if world.settings.provenance else {}


def _edited(before: World, now: World) -> set[str]:
    """The files of records whose edits, as far as known, are others."""
    then, edits = _edits(before), _edits(now)
    paths = [record.path for record in now.register.records.values()] if then or edits else []
    pairs = ((path, then.get(path), edits.get(path)) for path in paths)
    return {path for path, one, other in pairs if one is not other and one != other}


def _otherwise_named(before: World, now: World) -> set[str]:
    """The files of records that name a place which others now call otherwise."""
    then, names = before.surroundings.ward_names, now.surroundings.ward_names
    places = {place for place in then.keys() | names.keys() if then.get(place) != names.get(place)}
    id_of = now.register.wards.id_of
    wards = ((record.path, record.form.wards) for record in now.register.records.values()) if places else ()
    return {path for path, named in wards if named and any(id_of(ward) in places for ward in named.wards)}


def _otherwise_far(before: World, now: World) -> set[str]:
    """The contracts whose end is nearer or further, seen from the day of the last decision."""
    then, around = before.surroundings, now.surroundings
    return {name for name, one in now.histories.items() if phases_of(one, then) != phases_of(one, around)}


def _of_part(world: World, ids: Iterable[str], contracts: Iterable[str]) -> Heard:
    """What the rules say of some decisions and contracts that nothing connects with others."""
    register = world.register
    histories = {contract: world.histories[contract] for contract in contracts if contract in world.histories}
    part = replace(
        world,
        register=make_register((register.records[record_id] for record_id in ids), register.tables),
        histories=histories,
        around=world.surroundings,
    )
    about = {*((record_id, None) for record_id in ids), *((None, contract) for contract in histories)}
    return _each_once(hear(part, about))


def _each_once(heard: Heard) -> Heard:
    """The first of equal answers; they are of the same part."""
    return replace(heard, found=_once(heard.found), cannot_tell=_once(heard.cannot_tell))


def _once(said: list[Said]) -> list[Said]:
    return list({one[2]: one for one in reversed(said)}.values())[::-1]


def _placing(world: World) -> Callable[[Said], Any]:
    """Gives what sorts answers into the order in which `checks.check` hears them."""
    rules = {rule.code: n for n, rule in enumerate(in_use(world.settings))}
    contracts = {contract: n for n, contract in enumerate(world.histories)}
    ranks = world.register.ranks

    def place(said: Said) -> tuple[int, Any]:
        rule, (decision, contract), _ = said
        return rules[rule.code], ranks[decision] if decision else contracts.get(contract or "", -1)

    return place


def _findings(heard: Heard, settings: CheckSettings) -> Findings:
    found = tuple(finding for _, _, finding in heard.found)
    return Findings(found, tuple(answer for _, _, answer in heard.cannot_tell), dict(heard.passed), settings)


def together(parts: Iterable[Heard], world: World) -> Heard:
    """What was heard of all parts, in the order in which `checks.check` hears it."""
    whole, place = Heard(), _placing(world)
    for heard in parts:
        whole.passed.update(heard.passed)
        whole.found += heard.found
        whole.cannot_tell += heard.cannot_tell
    whole.found.sort(key=place)
    whole.cannot_tell.sort(key=place)
    return whole
