"""The tables of the links between decisions, and of their documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hipss_register.data.columns import Cell, Column, Table, joined
from hipss_register.data.publication import Publication
from hipss_register.fields import meaning
from hipss_register.model import LINK_KINDS
from hipss_register.model.decision import Document, Exempt, KnownFrom, Source
from hipss_register.register import Linked


def _links(pub: Publication) -> Iterator[Linked]:
    for record in pub.records:
        yield from pub.links_from(record)


LINKS = Table(
    "links",
    "Links between decisions",
    "Each link from a decision to an earlier one, in the order of the decisions that give them.",
    ("decision", "kind", "to"),
    (
        Column("decision", "The later decision.", lambda link: link.source, refers="decisions", required=True),
        Column(
            "kind",
            "What the later decision does to the earlier one.",
            lambda link: link.kind.name,
            enum=tuple(LINK_KINDS),
            required=True,
        ),
        Column("to", "The earlier decision.", lambda link: link.target, refers="decisions", required=True),
        Column(
            "inverse", "The same link seen from the earlier decision.", lambda link: link.kind.inverse, required=True
        ),
        Column(
            "effect",
            "What the link does to the earlier decision once the later one is in force.",
            lambda link: link.kind.effect.value,
            required=True,
        ),
        Column(
            "worked_out", "If the record does not say it: how the register worked it out.", lambda link: link.worked_out
        ),
    ),
    _links,
)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of the table of documents: ``given`` is what the file says of it, under the field ``role``."""

    pub: Publication
    decision: str
    role: str
    number: int
    given: Any

    def get(self, name: str) -> Any:
        """A field of the document, if documents of its kind have it."""
        return getattr(self.given, name, None)


_ROLES = ("source", "documents", "background", "exempt", "known_from")


def _documents(pub: Publication) -> Iterator[DocumentRow]:
    for record in pub.records:
        for role in _ROLES:
            for number, given in enumerate(getattr(record.form, role), 1):
                yield DocumentRow(pub, record.id, role, number, given)


def _copy(name: str) -> Callable[[DocumentRow], Cell]:
    def cell(row: DocumentRow) -> Cell:
        document = row.pub.book.sources.get(row.get("file") or "")
        value: Cell = getattr(document, name) if document else None
        return value

    return cell


DOCUMENTS = Table(
    "documents",
    "Documents",
    "The documents that each decision's record was taken from, those that belong to it, those that are not published, "
    "and, for a decision whose record we do not hold, where it is known from.",
    ("decision", "role", "number"),
    (
        Column("decision", "The decision.", lambda row: row.decision, refers="decisions", required=True),
        Column("role", "The field of the decision file that has it.", lambda row: row.role, enum=_ROLES, required=True),
        Column("number", "Its number in that field, from 1.", lambda row: row.number, kind="integer", required=True),
        Column("title", meaning(Document, "title"), lambda row: row.get("title")),
        Column("url", meaning(Document, "url"), lambda row: row.get("url"), kind="uri"),
        Column("file", meaning(Document, "file"), lambda row: row.get("file")),
        Column("media", "What kind of document our copy is.", _copy("media")),
        Column("size", "How many bytes our copy has.", _copy("size"), kind="integer"),
        Column("sha256", "The SHA-256 of our copy.", _copy("sha256"), pattern="[0-9a-f]{64}"),
        Column("stated_sha256", meaning(Source, "sha256"), lambda row: row.get("sha256"), pattern="[0-9a-f]{64}"),
        Column("record", meaning(KnownFrom, "record"), lambda row: _present(row), refers="decisions"),
        Column("words", meaning(KnownFrom, "words"), lambda row: row.get("words")),
        Column("gives", meaning(KnownFrom, "gives"), lambda row: joined(row.get("gives") or ()) or None),
        Column(
            "paragraphs",
            meaning(Exempt, "paragraphs"),
            lambda row: joined(map(str, row.get("paragraphs") or ())) or None,
        ),
        Column("because", meaning(Exempt, "because"), lambda row: row.get("because")),
    ),
    _documents,
)


def _present(row: DocumentRow) -> Cell:
    """The id under which the record that mentions the decision is now known."""
    named = row.get("record")
    return row.pub.book.register.aliases.get(named, named) if named else None
