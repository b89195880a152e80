"""How the files of the index are written."""

from __future__ import annotations

from pydantic_core import to_json


def as_json(value: object) -> bytes:
    """The value as JSON without white space, in UTF-8."""
    return to_json(value)
