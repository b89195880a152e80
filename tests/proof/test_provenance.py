"""What the version history tells of each record, from real repositories; and what it cannot tell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hipss_register.proof.changes import changes_between
from hipss_register.proof.provenance import SHALLOW, Edit, read_provenance
from tests.checks.cases import TABLES, held
from tests.checks.registers import commit, findings_of, git, write_register, write_yaml

A, B = "2020-03-02-a", "2020-03-03-b"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two records, committed on 2 January 2024."""
    root = write_register(tmp_path / "repo" / "decisions", {A: held(), B: held(date="2020-03-03")}, TABLES)
    commit(root.parent)
    return root


def rewrite(root: Path, name: str = A, day: str = "2024-02-03", **fields: object) -> str:
    write_yaml(root / f"{name}.yaml", held(**fields))
    return commit(root.parent, day)


def edits(root: Path, name: str = A) -> tuple[Edit, ...]:
    return read_provenance(root).histories[f"decisions/{name}.yaml"].later


def test_a_record_that_was_never_edited(root: Path) -> None:
    provenance = read_provenance(root)
    assert provenance.because == ""
    assert set(provenance.histories) == {f"decisions/{A}.yaml", f"decisions/{B}.yaml"}
    history = provenance.histories[f"decisions/{A}.yaml"]
    assert (str(history.first.day), history.later, history.uncommitted) == ("2024-01-02", (), False)
    assert history.first.commit == provenance.head


def test_an_edit_is_told_field_by_field_in_words(root: Path) -> None:
    made = rewrite(root, decision="To do it twice.", signature="Signed", reasons=None)
    (edit,) = edits(root)
    assert (edit.commit, str(edit.day)) == (made, "2024-02-03")
    assert [str(change) for change in edit.changes or ()] == [
        "decision: changed from “To award the contract for cutting the grass to Meadow and Hedge Limited.” "
        "to “To do it twice.”",
        "signature: added, “Signed”",
        "reasons: taken out; it was “The present arrangement comes to its close in spring and the parks must stay open "
        "to everybody.”",
    ]


def test_other_files_and_commits_are_not_edits_of_it(root: Path) -> None:
    rewrite(root, B, date="2020-03-03", reasons="Others.")
    (root.parent / "README.md").write_text("x", "utf-8")
    commit(root.parent)
    assert edits(root) == ()
    assert len(edits(root, B)) == 1


def test_writing_it_otherwise_changes_no_field(root: Path) -> None:
    path = root / f"{A}.yaml"
    write_yaml(path, dict(reversed(held().items())))
    path.write_text("# a comment\n" + path.read_text("utf-8"), "utf-8")
    commit(root.parent)
    (edit,) = edits(root)
    assert edit.changes == ()
    assert not edit.needs_note


def test_a_renamed_file_keeps_its_history(root: Path) -> None:
    rewrite(root, reasons="Others.")
    git(root.parent, "mv", f"decisions/{A}.yaml", "decisions/2020-03-02-new.yaml")
    commit(root.parent)
    first, second = edits(root, "2020-03-02-new")
    assert first.changes
    assert second.renamed_from == f"{A}.yaml"
    assert f"decisions/{A}.yaml" not in read_provenance(root).histories


def test_a_file_taken_out_and_put_back_begins_anew(root: Path) -> None:
    text = (root / f"{A}.yaml").read_text("utf-8")
    (root / f"{A}.yaml").unlink()
    commit(root.parent)
    (root / f"{A}.yaml").write_text(text, "utf-8")
    commit(root.parent, "2024-05-06")
    history = read_provenance(root).histories[f"decisions/{A}.yaml"]
    assert (str(history.first.day), history.later) == ("2024-05-06", ())


def test_a_merge_counts_on_the_day_that_it_was_merged(root: Path) -> None:
    repo = root.parent
    git(repo, "checkout", "--quiet", "-b", "side")
    rewrite(root, day="2024-02-01", reasons="Others.")
    git(repo, "checkout", "--quiet", "main")
    rewrite(root, B, day="2024-02-02", date="2020-03-03", reasons="More.")
    git(repo, "merge", "--quiet", "--no-ff", "--no-edit", "side", day="2024-03-01")
    assert [str(edit.day) for edit in edits(root)] == ["2024-03-01"]
    assert edits(root)[0].changes


