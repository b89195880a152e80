"""Copies of a site that were tampered with in every way, and what ``verify`` says of each."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hipss_register.build import make_edition
from hipss_register.cli.verify import verify
from hipss_register.proof.build_time import commit_time
from hipss_register.proof.copies import NoCopy, open_copy
from hipss_register.proof.records import PATH, NoProof, making_of, read_making
from hipss_register.proof.signature import sign
from hipss_register.proof.sums import LIST, SIGNATURE, BadList, format_sums, read_sums, sums_of, write_sums
from tests.checks.cases import TABLES, held
from tests.checks.registers import commit, git, write_register, write_yaml

ROOT = Path(__file__).parent.parent.parent


def say(*arguments: str | Path, ends: int) -> str:
    """What ``verify`` says, and that it ends so."""
    done = CliRunner().invoke(verify, [*map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == ends, done.output
    return done.output


def publish(repo: Path, site: Path, pages: dict[str, str], sha: str) -> None:
    """A stand-in for a build: pages, what the site says of its making, and the list over all of it."""
    shutil.rmtree(site, ignore_errors=True)
    edition = make_edition(repo / "decisions", "decisions")
    making = making_of(edition.reading, edition.book.sources, sha, "decisions")
    for name, text in pages.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (site / PATH).parent.mkdir(parents=True, exist_ok=True)
    (site / PATH).write_bytes(making.as_json())
    write_sums(site, repo / "sums")


PAGES = {"index.html": "<h1>Home</h1>", "decisions/a/index.html": "<h1>A</h1>", "data/ä b.json": "{}"}


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    repo = tmp_path / "repo"
    write_register(repo / "decisions", {"2020-03-02-a": held()}, TABLES)
    commit(repo)
    return repo


@pytest.fixture
def site(repo: Path, tmp_path: Path) -> Path:
    site = tmp_path / "site"
    publish(repo, site, PAGES, git(repo, "rev-parse", "HEAD").strip())
    return site


class TestAnHonestCopy:
    def test_holds(self, site: Path, repo: Path) -> None:
        said = say(site, "--repo", repo, ends=0)
        assert "The list in the copy: holds. 4 files in the list; all are as listed." in said
        assert "The history in the repository: holds." in said
        assert "The records in the repository: holds. 5 records, tables and documents" in said
        assert "No proof fails; 3 cannot be told." in said

    def test_says_what_is_not_shown(self, site: Path) -> None:
        said = say(site, ends=0)
        assert "It does not show: Who made the list. Whoever changes a page can change the list too." in said
        assert "The signature of the list: cannot be told. The copy has no SHA256SUMS.sig." in said
        assert "The site built again: cannot be told." in said

    def test_later_commits_do_no_harm(self, site: Path, repo: Path) -> None:
        write_yaml(repo / "decisions" / "2020-03-02-a.yaml", held(reasons="Others."))
        commit(repo)
        say(site, "--repo", repo, ends=0)

    @pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz"])
    @pytest.mark.parametrize("inside", ["", "site"])
    def test_may_be_an_archive(self, site: Path, repo: Path, tmp_path: Path, name: str, inside: str) -> None:
        archive = tmp_path / name
        if name.endswith(".zip"):
            with zipfile.ZipFile(archive, "w") as made:
                for path in sorted(site.rglob("*")):
                    made.write(path, Path(inside, path.relative_to(site)))
        else:
            with tarfile.open(archive, "w:gz" if name.endswith("gz") else "w") as made_tar:
                made_tar.add(site, inside or ".")
        assert "4 files in the list; all are as listed" in say(archive, "--repo", repo, ends=0)

    def test_agrees_with_sha256sum(self, site: Path) -> None:
        tool = shutil.which("sha256sum")
        if not tool:
            pytest.skip("there is no sha256sum here to compare with")
        done = subprocess.run(
            [tool, "--check", "--strict", "--quiet", LIST], cwd=site, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


def edit_page(site: Path) -> None:
    (site / "index.html").write_text("<h1>Hime</h1>", "utf-8")


def plant_page(site: Path) -> None:
    (site / "planted.html").write_text("<h1>Buy here</h1>", "utf-8")


def remove_page(site: Path) -> None:
    (site / "decisions/a/index.html").unlink()


def rename_page(site: Path) -> None:
    (site / "index.html").rename(site / "Index.html")


def remove_list(site: Path) -> None:
    (site / LIST).unlink()


def spoil_list(site: Path) -> None:
    (site / LIST).write_text("nonsense\n", "utf-8")


def repeat_line(site: Path) -> None:
    text = (site / LIST).read_text("utf-8")
    (site / LIST).write_text(text + text.splitlines()[0] + "\n", "utf-8")


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (edit_page, "changed: index.html"),
        (plant_page, "added: planted.html is in the copy and not in the list"),
        (remove_page, "removed: decisions/a/index.html is in the list and not in the copy"),
        (rename_page, "added: Index.html"),
        (remove_list, "removed: the copy has no SHA256SUMS"),
        (spoil_list, "line 1 of SHA256SUMS is not a sum and a path"),
        (repeat_line, "a second time"),
    ],
)
def test_tampering_is_caught_and_named(site: Path, tamper: Callable[[Path], None], words: str) -> None:
    tamper(site)
    said = say(site, ends=1)
    assert words.casefold() in said.casefold()
    assert "NOT what was published" in said


class TestARewrittenList:
    """Whoever changes a page and its list too is caught by the signature, by a list kept, or by building again."""

    def rewrite(self, site: Path) -> None:
        edit_page(site)
        signature = (site / SIGNATURE).read_bytes() if (site / SIGNATURE).exists() else None
        write_sums(site)
        if signature is not None:
            (site / SIGNATURE).write_bytes(signature)

    def test_is_not_caught_by_the_list_alone_and_this_is_said(self, site: Path) -> None:
        self.rewrite(site)
        assert "Whoever changes a page can change the list too" in say(site, ends=0)

    @pytest.fixture
    def key(self, tmp_path: Path) -> Path:
        if not shutil.which("ssh-keygen"):
            message = "there is no ssh-keygen here, so signatures are not tested"
            if os.environ.get("REGISTER_REQUIRE_TOOLS") == "1":
                pytest.fail(message, pytrace=False)
            pytest.skip(message)
        key = tmp_path / "key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, capture_output=True)
        return key

    def signers(self, key: Path) -> Path:
        signers = key.with_name("signers")
        signers.write_text(f"clerk@council.example {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
        return signers

    def test_is_caught_by_the_signature(self, site: Path, key: Path) -> None:
        sign(site, key)
        signers = self.signers(key)
        assert "of this list, by clerk@council.example" in say(site, "--signers", signers, ends=0)
        self.rewrite(site)
        assert "not a signature of this list" in say(site, "--signers", signers, ends=1)

    def test_is_caught_without_signers_too_if_the_signature_stays(self, site: Path, key: Path) -> None:
        sign(site, key)
        assert "by a key that you have not said you trust" in say(site, ends=0)
        self.rewrite(site)
        assert "The signature of the list: fails" in say(site, ends=1)

    def test_signed_by_another_key_is_caught(self, site: Path, key: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True, capture_output=True
        )
        self.rewrite(site)
        sign(site, other)
        assert "its key is not one of the signers given" in say(site, "--signers", self.signers(key), ends=1)

    def test_a_signature_taken_away_is_caught_by_who_expects_one(self, site: Path, key: Path) -> None:
        sign(site, key)
        signers = self.signers(key)
        (site / SIGNATURE).unlink()
        assert "the copy has no SHA256SUMS.sig" in say(site, "--signers", signers, ends=1).lower().replace(
            "sha256sums", "SHA256SUMS"
        )

    def test_making_another_list_takes_the_old_signature_away(self, site: Path, key: Path) -> None:
        sign(site, key)
        write_sums(site)
        assert not (site / SIGNATURE).exists()


class TestARewrittenHistory:
    def test_an_amended_commit_is_caught(self, site: Path, repo: Path) -> None:
        write_yaml(repo / "decisions" / "2020-03-02-a.yaml", held(reasons="Others."))
        git(repo, "add", "--all")
        git(repo, "commit", "--quiet", "--amend", "--no-edit", day="2024-05-05")
        said = say(site, "--repo", repo, ends=1)
        assert "is not part of the repository’s history" in said
        assert "rewritten: the history was changed after this copy was made" in said

    def test_another_repository_is_caught(self, site: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        write_register(other / "decisions", {"2020-03-02-a": held()}, TABLES)
        commit(other, "2019-09-09")
        assert "it is another repository" in say(site, "--repo", other, ends=1)

    def test_a_shallow_clone_cannot_tell(self, site: Path, repo: Path, tmp_path: Path) -> None:
        (repo / "x").write_text("x", "utf-8")
        commit(repo)
        git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repo}", "shallow")
        assert "of which only the latest part is here" in say(site, "--repo", tmp_path / "shallow", ends=0)

    def test_a_false_account_of_the_records_is_caught(self, site: Path, repo: Path) -> None:
        text = (site / PATH).read_text("utf-8")
        real = hashlib.sha256((repo / "decisions" / "2020-03-02-a.yaml").read_bytes()).hexdigest()
        (site / PATH).write_text(text.replace(real, "0" * 64), "utf-8")
        write_sums(site)
        assert "changed: 2020-03-02-a.yaml" in say(site, "--repo", repo, ends=1)

    def test_a_record_left_out_of_the_account_is_caught(self, site: Path, repo: Path) -> None:
        making = read_making((site / PATH).read_bytes())
        less = {name: made for name, made in making.files.items() if name != "2020-03-02-a.yaml"}
        (site / PATH).write_bytes(type(making)(making.commit, making.folder, less).as_json())
        write_sums(site)
        assert "added: 2020-03-02-a.yaml" in say(site, "--repo", repo, ends=1)


class TestEarlierLists:
    def test_are_carried_forward_and_covered_by_the_next(self, site: Path, repo: Path) -> None:
        (repo / "sums").mkdir()
        shutil.copyfile(site / LIST, repo / "sums" / "2024-01-02.txt")
        sha = commit(repo)
        publish(repo, site, {**PAGES, "index.html": "<h1>Second</h1>"}, sha)
        assert "sums/2024-01-02.txt" in sums_of(site)
        assert "1 earlier list carried forward; all are in the repository" in say(site, "--repo", repo, ends=0)

        (site / "sums" / "2024-01-02.txt").write_text("0" * 64 + "  index.html\n", "utf-8")
        write_sums(site)
        assert "changed: sums/2024-01-02.txt" in say(site, "--repo", repo, ends=1)

    def test_a_copy_whose_own_list_was_kept_is_known(self, site: Path, repo: Path) -> None:
        (repo / "sums").mkdir()
        shutil.copyfile(site / LIST, repo / "sums" / "2024-01-02.txt")
        assert "also keeps this copy’s own list" in say(site, "--repo", repo, ends=0)


@pytest.mark.parametrize(
    "name", ["a.html", "b c.html", "ä.html", "back\\slash.html", "new\nline.html", "z/" * 20 + "z"]
)
def test_any_name_can_stand_in_the_list(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"x")
    write_sums(tmp_path)
    assert read_sums((tmp_path / LIST).read_text("utf-8")) == {name: hashlib.sha256(b"x").hexdigest()}
    tool = shutil.which("sha256sum")
    if tool:
        assert (
            subprocess.run([tool, "-c", "--strict", LIST], cwd=tmp_path, capture_output=True, check=False).returncode
            == 0
        )


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda t: "\0" not in t), st.text("0123456789abcdef", min_size=64, max_size=64)
    )
)
def test_a_list_is_read_as_it_was_written(sums: dict[str, str]) -> None:
    assert read_sums(format_sums(sums)) == dict(sorted(sums.items()))


@given(st.text())
def test_any_text_as_a_list_is_read_or_refused_in_a_line(text: str) -> None:
    with contextlib.suppress(BadList):
        assert read_sums(format_sums(read_sums(text))) == dict(sorted(read_sums(text).items()))


@given(st.binary())
def test_any_bytes_as_an_account_are_read_or_refused(raw: bytes) -> None:
    with pytest.raises(NoProof):
        read_making(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b"{}",
        b'{"commit": 1, "folder": "", "sha256": {}}',
        b'{"commit": "--x", "folder": "d", "sha256": {}}',
        b"[" * 9999,
    ],
)
def test_a_false_account_is_refused(raw: bytes) -> None:
    with pytest.raises(NoProof):
        read_making(raw)


class TestWhatIsNoCopy:
    def test_a_file_of_another_kind(self, tmp_path: Path) -> None:
        (tmp_path / "x.txt").write_text("x", "utf-8")
        assert "is neither a folder nor a ZIP or tar archive" in say(tmp_path / "x.txt", ends=2)

    def test_a_link_in_a_folder(self, site: Path) -> None:
        (site / "link").symlink_to("/etc/passwd")
        assert "is a link or no ordinary file" in say(site, ends=2)

    def test_a_link_in_an_archive(self, tmp_path: Path) -> None:
        with tarfile.open(tmp_path / "x.tar", "w") as made:
            member = tarfile.TarInfo("link")
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            made.addfile(member)
        with pytest.raises(NoCopy, match="link"):
            open_copy(tmp_path / "x.tar")

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_a_file_twice_in_an_archive(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
            made.writestr("a", "1")
            made.writestr("a", "2")
        with pytest.raises(NoCopy, match="twice"):
            open_copy(tmp_path / "x.zip")

    def test_a_broken_archive(self, tmp_path: Path) -> None:
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w") as made:
            made.writestr("a", "1" * 1000)
        broken = bytearray(raw.getvalue())
        broken[40:80] = b"x" * 40
        (tmp_path / "x.zip").write_bytes(broken)
        assert say(tmp_path / "x.zip", ends=2)

    @pytest.mark.parametrize("kind", ["zip", "tar", "gztar", "bztar", "xztar"])
    def test_an_archive_with_any_byte_changed(self, site: Path, tmp_path: Path, kind: str) -> None:
        """It is read with that change, or refused."""
        (site / "index.html").write_text(" ".join(map(str, range(500))), "utf-8")
        archive = Path(shutil.make_archive(str(tmp_path / "whole"), kind, site))
        raw, unlike = archive.read_bytes(), 0
        for place in range(0, len(raw), len(raw) // 100):
            archive.write_bytes(raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :])
            try:
                unlike += open_copy(archive).sums != sums_of(site)
            except NoCopy:
                unlike += 1
        assert unlike > 10


def test_rebuild_needs_a_repository(site: Path) -> None:
    assert "--rebuild needs --repo" in say(site, "--rebuild", ends=2)


HOOK = """
from pathlib import Path
from hipss_register.build import make_edition
from hipss_register.proof.git import read_log
from hipss_register.proof.records import PATH, making_of
from hipss_register.proof.sums import write_sums

