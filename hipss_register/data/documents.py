"""The register's JSON: one model for each kind of document. JSON Schema, OpenAPI and documentation are made from them.

Each document has ``record`` or ``entry``, which is what the file says, written out in full under the decision file's
own field names; everything beside it was linked, ordered or worked out by the register. Within it a field that is not
there was not filled in: ``absent`` says whether that means "not stated" or "not known".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal, TypedDict

from pydantic_core import to_json

from hipss_register.data.document_parts import (
    AbsentName,
    BackLinkDoc,
    ChangeDoc,
    ContractEntry,
    DateDoc,
    Form,
    ImpliedDoc,
    LinkDoc,
    MakerEntry,
    Named,
    SourceDoc,
    StandingDoc,
    StateDoc,
    StepDoc,
    SupplierEntry,
    ThresholdEntry,
    Url,
    WardEntry,
)
from hipss_register.model import DecisionForm

FORMAT: Literal["1.0"] = "1.0"
"""The version of the register's JSON. The second number grows when something is added, the first when something that
was there changes its meaning or goes."""


class DecisionFacts(TypedDict):
    """What the register adds to a decision's file: its name, its standing, and how it is linked."""

    format: Literal["1.0"]
    """The version of this form of document."""
    id: str
    """The decision's id: its permanent name."""
    url: Url | None
    """Its page; null where the site does not know its own address."""
    name: str
    """What to call it in a line: our summary, else its title."""
    status: Literal["held", "cited"]
    """Whether we hold the record, or know the decision only because something else cites it."""
    absent: AbsentName
    """What a field of the form means that is not in ``record``."""
    date: DateDoc
    """When it was taken."""
    standing: StandingDoc
    """Whether it still stands."""
    decision_makers: tuple[Named, ...]
    """Who took it, under the ids of the register."""
    wards: tuple[Named, ...]
    """The places that it affects, under the ids of the register."""
    links: tuple[LinkDoc, ...]
    """The earlier decisions that it changes or rests on."""
    linked_from: tuple[BackLinkDoc, ...]
    """The later decisions that change it or rest on it."""
    makes_known: tuple[str, ...]
    """The cited decisions that are known from this record."""
    changes: tuple[ChangeDoc, ...]
    """What it did to each contract that it touches."""
    sources: tuple[SourceDoc, ...]
    """The copies of its documents that the register keeps."""


class DecisionDoc(DecisionFacts):
    """One decision: what its file says, and how it is linked."""

    record: Form
    """What the file says, written out in full; as YAML it is a decision file again."""


class ContractDoc(TypedDict):
    """One contract: its entry in the table, and its history."""

    format: Literal["1.0"]
    """The version of this form of document."""
    id: str
    """The contract's id: its permanent name."""
    url: Url | None
    """Its page; null where the site does not know its own address."""
    entry: ContractEntry
    """Its entry in the table of contracts."""
    followed_by: tuple[str, ...]
    """The contracts that took its place."""
    now: StateDoc
    """The contract after every decision that the register has."""
    history: tuple[StepDoc, ...]
    """The decisions about it, in order."""
    missing: tuple[ImpliedDoc, ...]
    """Decisions that must exist although no record of them was found."""


class SupplierDoc(TypedDict):
    """One supplier: its entry in the table, its contracts and the decisions about them."""

    format: Literal["1.0"]
    """The version of this form of document."""
    id: str
    """The supplier's id: its permanent name."""
    url: Url | None
    """Its page; null where no decision is about it, or the site does not know its own address."""
    entry: SupplierEntry
    """Its entry in the table of suppliers."""
    contracts: tuple[str, ...]
    """The contracts that are or were theirs."""
    decisions: tuple[str, ...]
    """The decisions that name it or change its contracts, the latest first."""


class MakerDoc(TypedDict):
    """A post or body that takes decisions, from the table of decision makers."""

    id: str
    """Its id."""
    entry: MakerEntry
    """Its entry in the table."""


class WardDoc(TypedDict):
    """A place that decisions affect, from the table of wards."""

    id: str
    """Its id."""
    entry: WardEntry
    """Its entry in the table."""


class ThresholdDoc(TypedDict):
    """A sum or a time that checks depend on, from the table of thresholds."""

    id: str
    """Its id."""
    entry: ThresholdEntry
    """Its entry in the table."""


class ReadDoc(TypedDict):
    """One value that a check read."""

    what: str
    """What it is."""
    value: str
    """The value, as it is said."""
    record: str | None
    """The decision that it came from, if one."""


class FindingDoc(TypedDict):
    """A question about the decisions themselves that a check raised."""

    code: str
    """The check."""
    severity: str
    """What kind of finding it is."""
    decision: str | None
    """The decision that it is about, if one."""
    contract: str | None
    """The contract that it is about, if one."""
    message: str
    """The question."""
    basis: str
    """The rule that it rests on."""
    read: tuple[ReadDoc, ...]
    """What it was computed from."""


class PublisherDoc(TypedDict):
    """Who publishes the register."""

    name: str
    """The council's name; empty where it is not set."""
    register_name: str
    """The register's name."""
    contact: str | None
    """Where to report what is wrong or missing."""
    licence: str | None
    """The licence, in a sentence."""
    url: Url | None
    """The register's address."""


class YearDoc(TypedDict):
    """The decisions that were, or may have been, taken in one year."""

    format: Literal["1.0"]
    """The version of this form of document."""
    year: str
    """The year."""
    decisions: tuple[DecisionDoc, ...]
    """The decisions, in order of time."""


class RegisterDoc(TypedDict):
    """The whole register."""

    format: Literal["1.0"]
    """The version of this form of document."""
    publisher: PublisherDoc
    """Who publishes it."""
    decisions: tuple[DecisionDoc, ...]
    """Every decision, in order of time."""
    contracts: tuple[ContractDoc, ...]
    """Every contract, in order of id."""
    suppliers: tuple[SupplierDoc, ...]
    """Every supplier, in order of id."""
    decision_makers: tuple[MakerDoc, ...]
    """Every entry of the table of decision makers, in order of id."""
    wards: tuple[WardDoc, ...]
    """Every entry of the table of wards, in order of id."""
    thresholds: tuple[ThresholdDoc, ...]
    """Every entry of the table of thresholds, in order of id."""
    findings: tuple[FindingDoc, ...]
    """What the checks found, in their order."""


DOCUMENTS: dict[str, type] = {
    "decision-document": DecisionDoc,
    "contract-document": ContractDoc,
    "supplier-document": SupplierDoc,
    "year-document": YearDoc,
    "register-document": RegisterDoc,
}
"""Each kind of JSON document that the site has, by the name of its schema."""


def dumped(document: Mapping[str, object]) -> bytes:
    """A document as a line of JSON."""
    return to_json(document)


def dumped_decision(facts: DecisionFacts, form: DecisionForm) -> bytes:
    """A decision's document (`DecisionDoc`) as a line of JSON; what its file leaves out is left out."""
    record = form.model_dump(mode="json", by_alias=True, exclude_unset=True)
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))  # for `to_json` Python keeps each text's UTF-8
    return b'%b,"record":%b}' % (to_json(facts)[:-1], text.encode())