@pytest.mark.parametrize(("day", "believed"), [("2024-02-05", True), ("2024-02-02", True), ("2024-01-20", False)])
def test_a_note_does_not_count_by_a_day_that_its_commit_cannot_have_been_made_on(
    root: Path, day: str, believed: bool
) -> None:
    note = {"corrections": [{"date": day, "what": "The reasons."}]}
    rewrite(root, **note)
    rewrite(root, day=day, reasons="Others.", **note)
    found = [finding.message for finding in findings_of(root).found if finding.code == "EDIT-NOT-NOTED"]
    said = (
        "by its commit, which an edit of a later day comes before, after it was first published, and no note says why."
    )
    assert found == ([] if believed else [f"The file was changed on 20 January 2024 {said}"])


def test_a_version_that_cannot_be_read_is_said_to_be_so(root: Path) -> None:
    (root / f"{A}.yaml").write_text("title: [", "utf-8")
    commit(root.parent)
    rewrite(root)
    assert [edit.changes for edit in edits(root)] == [None, None]


def test_changes_that_are_not_committed_are_told(root: Path) -> None:
    write_yaml(root / f"{A}.yaml", held(reasons="Others."))
    histories = read_provenance(root).histories
    assert histories[f"decisions/{A}.yaml"].uncommitted
    assert [change.label for change in histories[f"decisions/{A}.yaml"].unsaved] == ["reasons"]
    assert not histories[f"decisions/{B}.yaml"].uncommitted


def test_a_shallow_clone_knows_only_the_latest_part(root: Path, tmp_path: Path) -> None:
    rewrite(root, reasons="Others.")
    rewrite(root, reasons="Yet others.")
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{root.parent}", "shallow")
    provenance = read_provenance(tmp_path / "shallow" / "decisions")
    assert provenance.because == SHALLOW
    history = provenance.histories[f"decisions/{A}.yaml"]
    assert not history.beginning_known
    assert len(history.later) == 1
    findings = findings_of(tmp_path / "shallow" / "decisions")
    assert [f.code for f in findings.found if f.code == "EDIT-NOT-NOTED"] == ["EDIT-NOT-NOTED"]
    assert SHALLOW in {a.because for a in findings.cannot_tell if a.code == "EDIT-NOT-NOTED"}


@pytest.mark.parametrize("kind", ["no repository", "no commit", "no folder", "no git"])
def test_without_a_history_it_says_so(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_register(tmp_path / "decisions", {A: held()}, {})
    if kind == "no commit":
        git(tmp_path, "init", "--quiet")
    if kind == "no folder":
        shutil.rmtree(root)
    if kind == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    provenance = read_provenance(root)
    assert provenance.because
    assert provenance.histories == {}


@pytest.mark.parametrize("name", ["2020-03-02-ä\nb.yaml", "2020 03 02.yaml", "-x.yaml", ":(top)x.yaml", "x\ty.yaml"])
def test_names_that_git_would_quote_do_no_harm(name: str, root: Path) -> None:
    (root / name).write_text("title: x\n", "utf-8")
    commit(root.parent)
    (root / name).write_text("title: y\n", "utf-8")
    commit(root.parent)
    assert len(read_provenance(root).histories[f"decisions/{name}"].later) == 1


def test_settings_of_the_repository_are_not_acted_on(root: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    script = tmp_path / "run"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n", "utf-8")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "core.editor"):
        git(root.parent, "config", name, str(script))
    git(root.parent, "config", "log.showSignature", "true")
    rewrite_without_git = root / f"{B}.yaml"
    rewrite_without_git.touch()
    trap.unlink(missing_ok=True)
    assert read_provenance(root).histories
    assert not trap.exists()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("a: 1\n", "a: 1\n", []),
        ("a: 1\n", "a:  '1' # x\n", []),
        ("a: {b: [1, 2]}\n", "a: {b: [1, 3]}\n", ["a, b 2: changed from “2” to “3”"]),
        ("a: 1\n", "a: 1\nsource_file: x\n", ["source file: added, “x”"]),
        ("a: |\n  one\n  two\n", "a: one two\n", []),
    ],
)
def test_changes_between_versions(before: str, after: str, words: list[str]) -> None:
    assert [str(change) for change in changes_between(before, after) or ()] == words


def test_of_a_long_text_only_what_differs_is_shown() -> None:
    same = " ".join(["word"] * 60)
    (change,) = changes_between(f"a: {same} old {same}\n", f"a: {same} new {same}\n") or ()
    assert str(change) == "a: changed from “… word word old word word …” to “… word word new word word …”"
