"""How a value says that it cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_MANY = 300


class Refusal(ValueError):
    """A value that cannot be read, with the problem's code and what to write instead.

    ``code`` is one of the codes in `hipss_register.problems`; ``hint`` is a suggestion or empty.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def did_you_mean(given: str, known: Iterable[str], apart_from: str = "") -> str:
    """A hint with the known name nearest to the one given, or nothing when none is near."""
    near = nearest(given, known, apart_from)
    return f"did you mean {near}?" if near else ""


def nearest(given: str, known: Iterable[str], apart_from: str = "") -> str | None:
    """The known name nearest to the one given, or None when none is near."""
    return _nearest(_shape(given), tuple(known), apart_from)


@lru_cache(maxsize=1000)
def _nearest(shape: str, known: tuple[str, ...], apart_from: str) -> str | None:
    by_shape = _by_shape(known)
    candidates = [other for other, name in by_shape.items() if name != apart_from]
    if len(candidates) > _MANY:  # then only those that begin or end alike
        half = len(shape) // 2
        candidates = [other for other in candidates if other.startswith(shape[:half]) or other.endswith(shape[half:])]
    near = get_close_matches(shape, candidates, n=1, cutoff=0.7)
    return by_shape[near[0]] if near else None


@lru_cache(maxsize=8)
def _by_shape(known: tuple[str, ...]) -> dict[str, str]:
    return {_shape(name): name for name in known}


def _shape(name: str) -> str:
    return name.casefold().replace("_", " ").replace("-", " ").strip()
