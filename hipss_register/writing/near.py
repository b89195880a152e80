"""Names that are near to one another and not the same: a slip of the pen, or the same post under another name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from hipss_register.names import ordered_unique, slug

_NEAR = 0.82
_MOST = 3


def near_names(words: str, known: Iterable[str]) -> list[str]:
    """The known names nearest to the words, the nearest first; none if one of them is the same but for its writing."""
    names = list(ordered_unique(known))
    own = slug(words)
    if any(slug(name) == own for name in names):
        return []
    scored = [(SequenceMatcher(None, own, slug(name)).ratio(), name) for name in names]
    return [name for score, name in sorted(scored, key=lambda one: (-one[0], one[1])) if score >= _NEAR][:_MOST]
