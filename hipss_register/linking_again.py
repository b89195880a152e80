"""Checks again what stands between files, of which most are as they were."""

from __future__ import annotations

from typing import Any

from hipss_register.linking import Ask, Known, faults_of
from hipss_register.problems import Fault
from hipss_register.read import Reading, Record


class LinkingMemory:
    """Remembers the records with which nothing was wrong, as long as they and those they name are the same objects.

    It pays where records that did not change stay the same, as with a `hipss_register.read.ReadingMemory`.
    """

    def __init__(self) -> None:
        self._tables: tuple[Any, ...] = ()
        self._good: dict[str, list[Record | None]] = {}

    def ask_about(self, reading: Reading) -> Ask:
        """What finds the same as `hipss_register.linking.faults_of` in the records of a reading."""
        tables = reading.tables, reading.open_tables
        if tables != self._tables:
            self._good.clear()
        self._tables = tables
        return self._faults

    def _faults(self, record: Record, known: Known) -> list[Fault]:
        around = [record, *_named_by(record, known)]
        if list(map(id, self._good.get(record.path, ()))) == list(map(id, around)):
            return []
        faults = faults_of(record, known)
        if not faults and None not in around:  # of what cannot be read nobody knows whether it is the same
            self._good[record.path] = around
        return faults


def _named_by(record: Record, known: Known) -> list[Record | None]:
    """The records that one names."""
    names = [link.to for links in record.form.links.values() for link in links]
    names += [source.record for source in record.form.known_from if source.record]
    return [known.record(name) for name in names]
