"""What of the register something was made from, noted as it is read: so that it is known what a change can reach.

A page is made from its own record, from parts of others, from a contract's history, from names in tables. Nobody has
to say from which: the tables that pages are made from are `Watched`, and a record notes itself when its form is read.
What was made while a set of `noting` was open is still right as long as everything noted has the fingerprint it had.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")

Read = tuple[str, str]
"""A table, and which of its entries was read or looked for in vain."""

ALL: Final = "\0all"
"""The entry that stands for all of a table: how many there are, which, and in what order."""

_noted: set[Read] | None = None


def note(table: str, key: str) -> None:
    """Note that an entry is read, if anybody asks."""
    if _noted is not None:
        _noted.add((table, key))


def is_noted() -> bool:
    """Whether anybody asks what is read."""
    return _noted is not None


@contextmanager
def noting() -> Iterator[set[Read]]:
    """Gather what is read from here on; what is read for a part of something is read for the whole of it too."""
    global _noted
    outer, _noted = _noted, set()
    inner = _noted
    try:
        yield inner
    finally:
        _noted = outer
        if outer is not None:
            outer |= inner


def without_noting(function: Callable[..., T], *args: Any) -> T:
    """What a function gives, unnoted: for what is itself noted as an entry of a table."""
    global _noted
    outer, _noted = _noted, None
    try:
        return function(*args)
    finally:
        _noted = outer


class Watched(Mapping[str, V]):
    """A table whose entries note that they are read. ``say`` gives all of an entry that a reader may use, as text.

    Tables that have the same keys may be parts of one: an entry of any is then noted as that of the table ``within``,
    which is what all of them have under the key.
    """

    __slots__ = ("_entries", "_say", "name", "within")

    def __init__(
        self, name: str, entries: Mapping[str, V], say: Callable[[V], str] = repr, within: str | None = None
    ) -> None:
        self.name = name
        self.within = within or name
        self._entries = entries
        self._say = say

    def __getitem__(self, key: str) -> V:
        if _noted is not None:  # as `note` does; a page looks into tables hundreds of times
            _noted.add((self.within, key))
        return self._entries[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The entry of that key, else the default."""
        if _noted is not None:
            _noted.add((self.within, key))
        return self._entries.get(key, default)

    def __contains__(self, key: object) -> bool:
        note(self.within, str(key))
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        note(self.name, ALL)
        return iter(self._entries)

    def __len__(self) -> int:
        note(self.name, ALL)
        return len(self._entries)

    def said(self, key: str) -> str:
        """An entry as text; of all of them, each with its key; that there is none is said too."""
        if key == ALL:
            return "\n".join(f"{name}\0{self._say(entry)}" for name, entry in self._entries.items())
        return f"there {self._say(self._entries[key])}" if key in self._entries else "none"


class Remembered(Generic[K, V]):
    """Values that several readers ask for, made once; whoever asks has read what they were made from."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._made: dict[K, tuple[V, frozenset[Read]]] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._made:
            with noting() as seen:
                value = self._make(key)
            self._made[key] = value, frozenset(seen)
        value, read = self._made[key]
        if _noted is not None:
            _noted.update(read)
        return value


def _together(tables: list[Watched[Any]]) -> Callable[[str], str]:
    """What several tables have under a key; all of one of them is noted under its own name."""
    return lambda key: "\0".join(table.said(key) for table in tables)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What entries stand on: short texts for all that some entries are made from, and so for what any of them is.

    While a ground is there, all that ever stood on it is as it was then, and nobody need look at each.
    """

    of_entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For some tables, the grounds of entries by their keys."""
    of_tables: Mapping[str, str] = field(default_factory=dict)
    """For others, the ground of whatever can be read of them."""

    def under(self, read: Read) -> str:
        """The ground of an entry; empty if only the entry itself tells what it is."""
        table, key = read
        return self.of_tables.get(table) or self.of_entries.get(table, {}).get(key, "")

    def there(self) -> set[str]:
        """All of them."""
        return {*self.of_tables.values(), *(ground for of in self.of_entries.values() for ground in of.values())}


class Fingerprints:
    """The fingerprint of whatever can be read. None is remembered: there are dozens for each record."""

    def __init__(
        self,
        tables: Iterable[Watched[Any]],
        others: Mapping[str, Callable[[str], str]],
        grounds: Grounds | None = None,
    ) -> None:
        self.grounds = grounds or Grounds()
        self._say: dict[str, Callable[[str], str]] = dict(others)
        parts: dict[str, list[Watched[Any]]] = {}
        for table in tables:
            self._say[table.name] = table.said
            parts.setdefault(table.within, []).append(table)
        for name, together in parts.items():
            self._say.setdefault(name, _together(together))

    def __getitem__(self, read: Read) -> str:
        """The fingerprint of an entry; no table of that name has none that anything was made from."""
        table, key = read
        say = self._say.get(table)
        text = without_noting(say, key) if say else "no such table"
        whole = f"{table}\0{key}\0{text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(whole, digest_size=12).hexdigest()
