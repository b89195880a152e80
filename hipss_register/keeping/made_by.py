"""The program that made something: when it is another, whatever it made and kept is made anew."""

from __future__ import annotations

import functools
import hashlib
import json
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import hipss_register

_PACKAGES = ("holidays", "jinja2", "markupsafe", "pydantic", "PyYAML", "snowballstemmer")
_KINDS = (".py", ".html")


def digest(*values: Any) -> str:
    """One short name for values of plain types, or of types whose text says all."""
    return hashlib.sha256(json.dumps(values, default=repr, sort_keys=True).encode()).hexdigest()


def digest_of_each(values: Iterable[Any]) -> str:
    """The same for values whose text says all, of which there are too many to hold."""
    made = hashlib.sha256()
    for value in values:
        made.update(f"{value!r}\n".encode("utf-8", "surrogatepass"))
    return made.hexdigest()


@functools.cache
def made_by() -> str:
    """Our own code and templates, Python, and the packages that what is kept can depend on."""
    folder = Path(hipss_register.__file__).parent
    files = (file for file in sorted(folder.rglob("*")) if file.suffix in _KINDS)
    code = digest_of_files(folder, files)
    return digest(code, sys.version, [version(name) for name in _PACKAGES])


def digest_of_files(folder: Path, files: Iterable[Path]) -> str:
    """The names and contents of some files below a folder."""
    made = hashlib.sha256()
    for file in files:
        made.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return made.hexdigest()
