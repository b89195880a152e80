"""How long a contract lasts: first part, options, and what of it the record leaves open."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from hipss_register.model.base import Line, OneOrMore, Recurring, Said
from hipss_register.model.lengths import Length
from hipss_register.model.refusal import Refusal
from hipss_register.model.when import When

_UNIT = re.compile(r"(year|month|week|day)s?", re.IGNORECASE)


def _read_length(given: object) -> Length:
    if isinstance(given, Length):
        return given
    if not isinstance(given, str):
        raise Refusal("WRONG-SHAPE", "this must be a length of time, such as 3 years")
    return Length.parse(given)


Duration = Annotated[
    Length,
    BeforeValidator(_read_length),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["3 years", "18 months", "5 years 9 months"]}),
]


class Option(Recurring):
    """An option in a contract to lengthen it: how long, and whether "up to" that long."""

    shorthand: ClassVar[str] = "length"

    length: Duration
    """How long the option is."""
    up_to: Annotated[bool, Field(alias="up to")] = False
    """Whether any shorter time may be taken ("up to 2 years")."""

    @model_validator(mode="before")
    @classmethod
    def _read_up_to(cls, given: Any) -> Any:
        if isinstance(given, str) and given.strip().lower().startswith("up to "):
            return {"length": given.strip()[6:], "up to": True}
        return given


class Term(Recurring, Said):
    """A contract's term, or the part of it that one decision sets. Any part may be unknown."""

    shorthand: ClassVar[str] = "length"

    start: When | None = None
    """The first day."""
    end: When | None = None
    """The last day, without options; ``none`` where the record says that there is no end."""
    trial: Duration | None = None
    """A trial before the rest of the term begins."""
    length: Duration | None = None
    """How long it is, without options."""
    up_to: Annotated[bool, Field(alias="up to")] = False
    """Whether it may be shorter than said ("for up to 12 months")."""
    options: Annotated[tuple[Option, ...], OneOrMore] = ()
    """The options to lengthen it, in order; in a later decision, those left (``[]`` if none), where it says."""
    words: Line | None = None
    """The record's own words, where they say more or less."""

    @model_validator(mode="before")
    @classmethod
    def _read_sum(cls, given: Any) -> Any:
        is_sum = isinstance(given, str) and ("+" in given or given.strip().lower().startswith("up to "))
        return _spell_out_sum(given) if is_sum else given

    @model_validator(mode="after")
    def _possible(self) -> Term:
        start = self.start.earliest if self.start else None
        end = self.end.latest if self.end else None
        if start and end and end < start:
            raise Refusal("IMPOSSIBLE-TERM", f"the term ends ({end}) before it begins ({start})")
        return self

    @property
    def last_day(self) -> dt.date | None:
        """The last day that it can run to without options, if stated or if it follows from start and length."""
        if self.end and self.end.latest:
            return self.end.latest
        if self.start and self.start.exact and self.length:
            return self.length.end_from(self.start.exact)
        return None


def _spell_out_sum(text: str) -> dict[str, Any]:
    """Read ``3 + 1 + 1 years`` or ``3 years + up to 2 years``: the first part, then the options."""
    pieces = [piece.strip() for piece in text.split("+")]
    if not pieces[0]:
        raise Refusal("BAD-LENGTH", f"“{text[:60]}” is not a length of time", f"did you mean {text.strip(' +')[:60]}?")
    unit, spelt_pieces = "", []
    for piece in reversed(pieces):
        found = _UNIT.search(piece)
        unit = found[0] if found else unit
        if not unit and piece.isdecimal():
            raise Refusal("BAD-LENGTH", f"“{text[:60]}” has no unit", f"did you mean {' + '.join(pieces)} years?")
        spelt_pieces.append(piece if found else f"{piece} {unit}")
    first, *options = reversed(spelt_pieces)
    spelt: dict[str, Any] = {"options": options}
    if first.lower().startswith("up to "):
        return spelt | {"length": first[6:], "up to": True}
    return spelt | {"length": first}
