"""Text as terms to look up: words without case and accents, sums as plain figures, dates as ISO 8601.

A reader's browser must read a question exactly as the build reads a record, so the patterns here are sent to it
(`HINTS`), and ``terms`` in ``finder.js`` is this module's mirror; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeVar

from hipss_register.model.dates import MONTHS

T = TypeVar("T")

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
_JOINS = re.compile(
    rf"st|nd|rd|th|of|(?:{'|'.join(_SCALES)})(?!{_LETTER}).*|.*(?:{_MONTH})\.?,?|.*[0-9 ].*|",
)
"""What may stand between two spaces of a date or a sum in folded text; and more, where that is simpler."""

_DROPPED = re.compile(DROPPED)


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


def _words(chunk: str) -> str:
    """The words without digits of what stands between two spaces."""
    return " ".join(word for word in _WORD.findall(fold(chunk)) if not _DIGITS.search(word))


def _joining(chunk: str) -> str:
    """What stands between two spaces, folded, if it may be part of a date or sum; else a break."""
    folded = fold(chunk)
    return folded if _JOINS.fullmatch(folded) else _BREAK


def _run_terms(run: str) -> frozenset[str]:
    found = set[str]()
    for term in _folded_terms(" ".join(run.split())):
        found.add(term)
        if "-" in term:  # a date
            year, month = term.split("-")[:2]
            found |= {f"{year}-{month}", year, MONTHS[int(month)].lower()}
    return frozenset(found)


_BREAK = "\n"
_MANY = 1 << 11


class _Remembered(dict[str, T]):
    """What is worked out of texts that records have again and again; begun anew when there are too many."""

    def __init__(self, work_out: Callable[[str], T]) -> None:
        self._work_out = work_out

    def __missing__(self, text: str) -> T:
        if len(self) >= _MANY:
            self.clear()
        self[text] = worked_out = self._work_out(text)
        return worked_out


class RecordTerms:
    """Reads what records are found by, a chunk at a time: most chunks have been read before, in this record or others.

    Runs of chunks that may be a date or a sum are read whole.
    """

    def __init__(self) -> None:
        self._words = _Remembered(_words)
        self._joining = _Remembered(_joining)
        self._runs = _Remembered(_run_terms)

    def of(self, text: str) -> set[str]:
        """The terms that a text is found by: its own, its words, and of each date the month, its name and the year."""
        chunks = text.split()
        found = set(" ".join(map(self._words.__getitem__, set(chunks))).split())
        runs = set(" ".join(map(self._joining.__getitem__, chunks)).split(_BREAK))
        return found.union(*map(self._runs.__getitem__, filter(_DIGITS.search, runs)))


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
