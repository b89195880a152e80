"""Words of a page as lines of print: which are level, which stand high, how wide the gaps between them are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hipss_register.importing.blocks import clean
from hipss_register.importing.numerals import raised

COLUMN = 2.0
"""The empty space between two words, as a part of a line's height, from which a new column begins."""
_GLUED = 0.15
"""The same, up to which what is printed in two sorts of type is one word."""
_SMALL = 0.85
"""How high small print is at most, as a part of the print beside it."""
_BESIDE = 0.6
"""How far from a word its raised sign can be, as a part of its height."""
_BIN = 20

Word = dict[str, Any]
"""A word as pdfplumber gives it: its text, its type, and the four edges of its box."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: its text, the bold part at its head, and where on the page it is."""

    text: str
    lead: str
    left: float
    right: float
    top: float
    bottom: float
    first: float
    """How wide its first word is."""

    @property
    def height(self) -> float:
        """How high its print is."""
        return self.bottom - self.top


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines of print that words stand in, from top to bottom."""
    return sorted(map(line_of, level(words)), key=lambda line: line.top)


def level(words: Iterable[Word]) -> list[list[Word]]:
    """Words by lines: those belong to one whose middles are level."""
    lines: list[list[Word]] = []
    bottom = 0.0
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if lines and word["top"] + _height(word) / 2 < bottom:
            lines[-1].append(word)
            bottom = max(bottom, word["bottom"])
        else:
            lines.append([word])
            bottom = word["bottom"]
    return [sorted(line, key=lambda word: float(word["x0"])) for line in lines]


def line_of(words: Sequence[Word]) -> Line:
    """One line, from its words in order."""
    text, lead, bold = "", "", True
    height = max(map(_height, words))
    right = None
    for word in words:
        text += _gap(None if right is None else (word["x0"] - right) / height) + word["text"]
        bold = bold and "bold" in word["fontname"].casefold()
        lead = text if bold else lead
        right = word["x1"]
    top, bottom = min(word["top"] for word in words), max(word["bottom"] for word in words)
    first = words[0]
    return Line(clean(text), clean(lead), first["x0"], words[-1]["x1"], top, bottom, first["x1"] - first["x0"])


def _gap(share: float | None) -> str:
    if share is None or share <= _GLUED:
        return ""
    return "\t" if share > COLUMN else " "


def lower_raised(words: Sequence[Word]) -> None:
    """Put small signs that stand high beside a word level with it, their figures as raised ones: £5¹ is not £51."""
    usual = Counter(round(_height(word)) for word in words).most_common(1)
    small = [word for word in words if usual and _height(word) < _SMALL * usual[0][0]]
    if not small:
        return
    near: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        if _height(word) >= _SMALL * usual[0][0]:
            for edge in {int(word["x0"] // _BIN), int(word["x1"] // _BIN)}:
                near[edge].append(word)
    for sign in small:
        for word in _beside(sign, near):
            sign |= {"top": word["top"], "bottom": word["bottom"], "text": raised(sign["text"])}
            break


def _beside(sign: Word, near: dict[int, list[Word]]) -> Iterator[Word]:
    """The words beside which a sign stands high."""
    for edge in (sign["x0"], sign["x1"]):
        for n in (-1, 0, 1):
            for word in near.get(int(edge // _BIN) + n, ()):
                gap = max(sign["x0"] - word["x1"], word["x0"] - sign["x1"])
                beside = -0.1 * _height(word) <= gap <= _BESIDE * _height(word)
                if beside and sign["bottom"] > word["top"] and sign["bottom"] < word["bottom"] - 0.1 * _height(word):
                    yield word


def _height(word: Word) -> float:
    return float(word["bottom"] - word["top"])
