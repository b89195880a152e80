"""Keeps what is needed more than once on disk, so that it is neither made again nor held in memory."""

from __future__ import annotations

import tempfile
import weakref
from array import array
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import IO


class Spool:
    """Bytes by name, in a file without a name that goes when the spool goes."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._ends = array("Q", [0])

    def __iter__(self) -> Iterator[str]:
        """The names, in the order in which their bytes were put in."""
        return iter(self._places)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    @cached_property
    def _file(self) -> IO[bytes]:
        file = tempfile.TemporaryFile(prefix="register-", buffering=0)  # noqa: SIM115 - it lives as long as the spool
        weakref.finalize(self, file.close)
        return file

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The bytes of that name, made the first time they are asked for."""
        if name in self:
            return self.kept(name)
        made = make()
        self.put(name, made)
        return made

    def kept(self, name: str) -> bytes:
        """The bytes of that name; raises KeyError if there are none."""
        place = self._places[name]
        start, end = self._ends[place : place + 2]
        self._file.seek(start)
        return self._file.read(end - start)

    def put(self, name: str, made: bytes) -> None:
        """Keep bytes under a name that has none yet."""
        if name not in self:
            self._places[name] = len(self._ends) - 1
            self._file.seek(self._ends[-1])
            self._file.write(made)
            self._ends.append(self._ends[-1] + len(made))
