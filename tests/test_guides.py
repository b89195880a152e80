"""The guides: no setting without its line, no command that does not exist, and every page in the menu."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from hipss_register.cli import COMMANDS, main
from hipss_register.mkdocs_site.config import RegisterConfig

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "hipss_register" / "starter"
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
PAGES |= {"README.md": (ROOT / "README.md").read_text("utf-8"), "starter": (STARTER / "README.md").read_text("utf-8")}
OWN = re.split(r"^## ", PAGES["docs/configuration.md"], flags=re.MULTILINE)[1]
ROWS = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", OWN, re.MULTILINE))


def commands() -> list[tuple[str, list[str]]]:
    """Each use of our command in the guides, as its words."""
    found = []
    for page, text in PAGES.items():
        for block in re.findall(r"^ *```(?:sh|yml)\n(.*?)```", text, re.MULTILINE | re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                if match := re.search(r"(?:^|[ /])hipss-register (?!/|\[)(.*)", line.split(" #")[0]):
                    found.append((page, shlex.split(match[1])))
        found += [(page, shlex.split(text)) for text in re.findall(r"`hipss-register ([a-z][^`]*)`", text)]
    return found


def test_every_setting_has_a_line_and_every_line_a_setting() -> None:
    assert list(ROWS) == [name for name, _ in RegisterConfig._schema]


@pytest.mark.parametrize("name", ROWS)
def test_what_a_setting_is_when_left_out(name: str) -> None:
    default: Any = dict(RegisterConfig._schema)[name].default
    said = ROWS[name].strip()
    assert said == (f"`{default}`" if default else said)
    assert default or said in ("empty", "none", "all checks, each with its own weight")


def test_there_are_commands_to_try() -> None:
    assert len({words[0] for _, words in commands()} & set(COMMANDS)) == len(COMMANDS)


@pytest.mark.parametrize(("page", "words"), commands())
def test_commands_in_the_guides_exist_with_their_options(page: str, words: list[str]) -> None:
    if words[0].startswith("-"):
        return
    command = main.get_command(click.Context(main), words[0])
    assert command, words[0]
    known = {option for param in command.params for option in param.opts} | {"--help", "-h"}
    assert {word for word in words[1:] if word.startswith("-") and word != "-"} <= known


@pytest.mark.parametrize("folder", [ROOT, STARTER], ids=["ours", "starter"])
def test_every_page_is_in_the_menu(folder: Path) -> None:
    text = (folder / "mkdocs.yml").read_text("utf-8").replace("@", "")
    menu = set(re.findall(r"[\w/-]+\.md", str(yaml.safe_load(text)["nav"])))
    assert {path.name for path in (folder / "docs").glob("*.md")} <= menu
