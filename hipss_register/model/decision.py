"""The decision file: the council's own form, field by field, in the form's own order and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, WithJsonSchema, model_validator

from hipss_register.model.base import (
    Answer,
    Id,
    Line,
    Nothing,
    OneOrMore,
    Recurring,
    Said,
    Statement,
)
from hipss_register.model.event import ContractEvent, MoneyRoles
from hipss_register.model.kinds import INVERSES, LINK_KINDS
from hipss_register.model.papers import Correction as Correction
from hipss_register.model.papers import Document as Document
from hipss_register.model.papers import Exempt as Exempt
from hipss_register.model.papers import KnownFrom as KnownFrom
from hipss_register.model.papers import Source as Source
from hipss_register.model.process import CallIn as CallIn
from hipss_register.model.process import Notice as Notice
from hipss_register.model.process import Urgency as Urgency
from hipss_register.model.refusal import Refusal, did_you_mean
from hipss_register.model.when import When

STATEMENTS = (
    "decision",
    "authority",
    "consultation",
    "reasons",
    "considerations",
    "alternatives",
    "interests",
    "signature",
)
"""The boxes of the form that hold the record's own words."""

LABELS = {
    "title": "Decision title",
    "date": "Date of decision",
    "decision_maker": "Decision maker",
    "wards": "Ward",
    "decision": "Decision made",
    "authority": "Authority for delegated decision",
    "consultation": "Consultation",
    "reasons": "Reasons for decision",
    "considerations": "Risks, finance, legal and equality considerations",
    "alternatives": "Alternative options considered and rejected",
    "interests": "Declarations of interest made",
    "signature": "Signed",
}
"""What the boxes of the form are called, where the record itself has no other label."""


class Maker(Recurring):
    """Who took a decision: a post or a body, in the record's words, and in what capacity."""

    shorthand: ClassVar[str] = "name"

    name: Line
    """The post or body, as the record names it: "Interim director for children's wellbeing", "Cabinet"."""
    capacity: Literal["interim", "acting", "deputy"] | None = None
    """If the post was held for the time being, how."""
    in_place_of: Line | None = None
    """The post that was authorised, when another decided in its place."""
    successor: Line | None = None
    """Who else may decide once appointed, as the authority says it."""


class Makers(Recurring, Said):
    """Who took a decision: one or more posts or bodies, or why that cannot be said."""

    shorthand: ClassVar[str] = "makers"

    makers: Annotated[tuple[Maker, ...], OneOrMore] = ()
    """Each post or body that took the decision."""

    @model_validator(mode="before")
    @classmethod
    def _one_maker(cls, given: Any) -> Any:
        return {"makers": [given]} if isinstance(given, dict) and "name" in given else given


class Wards(Recurring, Said):
    """The places that a decision affects, in the record's words."""

    shorthand: ClassVar[str] = "wards"

    wards: Annotated[tuple[Line, ...], OneOrMore] = ()
    """The wards or divisions as the record names them: "All wards", "Boroughwide", or each one."""
    other_areas: Annotated[tuple[Line, ...], OneOrMore] = ()
    """Areas that are not wards."""
    words: Line | None = None
    """The record's own words, where they are more than a list."""


class Link(Recurring):
    """One link to an earlier decision."""

    shorthand: ClassVar[str] = "to"

    to: Id
    """The earlier decision's id."""
    worked_out: Line | None = None
    """If the record does not say it: how the register worked it out."""


def _a_link_kind(name: str) -> str:
    if name in LINK_KINDS:
        return name
    if kind := INVERSES.get(name):
        raise Refusal(
            "HAND-WRITTEN-INVERSE",
            f"“{name}” is worked out from the other decision's file and never written here",
            f"write “{kind.name}” in the later decision's file",
        )
    raise Refusal("UNKNOWN-KEY", f"there is no kind of link called “{name}”", did_you_mean(name, LINK_KINDS))


LinkName = Annotated[str, AfterValidator(_a_link_kind), WithJsonSchema({"enum": list(LINK_KINDS)})]
Links = dict[LinkName, Annotated[tuple[Link, ...], OneOrMore]]


