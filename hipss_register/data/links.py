"""The data behind one page of the site: what to offer there."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from hipss_register.data import paths
from hipss_register.data.jsonld import contract_jsonld, decision_jsonld
from hipss_register.data.publication import Publication
from hipss_register.site import addresses


@dataclass(frozen=True, slots=True)
class DataLink:
    """A file of data about what a page shows, with the words to offer it in."""

    title: str
    path: str


def decision_links(pub: Publication, record_id: str) -> Iterator[DataLink]:
    """The data about a decision, and the feeds that it is in."""
    yield DataLink("This decision as JSON", paths.decision(record_id))
    for contract in dict.fromkeys(pub.contract_of[id(step)] for step in pub.steps.get(record_id, ())):
        entry = pub.book.contracts[contract]
        yield DataLink(f"Feed of decisions about {entry.short or entry.name}", paths.contract_feed(contract))


def contract_links(pub: Publication, contract: str) -> Iterator[DataLink]:
    """The data about a contract."""
    yield DataLink("This contract as JSON", paths.contract(contract))
    yield DataLink("This contract as Open Contracting data", paths.contract_ocds(contract))
    yield DataLink("Calendar of its end and options", paths.contract_calendar(contract))
    yield DataLink("Feed of its decisions", paths.contract_feed(contract))


def group_links(pub: Publication, folder: str, group: str) -> Iterator[DataLink]:
    """The data about a group of decisions."""
    if folder == "suppliers":
        yield DataLink("This supplier as JSON", paths.supplier(group))
    elif folder == "decision-makers":
        yield DataLink("Feed of these decisions", paths.maker_feed(group))
    elif folder == "years":
        yield DataLink("The decisions of this year as JSON", paths.year(group))


LISTS: dict[str, tuple[DataLink, ...]] = {
    addresses.DECISIONS: (
        DataLink("All decisions as a CSV table", paths.table("decisions")),
        DataLink("Feed of the latest decisions", paths.FEED),
    ),
    addresses.CONTRACTS: (
        DataLink("All contracts as a CSV table", paths.table("contracts")),
        DataLink("Calendar of all contracts", paths.CALENDAR),
    ),
    addresses.facet("suppliers"): (DataLink("All suppliers as a CSV table", paths.table("suppliers")),),
}
"""The data behind the pages that list things."""


@dataclass(frozen=True, slots=True)
class PageData:
    """The data behind one page: files to offer, and a block of JSON-LD that is already safe to stand in a page."""

    links: tuple[DataLink, ...]
    jsonld: Markup


def page_data(pub: Publication, address: str, there: Container[str]) -> PageData:
    """The data behind a page, by the page's address; ``there`` are the paths of the files that exist."""
    folder, _, rest = address.removesuffix(".md").partition("/")
    name = rest.partition("/")[0]
    found: Iterable[DataLink]
    description = ""
    if address in LISTS:
        found = LISTS[address]
    elif folder == "decisions" and name in pub.book.register.records:
        found, description = decision_links(pub, name), decision_jsonld(pub, name)
    elif folder == "contracts" and name in pub.book.contracts:
        found, description = contract_links(pub, name), contract_jsonld(pub, name)
    else:
        found = group_links(pub, folder, name)
    return PageData(tuple(link for link in found if link.path in there), Markup(description))
