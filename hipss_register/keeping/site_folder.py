"""The folder that a site is written into: what is there just as it is to be stays where it is.

MkDocs removes the old site before it writes the new one. What a build wrote is therefore set aside before, and put back
after; a file whose bytes come out the same is left alone, and what nobody wrote again is removed in the end. A file is
known by its size, its times and its number, as the file system gives them: one that nobody touched need not be read
again. Of any other, as in a site that a build service brought back, the bytes are looked at: one that anybody changed
is written anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import struct
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

_BEFORE = "before"
_LIST = "site.txt"
_LARGE = 1 << 20
"""A file of more bytes is not held in memory to compare it, but written."""

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_STATE = struct.Struct("<QqqQ")
_SIZE = slice(0, 8)
_SUM = slice(_STATE.size, _STATE.size + 32)
_TOKEN = slice(_SUM.stop, None)

Known = dict[str, bytes]
"""Files by their paths in the site, each with its state, the SHA-256 of its bytes, and a token of what it is made from.

What has the same token comes out the same, so that nobody need make it. Not all files have one.
"""


def _state(found: os.stat_result) -> bytes:
    """What tells whether a file was touched."""
    return _STATE.pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class SiteFolder:
    """Writes the files of one build into a site.

    In the folder ``beside`` it keeps what it needs to know of the site before; without one, it knows nothing.
    """

    def __init__(self, site: str, beside: Path | None = None) -> None:
        self._site = site
        self._beside = beside
        self._before = str(beside / _BEFORE) if beside else ""
        self._there: Known = {}
        self._written: Known = {}

    def set_aside(self) -> None:
        """Keep the old site from being removed, as far as it can stand aside."""
        if self._beside:
            shutil.rmtree(self._before, ignore_errors=True)  # of a build that was ended
            self._there = _read_list(self._beside / _LIST)
        if self._there:
            _move(self._site, self._before)

    def put_back(self) -> None:
        """Put back what an earlier build wrote and nobody changed since; all else of the old site goes."""
        if self._there:
            found: Known = {}
            _keep_untouched(self._before, self._there, found)
            self._there = found
            _move(self._before, self._site)
            shutil.rmtree(self._before, ignore_errors=True)
            self._there |= dict(_moved(self._site, self._there))

    def give_up(self) -> None:
        """Have the old site as it was if it stands aside; if it is put back already, leave what is new of it."""
        if self._there and os.path.isdir(self._before):
            _move(self._before, self._site)
        else:
            self._remove_old()

    def keep(self, path: str, token: bytes) -> bool:
        """Leave a file that is there and was made from the same, so that it need not be made; False if it is not."""
        if not token or self._there.get(path, b"")[_TOKEN] != token or not self._is_there(path):
            return False
        self._written[path] = self._there.pop(path)
        return True

    def _is_there(self, path: str) -> bool:
        """Whether a file of the old site is still as it was put back: a build of another site may be at it too."""
        with contextlib.suppress(OSError):
            return _state(os.lstat(f"{self._site}/{path}")) == self._there[path][: _SUM.start]
        return False

    def read(self, path: str, token: bytes) -> bytes:
        """The bytes of a file that is there and was made from the same; nothing if there is none."""
        known = self._there.get(path) or self._written.get(path, b"")
        with contextlib.suppress(OSError):
            if token and known[_TOKEN] == token:
                found = _read(f"{self._site}/{path}", _STATE.unpack(known[: _STATE.size])[0])
                return found if hashlib.sha256(found).digest() == known[_SUM] else b""
        return b""

    def write(self, path: str, chunks: Iterable[bytes], token: bytes = b"") -> None:
        """Write a file, given its path in the site; raises OSError. Its folder is made when it is the first in it.

        The ``token`` is the same only for what is made from the same.
        """
        rest = iter(chunks)
        start, whole = _gather(rest)
        there = self._there.get(path, b"")
        same = there and whole and there[_SUM] == hashlib.sha256(start).digest() and self._is_there(path)
        self._there.pop(path, None)
        if same:
            self._written[path] = there[: _SUM.stop] + token
            return
        place = f"{self._site}/{path}"
        if there:  # somebody may have a link to the file that is there
            with contextlib.suppress(FileNotFoundError):
                os.unlink(place)
        write = _write if self._beside else _write_beside
        self._written[path] = write(place, chain((start,), rest)) + token

    def sum_of(self, path: str, found: os.stat_result) -> str | None:
        """The SHA-256 of a file as it was written; None if somebody else wrote it, or has touched it since."""
        written = self._written.get(path, b"")
        return written[_SUM].hex() if written[: _SUM.start] == _state(found) else None

    def finish(self) -> None:
        """Remove what is left of the old site, and note what was written for the next build."""
        self._remove_old()
        with contextlib.suppress(OSError):
            if self._beside:
                _write_list(self._beside / _LIST, self._written)

    def _remove_old(self) -> None:
        for path, known in self._there.items():
            place = f"{self._site}/{path}"
            with contextlib.suppress(OSError):
                if _state(os.lstat(place)) == known[: _SUM.start]:  # and not one that MkDocs wrote in its stead
                    os.unlink(place)
                    os.removedirs(os.path.dirname(place))
        self._there.clear()


def _move(one: str, other: str) -> None:
    """Move what is in a folder into another, as far as that can be done at once and nothing is there already.

    Hidden files stay, as MkDocs leaves them.
    """
    with contextlib.suppress(OSError):
        os.makedirs(other, exist_ok=True)
        for name in os.listdir(one):
            if not name.startswith(".") and not os.path.lexists(f"{other}/{name}"):
                os.rename(f"{one}/{name}", f"{other}/{name}")


def _moved(site: str, known: Known) -> Iterator[tuple[str, bytes]]:
    """What is known of the files that stand in no folder: moving them was another change of each."""
    for path in known:
        if "/" not in path:
            with contextlib.suppress(OSError):
                yield path, _state(os.lstat(f"{site}/{path}")) + known[path][_SUM.start :]


def _keep_untouched(folder: str, known: Known, found: Known, inner: str = "") -> None:
    """Find the files below a folder that are as they are known; all others, and folders without any, are removed."""
    before = len(found)
    with contextlib.suppress(OSError), os.scandir(f"{folder}/{inner}") as entries:
        for entry in entries:
            path = f"{inner}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                _keep_untouched(folder, known, found, f"{path}/")
            elif as_it_is := _as_it_is(entry, known.get(path, b"")):
                found[path] = as_it_is
            else:
                os.unlink(entry.path)
    if len(found) == before:
        with contextlib.suppress(OSError):
            os.rmdir(f"{folder}/{inner}")


def _as_it_is(entry: os.DirEntry[str], known: bytes) -> bytes:
    """What is known of a file, with the state that it is in by now; nothing if its bytes are others, or unknown."""
    found = entry.stat(follow_symlinks=False)
    state = _state(found)
    if not known or known[: _SUM.start] == state:
        return known
    same = stat.S_ISREG(found.st_mode) and known[_SIZE] == state[_SIZE] and _sum(entry.path, found) == known[_SUM]
    return state + known[_SUM.start :] if same else b""


def _sum(place: str, found: os.stat_result) -> bytes:
    """The SHA-256 of a file."""
    if found.st_size <= _LARGE:
        return hashlib.sha256(_read(place, found.st_size)).digest()
    with open(place, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _gather(chunks: Iterator[bytes]) -> tuple[bytes, bool]:
    """The start of a file, and whether it is all of it."""
    parts, size = [], 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > _LARGE:
            return b"".join(parts), False
    return b"".join(parts), True


def _read(place: str, size: int) -> bytes:
    """Read a file by its number, as `_write` writes it. If the system gives less of it, its SHA-256 tells."""
    number = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(number, size)
    finally:
        os.close(number)


def _write(place: str, chunks: Iterable[bytes]) -> bytes:
    """Write a file; one that cannot be made to its end goes, as somebody might take it for the whole."""
    number = _opened(place)
    try:
        return _written(number, chunks)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(place)
        raise


def _write_beside(place: str, chunks: Iterable[bytes]) -> bytes:
    """Write a file under another name first: somebody else may ask a server for it meanwhile, and get half of it."""
    partial = f"{place}.part"
    state = _write(partial, chunks)
    os.replace(partial, place)
    return state


def _opened(place: str) -> int:
    """The number of a new file, for which the system is called half as often as for Python's own files."""
    try:
        return os.open(place, _FLAGS, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        return os.open(place, _FLAGS, 0o666)


def _written(number: int, chunks: Iterable[bytes]) -> bytes:
    """Write into a file and close it; gives its state and its SHA-256."""
    made = hashlib.sha256()
    try:
        for chunk in chunks:
            made.update(chunk)
            while chunk:
                chunk = chunk[os.write(number, chunk) :]
        return _state(os.fstat(number)) + made.digest()
    finally:
        os.close(number)


def _write_list(file: Path, known: Known) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    made = hashlib.sha256()
    for line in _lines(known):
        made.update(line.encode())
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"{made.hexdigest()}\n")
        stream.writelines(_lines(known))


def _lines(known: Known) -> Iterator[str]:
    return (f"{state.hex()} {path}\n" for path, state in known.items() if "\n" not in path)


def _read_list(file: Path) -> Known:
    """What was noted; nothing if that is not just as it was written."""
    known: Known = {}
    made = hashlib.sha256()
    try:
        with file.open("rb") as lines:
            mark = next(lines, b"")
            for line in lines:
                made.update(line)
                state, _, path = line[:-1].decode().partition(" ")
                known[path] = bytes.fromhex(state)
    except (OSError, ValueError):
        return {}
    return known if mark == f"{made.hexdigest()}\n".encode() else {}
