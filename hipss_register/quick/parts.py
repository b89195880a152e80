"""The parts into which a register falls: decisions, and contracts, that are connected with one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hipss_register.model import Contract
from hipss_register.quick.facts import Facts


@dataclass(frozen=True, slots=True)
class Part:
    """Files and contracts that are connected; each in the order in which they were given."""

    files: tuple[str, ...]
    contracts: tuple[str, ...]


def parts_of(facts: Mapping[str, Facts], contracts: Mapping[str, Contract]) -> tuple[Part, ...]:
    """Put what is connected together: by an id or an old id, a link, a contract or its framework, the same decision."""
    groups = _Groups()
    for path, fact in facts.items():
        groups.join(
            f"file {path}",
            *(f"id {name}" for name in (*fact.names, *fact.refers)),
            *(f"contract {contract}" for contract in fact.contracts),
            *([f"twin {fact.twin}"] if fact.twin else []),
        )
    for name, contract in contracts.items():
        if contract.framework:
            groups.join(f"contract {name}", f"contract {contract.framework}")
    files: dict[str, list[str]] = {}
    for path in facts:
        files.setdefault(groups.of(f"file {path}"), []).append(path)
    held: dict[str, list[str]] = {}
    for name in contracts:
        held.setdefault(groups.of(f"contract {name}"), []).append(name)
    return tuple(Part(tuple(files.get(top, ())), tuple(held.get(top, ()))) for top in dict.fromkeys([*files, *held]))


class _Groups:
    """Sets that grow together, each known by one of its members."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def of(self, member: str) -> str:
        parents = self._parents
        top = member
        while (parent := parents.setdefault(top, top)) != top:
            top = parent
        while parents[member] != top:
            parents[member], member = top, parents[member]
        return top

    def join(self, *members: str) -> None:
        top = self.of(members[0])
        for member in members[1:]:
            self._parents[self.of(member)] = top
