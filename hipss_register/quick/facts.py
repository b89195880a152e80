"""What others depend on in a decision file: which decisions and contracts it names, its date, its mistakes."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import Any

from hipss_register.checks.world import Seen, seen_of, twin_key
from hipss_register.model import DecisionForm
from hipss_register.problems import Problem
from hipss_register.read import Record, fold_name


@dataclass(frozen=True, slots=True)
class Facts:
    """What others depend on in one decision file, as plain values.

    ``names`` are the ids by which others know it, ``refers`` those that it refers to, both folded; ``twin`` is what it
    has in common with another record of the same decision; ``sources`` are the documents that it names.
    """

    id: str
    problems: tuple[tuple[Any, ...], ...] = ()
    latest: str = ""
    wards: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    twin: str = ""
    sources: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain values to keep."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Facts:
        """Back from plain values; raises TypeError if they are others."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**values)

    @property
    def seen(self) -> Seen:
        """What the surroundings need of it."""
        return self.id, dt.date.fromisoformat(self.latest) if self.latest else None, self.wards

    def told(self) -> list[Problem]:
        """Its mistakes."""
        return [Problem(*problem) for problem in self.problems]


def facts_of(file_id: str, record: Record | None, problems: list[Problem]) -> Facts:
    """Gather the facts of a file that was read."""
    told = tuple((p.path, p.line, p.column, p.code, p.message, p.hint) for p in problems)
    if record is None:
        return Facts(file_id, told, names=(fold_name(file_id),))
    form = record.form
    _, latest, wards = seen_of(record)
    twin = twin_key(record)
    facts = Facts(
        id=record.id,
        problems=told,
        latest=latest.isoformat() if latest else "",
        wards=wards,
        names=tuple(map(fold_name, (record.id, *form.aliases))),
        refers=tuple(dict.fromkeys(map(fold_name, _referred_to(form)))),
        contracts=tuple(dict.fromkeys(event.contract for event in form.contracts)),
        suppliers=tuple(sorted(_suppliers(form))),
        twin=hashlib.sha256(twin.encode()).hexdigest() if twin else "",
        sources=tuple(dict.fromkeys(_documents(form))),
        aliases=form.aliases,
    )
    # A partial record is no part of a register: it leads to others, but is nothing that they are set against.
    return replace(facts, latest="", wards=(), twin="") if record.unread else facts


def _referred_to(form: DecisionForm) -> list[str]:
    linked = [link.to for links in form.links.values() for link in links]
    return linked + [known.record for known in form.known_from if known.record]


def _suppliers(form: DecisionForm) -> set[str]:
    named = set()
    for event in form.contracts:
        befores = event.before.suppliers if event.before else None
        for suppliers in (event.suppliers, befores):
            named |= {party.supplier for party in suppliers.parties} if suppliers else set()
    sums = [money for holder in (form, *form.contracts) for _, money in holder.money()]
    return named | {part.supplier for money in sums for part in money.parts if part.supplier}


def _documents(form: DecisionForm) -> list[str]:
    others = [document.file for document in (*form.documents, *form.background) if document.file]
    return [source.file for source in form.source] + others
