"""OCDS release and record packages as files of the site.

A contract's releases and its record are made once, as lines of JSON, and stand in every package that has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pydantic_core import to_json

from hipss_register.data import paths
from hipss_register.data.files import DataFile
from hipss_register.data.moments import BEGINNING
from hipss_register.data.ocds import merge, parts
from hipss_register.data.ocds.releases import dated, releases
from hipss_register.data.publication import Publication
from hipss_register.data.spool import Spool
from hipss_register.later import Later

Json = parts.Json
MEDIA = "application/json"


def why_none(pub: Publication) -> str:
    """Why the register publishes nothing in the Open Contracting Data Standard; empty if it does."""
    if not pub.settings.site_url:
        return "OCDS needs the site's own address: set site_url in mkdocs.yml"
    if not any(parts.ocid_of(pub, contract) for contract in pub.book.contracts):
        return (
            "OCDS needs an ocid prefix, which the Open Contracting Partnership gives each publisher: set ocid_prefix "
            "among the plugin's options, or ocid in the table of contracts"
        )
    return ""


def ocds_files(pub: Publication) -> Iterator[DataFile]:
    """The packages of all contracts, and one record package for each contract that has a release."""
    if why_none(pub):
        return
    lines = _Lines(pub)
    all_releases = Later(_package, pub, paths.RELEASES, "releases", lines.releases)
    yield DataFile(paths.RELEASES, MEDIA, "OCDS releases of all contracts", all_releases, listed=True)
    all_records = Later(_package, pub, paths.RECORDS, "records", lines.record)
    yield DataFile(paths.RECORDS, MEDIA, "OCDS records of all contracts", all_records, listed=True)
    for contract in pub.once(dated):
        path = paths.contract_ocds(contract)
        make = Later(_package, pub, path, "records", lines.record, (contract,))
        yield DataFile(path, MEDIA, pub.book.contracts[contract].name, make)


class _Lines:
    """Each contract's releases and its record as lines of JSON."""

    def __init__(self, pub: Publication) -> None:
        self._pub, self._spool = pub, Spool()

    def releases(self, contract: str) -> bytes:
        """The contract's releases, one a line."""
        return self._spool.get(f"{contract} releases", lambda: self._make(contract)[0])

    def record(self, contract: str) -> bytes:
        """The contract's record: its releases, and both ways of merging them."""
        return self._spool.get(f"{contract} record", lambda: self._make(contract)[1])

    def _make(self, contract: str) -> tuple[bytes, bytes]:
        made = releases(self._pub, contract)
        lines = b",\n".join(map(to_json, made))
        merged = {"compiledRelease": merge.compiled(made), "versionedRelease": merge.versioned(made)}
        record = b'{"ocid":%b,"releases":[\n%b\n],%b' % (to_json(made[0]["ocid"]), lines, to_json(merged)[1:])
        self._spool.put(f"{contract} record", record)
        self._spool.put(f"{contract} releases", lines)
        return lines, record


def _package(
    pub: Publication, path: str, name: str, line: Callable[[str], bytes], contracts: Iterable[str] = ()
) -> Iterator[bytes]:
    """A package of the lines of some contracts, or of all that have a release, made one after the other."""
    days = pub.once(dated)
    shown = tuple(contracts) or tuple(days)
    last = max((days[contract][-1][1] for contract in shown), default=BEGINNING)
    yield b'%b,"%b":[' % (to_json(_head(pub, path, parts.last_second(last)))[:-1], name.encode())
    for n, contract in enumerate(shown):
        yield b",\n" if n else b"\n"
        yield line(contract)
    yield b"\n]}\n"


def _head(pub: Publication, path: str, date: str) -> Json:
    """What every package says of itself. It is dated by its latest release, since the clock has no part in it."""
    settings = pub.settings
    return {
        "uri": pub.file(path),
        "version": "1.1",
        "publishedDate": date,
        "publisher": {"name": settings.organisation or settings.site_name, "uri": settings.site_url},
        "publicationPolicy": pub.page(paths.PAGE),
    }
