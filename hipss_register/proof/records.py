"""What a site says of its own making: the commit, and the SHA-256 of every record and source document that went in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hipss_register.model.base import ID_FORM
from hipss_register.read import Reading
from hipss_register.read.sources import SourceDocument

PATH = "proof/records.json"
"""Where in a site, or in a bundle, it stands."""


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
    contract: str = ""
    """The contract of which an audit bundle says this; a site says it of all."""

    def as_json(self) -> bytes:
        """The bytes that are published."""
        about = {"contract": self.contract} if self.contract else {}
        data = {"commit": self.commit, "folder": self.folder, **about, "sha256": dict(sorted(self.files.items()))}
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
        commit, folder, sums, contract = data["commit"], data["folder"], data["sha256"], data.get("contract", "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoProof(f"{PATH} cannot be read") from None
    texts = (commit, folder, contract, *(sums.values() if isinstance(sums, dict) else (None,)))
    sound = all(isinstance(text, str) for text in texts)
    if not sound or not _is_commit(commit) or not (contract == "" or ID_FORM.fullmatch(contract)):
        raise NoProof(f"{PATH} does not hold what it should")
    return Making(commit, folder, sums, contract)


def _is_commit(text: str) -> bool:
    return text == "" or (len(text) in (40, 64) and all(char in "0123456789abcdef" for char in text))
