"""The least that Python can do: parse the records' YAML, and write files of the same sizes with their fingerprints.

``python -m tests.bench.floor PROJECT FOLDER`` does it for a project whose site is built, into an empty folder. Nothing
is checked, linked, worked out or put into words: no register in Python that writes as much can cost less.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import yaml

_FLAGS = os.O_WRONLY | os.O_CREAT


def main(project: Path, folder: str) -> None:
    for record in (project / "decisions").rglob("*.yaml"):
        yaml.load(record.read_bytes(), yaml.CBaseLoader)
    site = str(project / "site")
    bytes_of_any = memoryview(bytes(max(size for _, size in _files(site))))
    for path, size in _files(site):
        _write(f"{folder}{path.removeprefix(site)}", bytes_of_any[:size])


def _files(folder: str) -> list[tuple[str, int]]:
    places = [os.path.join(inner, name) for inner, _, names in os.walk(folder) for name in names]
    return [(place, os.stat(place).st_size) for place in places]


def _write(place: str, content: memoryview) -> None:
    try:
        number = os.open(place, _FLAGS, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        number = os.open(place, _FLAGS, 0o666)
    os.write(number, content)
    os.close(number)
    hashlib.sha256(content).digest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
