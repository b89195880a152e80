"""The parts that the register's JSON documents are made of: dictionaries whose fields and types are known."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from pydantic import BaseModel, WithJsonSchema

from hipss_register.model import Nothing
from hipss_register.model.kinds import EVENT_KINDS, INVERSES, LINK_KINDS, MONEY_ROLES

LinkKindName = Annotated[str, WithJsonSchema({"enum": list(LINK_KINDS)})]
InverseName = Annotated[str, WithJsonSchema({"enum": list(INVERSES)})]
EventKindName = Annotated[str, WithJsonSchema({"enum": list(EVENT_KINDS)})]
MoneyRoleName = Annotated[str, WithJsonSchema({"enum": list(MONEY_ROLES)})]
Url = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
AbsentName = Annotated[Nothing, WithJsonSchema({"enum": ["not stated", "not known"]})]
NothingName = Annotated[Nothing, WithJsonSchema({"enum": [nothing.value for nothing in Nothing]})]

# What is written as in the decision file or in a reference table, in full: their own schemas describe it.
Plain = dict[str, Any]
Form = Annotated[Plain, WithJsonSchema({"$ref": "decision.json"})]
MoneySaid = Annotated[Plain, WithJsonSchema({"$ref": "decision.json#/$defs/Money"})]
AmountSaid = Annotated[Plain, WithJsonSchema({"$ref": "decision.json#/$defs/Amount"})]
ContractEntry = Annotated[Plain, WithJsonSchema({"$ref": "contracts.json#/$defs/Contract"})]
SupplierEntry = Annotated[Plain, WithJsonSchema({"$ref": "suppliers.json#/$defs/Supplier"})]
MakerEntry = Annotated[Plain, WithJsonSchema({"$ref": "decision_makers.json#/$defs/DecisionMaker"})]
WardEntry = Annotated[Plain, WithJsonSchema({"$ref": "wards.json#/$defs/Ward"})]
ThresholdEntry = Annotated[Plain, WithJsonSchema({"$ref": "thresholds.json#/$defs/Threshold"})]


def plain(said: BaseModel) -> Plain:
    """A part of a file as plain values, written out in full; what the file leaves out is left out."""
    return said.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Named(TypedDict):
    """Something that has a page of its own, by its id."""

    id: str
    """Its id."""
    name: str
    """What to call it."""
    url: Url | None
    """Its page; null where the site does not know its own address."""


class DateDoc(TypedDict):
    """A date as far as it is known."""

    value: str | None
    """2017-10-13, 2017-10, 2017, "2024-03-01 to 2024-06-30", "not before …", "not after …" or "… or …"."""
    earliest: Day | None
    """The first day that it can be; null when nothing bounds it."""
    latest: Day | None
    """The last day that it can be; null when nothing bounds it."""


class LinkDoc(TypedDict):
    """A link that the decision's own file gives, to an earlier decision."""

    kind: LinkKindName
    """What this decision does to the other."""
    decision: str
    """The earlier decision's id."""
    worked_out: str | None
    """If the record does not say it: how the register worked it out."""


class BackLinkDoc(TypedDict):
    """A link from a later decision, worked out from that decision's file."""

    kind: InverseName
    """What the other does to this decision."""
    decision: str
    """The later decision's id."""
    worked_out: str | None
    """If the later record does not say it: how the register worked it out."""


class StandingDoc(TypedDict):
    """Whether the decision still stands, as far as the register knows."""

    in_force: bool
    """Whether it has effect after every later decision that the register has."""
    effect: str
    """The strongest thing that later decisions did to it."""
    by: tuple[str, ...]
    """The decisions that did it."""
    read_with: tuple[str, ...]
    """The corrections to read beside it."""


class Fact(TypedDict):
    """Where a value is known from; or why there is none."""

    nothing: NothingName | None
    """If there is no value: which kind of nothing."""
    set_by: str | None
    """The decision that states it."""
    worked_out: str | None
    """If no record states it: how the register worked it out, or why it could not."""
    basis: tuple[str, ...]
    """The decisions that it was worked out from."""


