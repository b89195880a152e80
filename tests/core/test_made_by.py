"""What is kept from one build to the next is made anew when the program that made it is another."""

from __future__ import annotations

import re
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

import hipss_register
from hipss_register.keeping import made_by

OF_WHAT_IS_KEPT = ("checks", "data", "history", "model", "proof", "read", "site")
IMPORTED = re.compile(r"^ *(?:from|import) (\w+)", re.MULTILINE)


def test_the_version_of_every_package_that_it_is_made_with_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def version(name: str) -> str:
        asked.append(name.lower())
        return "1"

    monkeypatch.setattr(made_by, "version", version)
    made_by.made_by.__wrapped__()
    files = [file for name in OF_WHAT_IS_KEPT for file in Path(hipss_register.__path__[0], name).rglob("*.py")]
    imported = {name for file in files for name in IMPORTED.findall(file.read_text("utf-8"))}
    found = packages_distributions()
    packages = {package.lower() for name in imported for package in found.get(name, ())}
    required = {re.split(r"[^\w-]", one)[0].lower() for one in requires("hipss-register") or () if "extra" not in one}
    assert packages & required == set(asked)
