"""Names that records write in many ways, brought under one id."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

_APOSTROPHES = re.compile("['’‘ʼ]")
_MOST = 80
_BETWEEN = re.compile(r",? and |, | & |; ?")
_MOST_SPLIT = 1_000


class Named(Protocol):
    """An entry of a reference table: a name, and what else records call it."""

    @property
    def name(self) -> str:
        """The name to show."""
        ...

    @property
    def also(self) -> tuple[str, ...]:
        """Other names that records use."""
        ...


@functools.lru_cache(maxsize=1 << 16)
def slug(name: str) -> str:
    """An id for a name: small letters, digits and hyphens; never empty, and the same for the same name."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if made and len(made) <= _MOST and not any(char.isalnum() for char in plain if not char.isascii()):
        return made
    mark = hashlib.sha256(squeezed(plain).encode()).hexdigest()[:10]
    return f"{made[: _MOST - 11].strip('-') or 'n'}-{mark}"


def reading_key(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts names as people do: without regard to capitals or accents, and numbers in them by their size."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    parts = re.split("([0-9]+)", "".join(char for char in plain if not unicodedata.combining(char)))
    sizes = (part.lstrip("0") if n % 2 else part for n, part in enumerate(parts))
    return tuple((len(part) if n % 2 else 0, part) for n, part in enumerate(sizes))


class NameBook:
    """Finds the table entry that a record's words name; words that are in no entry make an id of their own."""

    def __init__(self, table: Mapping[str, Named]) -> None:
        ids: dict[str, str] = {}
        self._ids: Mapping[str, str] = ids
        self.clashes: list[tuple[str, str, str]] = []
        for entry_id, entry in table.items():
            for name in (entry.name, *entry.also):
                owner = ids.setdefault(slug(name), entry_id)
                if owner != entry_id:
                    self.clashes.append((entry_id, owner, name))

    def watched(self, watch: Callable[[Mapping[str, str]], Mapping[str, str]]) -> NameBook:
        """The same names, behind a mapping that notes what is looked for."""
        other = NameBook({})
        other._ids, other.clashes = watch(self._ids), self.clashes
        return other

    def id_of(self, words: str) -> str:
        """The id for what a record wrote."""
        key = slug(words)
        return self._ids.get(key, key)

    def knows(self, words: str) -> bool:
        """Whether an entry of the table goes by those words."""
        return slug(words) in self._ids

    def several(self, words: str) -> list[str]:
        """The names that a text gives one after another, if all of them are in the table; none if it gives just one."""
        names = _BETWEEN.split(words[:_MOST_SPLIT])
        return names if len(names) > 1 and all(map(self.knows, names)) else []


def squeezed(text: str) -> str:
    """The text with every run of white space as one space, for comparing words."""
    return " ".join(text.split())


def ordered_unique(items: Iterable[str]) -> Iterator[str]:
    """Each item once, in the order of first appearance."""
    return iter(dict.fromkeys(items))
