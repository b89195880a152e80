"""The line by which an editor finds the schema of a decision file."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

COPIES = ".schema"
"""The folder of copies of the schemas, in the decisions folder, which work without a connection."""


def schema_line(path: Path, decisions: Path) -> str:
    """The line for a decision file, without its ``#``; empty if there is no copy of the schema among the decisions."""
    copy = decisions / COPIES / "decision.json"
    if not copy.is_file():
        return ""
    return f"yaml-language-server: $schema={PurePath(os.path.relpath(copy, path.parent)).as_posix()}"
