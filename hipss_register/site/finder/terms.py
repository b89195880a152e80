"""Text as terms to look up: words without case and accents, sums as plain figures, dates as ISO 8601.

A reader's browser must read a question exactly as the build reads a record, so the patterns here are sent to it
(`HINTS`), and ``terms`` in ``finder.js`` is this module's mirror; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hipss_register.model.dates import MONTHS

_MONTHS = {name.lower(): n for n, name in enumerate(MONTHS) if name}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_INITIALS = "".join(sorted({name[0] for name in _MONTHS}))
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_LETTER = r"[a-z0-9\u00c0-\u1fff\u2c00-\ufb4f]"

DROPPED = "['’‘ʼ\u0300-\u036f]"
"""What stands within a word and is not looked up: apostrophes, and accents once they are split off."""

PATTERN = "|".join(
    (
        rf"(?=[0-9{_INITIALS}])(?:(?P<day>[0-9]{{1,2}}) ?(?:st|nd|rd|th)? (?:of )?)?"
        rf"(?P<month>{_MONTH})\.?,? (?P<year>[0-9]{{4}})(?!{_LETTER})",
        r"(?P<isoyear>[0-9]{4})-(?P<isomonth>0[1-9]|1[0-2])(?:-(?P<isoday>[0-9]{2}))?(?![0-9])",
        r"(?P<dmyday>[0-9]{1,2})[/.](?P<dmymonth>[0-9]{1,2})[/.](?P<dmyyear>(?:19|20)[0-9]{2})(?![0-9])",
        r"(?P<figure>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
        rf"(?: ?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))}))?(?!{_LETTER})",
        rf"(?P<word>{_LETTER}+)",
    )
)
"""What a term looks like in folded text. Only what Python and JavaScript read alike is used."""

STOP_WORDS = [
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "by",
    "for",
    "from",
    "has",
    "have",
    "in",
    "is",
    "it",
    "of",
    "on",
    "or",
    "that",
    "the",
    "this",
    "to",
    "was",
    "which",
    "will",
    "with",
]
"""Words that a question need not be answered by, unless it has no others."""

HINTS = {
    "dropped": DROPPED,
    "pattern": PATTERN.replace("(?P<", "(?<"),
    "months": _MONTHS,
    "scales": _SCALES,
    "stop": STOP_WORDS,
}
"""What a browser needs to read a question as `terms` does."""

_PATTERN = re.compile(PATTERN)
_WORD = re.compile(f"{_LETTER}+")
_DIGITS = re.compile("[0-9]+")
_NEAR = len(" th of september., ")
"""How far apart the digits of one term may stand."""

_DROPPED = re.compile(DROPPED)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


def fold(text: str) -> str:
    """The text in small letters, without accents and apostrophes, with single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return " ".join(_DROPPED.sub("", text).lower().split())


def terms(text: str) -> Iterator[str]:
    """The terms of a text in order: what a question asks for."""
    return _folded_terms(fold(text))


def _folded_terms(folded: str) -> Iterator[str]:
    for match in _PATTERN.finditer(folded):
        yield match[0] if match.lastgroup == "word" else _figure(match) or _date(match)


def record_terms(text: str) -> set[str]:
    """The terms that a text is found by: its own, and for each date also its month, the month's name and its year.

    Only what stands near a digit is read with the whole pattern: most of a record is plain words, and there are many.
    """
    folded = fold(text)
    found = _words_without_digits(set(folded.split(" ")))
    for near in _near_digits(folded):
        for term in _folded_terms(near):
            found.add(term)
            if _DAY.fullmatch(term):
                year, month = term.split("-")[:2]
                found |= {f"{year}-{month}", year, MONTHS[int(month)].lower()}
    return found


def _words_without_digits(chunks: set[str]) -> set[str]:
    """The words in chunks of folded text: most chunks are just a word."""
    plain = {chunk for chunk in chunks if chunk.isascii() and chunk.isalpha()}
    return plain | {word for word in _WORD.findall(" ".join(chunks - plain)) if not _DIGITS.search(word)}


def _near_digits(folded: str) -> Iterator[str]:
    """The parts of a folded text that hold its digits, each from the word before them to the word after."""
    start = end = -1
    for digits in _DIGITS.finditer(folded):
        if end >= 0 and digits.start() - end > _NEAR:
            yield _with_words_beside(folded, start, end)
            start = -1
        start = digits.start() if start < 0 else start
        end = digits.end()
    if end >= 0:
        yield _with_words_beside(folded, start, end)


def _with_words_beside(folded: str, start: int, end: int) -> str:
    before, after = folded.rfind(" ", 0, start), folded.find(" ", end)
    first = folded.rfind(" ", 0, before) + 1 if before > 0 else 0
    last = folded.find(" ", after + 1) if after > 0 else -1
    return folded[first:] if last < 0 else folded[first:last]


def _date(match: re.Match[str]) -> str:
    if match["month"]:
        year, month, day = match["year"], str(_MONTHS[match["month"]]), match["day"]
    elif match["isoyear"]:
        year, month, day = match["isoyear"], match["isomonth"], match["isoday"]
    else:
        year, month, day = match["dmyyear"], match["dmymonth"], match["dmyday"]
    if not 1 <= int(month) <= 12:
        return f"{day}/{month}/{year}"
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])


def _figure(match: re.Match[str]) -> str:
    """A sum in full: 407290 for £407,290.00, 2500000 for £2.5m. A bare number stays as it is written."""
    figure, scale = match["figure"], match["scale"]
    if not figure or not (scale or "," in figure or "." in figure):
        return figure or ""
    whole, _, part = figure.replace(",", "").partition(".")
    places = _SCALES.get(scale, 0)
    full = (whole + part[:places].ljust(places, "0")).lstrip("0") or "0"
    rest = part[places:].rstrip("0")
    return f"{full}.{rest}" if rest else full
