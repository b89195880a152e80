"""``hipss-register init``: a new council's register, which builds as it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import Any

import click

from hipss_register import __version__
from hipss_register.data.schema_files import FILE_SCHEMAS, place
from hipss_register.model.base import address_fault
from hipss_register.writing.schema import COPIES

STARTER = Path(__file__).parent.parent / "starter"
PACKAGE = "hipss-register"
_FROM_FOLDER = (
    "This program was installed from a folder of this computer. If no package index has it, put into requirements.txt"
    " and .pre-commit-config.yaml where others can get it, such as: hipss-register[site] @ git+https://…"
)
_MOST_TOLD = 3
_MARK = re.compile(r"@([A-Z]+)@")
_NAME = re.compile(r"[^\W_](?:[\w .,’'&()/–-]*[\w.)])?")


@click.command(
    epilog="""\b
Examples:
  hipss-register init my-register --council "Riverside Council"
  hipss-register init . --council "Riverside Council" \\
      --address https://decisions.riverside.example/"""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--council", prompt="The council's name", help="The council's name, as pages and citations give it.")
@click.option(
    "--address",
    default="https://decisions.example.org/",
    show_default=True,
    help="The register's public address. It can be changed later, in mkdocs.yml.",
)
def init(folder: Path, council: str, address: str) -> None:
    """Start a new register in the folder DIR.

    Writes its settings, an example of two decisions with their tables, pages to adapt, and what GitHub, GitLab, common
    web servers and pre-commit need. The README there says what to do before the register is public. Writes over
    nothing.
    """
    values = {"COUNCIL": _name(council), "ADDRESS": _address(address)}
    values |= {"PACKAGE": requirement(), "SITE": requirement("site")}
    files = dict(starter_files())
    if there := [str(folder / path) for path in files if os.path.lexists(folder / path)]:
        more = f" and {len(there) - _MOST_TOLD} more" if len(there) > _MOST_TOLD else ""
        raise click.ClickException(f"nothing was written: there is already {', '.join(there[:_MOST_TOLD])}{more}")
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_MARK.sub(lambda match: values[match[1]], text), encoding="utf-8", newline="\n")
        click.echo(target)
    if values["PACKAGE"].endswith(__version__) and _origin():
        click.echo(_FROM_FOLDER)
    click.echo(f"A register of {len(files)} files. Next, read {folder / 'README.md'}, then: mkdocs serve")


def requirement(extra: str = "") -> str:
    """How others install this very program: from the repository or the file that it was installed from, if any."""
    name = f"{PACKAGE}[{extra}]" if extra else PACKAGE
    origin = _origin()
    address, versions = str(origin.get("url", "")), origin.get("vcs_info")
    if versions:
        return f"{name} @ {versions['vcs']}+{address}@{versions['commit_id']}"
    return f"{name} @ {address}" if address.startswith("https://") else f"{name}=={__version__}"


def _origin() -> dict[str, Any]:
    """Where the program was installed from, unless that was a package index (PEP 610)."""
    try:
        found: dict[str, Any] = json.loads(distribution(PACKAGE).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return {}
    return found


def starter_files() -> Iterator[tuple[PurePosixPath, str]]:
    """Each file of a new register, by its path, with its text; ``dot-`` stands for the dot that would hide it here."""
    for file in sorted(STARTER.rglob("*")):
        if file.is_file():
            parts = [part.replace("dot-", ".", 1) if part.startswith("dot-") else part for part in _inner(file)]
            yield PurePosixPath(*parts), file.read_text(encoding="utf-8")
    for name in FILE_SCHEMAS:
        yield PurePosixPath("decisions", COPIES, f"{name}.json"), place(name).read_text(encoding="utf-8")


def _inner(file: Path) -> tuple[str, ...]:
    return file.relative_to(STARTER).parts


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not _NAME.fullmatch(name):
        raise click.UsageError(f"“{name}” cannot be a council's name: use letters, digits, spaces and . , ' & ( ) / -")
    return name


def _address(text: str) -> str:
    if fault := address_fault(text):
        raise click.UsageError(f"“{text}” cannot be the register's address: {fault}")
    return text.rstrip("/") + "/"
