"""A build that takes what earlier ones made gives, byte for byte, what a build from nothing gives."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hipss_register.checks import RULES
from hipss_register.proof.bundle import BundleParts, make_bundle
from hipss_register.site import addresses, audit
from hipss_register.site.page import PageContent
from hipss_register.site.pieces import UrlOf
from hipss_register.site.render import Renderer
from tests.checks.registers import commit
from tests.site.conftest import Site, build_project, write_project, write_tree
from tests.site.edits import Texts, edited, mixed_register

EXAMPLES = int(os.environ.get("REGISTER_EDITS", "3"))
KEPT = Path(".cache", "hipss-register", "pages.sqlite")


def put(project: Path, texts: Texts) -> None:
    shutil.rmtree(project / "decisions")
    write_tree(project / "decisions", texts)


def built(project: Path, *, cold: bool = False) -> dict[str, bytes] | None:
    """The files of the site; None where the records have mistakes."""
    if cold:
        shutil.rmtree(project / ".cache", ignore_errors=True)
    try:
        return build_project(project, strict=False).files()
    except SystemExit:
        return None


def project_of(folder: Path, texts: Texts) -> Path:
    return write_project(folder, {f"decisions/{name}": text for name, text in texts.items()})


def differing(one: dict[str, bytes] | None, other: dict[str, bytes] | None) -> list[str]:
    one, other = one or {}, other or {}
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=EXAMPLES, derandomize="REGISTER_EDITS" not in os.environ)
def test_any_edits_give_what_a_build_from_nothing_gives(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rng, texts = random.Random(seed), mixed_register(12)
    both = kept, cold = tuple(project_of(tmp_path_factory.mktemp(name), texts) for name in ("kept", "cold"))
    for project in both:
        write_tree(project, {".gitignore": "/site/\n/.cache/\n"})
        commit(project)
    built(kept)
    for day in range(3, 6):
        changed = edited(texts, rng)
        committed = rng.random() < 0.7
        for project in both:
            put(project, changed)
            if committed:
                commit(project, f"2024-01-{day:02}")
        site = built(kept)
        assert differing(site, built(cold, cold=True)) == []
        texts = changed if site else texts


def spied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages whose bodies are made from here on."""
    made: list[str] = []
    render = Renderer.render

    def spy(self: Renderer, page: PageContent, url_of: UrlOf) -> str:
        made.append(page.address)
        return render(self, page, url_of)

    monkeypatch.setattr(Renderer, "render", spy)
    return made


def test_a_change_remakes_the_pages_that_it_reaches_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = mixed_register(60)
    project = project_of(tmp_path, texts)
    made = spied(monkeypatch)
    built(project)
    everything = set(made)
    made.clear()
    built(project)
    always = set(made)
    assert not any(
        address.startswith(("decisions/2", "contracts/", "audit/")) for address in always - {"contracts/index.md"}
    )
    assert always.isdisjoint(addresses.rule(rule.slug) for rule in RULES.values())
    name = next(name for name, text in texts.items() if "award" in text)
    put(project, texts | {name: texts[name].replace("summary: ", "summary: Another, ", 1)})
    made.clear()
    built(project)
    reached = set(made) - always
    assert f"decisions/{Path(name).stem}.md" in reached
    assert len(reached) < len(everything) / 3


def test_a_change_remakes_the_archives_of_its_contract_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line ends are a change too: an archive has the files as they are."""
    texts = mixed_register(60)
    project = project_of(tmp_path, texts)
    made: list[str] = []

    def spy(parts: BundleParts) -> bytes:
        made.append(parts.contract_id)
        return make_bundle(parts)

    monkeypatch.setattr(audit, "make_bundle", spy)
    contracts = sorted(yaml.safe_load(texts["tables/contracts.yaml"]))
    built(project)
    assert sorted(made) == contracts
    made.clear()
    built(project)
    assert made == []
    name = next(name for name, text in texts.items() if "event: award" in text)
    put(project, texts | {name: texts[name].replace("\n", "\r\n")})
    built(project)
    assert made
    assert set(made) <= {event["contract"] for event in yaml.safe_load(texts[name])["contracts"]}


def test_a_commit_alone_remakes_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though each audit bundle says of which commit it is."""
    both = kept, cold = tuple(project_of(tmp_path / name, mixed_register(12)) for name in ("kept", "cold"))
    for project in both:
        write_tree(project, {".gitignore": "/site/\n/.cache/\n"})
        commit(project)
    built(kept)
    write_tree(kept, {"README.md": "Another file"})
    write_tree(cold, {"README.md": "Another file"})
    for project in both:
        commit(project, "2024-01-03")
    made = spied(monkeypatch)
    site = built(kept) or {}
    assert not any(address.endswith("/bundle.md") for address in made)
    assert differing(site, built(cold)) == []
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=kept, capture_output=True, text=True, check=True).stdout
    bundles = [page for path, page in site.items() if path.endswith("/bundle/index.html")]
    assert bundles
    assert all(head.strip().encode() in page for page in bundles)


