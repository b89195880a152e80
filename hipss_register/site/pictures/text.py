"""How wide words are, reckoned for the widest of the usual fonts: in any other they have room to spare."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

_HUNDREDTHS = {
    39: " \u00a0.,'/\\|ijlIJ·‘’",
    54: '!()-:;[]_`"*frt–“”',
    64: "scz?L",
    72: "0123456789£€$aekovxy{}EFTYS",
    74: "bdghnpquCZ",
    79: "ABKPRVX",
    86: "DGHNOQU+<>=#~−×",
    112: "mwMW%@&…—",
}
_WIDTH = {char: width for width, chars in _HUNDREDTHS.items() for char in chars}
_OTHER, _SQUARE = 90, 106
_LIGHT = 0.93
ELLIPSIS = "…"


class Run(NamedTuple):
    """Some words in one weight of type."""

    text: str
    strong: bool = False

    def width(self, size: float) -> float:
        """How wide they are in type of that size."""
        return text_width(self.text, size, self.strong)


Line = tuple[Run, ...]


@lru_cache(maxsize=1 << 10)  # the same words stand in drawing after drawing
def text_width(text: str, size: float, strong: bool = True) -> float:
    """How wide a text is in semi-bold or in plain type of that size."""
    try:
        hundredths = sum(map(_WIDTH.__getitem__, text))
    except KeyError:
        hundredths = sum(map(_char_width, text))
    return hundredths * size / 100 * (1 if strong else _LIGHT)


def _char_width(char: str) -> int:
    if char in _WIDTH:
        return _WIDTH[char]
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return _SQUARE
    return _WIDTH.get(unicodedata.normalize("NFD", char)[0], _OTHER)


def line_width(line: Line, size: float) -> float:
    """How wide a line is."""
    return sum(run.width(size) for run in line)


def shorten(text: str, size: float, room: float, strong: bool = True) -> str:
    """As much of a text as there is room for, with an ellipsis where it is cut."""
    if text_width(text, size, strong) <= room:
        return text
    while text and text_width(text + ELLIPSIS, size, strong) > room:
        text = text[:-1]
    return text.rstrip(" ,.") + ELLIPSIS


def wrap(runs: Line, size: float, room: float) -> tuple[Line, ...]:
    """The words in as many lines as they need; a word longer than a line is cut."""
    if len(runs) == 1 and 0 < line_width(runs, size) <= room:  # as most are
        return (runs,)
    lines: list[list[Run]] = [[]]
    used = 0.0
    for run in runs:
        for word in filter(None, run.text.split(" ")):
            word = shorten(word, size, room, run.strong)
            width = text_width(word, size, run.strong)
            space = text_width(" ", size, run.strong) if lines[-1] else 0.0
            if lines[-1] and used + space + width > room:
                lines.append([])
                used = space = 0.0
            lines[-1].append(Run(word, run.strong))
            used += space + width
    return tuple(_joined(words) for words in lines if words)


def _joined(words: list[Run]) -> Line:
    joined: list[Run] = []
    for word in words:
        if joined and joined[-1].strong == word.strong:
            joined[-1] = Run(f"{joined[-1].text} {word.text}", word.strong)
        else:
            joined.append(Run(f" {word.text}" if joined else word.text, word.strong))
    return tuple(joined)
