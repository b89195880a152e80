"""What differs on Windows: consoles that do not know every letter, paths, line ends, names of files."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest
from click.testing import CliRunner

from hipss_register.build import make_edition
from hipss_register.cli import main
from hipss_register.importing.folder import document_names
from hipss_register.importing.readers import ending_of

FORM = "Decision title: Prydles Llŷn\nDate: 5 March 2024\nDecision maker: Cabinet\nWard: Llŷn\nDecision: To let it.\n"
CONSOLES = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "cp850"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


def run(folder: Path, console: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The real command with a console of that sort."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-c", "from hipss_register.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, env=environment | console, capture_output=True, check=False)


@pytest.mark.parametrize("console", CONSOLES, ids=lambda console: next(iter(console.values())))
def test_a_console_without_a_letter_still_tells_all_and_data_are_whole(tmp_path: Path, console: dict[str, str]) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (tmp_path / "record.txt").write_text(FORM, encoding="utf-8")
    imported = run(tmp_path, console, "import", "record.txt")
    assert (imported.returncode, imported.stderr) == (0, b"")
    wards = tmp_path / "decisions" / "tables" / "wards.yaml"
    wards.parent.mkdir()
    wards.write_text("hilltop: Hilltop\n", encoding="utf-8")
    checked = run(tmp_path, console, "check", "--fail-on", "never")
    assert checked.returncode == 0
    assert b"Traceback" not in checked.stderr
    assert b"UNKNOWN-WARD no ward goes by" in checked.stdout
    told = json.loads(run(tmp_path, console, "check", "--format", "json", "--fail-on", "never").stdout.decode("utf-8"))
    assert "Llŷn" in told["problems"][0]["message"]
    exported = run(tmp_path, console, "export", "json")
    assert "Prydles Llŷn" in exported.stdout.decode("utf-8")


@pytest.mark.parametrize("path", [r"C:\Users\Jo\Downloads\Record of décision (final).DOCX", r"\\server\share\a.b.docx"])
def test_windows_paths_give_plain_names(path: str) -> None:
    assert ending_of(path) == ".docx"
    name, second = document_names(PureWindowsPath(path), "0123456789abcdef")
    assert name == {"C": "record-of-decision-final.docx", "\\": "a-b.docx"}[path[0]]
    assert second == name.replace(".docx", "-01234567.docx")


def test_line_ends_and_marks_of_windows_change_no_word(tmp_path: Path) -> None:
    for name, content in {
        "crlf.txt": FORM.replace("\n", "\r\n").encode(),
        "mark.txt": b"\xef\xbb\xbf" + FORM.encode(),
        "wide.txt": FORM.replace("\n", "\r\n").encode("utf-16"),
        "wide-be.txt": b"\xfe\xff" + FORM.encode("utf-16-be"),
    }.items():
        (tmp_path / name).write_bytes(content)
        folder = tmp_path / name.partition(".")[0]
        result = CliRunner().invoke(main, ["import", str(tmp_path / name), "--decisions", str(folder)])
        assert result.exit_code == 0
        (draft,) = folder.glob("*.yaml")
        assert draft.read_bytes().startswith("title: Prydles Llŷn\n".encode())
        assert b"\r" not in draft.read_bytes()
        edition = make_edition(folder, "decisions")
        assert edition.errors == 0  # the document that is kept can be published
        (record,) = edition.book.register.records.values()
        assert record.form.source[0].sha256 == hashlib.sha256(content).hexdigest()


def test_western_letters_of_windows_are_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Decision title: Café – “5” £\nDate: 2024\nDecision: x\n".encode("cp1252"))
    CliRunner().invoke(main, ["import", str(tmp_path / "a.txt"), "--decisions", str(tmp_path / "d")])
    (draft,) = (tmp_path / "d").glob("*.yaml")
    assert "title: Café – “5” £\n" in draft.read_text("utf-8")


def test_a_file_of_windows_can_be_edited_and_read_again(tmp_path: Path) -> None:
    arguments = ["--title", "A lease", "--date", "2024-03-05", "--maker", "Cabinet", "--decision", "To let it."]
    result = CliRunner().invoke(main, ["new", *arguments, "--decisions", str(tmp_path)])
    assert result.exit_code == 0, result.output
    (path,) = tmp_path.glob("*.yaml")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert make_edition(tmp_path, "decisions").errors == 0