class DecisionForm(MoneyRoles):
    """One decision's record, as its file gives it."""

    title: Line | None = None
    """The decision's title, in the record's own words. A record that we hold must have one."""
    summary: Line | None = None
    """What was decided, in plain English: our words, shown as ours. A cited record must have one."""
    kind: Line | None = None
    """What the record calls itself: "operational decision", "officer decision", "cabinet decision"."""
    reference: dict[Line, Line] = {}
    """The council's own references, each with what it refers in: {ModernGov issue: 50012345}."""
    stage: Literal["decided", "pending"] = "decided"
    """Whether the decision has been taken; a pending one (a notice of a decision to come) changes nothing yet."""
    date: When
    """The date of the decision, as far as known."""
    recorded: When | None = None
    """When the record was made or signed."""
    published: When | None = None
    """When the council published the record."""
    effective: When | None = None
    """When the decision takes effect."""
    decision_maker: Makers | None = None
    """Who took the decision, as the record names them."""
    function: Literal["executive", "non-executive"] | None = None
    """Whether it is an executive function (SI 2012/2089) or not (SI 2014/2095), where the record says so."""
    key: Answer | None = None
    """Whether it is a key decision (SI 2012/2089, regulation 8)."""
    notice: Notice | None = None
    """The notice given before a key decision (SI 2012/2089, regulation 9)."""
    urgency: Urgency | None = None
    """Why it was taken without the usual notice or call-in (SI 2012/2089, regulations 10 and 11)."""
    call_in: CallIn | None = None
    """Whether and how it could be, or was, called in."""
    authority: Statement | None = None
    """By what authority it was taken, in the record's words."""
    wards: Wards | None = None
    """The places it affects, in the record's words."""
    consultation: Statement | None = None
    """Who was consulted, in the record's words."""
    decision: Statement | None = None
    """The decision made, in the record's words."""
    reasons: Statement | None = None
    """The reasons, in the record's words."""
    considerations: Statement | None = None
    """Risks, finance, legal and equality considerations, in the record's words."""
    alternatives: Annotated[tuple[Statement, ...], OneOrMore] = ()
    """The alternative options considered and rejected: one text, or a list with one for each option."""
    interests: Statement | None = None
    """Declarations of interest, in the record's words."""
    signature: Statement | None = None
    """What the record has where it is signed and dated."""
    exempt: Annotated[tuple[Exempt, ...], OneOrMore] = ()
    """Annexes that are not published."""
    documents: Annotated[tuple[Document, ...], OneOrMore] = ()
    """Documents that belong to the record: reports, annexes."""
    background: Annotated[tuple[Document, ...], OneOrMore] = ()
    """Background papers."""
    contracts: Annotated[tuple[ContractEvent, ...], OneOrMore] = ()
    """What the decision does to each contract that it touches."""
    links: Links = {}
    """The earlier decisions that this one changes or rests on. The other end of each link is worked out."""
    known_from: Annotated[tuple[KnownFrom, ...], OneOrMore] = ()
    """For a decision whose record we do not hold: where we know of it from. It makes the record a cited one."""
    source: Annotated[tuple[Source, ...], OneOrMore] = ()
    """The document or documents that the record was taken from."""
    aliases: Annotated[tuple[Id, ...], OneOrMore] = ()
    """Earlier ids of this decision; their addresses lead here."""
    labels: dict[Line, Line] = {}
    """Labels as printed on this record's form, where they differ from the usual ones, by field."""
    notes: Annotated[tuple[Line, ...], OneOrMore] = ()
    """Our notes on the record: what a reader should know of how we read it."""
    corrections: Annotated[tuple[Correction, ...], OneOrMore] = ()
    """What we have changed in this file since it was first published, each change with its date."""

    @property
    def held(self) -> bool:
        """Whether we have the record itself; if not, it is known only because another record cites it."""
        return not self.known_from

    @property
    def absent(self) -> Nothing:
        """What a field that the file leaves out means: not stated in a record we hold, not known in one we do not."""
        return Nothing.NOT_STATED if self.held else Nothing.NOT_KNOWN

    @property
    def makers(self) -> tuple[Maker, ...]:
        """The posts and bodies that took the decision; none where the file names none."""
        return self.decision_maker.makers if self.decision_maker else ()

    @property
    def no_maker(self) -> Nothing:
        """What it means that nobody is named: what the file says, else what any field means that it leaves out."""
        return (self.decision_maker and self.decision_maker.nothing) or self.absent

    @property
    def pending(self) -> bool:
        """Whether the decision has still to be taken."""
        return self.stage == "pending"

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """Each box of the form that the file fills in, with its field's name, in the form's order."""
        for name in STATEMENTS:
            value = getattr(self, name)
            for statement in value if isinstance(value, tuple) else (value,):
                if statement is not None:
                    yield name, statement
