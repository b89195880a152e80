"""The policy and the headers that the build writes, and that a browser finds nothing to refuse."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any

import pytest

from hipss_register.site.headers import Policies, policy, script_hashes, style_hashes

from .conftest import LIGHTING, MakeSite, Site, build_project, rules_of, write_project
from .tools import missing

HELLO = "'sha256-mTytrf2QssaOZNGNRT1WCtMRd3ocH8LJxQQu5qMUanU='"

SCRIPTS = {
    "<script>hello()</script>": [HELLO],
    '<SCRIPT type="module">hello()</SCRIPT >': [HELLO],
    '<script src="a.js"></script>': [],
    '<script type="application/ld+json">{"a": 1}</script>': [],
    "<p>no script</p>": [],
}


@pytest.mark.parametrize("html", SCRIPTS)
def test_inline_scripts_are_allowed_by_their_hash_alone(html: str) -> None:
    assert sorted(script_hashes(html)) == SCRIPTS[html]
    assert "unsafe" not in policy(script_hashes(html), style_hashes(html))


def test_a_page_has_its_own_policy_and_the_host_that_of_all_pages() -> None:
    policies = Policies()
    plain = policies.put_into('<meta charset="utf-8"><p>')
    scripted = policies.put_into('<meta charset="utf-8"><script>hello()</script>')
    assert HELLO not in plain
    assert HELLO in scripted
    assert all(HELLO in text for text in policies.files().values())


def test_every_page_has_its_policy_and_hosts_have_their_files(hipss: Site) -> None:
    for path in hipss.pages():
        if 'http-equiv="refresh"' not in hipss.read(path):
            assert hipss.page(path).css_first('meta[http-equiv="Content-Security-Policy"]'), path
    for name in ("_headers", "nginx-headers.conf"):
        assert "script-src 'self';" in hipss.read(name)
        assert "unsafe" not in hipss.read(name)


def test_a_site_keeps_headers_of_its_own(make_site: MakeSite) -> None:
    site = make_site(LIGHTING | {"docs/_headers": "/*\n  X-Robots-Tag: noindex\n"})
    assert site.read("_headers") == "/*\n  X-Robots-Tag: noindex\n"


def test_a_preview_has_no_policy(tmp_path: Path) -> None:
    """MkDocs puts an inline script into each page that it serves."""
    site = build_project(write_project(tmp_path, LIGHTING), command="serve")
    assert "Content-Security-Policy" not in site.read("index.html")


NGINX = """\
{user}daemon off; pid {here}/pid; error_log stderr; worker_processes 1; events {{}}
http {{
  access_log off; client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi;
  uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
  server {{ listen unix:{here}/socket; root {root}; include {root}/nginx-headers.conf; }}
}}
"""


@pytest.fixture
def nginx(hipss: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], HTTPMessage]]:
    """What nginx itself sends with a path, configured as the documentation says."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        missing("nginx is not here")
    here = tmp_path_factory.mktemp("nginx")
    (here / "conf").write_text(
        NGINX.format(here=here, root=hipss.root, user="user root; " if os.geteuid() == 0 else "")
    )
    server = subprocess.Popen([str(program), "-c", str(here / "conf")], stderr=subprocess.PIPE, text=True)
    while not (here / "socket").exists():
        assert server.poll() is None, server.communicate()[1]

    def headers_of(path: str) -> HTTPMessage:
        with closing(HTTPConnection("localhost")) as connection:
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.connect(str(here / "socket"))
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.status == 200
            answer.read()
            return answer.headers

    yield headers_of
    server.terminate()
    server.communicate()


def test_nginx_sends_the_headers(hipss: Site, nginx: Callable[[str], HTTPMessage]) -> None:
    source = next(path for path in hipss.files() if path.startswith("sources/"))
    rules = rules_of(hipss.read("_headers"))
    assert set(rules) >= {"/", "/data/", "/sources/"}
    for path in ("/", "/checks/", "/data/register.json", f"/{source}"):
        fields = {name: value for prefix in rules if path.startswith(prefix) for name, value in rules[prefix]}
        sent = nginx(path)
        assert {name: sent.get_all(name) for name in fields} == {name: [value] for name, value in fields.items()}, path


@pytest.fixture
def guarded(hipss: Site, serve_with_headers: Callable[[Path], str]) -> str:
    return serve_with_headers(hipss.root)


@pytest.mark.browser
def test_a_browser_refuses_nothing_on_any_page(browser: Any, hipss: Site, guarded: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in hipss.pages():
        page.goto(f"{guarded}/{path.removesuffix('index.html')}", wait_until="load")
    page.goto(f"{guarded}/decisions/?words=tender&year=2022", wait_until="networkidle")
    assert page.locator("[data-find-found] h3").count() == 1
    assert said == []
    assert [url for url in asked if not url.startswith(guarded)] == []
    assert context.cookies() == []
    context.close()


@pytest.mark.browser
def test_a_source_document_is_downloaded_and_never_shown(browser: Any, hipss: Site, guarded: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{guarded}/decisions/2022-11-17-hipss-variation/")
    with page.expect_download() as download:
        page.locator("a[href*='sources/']").first.click()
    assert download.value.suggested_filename.endswith(".md")
    context.close()
