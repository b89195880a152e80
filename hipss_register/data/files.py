"""One file of open data before anything has written it: where it belongs, what it is, and its bytes when asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Chunks = Callable[[], Iterable[bytes]]
"""Makes the bytes of a file, in pieces."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the site. ``path`` is relative to the site's root; ``listed`` if the data page names it by itself.

    Of the files of a format, those that are listed come first. One of which ``alone`` is true is made from the
    tables of its publication alone, so that what was read of them tells all that it depends on. It fits in memory if
    it is not ``large``.
    """

    path: str
    media: str
    title: str
    make: Chunks
    listed: bool = False
    alone: bool = False
    large: bool = False

    def chunks(self) -> Iterator[bytes]:
        """The file's bytes, made as they are asked for; the same each time."""
        yield from self.make()


def json_bytes(value: Any) -> bytes:
    """A value as JSON that a person can read, in the order given, with no character escaped that need not be."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def write_file(place: Path, chunks: Iterable[bytes]) -> None:
    """Write a file; its folder is made when it is the first in it. Raises OSError."""
    try:
        stream = place.open("wb")
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        stream = place.open("wb")
    with stream:
        stream.writelines(chunks)
