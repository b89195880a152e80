"""Reference tables: what belongs to nobody's decision (a contract's name, a supplier's number, the wards of a time)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from hipss_register.model.base import Address, Answer, Id, Line, Model, OneOrMore, Text
from hipss_register.model.money import Figure
from hipss_register.model.when import When


class Follows(Model):
    """The contract that this one took the place of."""

    shorthand: ClassVar[str] = "contract"

    contract: Id
    """Its id in the table of contracts."""
    worked_out: Line | None = None
    """If no record says it: how the register worked it out."""


class Contract(Model):
    """A contract: what no decision says of it, or every decision says alike."""

    shorthand: ClassVar[str] = "name"

    name: Line
    """Its full name."""
    short: Line | None = None
    """The name by which people know it: Lighting."""
    pays_for: Text | None = None
    """What it pays for, in plain English: our words."""
    department: Line | None = None
    """The part of the council that holds it."""
    regime: Literal["PCR 2015", "Procurement Act 2023", "light touch", "below threshold", "not a purchase"] | None = (
        None
    )
    """The law that governed its procurement, and so governs its changes for its whole life."""
    procured: When | None = None
    """When its procurement began, which decides the law that governs it."""
    review: When | None = None
    """When it is to be reviewed, where that is stated."""
    vat_not_recovered: Figure | None = None
    """The value added tax on it that cannot be recovered, in pounds, where that is stated."""
    follows: Follows | None = None
    """The contract that it took the place of."""
    framework: Id | None = None
    """The framework agreement that it is called off from."""
    reference: dict[Line, Line] = {}
    """Its references elsewhere, each with what it refers in: {Contracts Finder: …}."""
    ocid: Line | None = None
    """Its Open Contracting identifier, where one was given."""


class Supplier(Model):
    """A supplier, under one id whatever the records call it."""

    shorthand: ClassVar[str] = "name"

    name: Line
    """Its name."""
    also: Annotated[tuple[Line, ...], OneOrMore] = ()
    """Other names that records use for it."""
    company: Line | None = None
    """Its company number."""
    charity: Line | None = None
    """Its charity number."""
    sme: Answer | None = None
    """Whether it is a small or medium-sized enterprise."""
    vcse: Answer | None = None
    """Whether it is a voluntary, community or social enterprise."""
    url: Address | None = None
    """Its website."""


class DecisionMaker(Model):
    """A post or body that takes decisions, under one id whatever the records call it."""

    shorthand: ClassVar[str] = "name"

    name: Line
    """Its name."""
    also: Annotated[tuple[Line, ...], OneOrMore] = ()
    """Other names that records use for it."""
    body: bool = False
    """Whether it is a body (Cabinet) rather than a post."""


class Ward(Model):
    """A ward, division or other area, under one id whatever the records call it."""

    shorthand: ClassVar[str] = "name"

    name: Line
    """Its name."""
    also: Annotated[tuple[Line, ...], OneOrMore] = ()
    """Other words that records use for it: "Boroughwide"."""
    all: bool = False
    """Whether it stands for every ward."""
    since: When | None = None
    """When it came into being."""
    until: When | None = None
    """When it ceased to be."""


class ThresholdStep(Model):
    """What a threshold is from one day on."""

    since: When
    """The first day on which it was in force."""
    amount: Figure | None = None
    """The sum in pounds from which it counts as reached."""
    working_days: Annotated[int | None, Field(ge=1, le=366)] = None
    """For a time rather than a sum: how many working days in England."""
    source: Line | None = None
    """Where it is laid down: "Constitution, part 3, paragraph 4"."""


class Threshold(Model):
    """A sum or a time that rules depend on: local, and not the same at all times."""

    name: Line
    """What it is the threshold of."""
    steps: Annotated[tuple[ThresholdStep, ...], OneOrMore] = ()
    """What it was from each day on, in order of time."""

    def on(self, day: dt.date) -> ThresholdStep | None:
        """What it was on a day; None before the first day that is known."""
        begun = [step for step in self.steps if step.since.exact and step.since.exact <= day]
        return max(begun, key=lambda step: step.since.exact or day, default=None)


KEY_DECISION, CALL_IN = "key-decision", "call-in"
THRESHOLDS = (KEY_DECISION, CALL_IN)
"""The thresholds that checks read: from which sum a decision is key, and how long there is to call one in."""


class Tables(Model):
    """All reference tables, each from one file of that name."""

    contracts: dict[Id, Contract] = Field(default_factory=dict)
    """The contracts that decisions are about."""
    suppliers: dict[Id, Supplier] = Field(default_factory=dict)
    """The suppliers of contracts."""
    decision_makers: dict[Id, DecisionMaker] = Field(default_factory=dict)
    """Who takes decisions."""
    wards: dict[Id, Ward] = Field(default_factory=dict)
    """Places that decisions affect."""
    thresholds: dict[Id, Threshold] = Field(default_factory=dict)
    """Sums and times that checks depend on, by date."""
