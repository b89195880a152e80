"""A copy of a site, whether a folder or an archive: which files it has, and their bytes. Nothing is unpacked."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hipss_register.proof.sums import LIST, SIGNATURE, digest, sums_of

_MOST_READ = 200_000_000
_DAMAGED = (
    *(OSError, EOFError, RuntimeError, ValueError),
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
)
"""What opening and unpacking raise for an archive that is cut off, protected or changed."""


class NoCopy(ValueError):
    """What was given is no copy of a site; the message is one line."""


@dataclass(frozen=True)
class Copy:
    """A copy of a site: the SHA-256 of every file but the list and its signature, and a way to read one of them."""

    sums: dict[str, str]
    read: Callable[[str], bytes | None]


def open_copy(path: Path) -> Copy:
    """A folder, a ZIP archive or a tar archive as a copy of a site; raises `NoCopy`."""
    try:
        if path.is_dir():
            return _folder(path)
        if zipfile.is_zipfile(path):
            return _zip(path)
        if path.is_file() and tarfile.is_tarfile(path):
            return _tar(path)
    except NoCopy:
        raise
    except _DAMAGED as error:
        raise NoCopy(f"{path} cannot be read: {error}") from None
    raise NoCopy(f"{path} is neither a folder nor a ZIP or tar archive")


def _folder(path: Path) -> Copy:
    def read(name: str) -> bytes | None:
        file = path / name
        return file.read_bytes() if file.is_file() and file.stat().st_size <= _MOST_READ else None

    return Copy(sums_of(path), read)


def _zip(path: Path) -> Copy:
    with zipfile.ZipFile(path) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        names = _stripped([info.filename for info in files])
        sums: dict[str, str] = {}
        kept: dict[str, bytes] = {}
        for info, name in zip(files, names, strict=True):
            with archive.open(info) as stream:
                _take(name, stream, info.file_size, sums, kept)
    return Copy(_ordered(sums), kept.get)


def _tar(path: Path) -> Copy:
    with tarfile.open(path) as archive:
        members = [member for member in archive.getmembers() if not member.isdir()]
        names = _stripped([member.name.removeprefix("./") for member in members])
        sums: dict[str, str] = {}
        kept: dict[str, bytes] = {}
        for member, name in zip(members, names, strict=True):
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is None:
                raise NoCopy(f"{path} holds {name}, which is a link or no ordinary file")
            _take(name, stream, member.size, sums, kept)
    return Copy(_ordered(sums), kept.get)


_KEPT = (LIST, SIGNATURE, "proof/records.json")


def _take(name: str, stream: IO[bytes], size: int, sums: dict[str, str], kept: dict[str, bytes]) -> None:
    """Add one file of an archive; the few that are read later are kept."""
    if name in sums or name in kept:
        raise NoCopy(f"{name} is in the archive twice")
    if name in _KEPT and size <= _MOST_READ:
        kept[name] = stream.read(_MOST_READ)
        stream = io.BytesIO(kept[name])
    if name not in (LIST, SIGNATURE):
        sums[name] = digest(stream)


def _stripped(names: list[str]) -> list[str]:
    """The names without the folder that all of them stand in, if it is that folder that holds the list."""
    if LIST in names:
        return names
    tops = {name.partition("/")[0] for name in names}
    top = next(iter(tops)) if len(tops) == 1 else None
    return [name.partition("/")[2] for name in names] if top and f"{top}/{LIST}" in names else names


def _ordered(sums: dict[str, str]) -> dict[str, str]:
    return {name: sums[name] for name in sorted(sums)}
