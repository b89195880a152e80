"""Compiled templates are kept from one process to the next, and nothing but speed depends on it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import nodes
from jinja2.compiler import CodeGenerator

from hipss_register.plugin import THEME
from hipss_register.site import compiled
from hipss_register.site.templating import TEMPLATES

from .conftest import LIGHTING, build_project, write_project

PAGE = '{% if name %}\n{% include "part.html" %} {{ name }}{% endif %}'


class Environment(jinja2.Environment):
    """Says what it compiles."""

    said: list[str]

    def compile(self, source: Any, name: str | None = None, *args: Any, **options: Any) -> Any:
        self.said.append(f"compiled {name}")
        return super().compile(source, name, *args, **options)


class Code(CodeGenerator):
    """Another writer of code."""


def rendered(templates: Path, *, trim: bool = False, code: type[CodeGenerator] = CodeGenerator) -> list[str]:
    """What is compiled and then printed by something that remembers nothing, as a new process does."""
    spec = importlib.util.spec_from_file_location("compiled", compiled.__file__)
    assert spec
    assert spec.loader
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    loader = jinja2.FileSystemLoader([templates.parent / "site", templates])
    environment = Environment(loader=loader, trim_blocks=trim, bytecode_cache=fresh.CompiledTemplates(templates))
    environment.said = []
    environment.code_generator_class = code
    text = environment.get_template("page.html").render(name="Ledbury")
    return [*environment.said, *text.split("\n")]


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE)
    (folder / "part.html").write_text("Dear")
    return folder


COMPILED = ["compiled page.html", "compiled part.html"]
TEXT = ["", "Dear Ledbury"]


def kept(folder: Path) -> Mapping[str, Path]:
    return {path.name.partition(".")[0]: path for path in folder.rglob("*.pyc")}


def test_the_next_process_compiles_nothing(templates: Path) -> None:
    assert rendered(templates) == [*COMPILED, *TEXT]
    assert set(kept(templates / "__pycache__")) == {"page", "part"}
    assert rendered(templates) == TEXT


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "cut short": lambda raw: raw[:-9],
    "longer": lambda raw: raw + b"\0",
    "one bit of it": lambda raw: raw[:60] + bytes([raw[60] ^ 1]) + raw[61:],
    "something else": lambda raw: b"\x89PNG" * 400,
}


@pytest.mark.parametrize("damage", SPOILT.values(), ids=SPOILT)
def test_a_file_that_is_not_whole_is_made_again(templates: Path, damage: Callable[[bytes], bytes]) -> None:
    rendered(templates)
    place = kept(templates)["page"]
    place.write_bytes(damage(place.read_bytes()))
    assert rendered(templates) == ["compiled page.html", *TEXT]
    assert rendered(templates) == TEXT


def test_a_file_of_another_template_is_not_taken(templates: Path) -> None:
    rendered(templates)
    kept(templates)["page"].write_bytes(kept(templates)["part"].read_bytes())
    assert rendered(templates) == ["compiled page.html", *TEXT]


def test_a_changed_template_is_compiled_and_no_other(templates: Path) -> None:
    rendered(templates)
    (templates / "part.html").write_text("Near")
    assert rendered(templates) == ["compiled part.html", "", "Near Ledbury"]


def test_other_settings_are_another_compilation(templates: Path) -> None:
    rendered(templates)
    assert rendered(templates, trim=True) == [*COMPILED, "Dear Ledbury"]


def test_another_writer_of_code_is_another_compilation(templates: Path) -> None:
    rendered(templates)
    assert rendered(templates, code=Code) == [*COMPILED, *TEXT]


def test_a_moved_folder_is_compiled_anew(templates: Path) -> None:
    rendered(templates)
    assert rendered(templates.rename(templates.with_name("moved"))) == [*COMPILED, *TEXT]


def test_a_site_s_own_templates_are_never_kept(templates: Path) -> None:
    own = templates.parent / "site"
    own.mkdir()
    (own / "part.html").write_text("Hello")
    for _ in range(2):
        assert "compiled part.html" in rendered(templates)
    assert set(kept(templates.parent)) == {"page"}


def test_nothing_is_kept_where_python_keeps_nothing(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(templates) == [*COMPILED, *TEXT]
    assert not kept(templates)


def test_files_are_kept_where_python_keeps_its_own(
    templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setattr(sys, "pycache_prefix", str(elsewhere))
    for said in ([*COMPILED, *TEXT], TEXT):
        assert rendered(templates) == said
    assert not kept(templates)
    assert {"page", "part"} <= set(kept(elsewhere))


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(templates: Path) -> None:
    (templates / "__pycache__").write_text("in the way")
    for _ in range(2):
        assert rendered(templates) == [*COMPILED, *TEXT]


RENDER = """
import sys, jinja2
from pathlib import Path
from hipss_register.site import compiled
folder = Path(sys.argv[1])
for _ in range(20):
    compiled._made.clear()
    cache = compiled.CompiledTemplates(folder)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), bytecode_cache=cache)
    print(repr(environment.get_template("page.html").render(name="Ledbury")))
    (folder / "__pycache__" / f"page.{sys.implementation.cache_tag}.opt-jinja.pyc").unlink(missing_ok=True)
"""
"""A process that reads, makes and takes away the same file again and again."""


def test_processes_at_the_same_time_do_not_meet(templates: Path) -> None:
    command = (sys.executable, "-c", RENDER, str(templates))
    kept_on = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": ""}
    processes = [subprocess.Popen(command, env=kept_on, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate()[0].splitlines() for process in processes]
    assert said == [[repr("\n".join(TEXT))] * 20] * 3
    assert set(kept(templates)) <= {"page", "part"}
    assert len(list((templates / "__pycache__").iterdir())) <= 2


def test_builds_keep_our_templates_and_none_of_the_site_or_of_the_theme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr("hipss_register.site.compiled._made", {})  # as in a new process
    files = LIGHTING | {"overrides/register/rule.html": "Ours", "overrides/main.html": '{% extends "base.html" %}'}
    theme = {"name": "material", "font": False, "custom_dir": "overrides"}
    first = build_project(write_project(tmp_path / "one", files, theme=theme)).files()
    places = list((tmp_path / "kept").rglob("*.opt-jinja.pyc"))
    folders = {folder: tmp_path / "kept" / folder.relative_to("/") for folder in (TEMPLATES, THEME)}
    assert all(any(place.is_relative_to(folder) for folder in folders.values()) for place in places)
    names = {place.name.partition(".")[0] for place in places}
    assert {"decision", "contract", "home", "404"} <= names
    assert not names & {"rule", "main"}
    monkeypatch.setattr("hipss_register.site.compiled._made", {})
    assert build_project(write_project(tmp_path / "two", files, theme=theme)).files() == first


def filters_in(template: Path) -> Iterator[nodes.Filter]:
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    yield from environment.parse(template.read_text("utf-8")).find_all(nodes.Filter)


@pytest.mark.parametrize("folder", [TEMPLATES, THEME], ids=["bodies", "theme"])
def test_no_result_of_a_filter_is_kept(folder: Path) -> None:
    """Jinja would work it out while compiling, and a later change to the filter would not reach the pages."""
    filters = [found for template in folder.rglob("*.html") for found in filters_in(template)]
    assert filters
    constant = {found.name for found in filters if isinstance(found.node, nodes.Const | nodes.TemplateData)}
    assert constant <= {"url"}  # which depends on the page, so that it is worked out when the page is made
