"""Small sites, built by MkDocs itself, and what a reader's browser would get of them."""

from __future__ import annotations

import posixpath
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent.parent

SETTINGS: dict[str, Any] = {
    "site_name": "Wyeford register",
    "site_url": "https://register.wyeford.example/",
    "theme": {"name": "material", "font": False},
}


_DAY = re.compile(r'<(?:time|span class="day")[^>]*>([^<]*)</[a-z]+>')
"""A date is marked within a sentence, whose text it does not part."""


@dataclass(frozen=True)
class Site:
    """A built site."""

    root: Path

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def page(self, path: str) -> LexborHTMLParser:
        return LexborHTMLParser(self.read(path))

    def text(self, path: str, selector: str = "main") -> str:
        node = LexborHTMLParser(_DAY.sub(r"\1", self.read(path))).css_first(selector)
        assert node is not None, f"no {selector} in {path}"
        return " ".join(node.text(separator=" ").split())

    def files(self) -> dict[str, bytes]:
        found = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}

    def pages(self) -> Iterator[str]:
        return (path for path in self.files() if path.endswith(".html"))

    def dead_links(self) -> list[str]:
        """Every link or asset inside the site that leads to no file, or to no such part of a page."""
        dead = []
        for path in self.pages():
            if path == "404.html":
                continue
            for node in self.page(path).css("a[href], link[href], script[src], img[src]"):
                target = node.attributes.get("href") or node.attributes.get("src") or ""
                if not self._leads_somewhere(path, target):
                    dead.append(f"{path} -> {target}")
        return dead

    def links_from(self, path: str) -> list[str]:
        """The pages of the site that a page leads to."""
        found = []
        for node in self.page(path).css("a[href]"):
            parts = urlsplit(node.attributes["href"] or "")
            if not parts.scheme and not parts.netloc and parts.path:
                inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                inner = posixpath.normpath(f"{inner}/index.html") if parts.path.endswith(("/", "..", ".")) else inner
                found.append(inner)
        return [inner for inner in found if inner.endswith(".html") and (self.root / inner).is_file()]

    def _leads_somewhere(self, path: str, target: str) -> bool:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            return True
        inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
        inner = f"{inner}/index.html" if parts.path.endswith("/") or inner == "." else inner
        file = self.root / posixpath.normpath(inner)
        if not file.is_file():
            return False
        return (
            not parts.fragment or self.page(posixpath.normpath(inner)).css_first(f'[id="{parts.fragment}"]') is not None
        )


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def write_project(folder: Path, files: Mapping[str, str | bytes], **settings: Any) -> Path:
    """A project of a council of our invention; ``files`` are paths from its top."""
    options = settings.pop("options", {})
    config = SETTINGS | {"plugins": [{"hipss-register": options}]} | settings
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "decisions").mkdir(exist_ok=True)
    write_tree(folder, {"mkdocs.yml": yaml.safe_dump(config), **files})
    return folder


def build_project(project: Path, *, strict: bool = True, command: str = "build", **overrides: Any) -> Site:
    """Build with MkDocs; raises SystemExit as the command line does when the build fails."""
    config = load_config(str(project / "mkdocs.yml"), strict=strict, **overrides)
    config.plugins.on_startup(command=command, dirty=False)
    build(config)
    config.plugins.on_shutdown()
    return Site(Path(config.site_dir))


MakeSite = Callable[..., Site]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Builds a project from a few files and gives its site."""

    def make(files: Mapping[str, str | bytes], *, strict: bool = True, **settings: Any) -> Site:
        return build_project(write_project(tmp_path, files, **settings), strict=strict)

    return make


@pytest.fixture(scope="session")
def hipss(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """This repository's own register."""
    config = load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(tmp_path_factory.mktemp("hipss") / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return Site(Path(config.site_dir))


AWARD = """\
title: Award of the lighting contract
summary: Street lighting contract awarded
date: 2020-03-02
decision_maker: Cabinet
decision: To award the contract.
contracts: [{contract: lighting, event: award, suppliers: lumen, term: {start: 2020-04-01, length: 3 years}}]
"""
VARIATION = """\
title: Variation of the lighting contract
date: 2022-05-09
decision_maker: Director of Places
decision: To vary the contract.
contracts: [{contract: lighting, event: variation, term: {start: 2023-04-01, end: 2024-03-31}}]
links: {varies: 2020-03-02-lighting-award}
"""
TABLES = {
    "decisions/tables/contracts.yaml": "lighting: Street lighting\n",
    "decisions/tables/suppliers.yaml": "lumen: Lumen Limited\n",
}
LIGHTING: dict[str, str | bytes] = {
    "decisions/2020-03-02-lighting-award.yaml": AWARD,
    "decisions/2022-05-09-lighting-variation.yaml": VARIATION,
    **TABLES,
}
"""A register of one contract and two decisions."""


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A Chromium that asks nothing of its maker's servers."""
    from playwright.sync_api import sync_playwright  # the tests of the build do without

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on this machine and gives its address, without a slash at its end."""
    yield from _serving(lambda _: _Quiet)


@pytest.fixture(scope="session")
def serve_with_headers() -> Iterator[Callable[[Path], str]]:
    """The same, with the headers that the site's ``_headers`` asks its host for."""
    yield from _serving(
        lambda root: type("Guarded", (_WithHeaders,), {"rules": rules_of((root / "_headers").read_text())})
    )


def _serving(handler_of: Callable[[Path], type[SimpleHTTPRequestHandler]]) -> Iterator[Callable[[Path], str]]:
    servers: dict[Path, ThreadingHTTPServer] = {}

    def start(root: Path) -> str:
        if root not in servers:
            servers[root] = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler_of(root), directory=str(root)))
            threading.Thread(target=servers[root].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[root].server_port}"

    yield start
    for server in servers.values():
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _WithHeaders(_Quiet):
    """Sends what ``_headers`` says for every path, and for a document under ``sources/``."""

    rules: dict[str, list[tuple[str, str]]] = {}

    def end_headers(self) -> None:
        for prefix, fields in self.rules.items():
            if self.path.startswith(prefix):
                for name, value in fields:
                    self.send_header(name, value)
        super().end_headers()


def rules_of(text: str) -> dict[str, list[tuple[str, str]]]:
    """The headers of a ``_headers`` file, by the beginning of the paths that they are for."""
    rules: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            rules[line.rstrip("*")] = fields = []
        else:
            name, _, value = line.strip().partition(": ")
            fields.append((name, value))
    return rules
