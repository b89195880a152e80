"""The command `import`: what it writes, what it leaves alone, and what it says is still to do."""

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hipss_register.build import make_edition
from hipss_register.cli import main
from hipss_register.importing import READERS
from hipss_register.read.sources import SOURCE_KINDS

FORM = "Title: A lease\nDate: 5 March 2024\nDecision maker: Cabinet\nDecision: To let the kiosk.\n"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments, "--decisions", str(folder / "decisions")])


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "Record of décision (final).TXT"
    path.write_text(FORM, encoding="utf-8")
    return path


def draft_in(folder: Path) -> Path:
    (path,) = (folder / "decisions").glob("*.yaml")
    return path


def test_writes_the_draft_and_the_document_with_its_digest(tmp_path: Path, form: Path) -> None:
    result = run(tmp_path, str(form))
    assert result.exit_code == 0
    assert set(files(tmp_path / "decisions")) == {"2024-03-05-lease.yaml", "sources/record-of-decision-final.txt"}
    digest = hashlib.sha256(form.read_bytes()).hexdigest()
    assert f"  sha256: {digest}\n" in draft_in(tmp_path).read_text("utf-8")
    assert (tmp_path / "decisions/sources/record-of-decision-final.txt").read_bytes() == form.read_bytes()
    assert make_edition(tmp_path / "decisions", "decisions").problems == ()


def test_importing_twice_changes_nothing(tmp_path: Path, form: Path) -> None:
    run(tmp_path, str(form))
    before = files(tmp_path)
    result = run(tmp_path, str(form))
    assert result.exit_code == 0
    assert "already there, from" in result.stdout
    assert files(tmp_path) == before


def test_what_a_person_wrote_is_left_alone_until_force(tmp_path: Path, form: Path) -> None:
    run(tmp_path, str(form))
    draft = draft_in(tmp_path)
    first = draft.read_text("utf-8")
    draft.write_text(first + "notes: Ours\n", encoding="utf-8")
    result = run(tmp_path, str(form))
    assert "already there, and changed since; left as it is" in result.stdout
    assert draft.read_text("utf-8").endswith("notes: Ours\n")
    result = run(tmp_path, str(form), "--force")
    assert "written over" in result.stdout
    assert draft.read_text("utf-8") == first


def test_a_renamed_draft_is_known_again(tmp_path: Path, form: Path) -> None:
    run(tmp_path, str(form))
    draft_in(tmp_path).rename(tmp_path / "decisions" / "2024-03-05-kiosk.yaml")
    before = files(tmp_path)
    assert "2024-03-05-kiosk.yaml: already there" in run(tmp_path, str(form)).stdout
    assert files(tmp_path) == before


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_another_decision_of_that_name_is_never_written_over(tmp_path: Path, form: Path, force: list[str]) -> None:
    other = tmp_path / "decisions" / "2024-03-05-lease.yaml"
    other.parent.mkdir()
    other.write_text("title: Mine\n", encoding="utf-8")
    result = run(tmp_path, str(form), *force)
    assert "there is another decision of that name; left as it is" in result.stdout
    assert "rename it" in result.stdout.splitlines()[-1]
    assert files(tmp_path / "decisions") == {"2024-03-05-lease.yaml": b"title: Mine\n"}


def test_two_documents_of_one_name_are_both_kept(tmp_path: Path) -> None:
    for folder, title in (("a", "A lease"), ("b", "A sale")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "record.txt").write_text(FORM.replace("A lease", title), encoding="utf-8")
        assert run(tmp_path, str(tmp_path / folder / "record.txt")).exit_code == 0
    names = sorted(path.name for path in (tmp_path / "decisions" / "sources").iterdir())
    assert len(names) == 2
    assert names[1] == "record.txt"
    assert make_edition(tmp_path / "decisions", "decisions").problems == ()


def test_a_document_among_the_sources_is_used_where_it_is(tmp_path: Path) -> None:
    source = tmp_path / "decisions" / "sources" / "record.txt"
    source.parent.mkdir(parents=True)
    source.write_text(FORM, encoding="utf-8")
    run(tmp_path, str(source))
    assert set(files(tmp_path / "decisions")) == {"2024-03-05-lease.yaml", "sources/record.txt"}
    assert "file: sources/record.txt" in draft_in(tmp_path).read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "todo"),
    [
        ("", []),
        ("Contact officer: Jo", [("unplaced:", "find a place for 1 passage")]),
        ("Signed\n\nDate: 6/3/2024", [("# Suggestions, ", "weigh the suggestions")]),
    ],
)
def test_the_last_line_says_what_is_still_to_do(tmp_path: Path, more: str, todo: list[tuple[str, str]]) -> None:
    form = tmp_path / "record.txt"
    form.write_text(FORM + more, encoding="utf-8")
    last = run(tmp_path, str(form)).stdout.splitlines()[-1]
    draft = draft_in(tmp_path)
    lines = draft.read_text("utf-8").splitlines()
    places = [(1 + next(n for n, line in enumerate(lines) if line.startswith(head)), what) for head, what in todo]
    wanted = [f"{draft}:{line} {what}" for line, what in [(2, "write the summary"), *places]]
    assert last == f"Still to do: {'; '.join(wanted)}."


def test_the_last_line_tells_of_problems_too(tmp_path: Path) -> None:
    form = tmp_path / "record.txt"
    form.write_text("Title: A lease\nDate: 2024\nReasons: few\n", encoding="utf-8")
    last = run(tmp_path, str(form)).stdout.splitlines()[-1]
    assert "2024-lease.yaml:1 the field “decision” is missing" in last


def test_every_kind_of_document_is_kept_as_a_kind_that_is_published() -> None:
    assert {f".{reader.kept_as.rsplit('.', 1)[1]}" for reader in READERS.values()} <= set(SOURCE_KINDS)


def test_without_a_register_it_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["import", "x.txt"])
    assert result.exit_code == 2
    assert "hipss-register init" in result.stderr


def test_a_record_may_speak_of_one_that_came_in_with_it(tmp_path: Path, form: Path) -> None:
    later = tmp_path / "later.txt"
    later.write_text(
        "Title: Rent of the kiosk\nDate: 6 May 2024\nDecision maker: Cabinet\nDecision: To change the rent.\n"
        "Reasons: The decision of 5 March 2024 left it open.\n",
        encoding="utf-8",
    )
    run(tmp_path, str(form), str(later))
    text = (tmp_path / "decisions" / "2024-05-06-rent-kiosk.yaml").read_text("utf-8")
    assert "#   cites: 2024-03-05-lease\n#   # from “The decision of 5 March 2024 left it open.” in reasons\n" in text
