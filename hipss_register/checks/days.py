"""Working days in England: neither a weekend nor a bank holiday."""

from __future__ import annotations

import datetime as dt
import functools

_DAY = dt.timedelta(days=1)
_MOST = 3660


@functools.cache
def _bank_holidays(year: int) -> frozenset[dt.date]:
    import holidays  # slow to load, and most registers need it for few decisions

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    """Whether it is a working day in England, by the bank holidays that the ``holidays`` package knows."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days there are after the first day, up to and including the last; 0 if it is not later.

    Past ten years it stops counting: nobody needs the number.
    """
    days = min(max((last - first).days, 0), _MOST)
    return sum(is_working_day(first + n * _DAY) for n in range(1, days + 1))


def clear_days_between(first: dt.date, last: dt.date) -> int:
    """How many whole days lie between two days, neither of them counted."""
    return (last - first).days - 1


def after_working_days(first: dt.date, count: int) -> dt.date:
    """The last of so many working days after a day."""
    day = first
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day
