"""Under ``mkdocs serve``, any edits give, file for file, what a build gives that makes all files of it at once."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from hipss_register.build import make_edition
from hipss_register.site import addresses
from tests.checks.registers import commit
from tests.site.conftest import build_project, write_project, write_tree
from tests.site.edits import Texts, edited, mixed_register
from tests.site.test_on_demand import SCRIPT

EXAMPLES = int(os.environ.get("REGISTER_EDITS", "1"))
ADDRESS = "http://127.0.0.1:8000/"


class Live:
    """A server that builds when it is told to, and answers without a network."""

    def __init__(self, project: Path, site: Path) -> None:
        self._project, self._site = project, site
        config = self._config()
        config.plugins.on_startup(command="serve", dirty=False)
        self._server = LiveReloadServer(self.build, "127.0.0.1", 8000, str(site))
        build(config, serve_url=ADDRESS)
        self._shutdown = config.plugins.on_shutdown
        config.plugins.on_serve(self._server, config=config, builder=self.build)

    def _config(self) -> MkDocsConfig:
        config = load_config(str(self._project / "mkdocs.yml"), site_dir=str(self._site))
        config.site_url = ADDRESS
        return config

    def stop(self) -> None:
        """Let go of what the system was asked for."""
        self._shutdown()
        self._server.server_close()

    def build(self) -> None:
        """Build again, as after a change."""
        build(self._config(), serve_url=ADDRESS)

    def get(self, path: str) -> bytes:
        """What a browser gets."""
        environ = {"PATH_INFO": f"/{path}".encode().decode("latin-1"), "REQUEST_METHOD": "GET"}
        answer = self._server.get_app()(environ, lambda *_: None)
        content = b"".join(answer)
        if isinstance(answer, FileWrapper):
            answer.close()
        return SCRIPT.sub(b"", content)


@contextmanager
def live(project: Path, site: Path) -> Iterator[Live]:
    """A server as ``mkdocs serve`` starts it."""
    context = click.Context(click.Command("serve"))
    context.params["livereload"] = True
    with context:
        server = Live(project, site)
        yield server
        server.stop()


def at_once(project: Path) -> dict[str, bytes]:
    """Every file as a plugin of its own makes it, that remembers nothing."""
    remembered = dict(MkDocsConfig._schema)["plugins"].plugin_cache
    kept = dict(remembered)
    remembered.clear()
    shutil.rmtree(project / ".cache", ignore_errors=True)
    with click.Context(click.Command("build")):
        site = build_project(project, strict=False, command="serve", site_url=ADDRESS)
    remembered.update(kept)
    return site.files()


def project_of(folder: Path, texts: Texts, **more: Any) -> Path:
    own = {"docs/about.md": "# About\n\nSee [the checks](checks/index.md#rules) and [the lists](decisions/index.md).\n"}
    return write_project(folder, {f"decisions/{name}": text for name, text in texts.items()} | own, **more)


def differing(server: Live, project: Path) -> list[str]:
    server.get(addresses.FINDER)  # the other files of its folder come with it
    return [path for path, content in at_once(project).items() if server.get(path) != content]


def sound(project: Path) -> bool:
    return make_edition(project / "decisions", "decisions").errors == 0


@given(seed=st.integers(0, 10_000))
@settings(max_examples=EXAMPLES, derandomize="REGISTER_EDITS" not in os.environ, deadline=None)
def test_any_edits_are_shown_as_if_all_were_made_anew(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rng, texts = random.Random(seed), mixed_register(12)
    project = project_of(tmp_path_factory.mktemp("served"), texts)
    write_tree(project, {".gitignore": "/site/\n/.cache/\n"})
    commit(project)
    with live(project, tmp_path_factory.mktemp("live")) as server:
        for day in range(3, 11):
            before, texts = texts, edited(texts, rng)
            shutil.rmtree(project / "decisions")
            write_tree(project / "decisions", texts)
            if rng.random() < 0.3:
                commit(project, f"2024-01-{day:02}")
            server.build()
            if not sound(project):
                texts = before
                continue
            assert differing(server, project) == []


def test_pages_that_the_navigation_names_are_shown_as_a_build_makes_them(tmp_path: Path) -> None:
    texts = mixed_register(4)
    name = next(name for name, text in sorted(texts.items()) if "event: award" in text)
    inner = ["decisions/index.md", {"Deals": "contracts/index.md"}, {"One": f"decisions/{Path(name).stem}.md"}]
    project = project_of(tmp_path / "project", texts, nav=[{"The register": inner}, {"Checks": "checks/index.md"}])
    with live(project, tmp_path / "live") as server:
        edited_text = texts[name].replace("summary: ", "summary: Another, ", 1)
        write_tree(project / "decisions", {name: edited_text})
        server.build()
        assert differing(server, project) == []
