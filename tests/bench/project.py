"""The corpus as a MkDocs project, and one decision of it changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.bench import hugo, plain
from tests.corpus import write_corpus

_SETTINGS = """\
site_name: Wyeford register
site_url: https://register.wyeford.example/
theme: {name: material, font: false}
plugins: [hipss-register]
"""


@dataclass(frozen=True, slots=True)
class Projects:
    """The folders of one corpus as a register, as a site of Hugo, and as a plain site of MkDocs and Material."""

    register: Path
    hugo: Path
    plain: Path


def write_projects(folder: Path, decisions: int, seed: int) -> Projects:
    """Write the same corpus in every way."""
    projects = Projects(folder / "register", folder / "hugo", folder / "plain")
    ours = projects.register
    written = write_corpus(ours / "decisions", decisions, seed)
    (ours / "docs").mkdir()
    (ours / "docs" / "about.md").write_text("# About this register\n\nIt is made up.\n")
    (ours / "mkdocs.yml").write_text(_SETTINGS)
    hugo.write_site(projects.hugo, written)
    plain.write_site(projects.plain, written)
    return projects


def change_one(project: Path) -> Path:
    """Change a sentence of the decision in the middle of the project; gives its file."""
    paths = sorted((project / "decisions").glob("[12]*/*.yaml"))
    path = paths[len(paths) // 2]
    path.write_text(path.read_text("utf-8").replace("summary: ", "summary: Changed, ", 1), "utf-8", newline="\n")
    return path
