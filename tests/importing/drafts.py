"""What tests of importing share: a document's text as drafts, and what a draft says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hipss_register.importing import Draft, Kept, Known, make_drafts, read_file
from hipss_register.read.yaml_text import parse_yaml

KEPT = Kept("sources/a.txt", "0" * 64)


def drafts_of(folder: Path, name: str, content: str | bytes, known: Known | None = None) -> list[Draft]:
    """The drafts that a document of that name and content gives."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return make_drafts(read_file(path)[1], KEPT, known or Known())


def data_of(draft: Draft) -> dict[str, Any]:
    """A draft's fields as the strict reader has them; its text has no mistake of YAML."""
    read = parse_yaml(draft.text)
    assert not read.mistakes, read.mistakes
    assert isinstance(read.data, dict)
    return read.data


def words_of(value: Any) -> str:
    """The words of a field, however it is written; options of a list as list lines."""
    if isinstance(value, Mapping):
        return words_of(value.get("words") or value.get("name") or value.get("date") or value.get("makers"))
    if isinstance(value, list):
        return "\n".join(f"• {words_of(item)}" for item in value)
    return str(value).rstrip("\n")


def taken(text: str) -> str:
    """A draft with all its suggestions taken: the mark of a comment is gone from each."""
    head, _, rest = text.partition("# Suggestions, ")
    lines = rest.partition("\n")[2].splitlines()
    return head + "".join(f"{line[2:]}\n" if line.startswith("# ") else f"{line}\n" for line in lines)
