"""What the tables mean, for programs: a Frictionless Data Package and CSV on the Web metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hipss_register.data import paths
from hipss_register.data.columns import Column, Table
from hipss_register.data.csv_files import MEDIA as CSV
from hipss_register.data.files import DataFile, json_bytes
from hipss_register.data.publication import Publication
from hipss_register.data.tables import TABLES

Json = dict[str, Any]


def package_files(pub: Publication) -> Iterator[DataFile]:
    """Both descriptions of the tables."""
    frictionless, csvw = "application/vnd.datapackage+json", "application/csvm+json"
    yield DataFile(paths.DATAPACKAGE, frictionless, "Data Package of all tables", _json(datapackage, pub), listed=True)
    yield DataFile(paths.CSVW, csvw, "CSV on the Web metadata of all tables", _json(csvw_metadata, pub), listed=True)


def _json(make: Any, pub: Publication) -> Any:
    return lambda: (json_bytes(make(pub)),)


def file_name(table: str) -> str:
    """The table's file, from the folder that both descriptions are in."""
    return paths.table(table).rpartition("/")[2]


def datapackage(pub: Publication) -> Json:
    """The tables as a Tabular Data Package (version 1 of the specification)."""
    package: Json = {
        "profile": "tabular-data-package",
        "name": "decision-register",
        "title": pub.settings.site_name,
        "description": "Decisions, the contracts that they made and changed, and how they are linked.",
    }
    if pub.settings.site_url:
        package["homepage"] = pub.settings.site_url
    if pub.settings.licence:
        package["licenses"] = [{"name": "as-stated", "title": pub.settings.licence}]
    return package | {"resources": [_resource(table) for table in TABLES.values()]}


def _resource(table: Table) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file_name(table.name),
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": CSV,
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "delimiter": ",", "header": True},
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": column.name,
                    "reference": {"resource": "" if column.refers == table.name else column.refers, "fields": "id"},
                }
                for column in table.columns
                if column.refers
            ],
        },
    }


def _field(column: Column) -> Json:
    constraints: Json = {"required": True} if column.required else {}
    if column.pattern:
        constraints["pattern"] = f"^{column.pattern}$"
    if column.enum:
        constraints["enum"] = list(column.enum)
    kind = {"type": "string", "format": "uri"} if column.kind == "uri" else {"type": column.kind}
    field = {"name": column.name, **kind, "description": column.description}
    return field | ({"constraints": constraints} if constraints else {})


def csvw_metadata(pub: Publication) -> Json:
    """The tables as CSV on the Web (W3C, 2015)."""
    about: Json = {"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}], "dc:title": pub.settings.site_name}
    if pub.settings.licence:
        about["dc:rights"] = pub.settings.licence
    dialect = {"encoding": "utf-8", "lineTerminators": ["\r\n"], "quoteChar": '"', "doubleQuote": True, "header": True}
    return about | {"dialect": dialect, "tables": [_table(table) for table in TABLES.values()]}


def _table(table: Table) -> Json:
    foreign = [
        {
            "columnReference": [column.name],
            "reference": {"resource": file_name(column.refers), "columnReference": ["id"]},
        }
        for column in table.columns
        if column.refers and column.required  # CSVW knows no reference that may be empty
    ]
    return {
        "url": file_name(table.name),
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": list(table.key),
            **({"foreignKeys": foreign} if foreign else {}),
        },
    }


def _column(column: Column) -> Json:
    said: Json = {"name": column.name, "titles": column.name, "dc:description": column.description}
    said["datatype"] = _datatype(column)
    return said | ({"required": True} if column.required else {})


def _datatype(column: Column) -> Any:
    if column.kind == "string":
        pattern = column.pattern or "|".join(map(re.escape, column.enum))
        return {"base": "string", "format": pattern.replace("\\ ", " ").replace("\\-", "-")} if pattern else "string"
    return {"uri": "anyURI", "number": "decimal"}.get(column.kind, column.kind)
