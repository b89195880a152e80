"""Lengths of time as contracts give them: 3 years, 5 years 9 months, 26 weeks."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from hipss_register.model.refusal import Refusal

_PART = re.compile(r"(\d{1,3})\s*(year|month|week|day)s?", re.IGNORECASE | re.ASCII)
_SPLIT = re.compile(r"\s*(?:,|\band\b|\s)\s*", re.IGNORECASE)
_MOST_YEARS = 200
_LATEST_YEAR = 3000
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in calendar years and months, weeks and days."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Length:
        """Read ``3 years``, ``5 years 9 months`` or ``26 weeks``; raises `Refusal` for anything else or for nothing."""
        pieces = [(unit.lower() + "s", int(number)) for number, unit in _PART.findall(text)]
        found = dict(pieces)
        rest = _SPLIT.sub("", _PART.sub("", text))
        if rest or len(found) < len(pieces) or not any(found.values()) or found.get("years", 0) > _MOST_YEARS:
            raise Refusal(
                "BAD-LENGTH",
                f"“{text.strip()[:60]}” is not a length of time",
                "write it as 3 years, 18 months or {start: 2024-04-01, end: 2027-03-31}",
            )
        return cls(**found)

    def end_from(self, start: dt.date) -> dt.date | None:
        """The last day of a period of this length that begins on ``start``; None past the year 3000."""
        if start.year + self.years + self.months // 12 + self.weeks // 52 + self.days // 365 > _LATEST_YEAR:
            return None
        return self._after(start) - _ONE_DAY

    def start_to(self, end: dt.date) -> dt.date:
        """The first day of a period of this length that ends on ``end``."""
        after = end + _ONE_DAY
        year, month = self._months_from(after, -1)
        start = dt.date(year, month, min(after.day, calendar.monthrange(year, month)[1]))
        return start - self._rest

    def _after(self, start: dt.date) -> dt.date:
        """The day after; a month with no such day has run out by its last, so that the next one's first day follows."""
        year, month = self._months_from(start, 1)
        last = calendar.monthrange(year, month)[1]
        after = dt.date(year, month, min(start.day, last)) + (_ONE_DAY if start.day > last else dt.timedelta())
        return after + self._rest

    def _months_from(self, day: dt.date, sign: int) -> tuple[int, int]:
        year, month = divmod(day.year * 12 + day.month - 1 + sign * (self.years * 12 + self.months), 12)
        return year, month + 1

    @property
    def _rest(self) -> dt.timedelta:
        return dt.timedelta(weeks=self.weeks, days=self.days)

    def __str__(self) -> str:
        parts = (
            (self.years, "year"),
            (self.months, "month"),
            (self.weeks, "week"),
            (self.days, "day"),
        )
        return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n)
