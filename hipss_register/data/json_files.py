"""The register's JSON as files: one for each decision, contract and supplier, one for each year, and the whole.

Each document is one line, which is made once and stands in every file that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from hipss_register.data import documents as d
from hipss_register.data import entities, paths
from hipss_register.data.document_parts import plain
from hipss_register.data.files import Chunks, DataFile
from hipss_register.data.publication import Publication
from hipss_register.later import Later
from hipss_register.read import Record

MEDIA = "application/json"


def json_files(pub: Publication) -> Iterator[DataFile]:
    """Every JSON document of the register."""
    yield DataFile(paths.REGISTER, MEDIA, "The whole register", Later(_whole, pub), listed=True)
    for year in sorted(pub.book.groups["years"]):
        make = Later(_year, pub, year)
        yield DataFile(paths.year(year), MEDIA, f"Decisions of {year}", make, listed=True, alone=True, large=True)
    for record in pub.records:
        yield DataFile(paths.decision(record.id), MEDIA, record.name, Later(_decision, pub, record), alone=True)
    for contract, entry in pub.book.contracts.items():
        yield DataFile(paths.contract(contract), MEDIA, entry.name, Later(_contract, pub, contract), alone=True)
    for supplier, firm in pub.book.register.tables.suppliers.items():
        yield DataFile(paths.supplier(supplier), MEDIA, firm.name, Later(_supplier, pub, supplier), alone=True)


def _decision(pub: Publication, record: Record) -> Iterator[bytes]:
    yield d.dumped_decision(entities.decision_facts(pub, record), record.form)
    yield b"\n"


def _contract(pub: Publication, contract: str) -> Iterator[bytes]:
    yield d.dumped(entities.contract_doc(pub, contract))
    yield b"\n"


def _supplier(pub: Publication, supplier: str) -> Iterator[bytes]:
    yield d.dumped(entities.supplier_doc(pub, supplier))
    yield b"\n"


def _line(pub: Publication, path: str, make: Chunks) -> bytes:
    """The line of a document's own file."""
    return pub.bytes_of(path, make)[:-1]


def _decisions(pub: Publication, records: Iterable[Record]) -> Iterator[bytes]:
    return (_line(pub, paths.decision(record.id), Later(_decision, pub, record)) for record in records)


def _year(pub: Publication, year: str) -> Iterator[bytes]:
    yield f'{{"format": "{d.FORMAT}", "year": "{year}",\n"decisions": '.encode()
    yield from _array(_decisions(pub, pub.book.groups["years"][year].records[::-1]))
    yield b"}\n"


def _whole(pub: Publication) -> Iterator[bytes]:
    tables = pub.book.register.tables
    yield f'{{"format": "{d.FORMAT}",\n"publisher": '.encode() + d.dumped(entities.publisher_doc(pub))
    parts: dict[str, Iterable[bytes]] = {
        "decisions": _decisions(pub, pub.records),
        "contracts": (pub.bytes_of(paths.contract(i), Later(_contract, pub, i))[:-1] for i in sorted(tables.contracts)),
        "suppliers": (pub.bytes_of(paths.supplier(i), Later(_supplier, pub, i))[:-1] for i in sorted(tables.suppliers)),
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
