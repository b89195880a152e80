"""The documents of a decision, what is exempt of it, and where it is known from."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from hipss_register.model.base import (
    Address,
    Id,
    Line,
    Model,
    OneOrMore,
    Text,
)
from hipss_register.model.when import When


class Document(Model):
    """A document that belongs to the record."""

    shorthand: ClassVar[str] = "title"

    title: Line
    """Its title."""
    url: Address | None = None
    """Where the council publishes it."""
    file: Line | None = None
    """The copy that we keep, as a path from the decisions folder (sources/…)."""


class Exempt(Model):
    """An annex that is not published. Its text never enters the register."""

    title: Line
    """The annex, as the record names it."""
    paragraphs: Annotated[tuple[Annotated[int, Field(ge=1, le=10)], ...], OneOrMore] = ()
    """The paragraphs of Schedule 12A to the Local Government Act 1972 that the council relies on."""
    because: Text | None = None
    """The public-interest test, in the council's words."""


class Correction(Model):
    """A change that we made to this file after it was published, and why: a note for readers of the earlier text."""

    shorthand: ClassVar[str] = "what"

    date: When | None = None
    """When we changed it; it is set against the history of the file."""
    what: Line
    """What was changed and why: our words."""


class Source(Model):
    """The document that the record was taken from."""

    shorthand: ClassVar[str] = "file"

    file: Line
    """The copy that we keep, as a path from the decisions folder (sources/…)."""
    title: Line | None = None
    """What the document is."""
    url: Address | None = None
    """Where the council publishes it."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """The document's SHA-256 as received; the build stops if the copy no longer matches it."""


class KnownFrom(Model):
    """Where the register knows a decision from, when it does not hold the decision's record."""

    shorthand: ClassVar[str] = "record"

    record: Id | None = None
    """The record that mentions the decision."""
    url: Address | None = None
    """The page that mentions it, when it is not a record of the register."""
    title: Line | None = None
    """What that page is."""
    words: Text | None = None
    """The passage, word for word; it is checked against the record."""
    gives: Annotated[tuple[Line, ...], OneOrMore] = ()
    """The fields of this file that are known from it; empty means all."""

    @model_validator(mode="after")
    def _record_or_page(self) -> KnownFrom:
        if (self.record is None) == (self.url is None):
            raise ValueError("known_from names either a record or a url")
        return self
