"""How a value says that it cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class Refusal(ValueError):
    """A value that cannot be read, with the problem's code and what to write instead.

    ``code`` is one of the codes in `hipss_register.problems`; ``hint`` is a suggestion or empty.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """A hint with the known name nearest to the one given, or nothing when none is near."""
    by_shape = {_shape(name): name for name in known}
    near = get_close_matches(_shape(given), by_shape, n=1, cutoff=0.7)
    return f"did you mean {by_shape[near[0]]}?" if near else ""


def _shape(name: str) -> str:
    return name.casefold().replace("_", " ").replace("-", " ").strip()
