"""JSON Schemas (2020-12) of the register's JSON documents."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from pydantic import WithJsonSchema

from hipss_register.data.documents import DOCUMENTS
from hipss_register.data.schema import DIALECT, Schema
from hipss_register.fields import docs_below, in_one_line

_PLAIN: dict[Any, Schema] = {str: {"type": "string"}, int: {"type": "integer"}, bool: {"type": "boolean"}}


def document_schema(name: str) -> Schema:
    """The schema of one kind of JSON document; parts written as in a file are described by that file's schema."""
    parts = list(dict.fromkeys(parts_of(DOCUMENTS[name])))
    definitions = {part.__name__: _object(part) for part in sorted(parts, key=lambda part: part.__name__)}
    body = definitions.pop(DOCUMENTS[name].__name__)
    title = name.replace("-", " ").capitalize()
    return {"$schema": DIALECT, "title": title} | body | {"$defs": definitions}


def parts_of(document: type) -> Iterator[type]:
    """A kind of document and everything that it is made of, each before the parts within it."""
    yield document
    for hint in get_type_hints(document).values():
        for inner in _within(hint):
            yield from parts_of(inner)


def _within(hint: Any) -> Iterator[type]:
    if is_typeddict(hint):
        yield hint
    for part in get_args(hint):
        yield from _within(part)


def meanings(part: type) -> dict[str, str]:
    """What each field of a part means, those that it has from another part first."""
    said = {name: text for base in _bases(part) for name, text in meanings(base).items()}
    return said | docs_below(part)


def _bases(part: type) -> list[type]:
    """The parts that a part has fields from; only its source says, as Python 3.11 forgets."""
    (found,) = ast.parse(inspect.getsource(part)).body
    # What is parsed is known to be a class, which alone has bases; they are plain names of its module.
    named = [getattr(sys.modules[part.__module__], ast.unparse(base)) for base in found.bases]  # type: ignore[attr-defined]
    return [base for base in named if is_typeddict(base)]


def _object(part: type) -> Schema:
    said = meanings(part)
    hints = get_type_hints(part, include_extras=True)
    return {
        "type": "object",
        "description": in_one_line(part.__doc__),
        "properties": {name: _of(hint) | {"description": in_one_line(said[name])} for name, hint in hints.items()},
        "required": list(hints),
        "additionalProperties": False,
    }


def _of(hint: Any) -> Schema:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return dict(next(extra.json_schema or {} for extra in inner if isinstance(extra, WithJsonSchema)))
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0])}
    if origin in (Union, UnionType):
        return {"anyOf": [_of(choice) for choice in inner]}
    if is_typeddict(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {"type": "null"} if hint is NoneType else dict(_PLAIN[hint])
