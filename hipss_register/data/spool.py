"""Keeps what is needed more than once on disk, so that it is neither made again nor held in memory."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable
from functools import cached_property
from typing import IO


class Spool:
    """Bytes by name, in a file without a name that goes when the spool goes."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    @cached_property
    def _file(self) -> IO[bytes]:
        file = tempfile.TemporaryFile(prefix="register-", buffering=0)  # noqa: SIM115 - it lives as long as the spool
        weakref.finalize(self, file.close)
        return file

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The bytes of that name, made the first time they are asked for."""
        if name in self._places:
            return self.kept(name)
        made = make()
        self.put(name, made)
        return made

    def kept(self, name: str) -> bytes:
        """The bytes of that name; raises KeyError if there are none."""
        start, size = self._places[name]
        self._file.seek(start)
        return self._file.read(size)

    def put(self, name: str, made: bytes) -> None:
        """Keep bytes under a name that has none yet."""
        if name not in self._places:
            self._file.seek(self._end)
            self._file.write(made)
            self._places[name] = self._end, len(made)
            self._end += len(made)
