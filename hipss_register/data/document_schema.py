"""JSON Schemas (2020-12) of the register's JSON documents, and all schemas as files of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from hipss_register.data import paths
from hipss_register.data.document_parts import ELSEWHERE
from hipss_register.data.documents import DOCUMENTS
from hipss_register.data.files import DataFile, json_bytes
from hipss_register.data.schema import DIALECT, FILE_SCHEMAS, file_schema, in_one_line

MEDIA = "application/schema+json"


def document_schema(name: str) -> dict[str, Any]:
    """The schema of one kind of JSON document; parts written as in a file are described by that file's schema."""
    made = DOCUMENTS[name].model_json_schema(mode="serialization")
    definitions = {key: _tidy(part) for key, part in sorted(made.pop("$defs", {}).items())}
    title = name.replace("-", " ").capitalize()
    tidy: dict[str, Any] = _tidy(made)
    return {"$schema": DIALECT} | tidy | {"title": title, "$defs": definitions}


def _tidy(schema: Any) -> Any:
    """The schema without pydantic's titles, which repeat the fields' names, and with descriptions in one line."""
    if isinstance(schema, list):
        return [_tidy(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if not (key == "title" and isinstance(value, str))}
    return {
        "$ref" if key == ELSEWHERE else key: in_one_line(value)
        if key == "description" and isinstance(value, str)
        else _tidy(value)
        for key, value in kept.items()
    }


def schema_of(name: str) -> dict[str, Any]:
    """A schema by its name: of a file that people write, or of a document that the register publishes."""
    return file_schema(name) if name in FILE_SCHEMAS else document_schema(name)


SCHEMAS = (*FILE_SCHEMAS, *DOCUMENTS)
"""The name of every schema."""


def schema_files() -> Iterator[DataFile]:
    """Every schema as a file of the site."""
    for name in SCHEMAS:
        title = f"Schema of the {name.replace('_', ' ').replace('-', ' ')}"
        yield DataFile(paths.schema(name), MEDIA, title, partial(_bytes, name), listed=True)


def _bytes(name: str) -> Iterator[bytes]:
    yield json_bytes(schema_of(name))