class DayFact(Fact):
    """A day of a contract, and where it is known from."""

    value: DateDoc | None
    """The day."""


class SuppliersFact(Fact):
    """The suppliers of a contract, and where they are known from."""

    value: tuple[str, ...] | None
    """Their ids."""


class AmountFact(Fact):
    """A sum, and where it is known from."""

    value: AmountSaid | None
    """The sum."""


class StandDoc(TypedDict):
    """A contract at one point of its history."""

    awarded: bool
    """Whether it has been awarded."""
    ended: bool
    """Whether a decision ended it or noted its end."""
    suppliers: SuppliersFact
    """The suppliers."""
    start: DayFact
    """The first day of its term."""
    end: DayFact
    """The last day of its term, as decided so far."""
    furthest: DayFact
    """The last day if every option that is left were used."""
    total: AmountFact
    """What it is worth in all, where that can be said."""


class PartDoc(TypedDict):
    """One part of a contract's term."""

    kind: str
    """Trial, initial term, option, variation or extension."""
    start: DayFact
    """Its first day."""
    end: DayFact
    """Its last day."""
    support: Literal["held", "cited", "missing", "not used"]
    """What stands behind it: a record that we hold, one that is cited, none that we found; or it is not used."""
    set_by: str | None
    """The decision that set it."""
    length: str | None
    """How long it is or may be."""
    up_to: bool
    """Whether it may be shorter."""
    lots: tuple[str, ...]
    """The lots that it is about; empty for all."""


class SumDoc(TypedDict):
    """A sum in a decision about the contract. Sums are never to be added together."""

    decision: str
    """The decision that gives it."""
    event: EventKindName
    """What that decision did to the contract."""
    role: MoneyRoleName
    """What the sum is for."""
    sum: MoneySaid
    """The sum, in full."""


class ScopeDoc(TypedDict):
    """What a decision put in or took out of what is bought."""

    decision: str
    """The decision."""
    added: tuple[str, ...]
    """What was added."""
    removed: tuple[str, ...]
    """What was taken out."""


class StateDoc(StandDoc):
    """A contract after every decision that the register has."""

    parts: tuple[PartDoc, ...]
    """The parts of its term, in order."""
    sums: tuple[SumDoc, ...]
    """Every sum that a decision about it gives."""
    scope: tuple[ScopeDoc, ...]
    """Every change of what is bought."""


class ChangeDoc(TypedDict):
    """What a decision did to one contract: the contract before and after."""

    contract: str
    """The contract's id."""
    event: EventKindName | None
    """What the decision does to it; null if it acts on another decision about it."""
    in_force: bool
    """Whether it has been decided. What is not yet decided changes nothing."""
    before: StandDoc
    """The contract before."""
    after: StandDoc
    """The contract after."""


class StepDoc(TypedDict):
    """One decision in a contract's history."""

    decision: str
    """The decision's id."""
    event: EventKindName | None
    """What the decision does to it; null if it acts on another decision about it."""
    in_force: bool
    """Whether it has been decided. What is not yet decided changes nothing."""
    after: StandDoc
    """The contract after it."""


class ImpliedDoc(TypedDict):
    """A decision that must exist although no record of it was found."""

    event: EventKindName
    """What it did to the contract."""
    by: Day | None
    """The day by which it was taken."""
    because: str
    """How we know."""
    basis: str
    """The decision that tells it."""


class SourceDoc(TypedDict):
    """A document that the register keeps a copy of."""

    path: str
    """The copy, from the site's root."""
    url: Url | None
    """Its address; null where the site does not know its own."""
    media: str
    """What kind of document it is."""
    size: int
    """How many bytes it has."""
    sha256: str
    """The SHA-256 of its bytes."""
