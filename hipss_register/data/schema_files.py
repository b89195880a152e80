"""The JSON Schemas as files of the site, which come with the software.

They say the same in every register, so they are made when the model changes, not when a site is built:
``python -m hipss_register.reference docs/`` writes them, and a test finds any that is out of date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hipss_register.data import paths
from hipss_register.data.documents import DOCUMENTS
from hipss_register.data.files import DataFile
from hipss_register.later import Later
from hipss_register.model import Tables

MEDIA = "application/schema+json"
FOLDER = Path(__file__).parent / "schemas"
FILE_SCHEMAS = ("decision", *Tables.model_fields)
"""The schemas of the files that people write."""
SCHEMAS = (*FILE_SCHEMAS, *DOCUMENTS)
"""The name of every schema; those of documents that the register publishes come last."""


def place(name: str) -> Path:
    """Where a schema is kept."""
    return FOLDER / f"{name}.json"


def schema_files() -> Iterator[DataFile]:
    """Every schema as a file of the site."""
    for name in SCHEMAS:
        title = f"Schema of the {name.replace('_', ' ').replace('-', ' ')}"
        yield DataFile(paths.schema(name), MEDIA, title, Later(_bytes, name), listed=True)


def _bytes(name: str) -> Iterator[bytes]:
    yield place(name).read_bytes()
