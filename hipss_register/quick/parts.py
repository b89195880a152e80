"""The parts into which a register falls: decisions, and contracts, that are connected with one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hipss_register.model import Contract
from hipss_register.quick.facts import Facts

Tie = tuple[str, str]
"""Something that connects all that have it: its kind, and which."""


@dataclass(frozen=True, slots=True)
class Part:
    """Files and contracts that are connected; each in the order in which they were given."""

    files: tuple[str, ...]
    contracts: tuple[str, ...]


def ties_of(path: str, fact: Facts) -> tuple[Tie, ...]:
    """What connects a file: itself, an id or an old id, a link, a contract, the same decision."""
    ties = [("file", path), *(("id", name) for name in (*fact.names, *fact.refers))]
    ties += [("contract", contract) for contract in fact.contracts]
    ties += [("twin", fact.twin)] if fact.twin else []
    return tuple(dict.fromkeys(ties))


def ties_of_contracts(contracts: Mapping[str, Contract]) -> Iterator[tuple[Tie, ...]]:
    """What connects each contract: itself, and its framework."""
    for name, contract in contracts.items():
        framework = [("contract", contract.framework)] if contract.framework else []
        yield ("contract", name), *framework


def parts_of(facts: Mapping[str, Facts], contracts: Mapping[str, Contract]) -> tuple[Part, ...]:
    """Put what is connected together."""
    groups = _Groups()
    for path, fact in facts.items():
        groups.join(*ties_of(path, fact))
    for ties in ties_of_contracts(contracts):
        groups.join(*ties)
    files: dict[Tie, list[str]] = {}
    for path in facts:
        files.setdefault(groups.of(("file", path)), []).append(path)
    held: dict[Tie, list[str]] = {}
    for name in contracts:
        held.setdefault(groups.of(("contract", name)), []).append(name)
    return tuple(Part(tuple(files.get(top, ())), tuple(held.get(top, ()))) for top in dict.fromkeys([*files, *held]))


class _Groups:
    """Sets that grow together, each known by one of its members."""

    def __init__(self) -> None:
        self._parents: dict[Tie, Tie] = {}

    def of(self, member: Tie) -> Tie:
        parents = self._parents
        top = member
        while (parent := parents.setdefault(top, top)) != top:
            top = parent
        while parents[member] != top:
            parents[member], member = top, parents[member]
        return top

    def join(self, *members: Tie) -> None:
        top = self.of(members[0])
        for member in members[1:]:
            self._parents[self.of(member)] = top


class Ties:
    """All that connects the files and contracts of a register."""

    def __init__(self, facts: Mapping[str, Facts], contracts: Mapping[str, Contract]) -> None:
        self._with: dict[Tie, dict[tuple[Tie, ...], None]] = defaultdict(dict)
        self._of: dict[str, tuple[Tie, ...]] = {}
        self.take(facts)
        for ties in ties_of_contracts(contracts):
            self._add(ties)

    def take(self, facts: Mapping[str, Facts | None]) -> None:
        """Take some files as they are now; None if there is no such file any more."""
        for path, fact in facts.items():
            before = self._of.pop(path, ())
            for tie in before:
                del self._with[tie][before]
            if fact:
                self._of[path] = ties_of(path, fact)
                self._add(self._of[path])

    def _add(self, ties: tuple[Tie, ...]) -> None:
        for tie in ties:
            self._with[tie][ties] = None

    def around(self, facts: Mapping[str, Facts | None]) -> Part:
        """All that some files are connected with, or are about to be: they are not taken yet."""
        return self._part(tie for path, fact in facts.items() for tie in (("file", path), *_ties_if(path, fact)))

    def part(self, paths: Iterable[str], contracts: Iterable[str]) -> Part:
        """All that is connected with some files and contracts."""
        return self._part((*(("file", path) for path in paths), *(("contract", name) for name in contracts)))

    def _part(self, ties: Iterable[Tie]) -> Part:
        waiting, found = list(ties), set[Tie]()
        while waiting:
            tie = waiting.pop()
            if tie not in found:
                found.add(tie)
                waiting += (other for together in self._with.get(tie, ()) for other in together)
        names = {kind: tuple(sorted(name for of, name in found if of == kind)) for kind in ("file", "contract")}
        return Part(names["file"], names["contract"])


def _ties_if(path: str, fact: Facts | None) -> tuple[Tie, ...]:
    return ties_of(path, fact) if fact else ()
