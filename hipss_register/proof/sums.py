"""The list of a site: the SHA-256 of every file, in the form that ``sha256sum -c`` reads."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

LIST = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
EARLIER = "sums"
"""The folder of the site in which earlier lists are carried forward, so that each new list covers them."""

_LINE = re.compile(r"(?P<escaped>\\?)(?P<sum>[0-9a-f]{64}) [ *](?P<path>[^\n]+)")
_BLOCK = 1024 * 1024
_MOST_LINES = 2_000_000


class BadList(ValueError):
    """A list that cannot be read, or a site of which none can be made; the message is one line."""


def digest(stream: IO[bytes]) -> str:
    """The SHA-256 of everything that is left in a stream."""
    made = hashlib.sha256()
    while block := stream.read(_BLOCK):
        made.update(block)
    return made.hexdigest()


def _read_sum(place: str) -> str:
    with open(place, "rb") as stream:  # noqa: PTH123 - see _files
        return digest(stream)


SumOf = Callable[[str, os.stat_result], str | None]
"""Gives the SHA-256 of a file, if it is known, from its path in the site and its state."""


def sums_of(site: Path, known: SumOf = lambda *_: None) -> dict[str, str]:
    """The SHA-256 of each file below a folder by its path, in the order of the paths' code points.

    The list itself and its signature are left out. Raises `BadList` for anything that is no ordinary file.
    """
    return {path: _sum_of(site, path, known) for path in sorted(_files(site))}


def _sum_of(site: Path, path: str, known: SumOf) -> str:
    place = f"{site}/{path}"
    return known(path, os.lstat(place)) or _read_sum(place)


def _files(site: Path) -> Iterator[str]:
    """The path from a folder of each file below it but the list. As texts: ``Path`` keeps all names."""
    folders = [""]
    while folders:
        inner = folders.pop()
        with os.scandir(f"{site}/{inner}") as entries:
            for entry in entries:
                path = f"{inner}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                elif not entry.is_file(follow_symlinks=False):
                    raise BadList(f"{path} is a link or no ordinary file")
                elif path not in (LIST, SIGNATURE):
                    yield path


def format_sums(sums: Mapping[str, str]) -> str:
    """The list as text, one file in a line."""
    return "".join(_line(path, sums[path]) for path in sorted(sums))


def _line(path: str, made: str) -> str:
    plain = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if plain == path else chr(92)}{made}  {plain}\n"


def read_sums(text: str) -> dict[str, str]:
    """A list's text as sums by path; raises `BadList` where a line is no such thing or a path stands twice."""
    sums: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), start=1):
        match = _LINE.fullmatch(line)
        if not match or number > _MOST_LINES:
            raise BadList(f"line {number} of {LIST} is not a sum and a path")
        path = _unescaped(match["path"]) if match["escaped"] else match["path"]
        if path in sums:
            raise BadList(f"line {number} of {LIST} has the path {path[:120]} a second time")
        sums[path] = match["sum"]
    return sums


def _unescaped(path: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), path)


def write_sums(site: Path, earlier: Path | None = None, known: SumOf = lambda *_: None) -> None:
    """Carry the earlier lists forward into a built site, then write the list of all its files.

    ``earlier`` is the folder in which the lists of earlier editions are kept, as text files; ``known`` spares reading
    what is known already. An old signature is taken away, since it is of another list. Raises `BadList`.
    """
    for file in sorted(earlier.glob("*.txt")) if earlier and earlier.is_dir() else ():
        target = site / EARLIER / file.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, target)
    (site / SIGNATURE).unlink(missing_ok=True)
    paths = sorted(_files(site))
    with (site / LIST).open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_line(path, _sum_of(site, path, known)) for path in paths)