Fault = Callable[[Path], None]


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scribble(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    for n in range(5000, len(raw), 4096):
        raw[n] ^= 0xFF
    file.write_bytes(raw)


def _forge(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE bodies SET body = CAST(replace(body, 'class', 'onclick') AS BLOB)")


def _other_shape(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.executescript("DROP TABLE made; CREATE TABLE made (name TEXT); INSERT INTO made VALUES ('x')")


def _other_version(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE about SET base = 'another program'")
        database.execute("UPDATE made SET head = '[]'")


def _folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


FAULTS: dict[str, Fault] = {
    "lost": Path.unlink,
    "empty": lambda file: file.write_bytes(b"") and None,
    "not a database": lambda file: file.write_bytes(b"not a database" * 999) and None,
    "cut off": _cut,
    "scribbled over": _scribble,
    "forged": _forge,
    "of another shape": _other_shape,
    "of another version": _other_version,
    "a folder": _folder_instead,
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    project = project_of(tmp_path_factory.mktemp("small"), mixed_register(6))
    return project, built(project) or {}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_damaged_file_is_done_without(small: tuple[Path, dict[str, bytes]], fault: Fault) -> None:
    project, site = small
    fault(project / KEPT)
    assert differing(built(project), site) == []
    shutil.rmtree(project / KEPT) if (project / KEPT).is_dir() else None
    assert differing(built(project), site) == []
    assert (project / KEPT).is_file()


def test_two_builds_at_once_both_give_the_site(small: tuple[Path, dict[str, bytes]]) -> None:
    project, site = small
    with sqlite3.connect(project / KEPT, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert differing(built(project), site) == []


FALLS = "import os\n\ndef on_pre_template(template, **_):\n    os._exit(9)\n"


def test_a_build_that_is_ended_leaves_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By then most pages have been made."""
    project = project_of(tmp_path, mixed_register(6))
    site = built(project)
    whole = (project / "mkdocs.yml").read_text()
    write_tree(project, {"falls.py": FALLS, "mkdocs.yml": f"{whole}\nhooks: [falls.py]\n"})
    put(project, mixed_register(7))
    ended = subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project, check=False)
    assert ended.returncode == 9
    write_tree(project, {"mkdocs.yml": whole})
    put(project, mixed_register(6))
    made = spied(monkeypatch)
    assert differing(built(project), site) == []
    assert not any(address.startswith("decisions/2") for address in made)


def test_what_is_kept_is_bounded(small: tuple[Path, dict[str, bytes]]) -> None:
    project, _ = small
    sizes = []
    for decisions in (30, 6, 6):
        put(project, mixed_register(decisions))
        built(project)
        sizes.append((project / KEPT).stat().st_size)
    assert sizes[1] < sizes[0] / 1.5
    assert sizes[2] == sizes[1]


def test_another_template_of_the_site_makes_pages_anew(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "custom_dir": "own"}
    texts = mixed_register(2)
    files = {f"decisions/{name}": text for name, text in texts.items()} | {"own/.keep": ""}
    project = write_project(tmp_path, files, theme=theme)
    built(project)
    page_of_ours = "<h1>Ours: {{ view.record.name }}</h1>{% include 'seal.svg' %}"
    write_tree(project, {"own/register/decision.html": page_of_ours, "own/register/seal.svg": "first seal"})
    site = Site(project / "site")
    built(project)
    page = next(path for path in site.pages() if path.startswith("decisions/2"))
    assert "Ours: " in site.read(page)
    write_tree(project, {"own/register/seal.svg": "second seal"})
    built(project)
    assert "second seal" in site.read(page)


def test_another_folder_of_decisions_is_told_of_in_every_archive(tmp_path: Path) -> None:
    """One of a contract without decisions too, in which no record tells of the folder."""
    texts = mixed_register(2)
    texts["tables/contracts.yaml"] += "no-decisions: No decisions\n"
    project = project_of(tmp_path, texts)
    built(project)
    (project / "decisions").rename(project / "records")
    write_project(project, {}, options={"decisions_dir": "records"})
    assert differing(built(project), built(project, cold=True)) == []


AROUND: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "another name": ({"site_name": "Other register"}, {}),
    "another address": ({"site_url": "https://other.example/register/"}, {}),
    "no address": ({"site_url": ""}, {}),
    "another menu": ({"nav": [{"Start": "index.md"}, {"All": ["decisions/index.md", "contracts/index.md"]}]}, {}),
    "another page": ({}, {"docs/news.md": "# News"}),
    "a place to edit": ({"repo_url": "https://git.example/register", "edit_uri": "edit/main/docs/"}, {}),
    "other colours": ({"theme": {"name": "material", "font": False, "palette": {"scheme": "slate"}}}, {}),
    "its own frame": (
        {"theme": {"name": "material", "font": False, "custom_dir": "own"}},
        {"own/main.html": '{% extends "base.html" %}{% block footer %}Ours{% endblock %}'},
    ),
    "a frame that looks into pages": (
        {"theme": {"name": "material", "font": False, "custom_dir": "own"}},
        {"own/main.html": '{% extends "base.html" %}{% block footer %}{{ page.content | length }}{% endblock %}'},
    ),
    "its own style": ({"extra_css": ["own.css"]}, {"docs/own.css": "p {color: teal}"}),
}


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = project_of(tmp_path_factory.mktemp("framed"), mixed_register(4))
    built(project)
    return project


@pytest.mark.parametrize(("settings", "files"), AROUND.values(), ids=AROUND.keys())
def test_what_stands_around_pages_is_another_in_every_page(
    framed: Path, tmp_path: Path, settings: dict[str, Any], files: dict[str, str]
) -> None:
    """Bodies are as they were; a page that is there is left there only if all of it would come out the same."""
    project = shutil.copytree(framed, tmp_path / "kept")
    built(project)  # a copied file is one that somebody touched
    write_project(project, files, **settings)
    cold = shutil.copytree(project, tmp_path / "cold", ignore=shutil.ignore_patterns("site", ".cache"))
    assert differing(built(project), built(cold)) == []
