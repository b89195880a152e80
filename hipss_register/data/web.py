"""What robots are told, and the true date of each page for the site map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from hipss_register.data import paths
from hipss_register.data.files import DataFile
from hipss_register.data.moments import updated
from hipss_register.data.publication import Publication
from hipss_register.read import Record
from hipss_register.site import addresses
from hipss_register.site.views.lists import page_count


def robots_files(pub: Publication) -> Iterator[DataFile]:
    """robots.txt: everything may be read; where the site knows its own address, the site map is named."""
    lines = ["User-agent: *", "Allow: /"]
    if address := pub.file("sitemap.xml"):
        lines.append(f"Sitemap: {address}")
    text = "\n".join([*lines, ""]).encode()
    yield DataFile(paths.ROBOTS, "text/plain", "What robots may read", lambda: (text,))


def page_dates(pub: Publication) -> dict[str, dt.date]:
    """The last day on which something changed each page of the register, by its address; undated pages have none.

    The day is that of the decisions shown, of those that changed them, and of corrections; the clock has no part in it.
    """
    days = {record.id: day for record in pub.records if (day := updated(pub, record))}
    shown: dict[str, Iterable[Record]] = {addresses.decision(record.id): (record,) for record in pub.records}
    for contract, history in pub.book.histories.items():
        shown[addresses.contract(contract)] = [step.record for step in history.steps]
    for folder, groups in pub.book.groups.items():
        shown[addresses.facet(folder)] = pub.records
        for group in groups.values():
            for number in range(1, page_count(group.records) + 1):
                shown[addresses.group(folder, group.id, number)] = group.records
    for address in (addresses.HOME, addresses.DECISIONS, addresses.CONTRACTS, paths.PAGE):
        shown[address] = pub.records
    latest = {
        address: max((days[r.id] for r in records if r.id in days), default=None) for address, records in shown.items()
    }
    return {address: day for address, day in latest.items() if day}
