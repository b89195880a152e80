"""What changed between two versions of a decision file: field by field, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hipss_register.names import squeezed
from hipss_register.problems import Loc
from hipss_register.read.yaml_text import parse_yaml

OURS = frozenset({"notes", "corrections", "aliases"})
"""Fields of ours whose changes need no note: they are notes themselves, or keep an old address alive."""
_MOST_SHOWN = 160


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is not what it was. ``before`` or ``after`` is None where the field was not there."""

    loc: Loc
    before: str | None
    after: str | None

    @property
    def label(self) -> str:
        """The way to the field in words: “contracts 1, cost, at most”."""
        said: list[str] = []
        for part in self.loc:
            if isinstance(part, int):
                said[-1] += f" {part + 1}"
            else:
                said.append(part.replace("_", " "))
        return ", ".join(said)

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.label}: added, “{shortened(self.after or '')}”"
        if self.after is None:
            return f"{self.label}: taken out; it was “{shortened(self.before)}”"
        before, after = differing(self.before, self.after)
        return f"{self.label}: changed from “{before}” to “{after}”"


def changes_between(before: str, after: str) -> tuple[FieldChange, ...] | None:
    """The fields that differ between two versions of a file, in the order of the later one.

    None if either cannot be read. Comments, order of fields and ways of quoting are not differences.
    """
    old, new = parse_yaml(before), parse_yaml(after)
    if not isinstance(old.data, dict) or not isinstance(new.data, dict):
        return None
    was, now = dict(_leaves(old.data, ())), dict(_leaves(new.data, ()))
    order = [*now, *(loc for loc in was if loc not in now)]
    return tuple(
        FieldChange(loc, was.get(loc), now.get(loc))
        for loc in order
        if squeezed(was.get(loc) or "") != squeezed(now.get(loc) or "") or (loc in was) != (loc in now)
    )


def _leaves(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*loc, key))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _leaves(item, (*loc, n))
    else:
        yield loc, str(value)


def differing(before: str, after: str) -> tuple[str, str]:
    """The parts of two texts that differ, word by word, with “…” for what is the same at either end of long ones."""
    old, new = before.split(), after.split()
    if len(squeezed(before)) <= _MOST_SHOWN and len(squeezed(after)) <= _MOST_SHOWN:
        return " ".join(old), " ".join(new)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    first, last = max(first - 2, 0), max(last - 2, 0)
    return _cut(old, first, last), _cut(new, first, last)


def _cut(words: list[str], first: int, last: int) -> str:
    middle = " ".join(words[first : len(words) - last])
    return f"{'… ' if first else ''}{shortened(middle)}{' …' if last else ''}"


def shortened(text: str) -> str:
    """The beginning of a long text."""
    text = squeezed(text)
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN].rsplit(" ", 1)[0] + "…"
