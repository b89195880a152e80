"""The register's JSON as files: one for each decision, contract and supplier, one for each year, and the whole.

Each document is one line, which is made once and stands in every file that has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from pydantic import BaseModel

from hipss_register.data import documents as d
from hipss_register.data import entities, paths
from hipss_register.data.document_parts import plain
from hipss_register.data.files import DataFile
from hipss_register.data.publication import Publication
from hipss_register.data.spool import Spool
from hipss_register.read import Record

T = TypeVar("T")
MEDIA = "application/json"


def json_files(pub: Publication) -> Iterator[DataFile]:
    """Every JSON document of the register."""
    lines = _Lines(pub)
    yield DataFile(paths.REGISTER, MEDIA, "The whole register", partial(_whole, pub, lines), listed=True)
    for year in sorted(pub.book.groups["years"]):
        records = pub.book.groups["years"][year].records[::-1]
        make = partial(_year, lines, year, records)
        yield DataFile(paths.year(year), MEDIA, f"Decisions of {year}", make, listed=True)
    for record in pub.records:
        yield DataFile(paths.decision(record.id), MEDIA, record.name, partial(_alone, lines.decision, record))
    for contract, entry in pub.book.contracts.items():
        yield DataFile(paths.contract(contract), MEDIA, entry.name, partial(_alone, lines.contract, contract))
    for supplier, firm in pub.book.register.tables.suppliers.items():
        yield DataFile(paths.supplier(supplier), MEDIA, firm.name, partial(_alone, lines.supplier, supplier))


class _Lines:
    """Each document as a line of JSON."""

    def __init__(self, pub: Publication) -> None:
        self._pub, self._spool = pub, Spool()

    def decision(self, record: Record) -> bytes:
        return self._spool.get(
            paths.decision(record.id),
            lambda: d.dumped_decision(entities.decision_facts(self._pub, record), record.form),
        )

    def contract(self, contract: str) -> bytes:
        return self._spool.get(paths.contract(contract), lambda: d.dumped(entities.contract_doc(self._pub, contract)))

    def supplier(self, supplier: str) -> bytes:
        return self._spool.get(paths.supplier(supplier), lambda: d.dumped(entities.supplier_doc(self._pub, supplier)))


def _alone(line: Callable[[T], bytes], key: T) -> Iterator[bytes]:
    yield line(key)
    yield b"\n"


def _year(lines: _Lines, year: str, records: Iterable[Record]) -> Iterator[bytes]:
    yield f'{{"format": "{d.FORMAT}", "year": "{year}",\n"decisions": '.encode()
    yield from _array(map(lines.decision, records))
    yield b"}\n"


def _whole(pub: Publication, lines: _Lines) -> Iterator[bytes]:
    tables = pub.book.register.tables
    yield f'{{"format": "{d.FORMAT}",\n"publisher": '.encode() + d.dumped(entities.publisher_doc(pub))
    parts: dict[str, Iterable[bytes]] = {
        "decisions": map(lines.decision, pub.records),
        "contracts": map(lines.contract, sorted(pub.book.contracts)),
        "suppliers": map(lines.supplier, sorted(tables.suppliers)),
        "decision_makers": (_entry(i, entry) for i, entry in sorted(tables.decision_makers.items())),
        "wards": (_entry(i, entry) for i, entry in sorted(tables.wards.items())),
        "thresholds": (_entry(i, entry) for i, entry in sorted(tables.thresholds.items())),
        "findings": (d.dumped(entities.finding_doc(finding)) for finding in pub.findings),
    }
    for name, documents in parts.items():
        yield f',\n"{name}": '.encode()
        yield from _array(documents)
    yield b"}\n"


def _entry(entry_id: str, entry: BaseModel) -> bytes:
    """An entry of a reference table: `documents.MakerDoc`, `documents.WardDoc` or `documents.ThresholdDoc`."""
    return d.dumped({"id": entry_id, "entry": plain(entry)})


def _array(documents: Iterable[bytes]) -> Iterator[bytes]:
    """A JSON array with a line for each document, one after the other."""
    yield b"["
    for n, document in enumerate(documents):
        yield b",\n" if n else b"\n"
        yield document
    yield b"\n]"
