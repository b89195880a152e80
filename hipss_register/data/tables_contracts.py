"""The table of contracts, with the columns that the Local Government Transparency Code 2015 asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hipss_register.data.columns import Cell, Column, Table, fact_columns, joined, pairs, when_columns
from hipss_register.data.publication import Publication
from hipss_register.fields import meaning
from hipss_register.history import State
from hipss_register.model import Amount, Contract, Supplier
from hipss_register.model.money import QUALIFIERS
from hipss_register.model.tables import Follows


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A row of the table of contracts."""

    pub: Publication
    id: str
    entry: Contract
    now: State

    def suppliers(self) -> list[Supplier]:
        """The entries of its suppliers."""
        table = self.pub.book.register.tables.suppliers
        return [table[i] for i in self.now.suppliers.value or () if i in table]

    def routes(self) -> Iterator[str]:
        """How its suppliers were found, in the records' words."""
        for step in self.pub.book.histories[self.id].steps:
            if step.event and step.event.route:
                yield step.event.route


def _contracts(pub: Publication) -> Iterator[ContractRow]:
    for contract, entry in sorted(pub.book.contracts.items()):
        yield ContractRow(pub, contract, entry, pub.book.histories[contract].now)


def _of_suppliers(get: Callable[[Supplier], str | None]) -> Callable[[ContractRow], Cell]:
    return lambda row: joined(filter(None, map(get, row.suppliers()))) or None


def _number(supplier: Supplier) -> str | None:
    numbers = (
        f"company {supplier.company}" if supplier.company else None,
        f"charity {supplier.charity}" if supplier.charity else None,
    )
    return ", ".join(filter(None, numbers)) or None


CONTRACTS = Table(
    "contracts",
    "Contracts",
    "Every contract as it stands after the decisions that we have. The columns that the Local Government "
    "Transparency Code 2015 asks for come first. A cell is empty where no record and no table of the register says "
    "anything.",
    ("id",),
    (
        Column("id", "The contract's id: its permanent name.", lambda r: r.id, required=True),
        Column("reference_number", meaning(Contract, "reference"), lambda r: pairs(r.entry.reference)),
        Column("title", meaning(Contract, "name"), lambda r: r.entry.name, required=True),
        Column("department", meaning(Contract, "department"), lambda r: r.entry.department),
        Column("description", meaning(Contract, "pays_for"), lambda r: r.entry.pays_for),
        Column("supplier_names", "The suppliers' names.", _of_suppliers(lambda supplier: supplier.name)),
        Column("sum", "What it is worth in all, where that can be said.", lambda r: _total(r, "figure"), kind="number"),
        Column("sum_kind", "Whether the sum is exact or a limit.", lambda r: _total(r, "qualifier"), enum=QUALIFIERS),
        Column("sum_currency", meaning(Amount, "currency"), lambda r: _total(r, "currency"), pattern="[A-Z]{3}"),
        Column(
            "sum_note", "How the sum was worked out, or why it could not be.", lambda r: r.now.total.worked_out or None
        ),
        Column(
            "vat_not_recovered",
            meaning(Contract, "vat_not_recovered"),
            lambda r: r.entry.vat_not_recovered,
            kind="number",
        ),
        fact_columns("start_date", "The first day of its term.", lambda r: r.now.start),
        fact_columns("end_date", "The last day of its term, as decided so far.", lambda r: r.now.end),
        when_columns("review_date", meaning(Contract, "review"), lambda r: r.entry.review),
        Column(
            "invitation",
            "Whether it came from an invitation to quote or to tender: the records' own words.",
            lambda r: joined(dict.fromkeys(r.routes())) or None,
        ),
        Column("supplier_sme", meaning(Supplier, "sme"), _of_suppliers(lambda s: s.sme.value if s.sme else "")),
        Column("supplier_vcse", meaning(Supplier, "vcse"), _of_suppliers(lambda s: s.vcse.value if s.vcse else "")),
        Column("supplier_registration", "The suppliers' registration numbers.", _of_suppliers(_number)),
        Column("url", "Its page.", lambda r: r.pub.contract_page(r.id), kind="uri"),
        Column("short", meaning(Contract, "short"), lambda r: r.entry.short),
        Column(
            "supplier_ids",
            "The suppliers' ids, or which kind of nothing.",
            lambda r: joined(r.now.suppliers.value or ()) or f"[{r.now.suppliers.nothing}]",
        ),
        Column("supplier_note", "How the suppliers were worked out.", lambda r: r.now.suppliers.worked_out or None),
        Column("regime", meaning(Contract, "regime"), lambda r: r.entry.regime),
        when_columns("procured", meaning(Contract, "procured"), lambda r: r.entry.procured),
        Column(
            "follows",
            meaning(Follows, "contract"),
            lambda r: r.entry.follows.contract if r.entry.follows else None,
            refers="contracts",
        ),
        Column(
            "follows_worked_out",
            meaning(Follows, "worked_out"),
            lambda r: r.entry.follows.worked_out if r.entry.follows else None,
        ),
        Column("framework", meaning(Contract, "framework"), lambda r: r.entry.framework, refers="contracts"),
        Column("ocid", meaning(Contract, "ocid"), lambda r: r.entry.ocid),
        fact_columns("furthest_date", "The last day if every option that is left were used.", lambda r: r.now.furthest),
        Column("awarded", "Whether it has been awarded.", lambda r: r.now.awarded, kind="boolean", required=True),
        Column(
            "ended",
            "Whether a decision ended it or noted its end.",
            lambda r: r.now.ended,
            kind="boolean",
            required=True,
        ),
    ),
    _contracts,
)


def _total(row: ContractRow, name: str) -> Any:
    total = row.now.total.value
    return getattr(total, name) if total else None
