"""A mistake as a rule finds it, and as it is told: in one place of one file, under a code of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hipss_register.problem_kinds import PROBLEM_KINDS, ProblemKind, Severity

__all__ = ["PROBLEM_KINDS", "Fault", "Loc", "Locate", "Problem", "ProblemKind", "Severity", "placed", "printable"]

Loc = tuple[str | int, ...]
"""The way to a place in a file, from its top: ``("contracts", 0, "term")``."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake, in one place of one file. ``line`` and ``column`` count from 1; 0 means the file as a whole."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        if self.code not in PROBLEM_KINDS:
            raise KeyError(f"no such problem code: {self.code}")

    @property
    def severity(self) -> Severity:
        """Whether it stops every build or only a strict one."""
        return PROBLEM_KINDS[self.code].severity

    def as_github_annotation(self) -> str:
        """The problem as a workflow command, which GitHub shows beside the line."""
        text = str(self).replace("%", "%25")
        path = printable(self.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        return f"::{self.severity} file={path},line={max(self.line, 1)}::{text}"

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return printable(f"{self.path}:{max(self.line, 1)}: {self.code} {self.message}{hint}")


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake as the pure rules find it: which record, where in it; the reader turns it into a `Problem`."""

    code: str
    path: str
    loc: Loc
    message: str
    hint: str = ""


Locate = Callable[[str, Loc], tuple[int, int]]
"""Finds the line and column of a place in a file."""


def placed(faults: Iterable[Fault], locate: Locate) -> list[Problem]:
    """The same mistakes with line and column."""
    return [Problem(f.path, *locate(f.path, f.loc), f.code, f.message, f.hint) for f in faults]


def printable(text: str) -> str:
    """The text in one line, with nothing in it that could steer a terminal or mislead the eye."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char in "\n\t" else f"\\u{ord(char):04x}" for char in text)
