"""Of the site before, what comes out the same stays as it is, and nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hipss_register.proof.sums import read_sums, sums_of
from tests.site.conftest import LIGHTING, Site, build_project, write_project, write_tree

PAGE = "decisions/2020-03-02-lighting-award/index.html"
CONTRACT = "data/contracts/lighting.json"
LIST = Path(".cache", "hipss-register", "site.txt")
GOES = """
from pathlib import Path

def on_env(env, *, config, **_):
    for path in {}:
        Path(config.site_dir, path).unlink()
    return env
"""
FAILS = "from mkdocs.exceptions import PluginError\n\ndef on_{}(*_, **__):\n    raise PluginError('no')\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_project(tmp_path, LIGHTING)
    build_project(tmp_path)
    return tmp_path


def rebuilt(project: Path) -> Site:
    site = build_project(project)
    assert read_sums(site.read("SHA256SUMS")) == sums_of(site.root)
    return site


def number(project: Path, path: str) -> int:
    return (project / "site" / path).stat().st_ino


def test_what_comes_out_the_same_is_not_written_again(project: Path) -> None:
    files, numbers = Site(project / "site").files(), [number(project, path) for path in (PAGE, CONTRACT)]
    assert rebuilt(project).files() == files
    assert [number(project, path) for path in (PAGE, CONTRACT)] == numbers


def test_what_changes_is_another_file_and_what_nobody_wrote_goes(project: Path) -> None:
    os.link(project / "site" / PAGE, project / "copy.html")
    copied = (project / "copy.html").read_bytes()
    record = project / "decisions" / "2020-03-02-lighting-award.yaml"
    record.write_text(record.read_text().replace("awarded", "given"))
    changed = rebuilt(project)
    assert "given" in changed.read(PAGE)
    assert (project / "copy.html").read_bytes() == copied
    record.with_name("2022-05-09-lighting-variation.yaml").unlink()
    assert not (rebuilt(project).root / "decisions/2022-05-09-lighting-variation").exists()


def test_what_somebody_touched_is_written_again(project: Path) -> None:
    files, file = Site(project / "site").files(), project / "site" / PAGE
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    file.write_bytes(file.read_bytes().replace(b"Street", b"Strand"))
    os.utime(file, ns=times)
    write_tree(project / "site", {"decisions/left.html": "left", "left/behind.txt": "left"})
    assert rebuilt(project).files() == files


def test_what_a_build_service_brings_back_is_left_alone_unless_its_bytes_are_others(project: Path) -> None:
    files, site = Site(project / "site").files(), project / "site"
    site.rename(project / "stored")
    shutil.copytree(project / "stored", site, copy_function=shutil.copyfile)  # other numbers, other times
    (site / CONTRACT).write_bytes((site / CONTRACT).read_bytes().replace(b"Street", b"Strand"))
    page, contract = number(project, PAGE), number(project, CONTRACT)
    assert rebuilt(project).files() == files
    assert number(project, PAGE) == page
    assert number(project, CONTRACT) != contract


@pytest.mark.parametrize("raw", [b"\xff\xfe", None], ids=["not text", "cut off"])
def test_a_damaged_list_is_done_without(project: Path, raw: bytes | None) -> None:
    files, file = Site(project / "site").files(), project / LIST
    file.write_bytes(file.read_bytes()[:-70] if raw is None else raw)
    assert rebuilt(project).files() == files


@pytest.mark.parametrize("event", ["pre_build", "env"])
def test_a_build_that_fails_leaves_nothing_old_among_new_files(project: Path, event: str) -> None:
    settings, files = (project / "mkdocs.yml").read_text(), Site(project / "site").files()
    write_tree(project, {"fails.py": FAILS.format(event), "mkdocs.yml": f"{settings}\nhooks: [fails.py]\n"})
    with pytest.raises(SystemExit):
        build_project(project)
    left = Site(project / "site").files()
    assert left == (files if event == "pre_build" else {})
    write_tree(project, {"mkdocs.yml": settings})
    assert rebuilt(project).files() == files


def test_what_goes_while_the_site_is_built_is_written_anew(project: Path) -> None:
    """As when two builds of one project run at once: each moves the old site aside."""
    settings, files = (project / "mkdocs.yml").read_text(), Site(project / "site").files()
    write_tree(project, {"goes.py": GOES.format([CONTRACT, "data/register.json"])})
    write_tree(project, {"mkdocs.yml": f"{settings}\nhooks: [goes.py]\n"})
    assert rebuilt(project).files() == files
