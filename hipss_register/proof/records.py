"""What a site says of its own making: the commit, and the SHA-256 of every record and source document that went in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hipss_register.read import Reading
from hipss_register.read.sources import SourceDocument

PATH = "proof/records.json"
"""Where in the site it is published."""


class NoProof(ValueError):
    """A file that does not say how a site was made; the message is one line."""


@dataclass(frozen=True, slots=True)
class Making:
    """What a site says of its making. ``commit`` is empty if it was not built from a git repository.

    ``folder`` is the decisions folder from the repository's top, and ``files`` the sums by path from there.
    """

    commit: str
    folder: str
    files: Mapping[str, str]

    def as_json(self) -> bytes:
        """The bytes that are published."""
        data = {"commit": self.commit, "folder": self.folder, "sha256": dict(sorted(self.files.items()))}
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def making_of(reading: Reading, sources: Mapping[str, SourceDocument], commit: str, folder: str) -> Making:
    """Gather what a site says of its making; files that cannot be read stop a build before this."""
    sums = {source.path: source.sha256 for source in sources.values()}
    marks = {record.path: record.mark for record in reading.records}
    for path, file in reading.files.items():
        sums[path.removeprefix(f"{folder}/")] = marks.get(path) or hashlib.sha256(file.real.read_bytes()).hexdigest()
    return Making(commit, folder, sums)


def read_making(raw: bytes) -> Making:
    """The bytes as published; raises `NoProof`."""
    try:
        data: Any = json.loads(raw)
        commit, folder, sums = data["commit"], data["folder"], data["sha256"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NoProof(f"{PATH} cannot be read") from None
    texts = [commit, folder, *(sums.items() if isinstance(sums, dict) else [None])]
    if not all(isinstance(text, str) for text in texts[:2]) or not isinstance(sums, dict):
        raise NoProof(f"{PATH} does not hold what it should")
    if not all(isinstance(value, str) for value in sums.values()) or not _is_commit(commit):
        raise NoProof(f"{PATH} does not hold what it should")
    return Making(commit, folder, sums)


def _is_commit(text: str) -> bool:
    return text == "" or (len(text) in (40, 64) and all(char in "0123456789abcdef" for char in text))
