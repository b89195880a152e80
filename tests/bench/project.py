"""The corpus as a MkDocs project, and one decision of it changed."""

from __future__ import annotations

from pathlib import Path

from tests.bench import hugo
from tests.corpus import write_corpus

_SETTINGS = """\
site_name: Wyeford register
site_url: https://register.wyeford.example/
theme: {name: material, font: false}
plugins: [hipss-register]
"""


def write_projects(folder: Path, decisions: int, seed: int) -> tuple[Path, Path]:
    """Write the same corpus as a project of MkDocs and as one of Hugo; gives the folders of both."""
    ours, theirs = folder / "register", folder / "hugo"
    written = write_corpus(ours / "decisions", decisions, seed)
    (ours / "docs").mkdir()
    (ours / "docs" / "about.md").write_text("# About this register\n\nIt is made up.\n")
    (ours / "mkdocs.yml").write_text(_SETTINGS)
    hugo.write_site(theirs, written)
    return ours, theirs


def change_one(project: Path) -> None:
    """Change a sentence of the decision in the middle of the project."""
    paths = sorted((project / "decisions").glob("[12]*/*.yaml"))
    path = paths[len(paths) // 2]
    path.write_text(path.read_text("utf-8").replace("summary: ", "summary: Changed, ", 1), "utf-8", newline="\n")
