"""Every table of the data, in the order in which one refers to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hipss_register.data.columns import Cell, Column, Table, joined, when_columns
from hipss_register.data.publication import Publication
from hipss_register.data.tables_contracts import CONTRACTS
from hipss_register.data.tables_decisions import DECISIONS
from hipss_register.data.tables_events import EVENTS, SUMS
from hipss_register.data.tables_links import DOCUMENTS, LINKS
from hipss_register.fields import meaning
from hipss_register.model import DecisionMaker, Supplier, Ward
from hipss_register.model.base import Answer
from hipss_register.model.tables import Threshold, ThresholdStep


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row that is an entry of a reference table, or one step of it."""

    pub: Publication
    id: str
    entry: Any
    step: Any = None
    number: int = 1


def _entries(name: str) -> Any:
    def rows(pub: Publication) -> Iterator[EntryRow]:
        for entry_id, entry in sorted(getattr(pub.book.register.tables, name).items()):
            yield EntryRow(pub, entry_id, entry)

    return rows


def _also(model: Any) -> Column:
    return Column("also", meaning(model, "also"), lambda r: joined(r.entry.also) or None)


def _answer(name: str) -> Column:
    def cell(row: EntryRow) -> Cell:
        answer: Answer | None = getattr(row.entry, name)
        return answer.value if answer else None

    return Column(name, meaning(Supplier, name), cell, enum=tuple(answer.value for answer in Answer))


SUPPLIERS = Table(
    "suppliers",
    "Suppliers",
    "Every supplier in the register, under one id whatever the records call it.",
    ("id",),
    (
        Column("id", "The supplier's id: its permanent name.", lambda r: r.id, required=True),
        Column("url", "Its page in the register.", lambda r: r.pub.supplier_page(r.id), kind="uri"),
        Column("name", meaning(Supplier, "name"), lambda r: r.entry.name, required=True),
        _also(Supplier),
        Column("company", meaning(Supplier, "company"), lambda r: r.entry.company),
        Column("charity", meaning(Supplier, "charity"), lambda r: r.entry.charity),
        _answer("sme"),
        _answer("vcse"),
        Column("website", meaning(Supplier, "url"), lambda r: r.entry.url, kind="uri"),
        Column(
            "contracts",
            "The ids of the contracts that are or were theirs.",
            lambda r: joined(r.pub.book.contracts_of.get(r.id, ())) or None,
        ),
    ),
    _entries("suppliers"),
)

MAKERS = Table(
    "decision_makers",
    "Decision makers",
    "The posts and bodies that have an entry in the register, under one id whatever the records call them.",
    ("id",),
    (
        Column("id", "Its id.", lambda r: r.id, required=True),
        Column("name", meaning(DecisionMaker, "name"), lambda r: r.entry.name, required=True),
        _also(DecisionMaker),
        Column("body", meaning(DecisionMaker, "body"), lambda r: r.entry.body, kind="boolean", required=True),
    ),
    _entries("decision_makers"),
)

WARDS = Table(
    "wards",
    "Wards",
    "The wards and other places that have an entry in the register, under one id whatever the records call them.",
    ("id",),
    (
        Column("id", "Its id.", lambda r: r.id, required=True),
        Column("name", meaning(Ward, "name"), lambda r: r.entry.name, required=True),
        _also(Ward),
        Column("all", meaning(Ward, "all"), lambda r: r.entry.all, kind="boolean", required=True),
        when_columns("since", meaning(Ward, "since"), lambda r: r.entry.since),
        when_columns("until", meaning(Ward, "until"), lambda r: r.entry.until),
    ),
    _entries("wards"),
)


def _steps(pub: Publication) -> Iterator[EntryRow]:
    for entry_id, entry in sorted(pub.book.register.tables.thresholds.items()):
        for number, step in enumerate(entry.steps, 1):
            yield EntryRow(pub, entry_id, entry, step, number)


THRESHOLDS = Table(
    "thresholds",
    "Thresholds",
    "The sums and times that checks depend on, by date.",
    ("id", "number"),
    (
        Column("id", "Its id.", lambda r: r.id, required=True),
        Column("name", meaning(Threshold, "name"), lambda r: r.entry.name, required=True),
        Column("number", "The number of the step, from 1.", lambda r: r.number, kind="integer", required=True),
        when_columns("since", meaning(ThresholdStep, "since"), lambda r: r.step.since),
        Column("amount", meaning(ThresholdStep, "amount"), lambda r: r.step.amount, kind="number"),
        Column("working_days", meaning(ThresholdStep, "working_days"), lambda r: r.step.working_days, kind="integer"),
        Column("source", meaning(ThresholdStep, "source"), lambda r: r.step.source),
    ),
    _steps,
)

FINDINGS = Table(
    "findings",
    "Findings",
    "The questions about the decisions that the register's checks raised: questions for a person, not verdicts.",
    ("number",),
    (
        Column("number", "The number of the finding, from 1.", lambda r: r[0], kind="integer", required=True),
        Column("code", "The check.", lambda r: r[1].code, required=True),
        Column("severity", "What kind of finding it is.", lambda r: str(r[1].severity), required=True),
        Column("decision", "The decision that it is about, if one.", lambda r: r[1].decision, refers="decisions"),
        Column("contract", "The contract that it is about, if one.", lambda r: r[1].contract, refers="contracts"),
        Column("message", "The question.", lambda r: r[1].message, required=True),
        Column("basis", "The rule that it rests on.", lambda r: str(r[1].basis), required=True),
        Column("read", "What it was computed from.", lambda r: joined(_read(read) for read in r[1].read) or None),
    ),
    lambda pub: enumerate(pub.findings, 1),
)


def _read(read: Any) -> str:
    where = f" [{read.record}]" if read.record else ""
    return f"{read.what}: {read.value}{where}"


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DECISIONS,
        CONTRACTS,
        SUPPLIERS,
        EVENTS,
        SUMS,
        LINKS,
        DOCUMENTS,
        FINDINGS,
        MAKERS,
        WARDS,
        THRESHOLDS,
    )
}
