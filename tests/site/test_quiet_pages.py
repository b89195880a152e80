"""Pages that MkDocs does not go through are just as it would have built them, and the site knows of them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import Site, build_project, write_project
from tests.site.edits import mixed_register

LOOKS_ON = "def on_page_context(context, page, config, nav):\n    return context\n"
AWARD = "decisions/2020-01-known-to-the-month.md"
LINKS = f"# About\n\n[The award]({AWARD}#record), [its contract](contracts/c1.md), [by year](years/2020.md).\n"

SITES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "files for pages": {"use_directory_urls": False},
    "without an address": {"site_url": ""},
    "below a folder": {"site_url": "https://wyeford.example/council/register/"},
    "a decision in the navigation": {
        "nav": [{"Home": "index.md"}, {"Named": [{"The first": AWARD}, "contracts/c1.md"]}, "about.md"]
    },
    "edit links": {"repo_url": "https://git.example/register", "edit_uri": "edit/main/docs/"},
}


def both_ways(folder: Path, **settings: Any) -> tuple[Site, Site]:
    files: dict[str, str | bytes] = {f"decisions/{name}": text for name, text in mixed_register(8).items()}
    project = write_project(folder, files | {"docs/about.md": LINKS, "looks_on.py": LOOKS_ON}, **settings)
    quiet = build_project(project, strict=False)
    return quiet, build_project(project, strict=False, hooks=["looks_on.py"], site_dir=str(folder / "loud"))


@pytest.mark.parametrize("settings", SITES.values(), ids=SITES.keys())
def test_a_quiet_site_is_the_site_that_mkdocs_builds(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, settings: dict[str, Any]
) -> None:
    caplog.set_level(logging.INFO)
    quiet, loud = both_ways(tmp_path, **settings)
    assert quiet.files() == loud.files()
    said = [record.message for record in caplog.records if "one by one" in record.message]
    assert said == ["Pages are built one by one, as other plugins or hooks take part in them: page_context"]


def test_links_to_parts_of_quiet_pages_are_checked(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = LINKS + f"\n[Nowhere]({AWARD}#no-such-part) and [no page](decisions/2020-no-such.md)\n"
    files: dict[str, str | bytes] = {f"decisions/{name}": text for name, text in mixed_register(2).items()}
    validation = {"links": {"anchors": "warn"}}
    build_project(write_project(tmp_path, files | {"docs/about.md": text}, validation=validation), strict=False)
    said = "\n".join(record.message for record in caplog.records)
    assert "does not contain an anchor '#no-such-part'" in said
    assert "2020-no-such.md" in said
    assert "#record" not in said
