"""The generated parts of the documentation of the data: formats, every column, every field of the JSON."""

from __future__ import annotations

from collections.abc import Callable

from hipss_register.data.columns import Column, Table
from hipss_register.data.document_schema import meanings, parts_of
from hipss_register.data.documents import DOCUMENTS
from hipss_register.data.formats import FORMATS, Format
from hipss_register.data.page import ANYWHERE
from hipss_register.data.paths import table as path_of
from hipss_register.data.tables import TABLES

_TYPES = {"uri": "web address"}


def formats_part() -> str:
    """Every format: what it is for, where it is, what it lacks, and how to get at it."""
    return "\n\n".join(_format(form) for form in FORMATS.values())


def _format(form: Format) -> str:
    where = ", ".join(f"`{path}`" for path in form.paths)
    pieces = [
        f"### {form.title}",
        form.purpose,
        form.lacks,
        f"Where: {where}. Command: `hipss-register export {form.name}`.",
    ]
    for example in form.examples:
        pieces.append(f"{example.tool}:\n\n```text\n{example.at(ANYWHERE)}\n```")
    return "\n\n".join(filter(None, pieces))


def columns_part() -> str:
    """Every column of every table."""
    return "\n\n".join(_table(table) for table in TABLES.values())


def _table(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    rows = [_row(column) for column in table.columns]
    head = ["| Column | Type | What it holds |", "| --- | --- | --- |"]
    about = f"`{path_of(table.name)}`. {table.description} Rows are told apart by {key}."
    return "\n\n".join([f"### Table of {table.title.lower()}", about, "\n".join([*head, *rows])])


def _row(column: Column) -> str:
    kind = _TYPES.get(column.kind, column.kind)
    more = [
        f"One of: {', '.join(column.enum)}." if column.enum else "",
        f"An id of the table `{column.refers}`." if column.refers else "",
        "Never empty." if column.required else "",
    ]
    return f"| `{column.name}` | {kind} | {_cell(' '.join(filter(None, (column.description, *more))))} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("``", "`").split()).replace("|", "\\|").replace("<", "&lt;")


def documents_part() -> str:
    """Every field of the JSON documents that the register adds to what the files say."""
    parts = dict.fromkeys(part for document in DOCUMENTS.values() for part in parts_of(document))
    return "\n\n".join(map(_document, parts))


def _document(part: type) -> str:
    rows = [f"| `{name}` | {_cell(said)} |" for name, said in meanings(part).items()]
    heading = f"### JSON: {part.__name__.removesuffix('Doc')}"
    return "\n\n".join(
        [heading, _cell(part.__doc__ or ""), "\n".join(["| Field | What it is |", "| --- | --- |", *rows])]
    )


DATA_PARTS: dict[str, Callable[[], str]] = {
    "data-formats": formats_part,
    "data-columns": columns_part,
    "data-documents": documents_part,
}