def on_post_build(config):
    site, root = Path(config.site_dir), Path(config.config_file_path).parent / "decisions"
    edition = make_edition(root, "decisions")
    making = making_of(edition.reading, edition.book.sources, read_log(root).head, "decisions")
    (site / PATH).parent.mkdir(exist_ok=True)
    (site / PATH).write_bytes(making.as_json())
    write_sums(site)
"""


class TestBuiltAgain:
    """With MkDocs itself; the pages are hand-written ones, so that only the building again is under test."""

    @pytest.fixture
    def built(self, repo: Path, tmp_path: Path) -> Path:
        (repo / "docs").mkdir()
        (repo / "docs" / "index.md").write_text("# Home\n", "utf-8")
        (repo / "hook.py").write_text(HOOK, "utf-8")
        (repo / "mkdocs.yml").write_text("site_name: Wyeford\nplugins: []\nhooks: [hook.py]\n", "utf-8")
        commit(repo)
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SOURCE_DATE_EPOCH": commit_time(repo),
            "NO_MKDOCS_2_WARNING": "1",
        }
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "built")]
        subprocess.run(command, cwd=repo, env=environment, check=True, capture_output=True)
        return tmp_path / "built"

    def test_is_the_same_byte_for_byte(self, built: Path, repo: Path) -> None:
        said = say(built, "--repo", repo, "--rebuild", ends=0)
        assert "all are the same, byte for byte" in said

    def test_catches_a_rewritten_list(self, built: Path, repo: Path) -> None:
        (built / "index.html").write_text("<h1>Hime</h1>", "utf-8")
        write_sums(built)
        said = say(built, "--repo", repo, "--rebuild", ends=1)
        assert "The list in the copy: holds." in said
        assert "changed: index.html" in said
