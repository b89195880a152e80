"""The command `init`: a new council's register that builds and checks as it is."""

import json
import re
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from hipss_register import __version__
from hipss_register.build import make_edition
from hipss_register.cli import main
from hipss_register.cli.init import STARTER, starter_files

COUNCIL = "Riverside & King's Lynn (City) Council"
PACKAGE = Path(__file__).parent.parent.parent / "hipss_register"


def init(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", str(folder), *(arguments or ("--council", COUNCIL))])


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "register"
    result = init(folder)
    assert result.exit_code == 0, result.output
    return folder


def test_the_example_has_no_problem(register: Path) -> None:
    edition = make_edition(register / "decisions", "decisions")
    assert edition.problems == ()
    assert len(edition.book.register.records) == 2


def test_check_has_nothing_to_say(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(register)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0, result.output


def test_no_mark_is_left_and_nothing_is_about_another_council(register: Path) -> None:
    for path in register.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert not re.search(r"@[A-Z]+@", text), path
            assert not re.search(r"Herefordshire|\bHIPSS\b", text), path


def test_the_package_is_about_no_council_and_no_contract_of_one() -> None:
    own_name = re.compile("hipss[-_ ]register", re.IGNORECASE)  # what the software is called
    for path in PACKAGE.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            text = own_name.sub("", path.read_bytes().decode("utf-8", "replace"))
            assert not re.search("hereford|hipss|tiss|action for children", text, re.IGNORECASE), path


@pytest.mark.parametrize("name", [".github/workflows/publish.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"])
def test_settings_of_other_tools_are_there_and_well_formed(register: Path, name: str) -> None:
    assert yaml.safe_load((register / name).read_text("utf-8"))


def test_ci_on_both_hosts_builds_strictly(register: Path) -> None:
    for name in (".github/workflows/publish.yml", ".gitlab-ci.yml"):
        assert "mkdocs build --strict" in (register / name).read_text("utf-8")


def test_the_readme_names_every_page_to_adapt() -> None:
    pages = [path.name for path in (STARTER / "docs").glob("*.md")]
    assert sorted(pages) == ["about.md", "accessibility.md", "reading.md"]
    assert "**To adapt" in (STARTER / "README.md").read_text("utf-8")


def test_nothing_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("mine", encoding="utf-8")
    result = init(tmp_path)
    assert result.exit_code == 1
    assert "there is already" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mkdocs.yml"]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "README.md").symlink_to(tmp_path / "elsewhere")
    result = init(folder)
    assert result.exit_code == 1
    assert "there is already" in result.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_there_is_not_listed_without_end(tmp_path: Path) -> None:
    assert init(tmp_path).exit_code == 0
    assert "and 20 more" in init(tmp_path).stderr


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        (None, f"hipss-register[site]=={__version__}"),
        ({"url": "file:///home/jo/code", "dir_info": {"editable": True}}, f"hipss-register[site]=={__version__}"),
        (
            {"url": "https://git.example/r.git", "vcs_info": {"vcs": "git", "commit_id": "abc123"}},
            "hipss-register[site] @ git+https://git.example/r.git@abc123",
        ),
        (
            {"url": "https://files.example/r.whl", "archive_info": {}},
            "hipss-register[site] @ https://files.example/r.whl",
        ),
    ],
)
def test_it_asks_for_the_program_from_where_it_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None, wanted: str
) -> None:
    installed = tmp_path / "hipss_register-0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Name: hipss-register\nVersion: 0\n", encoding="utf-8")
    if origin:
        (installed / "direct_url.json").write_text(json.dumps(origin), encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    result = init(tmp_path / "new")
    assert (tmp_path / "new" / "requirements.txt").read_text("utf-8").splitlines()[-1] == wanted
    assert yaml.safe_load((tmp_path / "new" / ".pre-commit-config.yaml").read_text("utf-8"))
    assert ("installed from a folder" in result.output) == bool(origin and "dir_info" in origin)


@pytest.mark.parametrize("name", ["", "<script>", "a: b", "x\ny: z #", "{a}", "*", "- a", "`x`", "a #b"])
def test_a_name_that_would_break_the_settings_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "new"
    result = init(folder, "--council", name)
    if result.exit_code == 0:
        settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
        assert settings["site_name"] == f"{' '.join(name.split())} decision register"
    else:
        assert "cannot be a council's name" in result.stderr
        assert not folder.exists()


@pytest.mark.parametrize("address", ["decisions.example.org", "javascript:alert(1)", 'https://x.example/" a="'])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    result = init(tmp_path / "new", "--council", "A", "--address", address)
    assert "cannot be the register's address" in result.stderr


def test_every_file_of_the_starter_is_written(register: Path) -> None:
    assert all((register / path).is_file() for path, _ in starter_files())
