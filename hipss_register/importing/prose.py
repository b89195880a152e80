"""Dates, lengths of time and sums of money as people write them in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from hipss_register.model.dates import suggest_date
from hipss_register.model.money import PERIOD, QUALIFIERS, period_of, suggest_figure
from hipss_register.writing import Value

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
DATE = rf"(?:\d{{1,2}}\s?(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|{_MONTH},? \d{{4}})"
"""A date to the day or to the month, as a pattern for case-insensitive use."""
DAY_AND_MONTH = rf"\d{{1,2}}\s?(?:st|nd|rd|th)? {_MONTH}(?!\w)"
"""A date without its year."""
_NUMBERS = {
    word: n
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        start=1,
    )
}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
LENGTH = rf"(?:(?:up to|a maximum of)(?: a further)? )?{_NUMBER}[ -](?:year|month|week)s?"
"""A length of time, perhaps as a most."""
MONEY = re.compile(r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(k|m|bn|thousand|million|billion)?(?!\w)", re.IGNORECASE)

_MOST = r"(?:up to|a? ?maximum(?: \w+)?(?: of)?|no more than|not exceeding|not to exceed|at most|capped at|limited to)"
_ABOUT = r"(?:some|about|around|approximately|approx\.?|circa|c\.|estimated(?: \w+)?(?: at| of)?)"
_LEAST = r"(?:at least|a? ?minimum(?: \w+)?(?: of)?|not less than)"
_BEFORE_SUM = re.compile(rf"\b(?:({_MOST})|({_ABOUT})|({_LEAST}))\s*$", re.IGNORECASE)
_MOST_QUOTED = 300


def date_in(words: str) -> str:
    """The date that the words name, as the register writes it; empty if it cannot be told."""
    found = suggest_date(re.sub(r"[,.]| of\b", " ", words))
    return str(found) if found else ""


def length_of(words: str) -> str:
    """A length of time as the register writes it: "up to 2 years"."""
    match = re.fullmatch(rf"(.*?)({_NUMBER})[ -](year|month|week)s?", words.strip(), re.IGNORECASE)
    assert match, words
    number = _NUMBERS.get(match[2].lower()) or int(match[2])
    return f"{'up to ' if match[1].strip() else ''}{number} {match[3].lower()}{'' if number == 1 else 's'}"


def at_most_or_about(match: re.Match[str], text: str) -> tuple[str, str]:
    """Which of the register's four ways a sum is given in, and the words that say so with the sum itself."""
    before = _BEFORE_SUM.search(text[max(0, match.start() - 40) : match.start()])
    if not before:
        return QUALIFIERS[0], match[0]
    which = next(n for n in (1, 2, 3) if before[n])
    return ("at most", "about", "at least")[which - 1], f"{before[0]}{match[0]}".strip()


def figure_of(match: re.Match[str], text: str) -> Value:
    """A sum as the register writes it, with its own words where those say it another way."""
    qualifier, words = at_most_or_about(match, text)
    value = {qualifier: _digits(match)}
    if period := PERIOD.match(text, match.end()):
        value["per"] = period_of(period)
    if match[2]:
        value["words"] = words
    return value


def _digits(match: re.Match[str]) -> str:
    if not match[2]:
        return match[1].replace(",", "")
    return suggest_figure(match[0].lower()).removeprefix("did you mean ").removesuffix("?")


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence, or line, in which a passage stands, letter for letter."""
    ends = _ends_of_sentences(text)
    first, last = ends[bisect_right(ends, start) - 1], ends[bisect_left(ends, end)]
    return text[first:last].strip()


@lru_cache(maxsize=16)
def _ends_of_sentences(text: str) -> list[int]:
    """Where sentences end, between the text's own ends; kept, since a text can name many dates."""
    return [0, *(match.end() for match in re.finditer(r"(?<=[.;!?])\s+(?=[A-Z(])|\n+", text)), len(text)]


def quoted(words: str) -> str:
    """Words within quotation marks, in one line, and cut where they are long."""
    line = " ".join(words.split())
    return f"“{line}”" if len(line) <= _MOST_QUOTED else f"“{line[:_MOST_QUOTED].rsplit(' ', 1)[0]} …”"
