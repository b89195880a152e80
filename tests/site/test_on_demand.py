"""``mkdocs serve`` makes what is asked for when it is asked for, and it is what a build makes."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from hipss_register.keeping.site_folder import SiteFolder
from hipss_register.mkdocs_site.on_demand import LateFile, StreamedFile, Waiting, answering
from hipss_register.mkdocs_site.quiet_pages import QuietFile
from hipss_register.site import addresses
from hipss_register.site.page import PlannedPage
from tests.site.conftest import LIGHTING, build_project, write_project

PAGE = "decisions/2020-03-02-lighting-award/"
SCRIPT = re.compile(rb"<script>\s*var livereload.*?</script>", re.DOTALL)
"""MkDocs puts it into each page as it answers."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return bytes(answer.read())


def until(ready: Callable[[], bool]) -> bool:
    """Whether something comes true, given what a slow machine may need."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.1)
    return False


def answers(address: str) -> bool:
    try:
        get(address)
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


@contextmanager
def served(project: Path, *options: str) -> Iterator[str]:
    """The address at which ``mkdocs serve`` shows a project."""
    port = free_port()
    command = (sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}", *options)
    process = subprocess.Popen(command, cwd=project, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    try:
        assert until(lambda: answers(f"http://127.0.0.1:{port}/"))
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("live"), LIGHTING)


@pytest.fixture(scope="module")
def live(project: Path) -> Iterator[str]:
    with served(project) as address:
        yield address


def test_every_file_is_what_a_build_makes(project: Path, live: str) -> None:
    site = build_project(project, command="serve", site_url=live)
    get(live + addresses.FINDER)  # names the other files of its folder: nobody knows of them before
    shown = {path: SCRIPT.sub(b"", get(live + quote(path))) for path in site.files()}
    assert [path for path, content in site.files().items() if shown[path] != content] == []


def test_an_edit_is_shown(project: Path, live: str) -> None:
    award = project / "decisions/2020-03-02-lighting-award.yaml"
    before = award.read_text()
    assert b"Street lighting contract awarded" in get(live + PAGE)
    award.write_text(before.replace("Street lighting contract awarded", "Lights bought"))
    assert until(lambda: b"Lights bought" in get(live + PAGE))
    award.write_text(before.replace("date: 2020-03-02", "date: yesterday"))
    time.sleep(1)
    assert b"Lights bought" in get(live + PAGE)
    award.write_text(before)
    assert until(lambda: b"Street lighting contract awarded" in get(live + PAGE))


def test_an_address_without_its_slash_leads_to_the_page(live: str) -> None:
    with urllib.request.urlopen(live + "contracts/lighting", timeout=60) as answer:
        assert answer.url == live + "contracts/lighting/"
        assert b"Lumen Limited" in answer.read()


@pytest.mark.parametrize("address", ["decisions/nothing/", "../../etc/passwd", "find/none.json"])
def test_what_is_not_there_is_not_found(live: str, address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(live + address)
    refused.value.close()
    assert refused.value.code == 404


@pytest.mark.parametrize("option", ["--no-livereload", "--dirty"])
def test_where_plugins_cannot_change_the_server_or_old_files_stay_all_are_made(project: Path, option: str) -> None:
    with served(project, option) as address:
        assert b"Lumen Limited" in get(f"{address}contracts/lighting/")


class Noted(LateFile):
    """A file that notes when it is written."""

    def __init__(self, path: str, written: list[str]) -> None:
        super().__init__(path, MkDocsConfig())
        self._written = written

    def write(self) -> None:
        self._written.append(self.src_uri)


def test_a_file_is_written_once_when_it_is_asked_for() -> None:
    written: list[str] = []
    files = [Noted("a/index.html", written), Noted("b.json", written)]
    waiting = Waiting()
    waiting.hold(files)
    for file in files:
        file.copy_file()
    assert written == []
    asked = ("a", "a/index.html", "c", "b.json", "b.json")
    assert [waiting.write(path) for path in asked] == [True, True, False, True, True]
    assert written == ["a/index.html", "b.json"]


BEGIN = b"begin" * 400_000
"""More than is held in memory: the file is begun before all of it is made."""


def test_a_file_is_seen_when_it_is_whole(tmp_path: Path) -> None:
    seen: list[bool] = []

    def chunks() -> Iterator[bytes]:
        for part in (BEGIN, b" and", b" end"):
            seen.append((tmp_path / "b.csv").exists())
            yield part

    file = StreamedFile("b.csv", chunks, MkDocsConfig())
    file.folder = SiteFolder(str(tmp_path))
    file.write()
    assert seen == [False, False, False]
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("b.csv", BEGIN + b" and end")]


def test_two_who_ask_at_once_both_get_the_file(tmp_path: Path) -> None:
    """Both are told at first that there is none."""
    told = threading.Barrier(2)
    waiting = Waiting()
    file = StreamedFile("b.csv", lambda: [b"whole"], MkDocsConfig())
    file.folder = SiteFolder(str(tmp_path))
    waiting.hold([file])

    def app(environ: dict[str, Any], start_response: Callable[..., None]) -> list[bytes]:
        there = (tmp_path / "b.csv").exists()
        if not environ["asked"]:
            told.wait(timeout=60)
        environ["asked"] = True
        start_response("200 OK" if there else "404 Not Found", [])
        return [b"whole"] if there else []

    answer = answering(app, waiting.write, "/")
    with ThreadPoolExecutor() as pool:
        environs = ({"PATH_INFO": "/b.csv", "asked": False} for _ in range(2))
        answers = list(pool.map(lambda environ: answer(environ, lambda *_: None), environs))
    assert answers == [[b"whole"], [b"whole"]]


def test_a_file_that_cannot_be_made_to_its_end_is_not_there_and_is_made_when_it_is_asked_for_again(
    tmp_path: Path,
) -> None:
    full = [False, True]

    def chunks() -> Iterator[bytes]:
        yield BEGIN
        yield b" and"
        if full.pop():
            raise OSError("no space left on device")
        yield b" end"

    file = StreamedFile("b.csv", chunks, MkDocsConfig())
    file.folder = SiteFolder(str(tmp_path))
    waiting = Waiting()
    waiting.hold([file])
    with pytest.raises(OSError, match="no space"):
        waiting.write("b.csv")
    assert list(tmp_path.iterdir()) == []
    assert waiting.write("b.csv")
    assert (tmp_path / "b.csv").read_bytes() == BEGIN + b" and end"


def test_nothing_is_written_once_the_next_build_begins() -> None:
    written: list[str] = []
    waiting = Waiting()
    waiting.hold([Noted("a/index.html", written)])
    waiting.clear()
    assert not waiting.write("a")
    assert written == []


@pytest.mark.parametrize("directories", [True, False])
@pytest.mark.parametrize("path", ["index.md", "a/index.md", "a/2018-b.md", "a b/é.md", "a/c.json", "a b/é.pdf"])
def test_files_of_ours_are_where_mkdocs_would_have_them(path: str, directories: bool) -> None:
    config = MkDocsConfig()
    config.site_dir, config.use_directory_urls = "site", directories
    theirs = File(path, None, "site", directories)
    plan = PlannedPage(path, lambda: pytest.fail("nobody asked for the page"))
    ours = QuietFile(plan, config) if path.endswith(".md") else StreamedFile(path, lambda: (), config)
    for name in ("src_uri", "src_path", "dest_uri", "url", "abs_dest_path"):
        assert getattr(ours, name) == getattr(theirs, name)


@pytest.mark.parametrize(
    ("mount", "asked", "path"),
    [
        ("/", "/a/", "a"),
        ("/", "/", ""),
        ("/register/", "/register/a/b.json", "a/b.json"),
        ("/", "/a/../../b", "b"),
        ("/", "/caf\xc3\xa9", "café"),
    ],
)
def test_the_path_that_is_asked_for(mount: str, asked: str, path: str) -> None:
    wanted: list[str] = []

    def refuse(path: str) -> bool:
        wanted.append(path)
        return False

    def nothing(environ: object, start_response: Callable[..., object]) -> list[bytes]:
        start_response("404 Not Found", [])
        return [b"none"]

    said: list[str] = []
    answer = answering(nothing, refuse, mount)
    assert answer({"PATH_INFO": asked}, lambda status, headers: said.append(status)) == [b"none"]
    assert (wanted, said) == ([path], ["404 Not Found"])
