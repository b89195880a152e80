"""The table of decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from hipss_register.data.columns import (
    Cell,
    Column,
    Columns,
    Table,
    joined,
    pairs,
    said_cell,
    when_columns,
    within,
)
from hipss_register.data.publication import Publication
from hipss_register.fields import meaning
from hipss_register.model import DecisionForm, Effect
from hipss_register.model.decision import (
    CallIn,
    Correction,
    Maker,
    Notice,
    Urgency,
    Wards,
)
from hipss_register.read import Record
from hipss_register.register import Standing


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A row of the table of decisions."""

    pub: Publication
    record: Record
    form: DecisionForm
    standing: Standing


def _decisions(pub: Publication) -> Iterator[DecisionRow]:
    for record in pub.records:
        yield DecisionRow(pub, record, record.form, pub.book.register.standings[record.id])


def _text(name: str) -> Column:
    return Column(name, meaning(DecisionForm, name), attrgetter(f"form.{name}"))


def _when(name: str) -> Columns:
    return when_columns(name, meaning(DecisionForm, name), attrgetter(f"form.{name}"))


def _statement(name: str) -> Column:
    def cell(row: DecisionRow) -> Cell:
        said = getattr(row.form, name)
        return said_cell(said, said.words) if said else None

    return Column(name, meaning(DecisionForm, name), cell)


def _inner(part: str, model: Any, name: str) -> Column:
    def cell(given: Any) -> Cell:
        value = getattr(given, name)
        return str(value) if value is not None else None

    return Column(f"{part}_{name}", meaning(model, name), cell, kind="uri" if name == "url" else "string")


def _inner_when(part: str, model: Any, name: str) -> Columns:
    return when_columns(f"{part}_{name}", meaning(model, name), attrgetter(name))


def _makers(row: DecisionRow) -> Cell:
    makers = row.form.decision_maker
    return said_cell(makers, joined(map(_maker, makers.makers))) if makers else None


def _maker(maker: Maker) -> str:
    more = (
        maker.capacity,
        f"in place of {maker.in_place_of}" if maker.in_place_of else None,
        f"successor: {maker.successor}" if maker.successor else None,
    )
    said = ", ".join(filter(None, more))
    return f"{maker.name} [{said}]" if said else maker.name


def _ward_names(row: DecisionRow) -> Cell:
    wards = row.form.wards
    return said_cell(wards, joined(wards.wards)) if wards else None


def _maker_ids(row: DecisionRow) -> Cell:
    ids = (row.pub.id_of("decision-makers", maker.name) for maker in row.form.makers)
    return joined(dict.fromkeys(ids)) or None


def _ward_ids(row: DecisionRow) -> Cell:
    wards = row.form.wards
    ids = (row.pub.id_of("wards", ward) for ward in wards.wards) if wards else ()
    return joined(dict.fromkeys(ids)) or None


def _alternatives(row: DecisionRow) -> Cell:
    return "\n\n".join(filter(None, (said_cell(said, said.words) for said in row.form.alternatives))) or None


def _correction(correction: Correction) -> str:
    when = correction.date
    said = (str(when.date) if when.date else None, said_cell(when, when.words)) if when else ()
    date = ", ".join(filter(None, said))
    return f"{date}: {correction.what}" if date else correction.what


def _contracts(row: DecisionRow) -> Cell:
    steps = row.pub.steps.get(row.record.id, ())
    return joined(dict.fromkeys(row.pub.contract_of[id(step)] for step in steps)) or None


