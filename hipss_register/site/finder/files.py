"""How the files of the index are written."""

from __future__ import annotations

import json


def as_json(value: object) -> bytes:
    """The value as JSON without white space, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
