"""The examples on the data page and in the documentation work when pasted."""

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hipss_register.data.formats import FORMATS, Example, Format
from tests.data_exports.conftest import SETTINGS, publication, tool, write_all

EXAMPLES = [(form.name, example) for form in FORMATS.values() for example in form.examples]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The founding register's data, served."""
    folder = tmp_path_factory.mktemp("served")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    site = f"http://127.0.0.1:{server.server_port}/"
    write_all(publication(founding, replace(SETTINGS, site_url=site)), folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def command_for(example: Example, address: str) -> list[str]:
    """What a person who pastes the example runs."""
    code = example.at(address)
    if example.tool == "Python":
        return [sys.executable, "-c", code]
    if example.tool == "R":
        return [tool("Rscript"), "-e", f"{code}; print(contracts)"]
    tool(example.tool.lower())
    # Datasette goes on serving until it is stopped, so it is only asked to look at the file.
    return ["sh", "-ec", code.replace("datasette register.db", "datasette inspect register.db")]


BY_HAND = ("Spreadsheet", "Feed reader", "Calendar")
"""Tools that a person opens: that the address which the example tells them to give has the file is all we can show."""


def assert_addresses_give_the_file(words: str, form: Format) -> None:
    found = re.findall(r"https?://[^\s\")]+", words)
    assert found
    for address in found:
        with urllib.request.urlopen(address) as answer:
            assert answer.read().startswith(BEGINNINGS[form.name])


BEGINNINGS = {"csv": b'"id",', "atom": b"<?xml", "calendar": b"BEGIN:VCALENDAR"}


@pytest.mark.parametrize(("form", "example"), EXAMPLES, ids=[f"{name}-{e.tool}" for name, e in EXAMPLES])
def test_an_example_works(address: str, founding: Path, tmp_path: Path, form: str, example: Example) -> None:
    if example.tool in BY_HAND:
        assert_addresses_give_the_file(example.at(address), FORMATS[form])
        return
    command = command_for(example, address)
    (tmp_path / "decisions").symlink_to(founding)
    path = os.pathsep.join(filter(None, (os.environ.get("REGISTER_TOOLS"), os.environ["PATH"])))
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout or any(tmp_path.glob("*.csv"))
