"""What the printable page of a contract's audit bundle shows."""

from __future__ import annotations

from dataclasses import dataclass

from hipss_register.model import Contract
from hipss_register.read import Record
from hipss_register.site.book import Book
from hipss_register.site.views.contract import ContractView, contract_view
from hipss_register.site.views.decision import DecisionView, decision_view


@dataclass(frozen=True, slots=True)
class BundleView:
    """All that is known of one contract."""

    id: str
    contract: Contract
    page: ContractView
    decisions: tuple[DecisionView, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """Its records, in order of time."""
        return tuple(view.record for view in self.decisions)


def bundle_view(book: Book, contract_id: str) -> BundleView:
    """Gather everything about a contract."""
    records = dict.fromkeys(step.record for step in book.histories[contract_id].steps)
    decisions = tuple(decision_view(book, record) for record in records)
    return BundleView(contract_id, book.contracts[contract_id], contract_view(book, contract_id), decisions)
