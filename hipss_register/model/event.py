"""What a decision does to a contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, WithJsonSchema, model_validator

from hipss_register.model.base import Address, Id, Line, Model, OneOrMore, Recurring, Said, Text
from hipss_register.model.kinds import EVENT_KINDS, MONEY_ROLES, EventKind, MoneyRole
from hipss_register.model.money import Money
from hipss_register.model.refusal import Refusal, did_you_mean
from hipss_register.model.term import Term
from hipss_register.model.when import When


def _an_event_kind(name: str) -> str:
    if name not in EVENT_KINDS:
        known = ", ".join(EVENT_KINDS)
        raise Refusal(
            "BAD-CHOICE",
            f"“{name}” is not an event; events are: {known}",
            did_you_mean(name, EVENT_KINDS),
        )
    return name


EventName = Annotated[str, AfterValidator(_an_event_kind), WithJsonSchema({"enum": list(EVENT_KINDS)})]


class MoneyRoles(Model):
    """The sums that a decision, or one of its events, gives: each with what it is for."""

    ceiling: Money | None = None
    """The most that may be spent under an approval."""
    value: Money | None = None
    """What the contract is worth in all after this decision."""
    cost: Money | None = None
    """What this decision costs or adds."""
    saving: Money | None = None
    """What it saves."""
    income: Money | None = None
    """What it brings in."""
    grant: Money | None = None
    """A grant that it gives or accepts."""

    def money(self) -> Iterator[tuple[MoneyRole, Money]]:
        """Each sum that is given, with what it is for."""
        for name, role in MONEY_ROLES.items():
            if (money := getattr(self, name)) is not None:
                yield role, money


class Party(Recurring):
    """A supplier of a contract, and which part of it is theirs."""

    shorthand: ClassVar[str] = "supplier"

    supplier: Id
    """The supplier's id in the table of suppliers."""
    lots: Annotated[tuple[Line, ...], OneOrMore] = ()
    """The lots that are theirs; empty for all."""
    share: Line | None = None
    """Their part, in the record's words."""


class Suppliers(Recurring, Said):
    """The suppliers of a contract, or why they cannot be said."""

    shorthand: ClassVar[str] = "parties"

    parties: Annotated[tuple[Party, ...], OneOrMore] = ()
    """Each supplier."""
    words: Line | None = None
    """The record's own words, where they are not a list of names."""

    @model_validator(mode="before")
    @classmethod
    def _one_party(cls, given: Any) -> Any:
        return {"parties": [given]} if isinstance(given, dict) and "supplier" in given else given


class Before(Model):
    """What the record says of the contract as it stood before the decision."""

    end: When | None = None
    """The last day, as it stood."""
    value: Money | None = None
    """The value, as it stood."""
    suppliers: Suppliers | None = None
    """The suppliers, as they stood."""
    words: Text | None = None
    """The passage that says so; it is checked against the record."""


class Scope(Model):
    """What was put in or taken out of what is bought."""

    added: Annotated[tuple[Line, ...], OneOrMore] = ()
    """What was added."""
    removed: Annotated[tuple[Line, ...], OneOrMore] = ()
    """What was taken out."""
    words: Text | None = None
    """The record's own words."""


class Ground(Model):
    """The legal ground for modifying a contract, as the record states it."""

    shorthand: ClassVar[str] = "provision"

    provision: Line
    """The provision: "PCR 2015 reg 72(1)(a)", "Procurement Act 2023 s 74(3)"."""
    words: Text | None = None
    """The record's own words."""


class ContractNotice(Model):
    """A notice published about the contract: of award, of modification, of change."""

    shorthand: ClassVar[str] = "reference"

    reference: Line
    """The notice's reference."""
    date: When | None = None
    """When it was published."""
    url: Address | None = None
    """Where it is."""


class ContractEvent(MoneyRoles):
    """One thing that a decision does to one contract."""

    contract: Id
    """The contract's id in the table of contracts."""
    event: EventName
    """What the decision does to it."""
    takes_effect: When | None = None
    """When it does so, where that is not the contract's term or the decision's own date."""
    term: Term | None = None
    """The term, or the part of it that this event sets or uses."""
    before: Before | None = None
    """What the record says of the contract as it stood before."""
    suppliers: Suppliers | None = None
    """The suppliers."""
    lots: Annotated[tuple[Line, ...], OneOrMore] = ()
    """The lots that this event is about; empty for all."""
    route: Line | None = None
    """How the supplier was or is to be found, in the record's words: "competitive tender exercise"."""
    may_award: Line | None = None
    """Who may award, in the words of an approval to procure."""
    scope: Scope | None = None
    """What was put in or taken out."""
    ground: Ground | None = None
    """The legal ground for modifying the contract, as the record states it."""
    notice: ContractNotice | None = None
    """The notice published about it."""

    @property
    def kind(self) -> EventKind:
        """The event's entry in the table of event kinds."""
        return EVENT_KINDS[self.event]
