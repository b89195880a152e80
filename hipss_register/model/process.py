"""How a decision came to be taken and could be questioned: notice, urgency, call-in."""

from __future__ import annotations

from typing import ClassVar, Literal

from hipss_register.model.base import Address, Answer, Line, Model, Said, Text
from hipss_register.model.when import When


class CallIn(Model):
    """Whether and how a decision could be, or was, called in for scrutiny."""

    shorthand: ClassVar[str] = "subject"

    subject: Answer
    """Whether the decision is subject to call-in."""
    deadline: When | None = None
    """The last day on which it could be called in."""
    requested: When | None = None
    """When a call-in was asked for."""
    outcome: Literal["not accepted", "withdrawn", "decision confirmed", "decision changed", "referred"] | None = None
    """What became of the request."""
    words: Text | None = None
    """The record's own words."""


class Urgency(Said):
    """Why a decision was taken without the usual notice or call-in, and who agreed."""

    shorthand: ClassVar[str] = "reasons"

    rule: Literal["general exception", "special urgency", "call-in waived"] | None = None
    """The rule relied on (SI 2012/2089, regulations 10 and 11, or the council's call-in rules)."""
    agreed_by: Line | None = None
    """Who agreed, where the rule needs it."""
    reasons: Text | None = None
    """The published reasons."""


class Notice(Model):
    """The notice given before a key decision."""

    shorthand: ClassVar[str] = "published"

    published: When
    """When the notice was published."""
    reference: Line | None = None
    """The notice's reference or title."""
    url: Address | None = None
    """Where the notice is."""
