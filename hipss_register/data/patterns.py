"""What the model's own readers accept, as regular expressions that every JSON Schema tool understands.

They are anchored, have no flags, and use nothing beyond ECMA 262. The tests compare each with its reader.
"""

from __future__ import annotations


def any_case(words: str) -> str:
    """A pattern for words in capital or small letters, with any white space between them."""
    letters = (f"[{char.upper()}{char.lower()}]" if char.isalpha() else r"\s+" for char in words)
    return "".join(letters)


def whole(pattern: str) -> str:
    """The pattern for a whole value, with white space around it."""
    return rf"^\s*(?:{pattern})\s*$"


_YEAR = "(?:1[89]|2[01])[0-9]{2}"
_LEAP = "(?:(?:1[89]|2[01])(?:0[48]|[2468][048]|[13579][26])|2000)"
_DAY = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
DATE = f"(?:{_YEAR}(?:-(?:0[1-9]|1[0-2]))?|{_YEAR}-(?:{_DAY})|{_LEAP}-02-29)"
"""2017, 2017-10 or 2017-10-13, and only days that exist."""

_BOUND = f"(?:{any_case('not before')}|{any_case('not after')})"
SPAN = rf"{DATE}|{_BOUND}\s*{DATE}|{DATE}\s+(?:to|or)\s+{DATE}"
"""A date, a range, a bound, or either of two."""

_UNIT = "(?:{})".format("|".join(any_case(unit) + "[Ss]?" for unit in ("year", "month", "week", "day")))
_TIME = rf"[0-9]{{1,3}}\s*{_UNIT}"
_ONCE = "".join(
    f"(?!.*{any_case(unit)}[^+]*{any_case(unit)})(?!.*(?:20[1-9]|2[1-9][0-9]|[3-9][0-9][0-9])\\s*{any_case('year')})"
    if unit == "year"
    else f"(?!.*{any_case(unit)}[^+]*{any_case(unit)})"
    for unit in ("year", "month", "week", "day")
)
_TIMES = rf"{_TIME}(?:(?:\s*,\s*|\s+{any_case('and')}\s+|\s*){_TIME})*"
LENGTH = rf"{_ONCE}(?=.*[1-9]){_TIMES}"
"""3 years, 5 years 9 months."""

_UP_TO = rf"(?:{any_case('up to')}\s+)?"
OPTION = rf"{_UP_TO}{LENGTH}"
"""1 year, up to 2 years."""

_PIECE = rf"{_UP_TO}(?:{_TIMES}|[0-9]{{1,3}})"
TERM = rf"{_ONCE}(?=.*[1-9])(?:{_PIECE}\s*\+\s*)*{_UP_TO}{_TIMES}"
"""3 years, 3 + 1 + 1 years, 3 years + up to 2 years."""

FIGURE = r"£?\s?(?:-?[0-9]{1,3}(?:,[0-9]{3}){1,4}|-?[0-9]{1,15})(?:\.[0-9]{1,4})?"
"""407290, 407,290.50 or £407,290."""

NOTHING = "|".join(any_case(words) for words in ("nil", "none", "not stated", "not known", "withheld"))

LINE = r"^\s*\S(?:[^\n]*\S)?\s*$"
TEXT = r"\S"
ID = "^[a-z0-9]+(?:-[a-z0-9]+)*$"
_HOST = r"[!$%&()*+,\-.0-9;=A-Z_a-z~]"
_PORT = "[0-9]{0,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"
_ANY = r"[!#$%&()*+,\-./0-9:;=?@A-Z\[\]_a-z~]"
ADDRESS = rf"^[Hh][Tt][Tt][Pp][Ss]?://{_HOST}*\.{_HOST}*(?::(?:{_PORT}))?(?:[/?#]{_ANY}*)?$"
YES_NO = "^(?:{})$".format("|".join(map(any_case, ("yes", "no", "true", "false", "on", "off", "y", "n", "t", "f"))))
