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
    "about",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "by",
    "can",
    "did",
    "do",
    "does",
    "for",
    "from",
    "has",
    "have",
    "how",
    "i",
    "in",
    "is",
    "it",
    "many",
    "much",
    "of",
    "on",
    "or",
    "that",
    "the",
    "this",
    "to",
    "was",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "will",
    "with",
]
"""Words that a question need not be answered by, unless it has no others: those of any sentence, and those that ask."""

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
_NEAR = len(["th", "of", "september", "2020"])
"""How many words on from its first digits a term may have its last."""

_DROPPED = re.compile(DROPPED)


def fold(text: str) -> str:
    """The text in small letters, without accents and apostrophes, with single spaces."""
    return " ".join(_chunks(text))


def _chunks(text: str) -> list[str]:
    """What stands between the spaces of the folded text."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _DROPPED.sub("", text).lower().split()


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
    chunks = _chunks(text)
    once = set(chunks)
    plain = set(filter(str.isascii, filter(str.isalpha, once)))  # most are just a word
    others = once - plain
    with_digits = set(filter(_DIGITS.search, others))
    found = plain.union(_words(others - with_digits))
    found.update(word for word in _words(with_digits) if not _DIGITS.search(word))
    for near in _near(chunks, with_digits):
        for term in _folded_terms(near):
            found.add(term)
            if "-" in term:  # a date
                year, month = term.split("-")[:2]
                found |= {f"{year}-{month}", year, MONTHS[int(month)].lower()}
    return found


def _words(chunks: set[str]) -> list[str]:
    return _WORD.findall(" ".join(chunks))


def _near(chunks: list[str], with_digits: set[str]) -> Iterator[str]:
    """The parts of a folded text that hold its digits, each from the word before them to the word after."""
    parts: list[list[int]] = []
    for n in [n for n, chunk in enumerate(chunks) if chunk in with_digits]:
        if parts and n - parts[-1][1] <= _NEAR:
            parts[-1][1] = n
        else:
            parts.append([n, n])
    return (" ".join(chunks[max(first - 1, 0) : last + 2]) for first, last in parts)


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
