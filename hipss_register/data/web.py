"""What robots are told, and the true date of each page for the site map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property

from hipss_register.data import paths
from hipss_register.data.files import DataFile
from hipss_register.data.moments import updated
from hipss_register.data.publication import Publication
from hipss_register.read import Record
from hipss_register.site import addresses
from hipss_register.site.views.lists import page_numbers


def robots_files(pub: Publication) -> Iterator[DataFile]:
    """robots.txt: everything may be read; where the site knows its own address, the site map is named."""
    lines = ["User-agent: *", "Allow: /"]
    if address := pub.file("sitemap.xml"):
        lines.append(f"Sitemap: {address}")
    text = "\n".join([*lines, ""]).encode()
    yield DataFile(paths.ROBOTS, "text/plain", "What robots may read", lambda: (text,))


class PageDates:
    """The last day on which something changed a page of the register, by the page's address, worked out when asked for.

    The day is that of the decisions shown, of those that changed them, and of corrections; the clock has no part in it.
    """

    def __init__(self, pub: Publication) -> None:
        self._pub = pub
        self._latest: dict[int, dt.date | None] = {}

    @cached_property
    def _shown(self) -> dict[str, Sequence[Record]]:
        return dict(_shown(self._pub))

    def get(self, address: str) -> dt.date | None:
        """The day; None for an undated page, and for one that is not the register's."""
        if record := self._pub.book.register.records.get(addresses.decision_of(address)):
            return updated(self._pub, record)
        records = self._shown.get(address, ())
        if id(records) not in self._latest:  # many pages show the same
            self._latest[id(records)] = max(filter(None, (updated(self._pub, r) for r in records)), default=None)
        return self._latest[id(records)]


def _shown(pub: Publication) -> Iterator[tuple[str, Sequence[Record]]]:
    """The decisions that each page shows, but for those of one decision."""
    everything = tuple(pub.records)
    for contract, history in pub.book.histories.items():
        yield addresses.contract(contract), tuple(step.record for step in history.steps)
    for folder, groups in pub.book.groups.items():
        yield addresses.facet(folder), everything
        for group in groups.values():
            for number in page_numbers(len(group.members)):
                yield addresses.group(folder, group.id, number), group.records
    for address in (addresses.HOME, addresses.DECISIONS, addresses.CONTRACTS, paths.PAGE):
        yield address, everything
