"""OCDS release and record packages as files of the site."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial

from hipss_register.data import paths
from hipss_register.data.files import DataFile
from hipss_register.data.moments import BEGINNING
from hipss_register.data.ocds import merge, parts
from hipss_register.data.ocds.releases import all_releases, dated_steps, releases
from hipss_register.data.publication import Publication

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
    found = partial(_releases, pub)
    yield DataFile(paths.RELEASES, MEDIA, "OCDS releases of all contracts", found, listed=True)
    yield DataFile(paths.RECORDS, MEDIA, "OCDS records of all contracts", partial(_records, pub), listed=True)
    for contract in sorted(pub.book.contracts):
        if parts.ocid_of(pub, contract) and dated_steps(pub, contract):
            path = paths.contract_ocds(contract)
            yield DataFile(path, MEDIA, pub.book.contracts[contract].name, _of_one(pub, contract, path))


def _of_one(pub: Publication, contract: str, path: str) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        made = releases(pub, contract)
        yield from _package_of(package(pub, path, made[-1]["date"]), "records", iter([record(made)]))

    return chunks


def package(pub: Publication, path: str, date: str) -> Json:
    """What every package says of itself. It is dated by its latest release, since the clock has no part in it."""
    settings = pub.settings
    return {
        "uri": pub.file(path),
        "version": "1.1",
        "publishedDate": date,
        "publisher": {"name": settings.organisation or settings.site_name, "uri": settings.site_url},
        "publicationPolicy": pub.page(paths.PAGE),
    }


def record(made: list[Json]) -> Json:
    """One contract's record: its releases, and both ways of merging them."""
    return {
        "ocid": made[0]["ocid"],
        "releases": made,
        "compiledRelease": merge.compiled(made),
        "versionedRelease": merge.versioned(made),
    }


def _last_date(pub: Publication) -> str:
    contracts = (contract for contract in pub.book.contracts if parts.ocid_of(pub, contract))
    days = (day for contract in contracts for _, day in dated_steps(pub, contract)[-1:])
    return parts.last_second(max(days, default=BEGINNING))


def _releases(pub: Publication) -> Iterator[bytes]:
    each = (release for _, made in all_releases(pub) for release in made)
    yield from _package_of(package(pub, paths.RELEASES, _last_date(pub)), "releases", each)


def _records(pub: Publication) -> Iterator[bytes]:
    each = (record(made) for _, made in all_releases(pub))
    yield from _package_of(package(pub, paths.RECORDS, _last_date(pub)), "records", each)


def _package_of(head: Json, name: str, items: Iterator[Json]) -> Iterator[bytes]:
    """A package with a line for each of its items, made one after the other."""
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + f', "{name}": ['.encode()
    for n, item in enumerate(items):
        yield (b",\n" if n else b"\n") + json.dumps(item, ensure_ascii=False).encode()
    yield b"\n]}\n"
