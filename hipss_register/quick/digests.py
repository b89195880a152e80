"""Digests of all that an answer depends on: when one of these is another, the answer must be given anew."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from pathlib import Path

from hipss_register.checks.world import Surroundings
from hipss_register.keeping.made_by import digest
from hipss_register.model import Tables
from hipss_register.names import NameBook
from hipss_register.proof.provenance import Touch
from hipss_register.quick.facts import Facts
from hipss_register.quick.parts import Part
from hipss_register.read.files import SourceFile


def file_digest(file: SourceFile) -> str:
    """A file's path and bytes; empty if it cannot be read."""
    try:
        if not stat.S_ISREG(file.real.stat().st_mode):
            return ""
        with file.real.open("rb") as stream:
            raw = stream.read()
    except (OSError, ValueError):
        return ""
    return hashlib.sha256(f"{file.path}\n".encode("utf-8", "surrogateescape") + raw).hexdigest()


def file_key(base: str, made: str) -> str:
    """What the facts of a file are kept under."""
    return hashlib.sha256(f"file {base} {made}".encode()).hexdigest()


class Tabled:
    """The reference tables as parts depend on them: contracts and suppliers by entry, the others whole."""

    def __init__(self, tables: Tables) -> None:
        self._wards = NameBook(tables.wards)
        self._followed = {entry.follows.contract for entry in tables.contracts.values() if entry.follows}
        self._contracts = {name: repr(entry) for name, entry in tables.contracts.items()}
        self._suppliers = {name: repr(entry) for name, entry in tables.suppliers.items()}
        self.whole = digest(repr(tables.decision_makers), repr(tables.wards), repr(tables.thresholds))

    def of(self, part: Part, facts: Iterable[Facts], around: Surroundings) -> str:
        """All that the tables and the surroundings have for one part."""
        facts = list(facts)
        contracts = sorted({*part.contracts, *(contract for fact in facts for contract in fact.contracts)})
        suppliers = sorted({supplier for fact in facts for supplier in fact.suppliers})
        places = sorted({self._wards.id_of(ward) for fact in facts for ward in fact.wards})
        return digest(
            [(name, self._contracts.get(name), name in self._followed) for name in contracts],
            [(name, self._suppliers.get(name)) for name in suppliers],
            [(place, around.ward_names.get(place)) for place in places if len(around.ward_names.get(place, ())) > 1],
        )


def part_digest(base: str, tabled: str, files: Iterable[tuple[str, Facts, tuple[Touch, ...]]], root: Path) -> str:
    """All that the answer for a part depends on: its files as they are and as they were, their documents, the rest."""
    own = [
        (
            made,
            [(t.change.commit, t.place, t.change.was, t.before, t.change.blob) for t in touches],
            [_state(root / source) for source in facts.sources],
        )
        for made, facts, touches in files
    ]
    return digest(base, tabled, own)


def _state(document: Path) -> tuple[int, ...]:
    """Whether a source document can have changed, as far as the file system tells; they are too large to read all."""
    try:
        found = document.lstat()
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_mode