DECISIONS = Table(
    "decisions",
    "Decisions",
    "Every decision in the register, in order of time. An empty cell was not filled in: the column absent says whether "
    "that means that the record does not say, or that we do not hold the record.",
    ("id",),
    (
        Column("id", "The decision's id: its permanent name.", lambda row: row.record.id, required=True),
        Column("url", "Its page.", lambda row: row.pub.decision_page(row.record.id), kind="uri"),
        Column(
            "status",
            "Whether we hold the record, or know the decision only because something else cites it.",
            lambda row: "held" if row.record.held else "cited",
            enum=("held", "cited"),
            required=True,
        ),
        Column(
            "absent",
            "What an empty cell means: not stated in a record that we hold, or not known as we do not hold it.",
            lambda row: row.form.absent.value,
            enum=("not stated", "not known"),
            required=True,
        ),
        Column(
            "stage",
            meaning(DecisionForm, "stage"),
            lambda row: row.form.stage,
            enum=("decided", "pending"),
            required=True,
        ),
        Column(
            "in_force",
            "Whether it has effect after every later decision that the register has.",
            lambda row: row.standing.in_force,
            kind="boolean",
            required=True,
        ),
        Column(
            "effect",
            "The strongest thing that later decisions did to it.",
            lambda row: row.standing.effect.value,
            enum=tuple(effect.value for effect in Effect),
            required=True,
        ),
        _text("title"),
        _text("summary"),
        _text("kind"),
        Column("reference", meaning(DecisionForm, "reference"), lambda row: pairs(row.form.reference)),
        _when("date"),
        Column("date_earliest", "The first day that it can be.", lambda row: _iso(row.form.date.earliest), kind="date"),
        Column("date_latest", "The last day that it can be.", lambda row: _iso(row.form.date.latest), kind="date"),
        _when("recorded"),
        _when("published"),
        _when("effective"),
        Column("decision_maker", meaning(DecisionForm, "decision_maker"), _makers),
        Column(
            "decision_maker_ids",
            "Their ids in the register.",
            _maker_ids,
        ),
        _text("function"),
        Column("key", meaning(DecisionForm, "key"), lambda row: row.form.key.value if row.form.key else None),
        within(
            attrgetter("form.notice"),
            (
                _inner_when("notice", Notice, "published"),
                _inner("notice", Notice, "reference"),
                _inner("notice", Notice, "url"),
            ),
        ),
        within(
            attrgetter("form.urgency"),
            (
                _inner("urgency", Urgency, "rule"),
                _inner("urgency", Urgency, "agreed_by"),
                Column(
                    "urgency_reasons", meaning(Urgency, "reasons"), lambda urgency: said_cell(urgency, urgency.reasons)
                ),
            ),
        ),
        within(
            attrgetter("form.call_in"),
            (
                _inner("call_in", CallIn, "subject"),
                _inner_when("call_in", CallIn, "deadline"),
                _inner_when("call_in", CallIn, "requested"),
                _inner("call_in", CallIn, "outcome"),
                _inner("call_in", CallIn, "words"),
            ),
        ),
        _statement("authority"),
        Column("wards", meaning(DecisionForm, "wards"), _ward_names),
        Column(
            "ward_ids",
            "Their ids in the register.",
            _ward_ids,
        ),
        Column(
            "other_areas",
            meaning(Wards, "other_areas"),
            lambda row: joined(row.form.wards.other_areas) or None if row.form.wards else None,
        ),
        Column("wards_words", meaning(Wards, "words"), lambda row: row.form.wards.words if row.form.wards else None),
        _statement("consultation"),
        _statement("decision"),
        _statement("reasons"),
        _statement("considerations"),
        Column("alternatives", meaning(DecisionForm, "alternatives"), _alternatives),
        _statement("interests"),
        _statement("signature"),
        Column("contracts", "The ids of the contracts that it touches.", _contracts),
        Column("aliases", meaning(DecisionForm, "aliases"), lambda row: joined(row.form.aliases) or None),
        Column("labels", meaning(DecisionForm, "labels"), lambda row: pairs(row.form.labels)),
        Column("notes", meaning(DecisionForm, "notes"), lambda row: "\n".join(row.form.notes) or None),
        Column(
            "corrections",
            meaning(DecisionForm, "corrections"),
            lambda row: "\n".join(map(_correction, row.form.corrections)) or None,
        ),
    ),
    _decisions,
)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
