"""Where the processor's time goes: one build, its parts timed, each without the parts inside it.

Run by the benchmark in a process of its own: ``python -m tests.bench.stages PROJECT``; prints a JSON object.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STAGES = (
    ("hipss_register.build", "read_folder", "read and check files"),
    ("hipss_register.build", "check_reading", "check links, documents"),
    ("hipss_register.build", "make_register", "link"),
    ("hipss_register.build", "make_book", "fold histories, group"),
    ("hipss_register.mkdocs_site.issue", "made_into_files", "plan pages"),
    ("hipss_register.mkdocs_site.issue", "make_finder", "search index"),
    ("hipss_register.site.render:Renderer", "render", "bodies"),
    ("hipss_register.site.shell:Shells", "render", "theme around bodies"),
    ("hipss_register.site.shell:Frame", "filled", "theme around bodies"),
    ("hipss_register.mkdocs_site.on_demand:StreamedFile", "copy_file", "open data"),
    ("hipss_register.site.audit", "make_bundle", "audit bundles"),
    ("hipss_register.keeping.site_folder:SiteFolder", "set_aside", "look over the old site"),
    ("hipss_register.keeping.site_folder:SiteFolder", "put_back", "look over the old site"),
    ("hipss_register.keeping.site_folder:SiteFolder", "finish", "look over the old site"),
    ("hipss_register.keeping.site_folder", "_write", "write files"),
    ("mkdocs.utils", "write_file", "write files"),
    ("mkdocs.utils", "clean_directory", "remove the old site"),
    ("hipss_register.quick.kept_checking:KeptChecking", "check", "checks"),
    ("hipss_register.plugin", "open_kept", "compare with what is kept"),
    ("hipss_register.keeping.kept:Kept", "_get", "read what is kept"),
    ("hipss_register.keeping.kept:Kept", "_put", "keep"),
    ("hipss_register.keeping.kept:Kept", "save", "keep"),
    ("hipss_register.quick.forms:KeptForms", "get", "read what is kept"),
    ("hipss_register.quick.forms:KeptForms", "put", "keep"),
    ("hipss_register.mkdocs_site.site_files", "write_sums", "fingerprints of the site"),
    ("hipss_register.mkdocs_site.issue", "make_audit", "version history"),
)


class Timer:
    """Adds up processor time by stage; a stage inside another stops the outer one's clock."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._running: list[str] = []
        self._since = time.process_time()

    def switch(self) -> None:
        now = time.process_time()
        stage = self._running[-1] if self._running else "MkDocs and the rest"
        self.spent[stage] = self.spent.get(stage, 0) + now - self._since
        self._since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(*args: Any, **options: Any) -> Any:
            self.switch()
            self._running.append(stage)
            try:
                return function(*args, **options)
            finally:
                self.switch()
                self._running.pop()

        return run


def main(project: Path) -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.chdir(project)
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    timer = Timer()
    timer._since = 0.0  # what it took to start counts too
    for place, name, stage in STAGES:
        module, _, owner = place.partition(":")
        target = importlib.import_module(module)
        target = getattr(target, owner) if owner else target
        setattr(target, name, timer.timed(stage, getattr(target, name)))
    config = load_config("mkdocs.yml")
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    timer.switch()
    sys.stdout.write(json.dumps(timer.spent))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
