"""Registers on disk for the tests of checks, with or without a version history."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from hipss_register.build import Edition, make_edition
from hipss_register.checks import CheckSettings, Findings, check
from hipss_register.checks.world import World
from hipss_register.problems import Severity
from hipss_register.proof.provenance import read_provenance


def write_yaml(path: Path, data: Any) -> None:
    """A file of plain values; an empty one is not written."""
    if data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "utf-8")


def write_register(root: Path, files: Mapping[str, Any], tables: Mapping[str, Any]) -> Path:
    """A folder of decisions and tables."""
    root.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_yaml(root / f"{name}.yaml", data)
    for name, data in tables.items():
        write_yaml(root / "tables" / f"{name}.yaml", data)
    return root


def git(folder: Path, *arguments: str, day: str = "2024-01-02") -> str:
    """Run git as a person with a name, on a day."""
    when = f"{day}T12:00:00+00:00"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_DATE": when,
    }
    people = ["-c", "user.name=A Clerk", "-c", "user.email=clerk@council.example", "-c", "commit.gpgsign=false"]
    command = ["git", *people, "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, day: str = "2024-01-02") -> str:
    """Commit everything; gives the commit's id."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "As it is", day=day)
    return git(folder, "rev-parse", "HEAD").strip()


def edition_of(root: Path) -> Edition:
    """A folder as an edition."""
    return make_edition(root, "decisions")


def findings_of(root: Path, settings: CheckSettings | None = None, *, with_history: bool = True) -> Findings:
    """What the checks say of a folder."""
    edition = edition_of(root)
    if settings is None:
        settings = CheckSettings(provenance=read_provenance(root) if with_history else None)
    book = edition.book
    return check(World(book.register, book.histories, book.sources, settings))


def errors_in(root: Path) -> list[str]:
    """What is wrong with the files themselves."""
    return [str(problem) for problem in edition_of(root).problems if problem.severity is Severity.ERROR]
