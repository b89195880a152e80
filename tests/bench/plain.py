"""The same records as a plain site of MkDocs and Material: Markdown pages, kept out of the navigation, and their lists.

In the navigation, as a webmaster would first try, the cost grows with the square of their number.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.bench.hugo import body_of, form_of

_SETTINGS = """\
site_name: Wyeford register
site_url: https://register.wyeford.example/
theme: {name: material, font: false}
nav: [index.md]
not_in_nav: "/decisions/*\\n/contracts/*"
plugins: [search]
"""


def write_site(folder: Path, decisions: list[Path]) -> None:
    """Write a plain MkDocs site of those decision files into a folder."""
    docs = folder / "docs"
    for name in ("decisions", "contracts"):
        (docs / name).mkdir(parents=True)
    contracts: dict[str, list[str]] = defaultdict(list)
    for path in decisions:
        form = form_of(path)
        (docs / "decisions" / path.name).with_suffix(".md").write_text(_page(form), "utf-8")
        contracts[form["contracts"][0]["contract"]].append(f"- [{form['summary']}](../decisions/{path.stem}.md)")
    for contract, links in contracts.items():
        (docs / "contracts" / f"{contract}.md").write_text(_list(contract, links), "utf-8")
    links = [f"- [{contract}](contracts/{contract}.md)" for contract in sorted(contracts)]
    (docs / "index.md").write_text(_list("Contracts", links), "utf-8")
    (folder / "mkdocs.yml").write_text(_SETTINGS)


def _page(form: dict[str, Any]) -> str:
    event = form["contracts"][0]
    facts = [("Date", form["date"]), ("Decision maker", form.get("decision_maker", "Not known")), *event.items()]
    table = "\n".join(f"| {label} | {value} |" for label, value in facts)
    later = "\n".join(f"- [{kind}]({target}.md)" for kind, target in form.get("links", {}).items())
    return f"# {form['summary']}\n\n| Fact | Value |\n|---|---|\n{table}\n\n{later}\n\n{body_of(form)}"


def _list(title: str, links: list[str]) -> str:
    return "\n".join([f"# {title}\n", *links, ""])
