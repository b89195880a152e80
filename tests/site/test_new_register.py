"""The register that ``init`` makes, as its council would build it: judged as this repository's own site is."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hipss_register.cli import main

from .conftest import Site
from .tools import axe, faults_of, html_checker, missing

COUNCIL = "Riverside & King's Lynn (City) Council"
LAYOUTS = (
    "",
    "decisions/",
    "decisions/2024-03-05-grass-cutting-award/",
    "decisions/2023-11-02-grass-cutting-approval/",
    "decisions/2027-03-03-extension-grass-cutting-contract/",
    "contracts/",
    "contracts/grass-cutting/",
    "suppliers/meadow-and-hedge/",
    "years/",
    "wards/all-wards/",
    "reading/",
    "about/",
    "accessibility/",
    "checks/",
    "data/",
    "404.html",
)

JUDGED = ("", LAYOUTS[4], "contracts/grass-cutting/", "reading/", "about/", "accessibility/", "data/")
"""Those that the browser looks at: the starter's own pages, and one of each kind that its own records fill."""

RECORD = {
    "Decision title:": "Extension of the grass cutting contract",
    "Date of decision:": "3rd March 2027",
    "Decision maker:": "Head of Parks",
    "Authority delegated decision:": "The award of 5 March 2024.",
    "Ward:": "All wards",
    "Consultation": "None",
    "Decision made:": "To use the option to extend the contract for two years from 1 April 2027 to 31 March 2029.",
    "Reasons for decision:": "It works.",
    "Highlight any associated risks/finance/legal/equality considerations:": "None",
    "Details of any alternative options considered and rejected:": "Do nothing.",
    "Details of any declarations of interest made:": "None",
}


def add_from_word(register: Path) -> None:
    """What somebody does with a record in Word: import it, take the suggestions, write the summary, check."""
    for package in ("docx", "mammoth"):
        if importlib.util.find_spec(package) is None:
            missing(f"the package {package} is not here: install this project's extra “test”")
    document = importlib.import_module("docx").Document()
    document.add_heading("Record of officer decision", 1)
    table = document.add_table(rows=0, cols=2)
    for label, words in RECORD.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, words
    document.save(str(register / "Record (final).docx"))
    decisions = ["--decisions", str(register / "decisions")]
    result = CliRunner().invoke(main, ["import", str(register / "Record (final).docx"), *decisions])
    assert result.exit_code == 0, result.output
    (draft,) = (register / "decisions").glob("2027-*.yaml")
    head, _, suggestions = draft.read_text("utf-8").partition("# Suggestions, ")
    taken = [line.removeprefix("# ") for line in suggestions.splitlines()[1:]]
    summary = "summary: Grass cutting contract goes on for two years"
    lines = [summary if line.startswith("# summary:") else line for line in head.splitlines()]
    draft.write_text("\n".join([*lines, *taken, ""]), encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", *decisions, "--fail-on", "warning"])
    assert checked.exit_code == 0, checked.output


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The new register, built by the real command."""
    if not entry_points(group="mkdocs.plugins", name="hipss-register"):
        missing("the plugin is not installed here: pip install -e .")
    folder = tmp_path_factory.mktemp("new") / "register"
    assert CliRunner().invoke(main, ["init", str(folder), "--council", COUNCIL]).exit_code == 0
    add_from_word(folder)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr
    return Site(folder / "site")


def test_it_is_all_there(site: Site) -> None:
    for address in LAYOUTS:
        page = site.page(f"{address}index.html" if not address.endswith(".html") else address)
        assert page.css_first("h1"), address
        assert page.css_first("html").attributes["lang"] == "en-GB"
    assert COUNCIL in site.text("index.html", "html")
    assert (site.root / "_headers").is_file()
    assert (site.root / "nginx-headers.conf").is_file()


def test_a_record_from_word_is_in_it_with_what_it_changed(site: Site) -> None:
    page = site.text("decisions/2027-03-03-extension-grass-cutting-contract/index.html")
    assert "Grass cutting contract goes on for two years" in page
    assert "To use the option to extend the contract for two years" in page
    assert "31 March 2029" in site.text("contracts/grass-cutting/index.html")
    assert "Grass cutting contract goes on for two years" in site.text(
        "decisions/2024-03-05-grass-cutting-award/index.html"
    )


def test_every_link_within_leads_somewhere(site: Site) -> None:
    assert site.dead_links() == []


def test_every_page_is_reached_from_the_first(site: Site) -> None:
    """No page is an island, such as one that a menu of this repository's own site leads to."""
    reached, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in reached:
            continue
        reached.add(path)
        todo += site.links_from(path)
    # The whole list of contracts with findings is linked where the page of checks has not room for it.
    assert set(site.pages()) - reached <= {"404.html"}


def test_its_pages_load_nothing_from_elsewhere(site: Site) -> None:
    for path in site.pages():
        page = site.page(path)
        loaded = [node.attributes.get("src") or "" for node in page.css("script[src], img[src]")]
        loaded += [node.attributes.get("href") or "" for node in page.css("link[rel=stylesheet]")]
        assert not [address for address in loaded if re.match(r"(?:https?:)?//", address)], path


def test_nothing_in_it_is_about_another_council(site: Site) -> None:
    own_name = re.compile("hipss[-_ ]register", re.IGNORECASE)
    for path, content in site.files().items():
        if path.endswith((".html", ".json", ".csv", ".xml", ".txt", ".md")):
            text = own_name.sub("", content.decode("utf-8"))
            assert not re.search("hereford|hipss|action for children", text, re.IGNORECASE), path


@pytest.mark.browser
@pytest.mark.parametrize("address", JUDGED)
def test_axe_finds_nothing(site: Site, browser: Any, serve: Callable[..., str], address: str) -> None:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{serve(site.root)}/{address}", wait_until="networkidle")
    assert faults_of(page, axe()) == []
    context.close()


def test_the_html_checker_finds_nothing(site: Site) -> None:
    pages = [str(site.root / path) for path in site.pages()]
    said = subprocess.run([*html_checker(), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert said.stderr.replace(str(site.root), "").splitlines() == []
