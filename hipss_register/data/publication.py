"""All that the data is made from: the book, who publishes it and where, and what the checks found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, urljoin

from hipss_register.data.files import Chunks
from hipss_register.data.spool import Spool
from hipss_register.history import Step
from hipss_register.read import Record
from hipss_register.register import Linked
from hipss_register.site import addresses
from hipss_register.site.book import Book

T = TypeVar("T")


class Publisher(Protocol):
    """Who publishes the register, on what terms, and where."""

    @property
    def site_name(self) -> str:
        """The register's name."""
        ...

    @property
    def organisation(self) -> str:
        """The council's name."""
        ...

    @property
    def contact(self) -> str:
        """An e-mail address or the address of a page."""
        ...

    @property
    def licence(self) -> str:
        """The licence, in a sentence."""
        ...

    @property
    def site_url(self) -> str:
        """The site's address; empty when it is not set."""
        ...

    @property
    def ocid_prefix(self) -> str:
        """The prefix that the Open Contracting Partnership gave the publisher; empty when it has none."""
        ...

    def canonical(self, address: str) -> str:
        """The permanent address of a page; empty when the site does not know its own."""
        ...


class Reading(Protocol):
    """One value that a check read."""

    @property
    def what(self) -> str:
        """What it is."""
        ...

    @property
    def value(self) -> str:
        """The value, as it is said."""
        ...

    @property
    def record(self) -> str | None:
        """The decision that it came from, if one."""
        ...


class Finding(Protocol):
    """A question about the decisions themselves that a check raised."""

    @property
    def code(self) -> str:
        """The check's code."""
        ...

    @property
    def severity(self) -> str:
        """What kind of finding it is."""
        ...

    @property
    def decision(self) -> str | None:
        """The id of the decision that it is about, if one."""
        ...

    @property
    def contract(self) -> str | None:
        """The id of the contract that it is about, if one."""
        ...

    @property
    def message(self) -> str:
        """The question, in a sentence."""
        ...

    @property
    def basis(self) -> object:
        """The rule that it rests on; ``str()`` gives its words."""
        ...

    @property
    def read(self) -> Sequence[Reading]:
        """What it was computed from."""
        ...


@dataclass(frozen=True)
class Publication:
    """One edition of the register as it is published. Sealed; what is worked out from it is worked out once."""

    book: Book
    settings: Publisher
    findings: tuple[Finding, ...] = ()

    @cached_property
    def _once(self) -> dict[Callable[[Publication], Any], Any]:
        return {}

    def once(self, make: Callable[[Publication], T]) -> T:
        """What a function makes of this edition, made the first time it is asked for."""
        if make not in self._once:
            self._once[make] = make(self)
        made: T = self._once[make]
        return made

    @cached_property
    def _spool(self) -> Spool:
        return Spool()

    def bytes_of(self, path: str, make: Chunks) -> bytes:
        """The bytes of a file that stand in others too, made the first time they are asked for."""
        return self._spool.get(path, lambda: b"".join(make()))

    @cached_property
    def steps(self) -> Mapping[str, tuple[Step, ...]]:
        """For each decision, its steps in the histories of the contracts that it touches."""
        found: dict[str, list[Step]] = defaultdict(list)
        for history in self.book.histories.values():
            for step in history.steps:
                found[step.record.id].append(step)
        return {record_id: tuple(steps) for record_id, steps in found.items()}

    @cached_property
    def contract_of(self) -> Mapping[int, str]:
        """The contract whose history each step belongs to, by the step's identity."""
        return {id(step): name for name, history in self.book.histories.items() for step in history.steps}

    @cached_property
    def _ids(self) -> dict[tuple[str, str], str]:
        return {}

    def id_of(self, folder: str, words: str) -> str:
        """The id of the decision maker or ward that a record's words name; ``folder`` is where their pages are."""
        if (folder, words) not in self._ids:
            names = {"decision-makers": self.book.register.makers, "wards": self.book.register.wards}[folder]
            self._ids[folder, words] = names.id_of(words)
        return self._ids[folder, words]

    @cached_property
    def _canonical(self) -> Callable[[str], str]:
        return lru_cache(maxsize=1 << 10)(self.settings.canonical)  # those of all pages would fill the memory

    @property
    def records(self) -> Iterable[Record]:
        """Every decision, in order of time."""
        return self.book.register.records.values()

    def links_from(self, record: Record) -> tuple[Linked, ...]:
        """The links of a decision to earlier ones."""
        return self.book.register.links_from.get(record.id, ())

    def links_to(self, record: Record) -> tuple[Linked, ...]:
        """The links of later decisions to one."""
        return self.book.register.links_to.get(record.id, ())

    def page(self, address: str) -> str | None:
        """The address on the web of a page; None where the site has no address."""
        return self._canonical(address) or None

    def file(self, path: str) -> str | None:
        """The address on the web of a file; None where the site has no address."""
        return f"{self._base}{quote(path)}" if self.settings.site_url else None

    @cached_property
    def _base(self) -> str:
        return urljoin(self.settings.site_url, ".")

    def decision_page(self, record_id: str) -> str | None:
        """The address on the web of a decision's page."""
        return self.page(addresses.decision(record_id))

    def contract_page(self, contract_id: str) -> str | None:
        """The address on the web of a contract's page."""
        return self.page(addresses.contract(contract_id))

    def supplier_page(self, supplier_id: str) -> str | None:
        """The address on the web of a supplier's page, if any decision is about one of their contracts."""
        return self.page(addresses.supplier(supplier_id)) if supplier_id in self.book.groups["suppliers"] else None
