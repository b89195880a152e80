"""What the lists show: all decisions, all contracts, the groups of each kind, and one group's decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipss_register.read import Record
from hipss_register.site import addresses
from hipss_register.site.book import FACETS, Book, Facet, Group

PAGE_LENGTH = 50
"""How many decisions a list shows before it goes on to another page."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a long list of decisions: which, out of how many, and the addresses of its neighbours."""

    records: tuple[Record, ...]
    total: int
    number: int
    pages: int
    addresses: tuple[str, ...]

    @property
    def first(self) -> int:
        """The number of its first decision in the whole list."""
        return (self.number - 1) * PAGE_LENGTH + 1

    @property
    def last(self) -> int:
        """The number of its last decision in the whole list."""
        return self.first + len(self.records) - 1


def paged(records: Sequence[Record], address_of_page: Sequence[str]) -> list[ListPage]:
    """The list cut into pages, one for each address."""
    count = len(address_of_page)
    cut = [tuple(records[n * PAGE_LENGTH : (n + 1) * PAGE_LENGTH]) for n in range(count)]
    return [ListPage(part, len(records), n, count, tuple(address_of_page)) for n, part in enumerate(cut, 1)]


def page_count(records: Sequence[Record]) -> int:
    """How many pages a list needs; an empty one needs one."""
    return max(1, -(-len(records) // PAGE_LENGTH))


@dataclass(frozen=True, slots=True)
class GroupView:
    """A page of one group's decisions."""

    facet: Facet
    group: Group
    page: ListPage
    contracts: tuple[str, ...]
    """For a supplier: the contracts that are or were theirs."""


@dataclass(frozen=True, slots=True)
class FacetView:
    """The page that lists the groups of one kind."""

    facet: Facet
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class DecisionsView:
    """The page of all decisions: the latest, and the ways to the others."""

    page: ListPage
    held: int
    cited: int
    facets: tuple[FacetView, ...]
    contracts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page."""

    decisions: int
    contracts: int
    first_year: str
    last_year: str
    missing: int
    cited: int
    latest: tuple[Record, ...]
    facets: tuple[FacetView, ...]


@dataclass(frozen=True, slots=True)
class ContractsView:
    """The page that lists all contracts."""

    contracts: tuple[str, ...]


def facet_views(book: Book) -> tuple[FacetView, ...]:
    """Every way to group decisions that has a group."""
    return tuple(
        FacetView(facet, in_reading_order(facet, book.groups[folder].values()))
        for folder, facet in FACETS.items()
        if book.groups[folder]
    )


def in_reading_order(facet: Facet, groups: object) -> tuple[Group, ...]:
    """Years from the latest; everything else by name."""
    members = list(groups)  # type: ignore[call-overload]
    if facet.folder == "years":
        return tuple(sorted(members, key=lambda group: group.id, reverse=True))
    return tuple(sorted(members, key=lambda group: (group.name.casefold(), group.id)))


def decisions_view(book: Book) -> DecisionsView:
    """The latest decisions, counts, and the ways to find the others."""
    records = book.newest_first()
    held = sum(record.held for record in records)
    shown = ListPage(tuple(records[:PAGE_LENGTH]), len(records), 1, 1, (addresses.DECISIONS,))
    contracts = tuple(
        (
            contract_id,
            contract.short or contract.name,
            len({r.id for r, _ in book.register.touching.get(contract_id, ())}),
        )
        for contract_id, contract in sorted(book.contracts.items(), key=lambda item: item[1].name.casefold())
    )
    return DecisionsView(shown, held, len(records) - held, facet_views(book), contracts)


def home_view(book: Book) -> HomeView:
    """Counts, and the latest decisions."""
    records = book.newest_first()
    years = sorted(book.groups["years"])
    return HomeView(
        decisions=len(records),
        contracts=len(book.contracts),
        first_year=years[0] if years else "",
        last_year=years[-1] if years else "",
        missing=sum(len(history.implied) for history in book.histories.values()),
        cited=sum(not record.held for record in records),
        latest=tuple(records[:5]),
        facets=facet_views(book),
    )


def group_views(book: Book, facet: Facet, group: Group) -> list[tuple[str, GroupView]]:
    """Each page of a group's decisions, with its address."""
    count = page_count(group.records)
    where = [addresses.group(facet.folder, group.id, n) for n in range(1, count + 1)]
    contracts = book.contracts_of.get(group.id, ()) if facet.folder == "suppliers" else ()
    return [
        (page.addresses[page.number - 1], GroupView(facet, group, page, contracts))
        for page in paged(group.records, where)
    ]
