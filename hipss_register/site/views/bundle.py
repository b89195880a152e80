"""What the printable page of a contract's audit bundle shows."""

from __future__ import annotations

from dataclasses import dataclass

from hipss_register.model import Contract
from hipss_register.read import Record
from hipss_register.site.book import Book
from hipss_register.site.views.contract import ContractView, contract_view
from hipss_register.site.views.decision import Box, boxes_of


@dataclass(frozen=True, slots=True)
class BundleView:
    """All that is known of one contract. ``records`` are those of its decisions, in order of time."""

    id: str
    contract: Contract
    page: ContractView
    records: tuple[Record, ...]

    def boxes(self, record: Record) -> tuple[Box, ...]:
        """The boxes of the form of one of its records, in the form's own order."""
        return boxes_of(record)


def bundle_view(book: Book, contract_id: str) -> BundleView:
    """Gather everything about a contract."""
    records = tuple(dict.fromkeys(step.record for step in book.histories[contract_id].steps))
    return BundleView(contract_id, book.contracts[contract_id], contract_view(book, contract_id), records)
