"""What ``mkdocs serve`` costs: to start, to show an edited decision, and while nothing happens. On Linux only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.bench.project import change_one

_IDLE = 10
"""For how many seconds the server is left alone."""


@dataclass(frozen=True, slots=True)
class Served:
    """Processor seconds to start and to show an edited decision; the share of one processor while nothing happens."""

    start: float
    edit: float
    idle: float


def serve(project: Path, environment: Mapping[str, str]) -> Served:
    """Serve a project, edit the decision in its middle, and look at it."""
    with _server(project, environment) as (process, said, address):
        _wait(said, "Serving on")
        start = _spent(process)
        path = change_one(project)
        _wait(said, "Reloading browsers")
        with urllib.request.urlopen(f"{address}decisions/{path.stem}/") as page:
            assert b"Changed, " in page.read(), "the page shows the edit"
        edit = _spent(process) - start
        time.sleep(_IDLE)
        return Served(start, edit, (_spent(process) - start - edit) / _IDLE)


@contextmanager
def _server(project: Path, environment: Mapping[str, str]) -> Iterator[tuple[subprocess.Popen[str], IO[str], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = (sys.executable, "-m", "mkdocs", "serve", "--dev-addr", place)
    process = subprocess.Popen(
        command,
        cwd=project,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    try:
        yield process, process.stderr, f"http://{place}/"
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


def _wait(said: IO[str], words: str) -> None:
    for line in said:
        if words in line:
            return
    raise AssertionError(f"the server ended before it said “{words}”")


def _spent(process: subprocess.Popen[str]) -> float:
    """The processor seconds of a process that runs."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
