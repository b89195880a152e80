"""Dates as records give them: known to the day, the month or the year; ranges; "not before"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from hipss_register.model.refusal import Refusal

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2199
# Not from the library's calendar, which asks the machine's locale, and so is not the same everywhere.
MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = {name.lower()[:size]: n for n, name in enumerate(MONTHS) for size in (3, 9) if name} | {"sept": 9}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, only to the month, or only to the year."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2017``, ``2017-10`` or ``2017-10-13``; raises `Refusal` with a suggestion for anything else."""
        match = _ISO.fullmatch(text.strip())
        if not match:
            raise _not_a_date(text)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
            raise Refusal(
                "BAD-DATE", f"a register has no dates before {_EARLIEST_YEAR} or after {_LATEST_YEAR}: “{text}”"
            )
        if not _exists(year, month, day):
            raise _no_such_day(text, year, month)
        return cls(year, month, day)

    @property
    def first(self) -> dt.date:
        """The first day it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def exact(self) -> dt.date | None:
        """The day, when it is known to the day."""
        return self.first if self.day else None

    @classmethod
    def of(cls, day: dt.date) -> PartialDate:
        """The same day, as a date known to the day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


class Relation(StrEnum):
    """How a statement of time relates to the dates it names."""

    ON = "on"
    BETWEEN = "between"
    NOT_BEFORE = "not before"
    NOT_AFTER = "not after"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A statement of time: on a date, between two, not before, not after, or either of two."""

    relation: Relation
    date: PartialDate
    other: PartialDate | None = None

    @classmethod
    def parse(cls, text: str) -> DateSpan:
        """Read ``2018-01``, ``2024-03-01 to 2024-06-30``, ``not before 2024-04-01``, ``2024-03-31 or 2024-09-30``."""
        text = " ".join(text.split())
        for relation in (Relation.NOT_BEFORE, Relation.NOT_AFTER):
            if text.lower().startswith(relation.value):
                return cls(relation, PartialDate.parse(text[len(relation.value) :]))
        if between := re.fullmatch(r"between (\S+) and (\S+)", text, re.IGNORECASE):
            return cls._of_two(Relation.BETWEEN, *between.groups())
        for relation, word in ((Relation.BETWEEN, " to "), (Relation.EITHER, " or ")):
            if word in text:
                return cls._of_two(relation, *text.split(word, 1))
        return cls(Relation.ON, PartialDate.parse(text))

    @classmethod
    def _of_two(cls, relation: Relation, first: str, second: str) -> DateSpan:
        date, other = PartialDate.parse(first), PartialDate.parse(second)
        if relation is Relation.BETWEEN and other.last < date.first:
            raise Refusal(
                "BAD-DATE",
                f"the range ends ({other}) before it begins ({date})",
                f"{other} to {date}",
            )
        return cls(relation, date, other)

    @classmethod
    def on(cls, day: dt.date) -> DateSpan:
        """That one day."""
        return cls(Relation.ON, PartialDate.of(day))

    @property
    def earliest(self) -> dt.date | None:
        """The first day it can be; None when nothing bounds it from below."""
        if self.relation is Relation.NOT_AFTER:
            return None
        if self.other and self.relation is Relation.EITHER:
            return min(self.date.first, self.other.first)
        return self.date.first

    @property
    def latest(self) -> dt.date | None:
        """The last day it can be; None when nothing bounds it from above."""
        if self.relation is Relation.NOT_BEFORE:
            return None
        if self.other and self.relation is Relation.BETWEEN:
            return self.other.last
        if self.other and self.relation is Relation.EITHER:
            return max(self.date.last, self.other.last)
        return self.date.last

    @property
    def exact(self) -> dt.date | None:
        """The day, when it is one day and known."""
        return self.date.exact if self.relation is Relation.ON else None

    @property
    def single(self) -> PartialDate | None:
        """The one date it names, when it is "on" that date."""
        return self.date if self.relation is Relation.ON else None

    def __str__(self) -> str:
        match self.relation:
            case Relation.ON:
                return str(self.date)
            case Relation.BETWEEN:
                return f"{self.date} to {self.other}"
            case Relation.EITHER:
                return f"{self.date} or {self.other}"
            case _:
                return f"{self.relation.value} {self.date}"


def _exists(year: int, month: int | None, day: int | None) -> bool:
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return False
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def _no_such_day(text: str, year: int, month: int | None) -> Refusal:
    guess = suggest_date(text)
    if guess or not month or not 1 <= month <= 12:
        return _not_a_date(text)
    last = calendar.monthrange(year, month)[1]
    return Refusal("BAD-DATE", f"“{text.strip()[:60]}” is not a date: {MONTHS[month]} {year} has {last} days")


def _not_a_date(text: str) -> Refusal:
    guess = suggest_date(text)
    return Refusal(
        "BAD-DATE",
        f"“{text.strip()[:60]}” is not a date; dates are written as 2017-10-13, 2017-10 or 2017",
        f"did you mean {guess}?" if guess else "",
    )


def suggest_date(text: str) -> PartialDate | None:
    """What a person probably meant by a date in another form, read in British order; None when it cannot be told."""
    text = re.sub(r"(?<=[0-9])\s*(st|nd|rd|th)\b", "", text.strip().lower()[:60])
    text = re.sub(r"(?<=[0-9])[t ][0-9]{1,2}:[0-9]{2}.*", "", text)
    for year, month, day in _readings(text):
        if _exists(year, month, day):
            return PartialDate(year, month, day)
    return None


def _readings(text: str) -> list[tuple[int, int | None, int | None]]:
    numbers = [int(n) for n in re.findall(r"[0-9]{1,4}", text)]
    months = [_MONTHS[word] for word in re.findall(r"[a-z]+", text) if word in _MONTHS]
    if len(months) == 1 and len(numbers) == 2:
        day, year = sorted(numbers)
        return [(year, months[0], day)]
    if len(months) == 1 and len(numbers) == 1:
        return [(numbers[0], months[0], None)]
    return [] if re.search("[a-z]", text) else _readings_of_numbers(text, numbers)


def _readings_of_numbers(text: str, numbers: list[int]) -> list[tuple[int, int | None, int | None]]:
    if together := re.fullmatch(r"([12]\d{3})(\d{2})(\d{2})", text):
        year, month, day = map(int, together.groups())
        return [(year, month, day)]
    if re.match(r"\d{4}\D", text) and len(numbers) == 3:
        year, month, day = numbers
        return [(year, month, day), (year, day, month)]
    if len(numbers) == 3:
        day, month, year = numbers
        year = year + 2000 if year < 100 else year
        return [(year, month, day), (year, day, month)]
    if re.match(r"\d{4}\D\d", text) and len(numbers) == 2:
        return [(numbers[0], numbers[1], None)]
    if len(numbers) == 2:
        return [(numbers[1], numbers[0], None)]
    return []
