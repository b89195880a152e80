"""What the lists show: all decisions, all contracts, the groups of each kind, and one group's decisions."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hipss_register.model import DecisionMaker, Supplier, Tables, Ward
from hipss_register.names import ordered_unique, reading_key
from hipss_register.read import Record
from hipss_register.site import addresses
from hipss_register.site.book import FACETS, Book, Facet, Group

PAGE_LENGTH = 50
"""How many decisions a list shows before it goes on to another page."""

NAMES_LENGTH = 150
"""How many names alone, of suppliers and the like, a list shows before it goes on to another page."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[_T]):
    """One page of a long list: which things, out of how many, and the addresses of all its pages."""

    items: tuple[_T, ...]
    total: int
    first: int
    """The number of its first item in the whole list."""
    number: int
    addresses: tuple[str, ...]
    letters: tuple[tuple[str, int], ...] = ()
    """For a list by name: each letter that a name begins with, and the number of the page where it first does."""

    @property
    def address(self) -> str:
        """Its own address."""
        return self.addresses[self.number - 1]

    def titled(self, title: str) -> str:
        """The title of the list, with the number of the page unless it is the first."""
        return f"{title}, page {self.number}" if self.number > 1 else title

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return len(self.addresses)

    @property
    def last(self) -> int:
        """The number of its last item in the whole list."""
        return self.first + len(self.items) - 1

    @property
    def near(self) -> list[int]:
        """The pages to offer: the first, the last, this one and those beside it; 0 stands for some left out."""
        offered = sorted({1, self.number - 1, self.number, self.number + 1, self.pages} & set(range(1, self.pages + 1)))
        return [n for at, n in enumerate(offered) for n in ([0, n] if at and n - offered[at - 1] > 1 else [n])]


def paged(
    items: Sequence[_T],
    address_of: Callable[[int], str],
    length: int = PAGE_LENGTH,
    name_of: Callable[[_T], str] | None = None,
) -> list[ListPage[_T]]:
    """The list cut into pages, each at the address of its number; with ``name_of``, found by first letters too."""
    where = tuple(address_of(n) for n in page_numbers(len(items), length))
    letters = _letters(items, name_of, length) if name_of and len(where) > 1 else ()
    starts = range(0, len(where) * length, length)
    return [
        ListPage(tuple(items[start : start + length]), len(items), start + 1, n, where, letters)
        for n, start in enumerate(starts, 1)
    ]


def page_numbers(items: int, length: int = PAGE_LENGTH) -> range:
    """The numbers of the pages that a list of so many items needs; an empty one needs one."""
    return range(1, max(1, -(-items // length)) + 1)


def _letters(items: Sequence[_T], name_of: Callable[[_T], str], length: int) -> tuple[tuple[str, int], ...]:
    first: dict[str, int] = {}
    for n, item in enumerate(items):
        first.setdefault(_letter(name_of(item)), n // length + 1)
    return tuple(first.items())


def _letter(name: str) -> str:
    """The letter that a name stands under: without its accent; one sign for all that is no letter."""
    letter = unicodedata.normalize("NFKD", name)[:1].upper()
    return letter if letter.isalpha() else "#"


@dataclass(frozen=True, slots=True)
class GroupView:
    """A page of one group's decisions."""

    facet: Facet
    group: Group
    page: ListPage[Record]
    contracts: tuple[str, ...]
    """For a supplier: the contracts that are or were theirs."""

    def entry(self, tables: Tables) -> Supplier | DecisionMaker | Ward | None:
        """What the reference table has on the group, if there is one with an entry for it."""
        name = self.facet.folder.replace("-", "_")
        found: Supplier | DecisionMaker | Ward | None = getattr(tables, name, {}).get(self.group.id)
        return found

    def also(self, entry: Supplier | DecisionMaker | Ward | None) -> list[str]:
        """Other ways to write the name: those that records use, then those in the table alone."""
        return list(ordered_unique((*self.group.also, *(entry.also if entry else ()))))


@dataclass(frozen=True, slots=True)
class FacetView:
    """The groups of one kind."""

    facet: Facet
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class FacetPage:
    """A page that lists the groups of one kind."""

    facet: Facet
    page: ListPage[Group]


@dataclass(frozen=True, slots=True)
class DecisionsView:
    """The page of all decisions: the latest, and the ways to the others."""

    page: ListPage[Record]
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
    """A page that lists contracts, each by its id."""

    page: ListPage[str]


def facet_views(book: Book) -> tuple[FacetView, ...]:
    """Every way to group decisions that has a group."""
    return tuple(
        FacetView(facet, in_reading_order(facet, book.groups[folder].values()))
        for folder, facet in FACETS.items()
        if book.groups[folder]
    )


def in_reading_order(facet: Facet, groups: Iterable[Group]) -> tuple[Group, ...]:
    """Years from the latest; everything else by name."""
    if facet.folder == "years":
        return tuple(sorted(groups, key=lambda group: group.id, reverse=True))
    return tuple(sorted(groups, key=lambda group: (reading_key(group.name), group.id)))


def decisions_view(book: Book) -> DecisionsView:
    """The latest decisions, counts, and the ways to find the others."""
    records = book.newest_first()
    held = sum(record.held for record in records)
    shown = ListPage(tuple(records[:PAGE_LENGTH]), len(records), 1, 1, (addresses.DECISIONS,))
    names = {contract_id: contract.short or contract.name for contract_id, contract in book.contracts.items()}
    contracts = tuple(
        (contract_id, names[contract_id], len({r.id for r, _ in book.register.touching.get(contract_id, ())}))
        for contract_id in sorted(names, key=lambda i: (reading_key(names[i]), i))
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


def contracts_views(book: Book) -> list[ContractsView]:
    """Each page of the list of contracts, by name."""
    contracts = book.contracts
    ids = sorted(contracts, key=lambda i: (reading_key(contracts[i].name), i))
    return [ContractsView(page) for page in paged(ids, addresses.contracts, name_of=lambda i: contracts[i].name)]


def facet_pages(book: Book, facet: Facet) -> list[FacetPage]:
    """Each page that lists the groups of one kind."""
    groups = in_reading_order(facet, book.groups[facet.folder].values())

    def address_of(number: int) -> str:
        return addresses.facet(facet.folder, number)

    return [FacetPage(facet, page) for page in paged(groups, address_of, NAMES_LENGTH, lambda group: group.name)]


def group_views(book: Book, facet: Facet, group: Group) -> list[GroupView]:
    """Each page of a group's decisions."""

    def address_of(number: int) -> str:
        return addresses.group(facet.folder, group.id, number)

    contracts = book.contracts_of.get(group.id, ()) if facet.folder == "suppliers" else ()
    return [GroupView(facet, group, page, contracts) for page in paged(group.records, address_of)]
