"""Numbers of lists as documents print them: 3, c, C, iii or III; and the small figures that stand high or low."""

from __future__ import annotations

import re

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_FIGURES = re.compile(r"\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*")


def numeral(number: int, kind: str) -> str:
    """A number of a list of that kind, named as HTML names them: 1, a, A, i or I."""
    if kind in ("a", "A"):
        letters = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(kind) + rest) + letters
        return letters
    if kind in ("i", "I"):
        made = _roman(number)
        return made if kind == "i" else made.upper()
    return str(number)


def _roman(number: int) -> str:
    made = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        made += sign * times
    return made


def raised(text: str) -> str:
    """Figures that stand high, such as the mark of a footnote: as letters £5¹ must not become £51. Words stay."""
    return text.translate(_RAISED) if _FIGURES.fullmatch(text) else text


def lowered(text: str) -> str:
    """The same for figures that stand low, as in CO₂."""
    return text.translate(_LOWERED) if _FIGURES.fullmatch(text) else text
