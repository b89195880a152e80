"""``python -m tests.bench``: builds registers of several sizes and says what each build cost, beside Hugo's.

Times on a shared machine mean little by themselves, so each size's builds are run one after the other and compared.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Bulk, Cost, bulk, run
from tests.bench.project import change_one, write_projects
from tests.bench.serving import serve

_ROOT = Path(__file__).parent.parent.parent
_ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONPATH": str(_ROOT),
    "PYTHONDONTWRITEBYTECODE": "",  # as nearly everywhere: compiled modules are kept
}
_MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")
_MEGABYTE = 1024 * 1024
_HEAD = "decisions  build                  CPU s  wall s     MB   files  site MB  ms each  to Hugo"

MOST_PLAIN = 10_000
"""Above this a plain site of MkDocs is not built: it takes too long to be of use to anybody."""


def main() -> None:
    options = _options()
    _print(_machine())
    _print(_HEAD)
    for size in options.sizes:
        folder = Path(tempfile.mkdtemp(prefix=f"bench-{size}-", dir=options.folder))
        try:
            for line in _lines(folder, size, options.seed):
                _print(line)
        finally:
            shutil.rmtree(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000], help="how many decisions (100 1000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another corpus (1)")
    parser.add_argument("--folder", help="where to build (a folder for temporary files)")
    return parser.parse_args()


def _lines(folder: Path, size: int, seed: int) -> Iterator[str]:
    projects = write_projects(folder, size, seed)
    ours, rival = projects.register, None
    if program := shutil.which("hugo"):
        cost = run((program, "--quiet"), projects.hugo)
        rival = cost.cpu
        yield _line(size, "Hugo", cost, bulk(projects.hugo / "public"), rival)
    if size <= MOST_PLAIN:
        cost = run(_MKDOCS, projects.plain, _ENVIRONMENT)
        yield _line(size, "MkDocs and Material", cost, bulk(projects.plain / "site"), rival)
    for name in ("from nothing", "again", "one record changed"):
        if name.startswith("one"):
            change_one(ours)
        cost = run(_MKDOCS, ours, _ENVIRONMENT)
        yield _line(size, name, cost, bulk(ours / "site"), rival)
        if name == "from nothing":
            yield from _stages(ours, size)
    yield _line(size, "the least in Python", _least(ours, folder / "least"), bulk(folder / "least"), rival)
    yield from _served(ours)


def _line(size: int, name: str, cost: Cost, made: Bulk, rival: float | None) -> str:
    ratio = f"{cost.cpu / rival:9.2f}" if rival else f"{'-':>9}"
    return (
        f"{size:>9,}  {name:<20}{cost.cpu:>8.2f}{cost.wall:>8.2f}{cost.memory / _MEGABYTE:>7.0f}"
        f"{made.files:>8,}{made.bytes / _MEGABYTE:>9.1f}{1000 * cost.cpu / size:>9.2f}{ratio}"
    )


def _least(project: Path, folder: Path) -> Cost:
    folder.mkdir()
    return run((sys.executable, "-m", "tests.bench.floor", str(project), str(folder)), project, _ENVIRONMENT)


def _stages(project: Path, size: int) -> Iterator[str]:
    shutil.rmtree(project / ".cache")  # as in a build from nothing
    command = (sys.executable, "-m", "tests.bench.stages", str(project))
    done = subprocess.run(command, cwd=_ROOT, env=os.environ | _ENVIRONMENT, capture_output=True, check=True, text=True)
    for stage, spent in sorted(json.loads(done.stdout).items(), key=lambda item: -item[1]):
        yield f"{'':>11}  {stage:<24}{spent:>8.2f} s{1000 * spent / size:>9.3f} ms each"


def _served(project: Path) -> Iterator[str]:
    served = serve(project, _ENVIRONMENT)
    yield f"{'':>11}  served: {served.start:.2f} s to start, {served.edit:.2f} s for an edit, {served.idle:.1%} idle"


def _machine() -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.system()}, {python}"


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
