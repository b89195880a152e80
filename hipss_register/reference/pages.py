"""What is generated from the models and kept: parts of pages, renewed in place, and the JSON Schemas."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from hipss_register.data.document_schema import document_schema
from hipss_register.data.files import json_bytes
from hipss_register.data.schema import file_schema
from hipss_register.data.schema_files import FILE_SCHEMAS, SCHEMAS, place
from hipss_register.reference.parts import PARTS

_MARKED = re.compile(r"^(<!-- generated: ([\w-]+) -->)$.*?^(<!-- end -->)$", re.MULTILINE | re.DOTALL)
_BEGIN = re.compile(r"^<!-- generated: ", re.MULTILINE)


def renewed(page: str) -> str:
    """The page with each of its generated parts as it should be; raises ValueError for a marker it cannot follow."""
    found = _MARKED.findall(page)
    if len(found) != len(_BEGIN.findall(page)):
        raise ValueError("a generated part has no <!-- end -->")
    if unknown := [name for _, name, _ in found if name not in PARTS]:
        raise ValueError(f"there is no generated part “{unknown[0]}”; parts are: {', '.join(PARTS)}")
    return _MARKED.sub(lambda match: f"{match[1]}\n\n{PARTS[match[2]]()}\n\n{match[3]}", page)


def stale_pages(folder: Path) -> dict[Path, str]:
    """The Markdown pages of a folder of which a generated part is out of date, each as it should be."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    return {path: new for path, text in pages.items() if (new := renewed(text)) != text}


def stale_schemas() -> dict[Path, str]:
    """The schemas that are out of date, each as it should be."""
    made = {place(name): file_schema(name) if name in FILE_SCHEMAS else document_schema(name) for name in SCHEMAS}
    texts = {path: json_bytes(schema).decode() for path, schema in made.items()}
    return {path: new for path, new in texts.items() if not path.exists() or path.read_text("utf-8") != new}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the generated parts, or with ``--check`` say which are out of date; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="python -m hipss_register.reference", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="the folder of Markdown pages")
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if a page is out of date")
    options = parser.parse_args(arguments)
    stale = stale_pages(options.folder) | stale_schemas()
    for path, text in stale.items():
        sys.stdout.write(f"{path}: {'out of date' if options.check else 'rewritten'}\n")
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if options.check and stale else 0
