"""Lighthouse on a built site: ``python -m tests.site.lighthouse SITE [RUNS]``.

Google's Lighthouse judges the home page, the list of decisions, the latest decision and the contract with the longest
page, as on a phone with its mobile throttling. The site is served as hosts do it: compressed, with the headers that it
asks for. Lighthouse is the npm package of that name; ``LIGHTHOUSE`` says where its program is if that is not on the
path. Its figures for speed need a machine with little else to do, so the middle one of an odd number of runs is told.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

import click

from .conftest import rules_of

AIMS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
_TEXT = {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"}


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    rules: dict[str, list[tuple[str, str]]] = {}

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if path.suffix in _TEXT:
            self.send_header("Content-Encoding", "gzip")
        for prefix, fields in self.rules.items():
            if self.path.startswith(prefix):
                for name, value in fields:
                    self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@lru_cache(maxsize=256)
def compressed(path: Path) -> bytes:
    """What a host sends for a file."""
    return gzip.compress(path.read_bytes(), 6) if path.suffix in _TEXT else path.read_bytes()


def layouts(site: Path) -> Iterator[str]:
    """The addresses to judge."""
    yield from ("", "decisions/")
    yield f"decisions/{max(path.name for path in (site / 'decisions').iterdir() if path.name[:2] == '20')}/"
    contracts = (site / "contracts").glob("*/index.html")
    yield f"contracts/{max(contracts, key=lambda page: page.stat().st_size).parent.name}/"


def scores(program: str, address: str) -> dict[str, int]:
    """What Lighthouse gives a page of 100 in each category; what kept it from that goes to the error output."""
    command = [program, address, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(said.stdout)
    for name, category in report["categories"].items():
        for part in category["auditRefs"] if name != "performance" else ():
            if part["weight"] and report["audits"][part["id"]]["score"] == 0:
                click.echo(f"{address}: {name}: {report['audits'][part['id']]['title']}", err=True)
    return {name: round(100 * category["score"]) for name, category in report["categories"].items()}


def main(site: Path, runs: int) -> int:
    """Print a line for each page; 0 if all come up to the aims."""
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if program is None:
        sys.exit("Lighthouse is not here: npm install lighthouse, and say where in LIGHTHOUSE")
    os.environ.setdefault("CHROME_PATH", shutil.which("chromium") or "")
    host = type("Host", (_Host,), {"rules": rules_of((site / "_headers").read_text())})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    short = 0
    for path in layouts(site):
        found = [scores(program, f"http://127.0.0.1:{server.server_port}/{path}") for _ in range(runs)]
        middle = {name: int(median(one[name] for one in found)) for name in AIMS}
        short += sum(middle[name] < aim for name, aim in AIMS.items())
        click.echo(f"/{path}: " + ", ".join(f"{name} {score}" for name, score in middle.items()))
    server.shutdown()
    return min(short, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 3))
