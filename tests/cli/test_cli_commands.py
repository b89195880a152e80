"""The table of commands, the help that lists them, and the page that documents each option."""

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from hipss_register.cli import COMMANDS, GROUPS, main

NEW = ("new", "--title", "A lease", "--date", "2024-03-05", "--maker", "Cabinet", "--decision", "To let the kiosk.")

PAGE = Path(__file__).parent.parent.parent / "docs" / "commands.md"
MOST_WIDTH = 80


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found
    return found


def section(name: str) -> str:
    """The part of the page that is about one command."""
    parts = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    (found,) = [part for part in parts if part.startswith(f"hipss-register {name}\n")]
    return found


def test_every_command_is_in_one_group() -> None:
    listed = [name for group in GROUPS.values() for name in group]
    assert sorted(listed) == sorted(COMMANDS)


def test_the_help_lists_each_command_with_examples() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for heading, commands in GROUPS.items():
        assert f"{heading}:" in result.output
        assert all(re.search(rf"^  {name} ", result.output, re.MULTILINE) for name in commands)
    assert "Examples:" in result.output
    assert max(map(len, result.output.splitlines())) <= MOST_WIDTH


@pytest.mark.parametrize("name", COMMANDS)
class TestCommand:
    def test_help_says_what_each_option_is_for(self, name: str) -> None:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert f"Examples:\n    hipss-register {name}" in result.output
        for option in command(name).params:
            if isinstance(option, click.Option):
                assert option.help, option.name

    def test_is_documented_with_every_option(self, name: str) -> None:
        text = section(name)
        for option in command(name).params:
            if isinstance(option, click.Option):
                assert re.search(rf"^\| `{max(option.opts, key=len)}[ `]", text, re.MULTILINE), option.opts

    def test_documents_no_option_that_it_does_not_have(self, name: str) -> None:
        real = {opt for option in command(name).params for opt in option.opts}
        assert set(re.findall(r"^\| `(--[\w-]+)", section(name), re.MULTILINE)) <= real


@pytest.mark.parametrize(("given", "meant"), [("imprt", "import"), ("chekc", "check"), ("initialise", "")])
def test_a_slip_of_the_pen_is_understood(given: str, meant: str) -> None:
    result = CliRunner().invoke(main, [given])
    assert result.exit_code == 2
    assert f"No such command '{given}'." in result.output
    assert ("Did you mean" in result.output) == bool(meant)
    assert not meant or f"Did you mean {meant}?" in result.output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell: str) -> None:
    result = CliRunner().invoke(
        main, [], env={"_HIPSS_REGISTER_COMPLETE": f"{shell}_source"}, prog_name="hipss-register"
    )
    assert result.exit_code == 0
    assert "_HIPSS_REGISTER_COMPLETE" in result.output
    assert "_HIPSS_REGISTER_COMPLETE" in PAGE.read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("im", ["import"]),
        ("new --ev", ["--event"]),
        ("new --event opt", ["option exercised"]),
        ("check --fo", ["--format"]),
    ],
)
def test_the_tab_key_completes_commands_options_and_choices(typed: str, offered: list[str]) -> None:
    words = ["hipss-register", *typed.split()]
    asked = {
        "_HIPSS_REGISTER_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    result = CliRunner().invoke(main, [], env=asked, prog_name="hipss-register")
    assert [line.partition(",")[2] for line in result.output.splitlines()] == offered


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("site_name: x\nplugins: [[", "mkdocs.yml:2: this YAML cannot be read: "),
        ("a: \ufffe", "mkdocs.yml: this cannot be read as YAML"),
        (b"site_name: \xff", "mkdocs.yml: this cannot be read as YAML"),
        ("[" * 2000, "mkdocs.yml: this cannot be read as YAML"),
        ("plugins: [hipss-register: {decisions_dir: [a]}]", "decisions_dir: the path of a folder was expected"),
        ('plugins: [hipss-register: {decisions_dir: "a\\0b"}]', "decisions_dir: the path of a folder was expected"),
    ],
    ids=["open list", "odd sign", "not UTF-8", "too deep", "no path", "no such sign in a path"],
)
@pytest.mark.parametrize("command", [("check",), ("export", "json"), ("import", "mkdocs.yml"), NEW], ids=lambda c: c[0])
def test_settings_that_cannot_be_read_are_told_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], text: str | bytes, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_bytes(text.encode() if isinstance(text, str) else text)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert told in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mkdocs.yml"]


@pytest.mark.parametrize(
    "command",
    [
        ("init", "file/new", "--council", "Riverside"),
        ("init", "a" * 300, "--council", "Riverside"),
        (*NEW, "--decisions", "file/decisions"),
        ("check", "a" * 300),
        ("export", "csv", "-o", "file/data"),
    ],
)
def test_what_the_system_refuses_is_told_in_one_line(
    founding: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(founding, "decisions")
    Path("file").write_text("This is no folder.", "utf-8")
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert re.fullmatch(r"Error: \S+: this cannot be read or written: .+", line)
