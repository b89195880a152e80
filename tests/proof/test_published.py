"""A register published as a host would: built, signed, its lists kept; copies of it tampered with; built again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from hipss_register.cli.verify import verify as verify_command
from hipss_register.proof.sums import LIST, SIGNATURE, format_sums, write_sums
from tests.checks.cases import AWARD_ID, EXTRA, TABLES, award, change
from tests.checks.registers import commit, git, write_register, write_yaml

ROOT = Path(__file__).parent.parent.parent
MKDOCS = """
site_name: Wyeford register
site_url: https://register.wyeford.example/
theme: {name: material, font: false}
plugins: [hipss-register]
"""
HERE = {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1", "LANG": "C"}
ELSEWHERE = {"LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "LANG": "de_DE.UTF-8"}
DECISION = f"decisions/{AWARD_ID}/index.html"


def run(*command: str | Path, cwd: Path, fails: bool = False, **extra: str) -> str:
    """Run a program as anybody would, with no time of the build set; gives what it printed."""
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment = kept | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"} | extra
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert bool(done.returncode) is fails, done.stdout + done.stderr
    return done.stdout


def build(repo: Path, site: Path, **extra: str) -> Path:
    run(sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", site, cwd=repo, **extra)
    return site


def verify(copy: Path, *arguments: str | Path, fails: bool = False) -> str:
    """What ``hipss-register verify`` prints."""
    done = CliRunner().invoke(verify_command, [str(copy), *map(str, arguments)], catch_exceptions=False)
    assert bool(done.exit_code) is fails, done.output
    return done.output


def list_anew(folder: Path) -> None:
    """Write a bundle's list as somebody would who changed what is in it."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != LIST]
    sums = {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    (folder / LIST).write_text(format_sums(sums), "utf-8")


@dataclass(frozen=True)
class Published:
    """A register's repository, and its second edition as a host has it: signed, with the first one's list."""

    repo: Path
    site: Path
    signers: Path


def make_repo(repo: Path) -> None:
    write_register(
        repo / "decisions",
        {AWARD_ID: {**award(), "source": "sources/award.txt"}, "2020-03-02-change": change(on=EXTRA)},
        TABLES,
    )
    (repo / "decisions" / "sources").mkdir()
    (repo / "decisions" / "sources" / "award.txt").write_text("The record as received.\n", "utf-8")
    (repo / "docs").mkdir()
    (repo / "docs" / "about.md").write_text("# About\n\nBy hand.\n", "utf-8")
    (repo / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    commit(repo)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    if not shutil.which("ssh-keygen"):
        message = "there is no ssh-keygen here, so signatures are not tested"
        if os.environ.get("REGISTER_REQUIRE_TOOLS") == "1":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    base = tmp_path_factory.mktemp("published")
    repo, key = base / "repo", base / "key"
    make_repo(repo)
    first = build(repo, base / "first", **HERE)
    (repo / "sums").mkdir()
    shutil.copyfile(first / LIST, repo / "sums" / "2024-01-02.txt")
    commit(repo, "2024-01-03")
    site = build(repo, base / "site", **HERE)
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key, cwd=base)
    run("ssh-keygen", "-Y", "sign", "-q", "-n", "hipss-register", "-f", key, site / LIST, cwd=base)
    signers = base / "allowed_signers"
    signers.write_text(f"clerk@wyeford.example {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    return Published(repo, site, signers)


def test_every_proof_holds_when_it_is_built_again_elsewhere(published: Published) -> None:
    """In another folder, locale, time zone and with another hash seed: every byte, index and archives included."""
    arguments = ("--repo", published.repo, "--signers", published.signers, "--rebuild")
    program = "from hipss_register.cli import main; main()"
    said = run(sys.executable, "-c", program, "verify", published.site, *arguments, cwd=published.repo, **ELSEWHERE)
    assert said.count(": holds.") == 6, said
    assert "of this list, by clerk@wyeford.example" in said
    assert "1 earlier list carried forward; all are in the repository" in said
    assert "all are the same, byte for byte" in said
    listed = (published.site / LIST).read_text("utf-8")
    for path in (
        "contracts/grass/grass-bundle.zip",
        "find/index.json",
        "sitemap.xml.gz",
        "sums/2024-01-02.txt",
        DECISION,
    ):
        assert f"  {path}\n" in listed


def edit_page(site: Path) -> None:
    page = site / DECISION
    page.write_text(page.read_text("utf-8").replace("Meadow and Hedge", "Meadow and Ditch"), "utf-8")


def plant_page(site: Path) -> None:
    (site / "decisions" / "planted.html").write_text("<h1>Decided</h1>", "utf-8")


def remove_page(site: Path) -> None:
    (site / DECISION).unlink()


def rewrite_list(site: Path) -> None:
    edit_page(site)
    signature = (site / SIGNATURE).read_bytes()
    write_sums(site)
    (site / SIGNATURE).write_bytes(signature)


def rewrite_earlier_list(site: Path) -> None:
    (site / "sums" / "2024-01-02.txt").write_text(f"{'0' * 64}  index.html\n", "utf-8")
    write_sums(site)


TAMPERINGS: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "an edited page": (edit_page, (f"changed: {DECISION}",)),
    "a planted page": (plant_page, ("added: decisions/planted.html is in the copy and not in the list",)),
    "a removed page": (remove_page, (f"removed: {DECISION} is in the list and not in the copy",)),
    "a rewritten list": (rewrite_list, ("The list in the copy: holds", "it is not a signature of this list")),
    "a rewritten earlier list": (rewrite_earlier_list, ("changed: sums/2024-01-02.txt",)),
}


def packed(site: Path, form: str) -> Path:
    """A copy as a folder or as an archive."""
    if form == "folder":
        return site
    archive = site.with_suffix(f".{form}")
    if form == "zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
            for path in sorted(path for path in site.rglob("*") if path.is_file()):
                made.write(path, path.relative_to(site))
    else:
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(site, "site")
    return archive


@pytest.mark.parametrize("form", ["folder", "zip", "tar.gz"])
@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_caught_and_named(what: str, form: str, published: Published, tmp_path: Path) -> None:
    tamper, words = TAMPERINGS[what]
    site = Path(shutil.copytree(published.site, tmp_path / "site"))
    tamper(site)
    said = verify(packed(site, form), "--repo", published.repo, "--signers", published.signers, fails=True)
    assert "NOT what was published" in said
    for word in words:
        assert word in said


@pytest.mark.parametrize("form", ["folder", "zip", "tar.gz"])
def test_a_rewritten_history_is_caught_and_named(form: str, published: Published, tmp_path: Path) -> None:
    repo = Path(shutil.copytree(published.repo, tmp_path / "repo"))
    write_yaml(repo / "decisions" / "2020-03-02-change.yaml", change(on={**EXTRA, "cost": "4000"}))
    git(repo, "add", "--all")
    git(repo, "commit", "--quiet", "--amend", "--no-edit", day="2024-01-03")
    site = Path(shutil.copytree(published.site, tmp_path / "site"))
    said = verify(packed(site, form), "--repo", repo, fails=True)
    assert "rewritten: the history was changed after this copy was made" in said


def test_a_page_changed_together_with_the_list_is_found_by_building_again_and_it_is_said_so(
    published: Published, tmp_path: Path
) -> None:
    site = Path(shutil.copytree(published.site, tmp_path / "site"))
    page = site / "index.html"
    page.write_text(page.read_text("utf-8").replace("</main>", "<p>Planted.</p></main>"), "utf-8")
    lines = (site / LIST).read_text("utf-8").splitlines()
    made = hashlib.sha256(page.read_bytes()).hexdigest()
    lines = [f"{made}  index.html" if line.endswith("  index.html") else line for line in lines]
    (site / LIST).write_text("\n".join(lines) + "\n", "utf-8")
    (site / SIGNATURE).unlink()
    said = verify(site, "--repo", published.repo)
    assert "changed together with the list may not be found without --repo and --rebuild" in said
    assert "  changed: index.html\n" in verify(site, "--repo", published.repo, "--rebuild", fails=True)


def test_a_signature_by_a_trusted_key_needs_no_warning_of_a_changed_list(published: Published) -> None:
    said = verify(published.site, "--signers", published.signers)
    assert said.endswith("No proof fails; 1 cannot be told.\n")


def test_a_record_that_a_bundle_leaves_out_of_its_lists_too_is_found_by_building_again_and_it_is_said_so(
    published: Published, tmp_path: Path
) -> None:
    with zipfile.ZipFile(published.site / "contracts" / "grass" / "grass-bundle.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "grass-bundle"
    making = json.loads((folder / "proof" / "records.json").read_text("utf-8"))
    assert len(making["sha256"]) > 1
    del making["sha256"][f"{AWARD_ID}.yaml"]
    (folder / "decisions" / f"{AWARD_ID}.yaml").unlink()
    (folder / "proof" / "records.json").write_text(json.dumps(making), "utf-8")
    list_anew(folder)
    said = verify(folder, "--repo", published.repo)
    assert "It does not show: That the bundle has every record of the contract" in said
    again = verify(folder, "--repo", published.repo, "--rebuild", fails=True)
    assert f"removed: decisions/{AWARD_ID}.yaml" in again


def test_the_bundle_can_be_checked_by_itself(published: Published, tmp_path: Path) -> None:
    with zipfile.ZipFile(published.site / "contracts" / "grass" / "grass-bundle.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "grass-bundle"
    assert "No proof fails" in verify(folder)
    (folder / "decisions" / f"{AWARD_ID}.yaml").write_text("title: Another\n", "utf-8")
    assert f"changed: decisions/{AWARD_ID}.yaml" in verify(folder, fails=True)


def test_a_bundle_is_held_against_the_repository_and_made_again(published: Published) -> None:
    bundle = published.site / "contracts" / "grass" / "grass-bundle.zip"
    said = verify(bundle, "--repo", published.repo, "--rebuild")
    assert "The records in the repository: holds." in said
    assert "The site built again: holds." in said


@pytest.mark.parametrize("planted", [False, True])
def test_a_bundle_with_all_its_own_lists_rewritten_does_not_agree_with_the_repository(
    published: Published, tmp_path: Path, planted: bool
) -> None:
    with zipfile.ZipFile(published.site / "contracts" / "grass" / "grass-bundle.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "grass-bundle"
    name = "2019-01-01-planted" if planted else AWARD_ID
    (folder / "decisions" / f"{name}.yaml").write_text("title: Another\n", "utf-8")
    making = json.loads((folder / "proof" / "records.json").read_text("utf-8"))
    making["sha256"][f"{name}.yaml"] = hashlib.sha256(b"title: Another\n").hexdigest()
    (folder / "proof" / "records.json").write_text(json.dumps(making), "utf-8")
    list_anew(folder)
    said = verify(folder, "--repo", published.repo, fails=True)
    assert "The list in the copy: holds." in said
    in_words = f"removed: {name}.yaml is in the bundle and not in the repository"
    assert (in_words if planted else f"changed: {AWARD_ID}.yaml") in said
