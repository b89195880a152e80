"""What a contract is at one point of its history, and where each thing about it is known from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from hipss_register.model import Amount, ContractEvent, DateSpan, Length, Money, Nothing, Term
from hipss_register.model.kinds import MoneyRole, MoneySort
from hipss_register.read import Record

T = TypeVar("T")


class Fact(NamedTuple, Generic[T]):
    """A value and where it is known from; or why there is none.

    ``set_by`` is the record that states it. Where none does, ``worked_out`` says how it was inferred, from the
    records in ``basis``.
    """

    value: T | None = None
    nothing: Nothing | None = Nothing.NOT_KNOWN
    set_by: str | None = None
    worked_out: str = ""
    basis: tuple[str, ...] = ()

    @classmethod
    def stated(cls, value: T, by: str) -> Fact[T]:
        """A value that a record states."""
        return cls(value, None, by)

    @classmethod
    def inferred(cls, value: T, how: str, *basis: str) -> Fact[T]:
        """A value that the register worked out."""
        return cls(value, None, None, how, tuple(dict.fromkeys(filter(None, basis))))

    @property
    def sources(self) -> tuple[str, ...]:
        """The records that it rests on."""
        return self.basis or ((self.set_by,) if self.set_by else ())

    @property
    def is_inferred(self) -> bool:
        """Whether the register worked it out."""
        return self.value is not None and bool(self.worked_out)


Day = Fact[DateSpan]


class PartKind(StrEnum):
    """What a part of a contract's term is."""

    TRIAL = "Trial"
    INITIAL = "Initial term"
    OPTION = "Option to extend"
    VARIATION = "Variation"
    EXTENSION = "Extension"


class Support(StrEnum):
    """What stands behind a part of a term."""

    HELD = "held"
    CITED = "cited"
    MISSING = "missing"
    UNUSED = "not used"


class TermPart(NamedTuple):
    """One part of a contract's term: its first and last day, how long it may be, and what stands behind it."""

    kind: PartKind
    start: Day
    end: Day
    support: Support
    set_by: str | None = None
    length: Length | None = None
    up_to: bool = False
    lots: tuple[str, ...] = ()

    @property
    def runs(self) -> bool:
        """Whether the contract runs (or ran) through it."""
        return self.support is not Support.UNUSED


@dataclass(frozen=True, slots=True)
class MoneyEntry:
    """A sum that one decision about the contract gives, what it is for, and for which lots (empty: for all)."""

    record: str
    event: str
    role: MoneyRole
    money: Money
    lots: tuple[str, ...] = ()

    def sorts(self) -> set[MoneySort]:
        """Which sorts of money it holds."""
        return {part.sort(self.role) for part in self.money.parts}


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """What a decision put in or took out of what is bought."""

    record: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


class State(NamedTuple):
    """What a contract is, as far as the records to that point tell."""

    suppliers: Fact[tuple[str, ...]] = Fact()
    approved_start: Day = Fact()
    approved_term: Fact[Term] = Fact()
    parts: tuple[TermPart, ...] = ()
    end: Day = Fact()
    money: tuple[MoneyEntry, ...] = ()
    total: Fact[Amount] = Fact()
    scope: tuple[ScopeChange, ...] = ()
    awarded: bool = False
    ended: bool = False

    @property
    def start(self) -> Day:
        """The first day of the term."""
        return self.parts[0].start if self.parts else self.approved_start

    @property
    def furthest(self) -> Day:
        """The last day if every option that is left were used."""
        return self.parts[-1].end if self.parts else Fact()


@dataclass(frozen=True, slots=True)
class Implied:
    """A decision that must exist although no record of it is held or cited: what it did, by when, and how we know."""

    event: str
    by: dt.date | None
    because: str
    basis: str


@dataclass(frozen=True, slots=True)
class Step:
    """One record in a contract's history: the contract before and after it. Not in force, it changes nothing."""

    record: Record
    event: ContractEvent | None
    in_force: bool
    before: State
    after: State


@dataclass(frozen=True, slots=True)
class History:
    """The whole history of one contract, in order."""

    contract: str
    steps: tuple[Step, ...]
    implied: tuple[Implied, ...]

    @property
    def now(self) -> State:
        """What the contract is after every record that the register has."""
        return self.steps[-1].after if self.steps else State()
