"""When something was or will be: a date as far as known, or the record's own condition."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from hipss_register.model.base import Line, Recurring, Said
from hipss_register.model.dates import DateSpan
from hipss_register.model.refusal import Refusal


def _read_span(given: object) -> DateSpan:
    if isinstance(given, DateSpan):
        return given
    if not isinstance(given, str):
        raise Refusal("WRONG-SHAPE", "this must be a date")
    return DateSpan.parse(given)


Span = Annotated[
    DateSpan,
    BeforeValidator(_read_span),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["2017-10-13", "2017-10", "2024-03-01 to 2024-06-30"]}),
]


class When(Recurring, Said):
    """A date known to the day, month or year; a range; "not before"; either of two; or a condition in words."""

    shorthand: ClassVar[str] = "date"

    date: Span | None = None
    """2017-10-13, 2017-10, 2017, "2024-03-01 to 2024-06-30", "not before 2024-04-01", "not after …", "… or …"."""
    words: Line | None = None
    """The record's own words, where they differ ("13 th May 2021") or give a condition instead of a date."""

    @property
    def exact(self) -> dt.date | None:
        """The day, when it is one day and known."""
        return self.date.exact if self.date else None

    @property
    def earliest(self) -> dt.date | None:
        """The first day it can be, if anything bounds it."""
        return self.date.earliest if self.date else None

    @property
    def latest(self) -> dt.date | None:
        """The last day it can be, if anything bounds it."""
        return self.date.latest if self.date else None
