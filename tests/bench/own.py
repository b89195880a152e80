"""``python -m tests.bench.own``: what this project's own build costs beside MkDocs and Material alone.

All build the same hand-written pages, turn and turn about: the register with nothing kept from an earlier build, again
with what that build kept, and MkDocs alone. The least of each counts, since all that a busy machine does is to add to
it. The first round, in which Python compiles what it then keeps, does not count. What is built is the last commit.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Cost, run

ROOT = Path(__file__).parent.parent.parent
TIMES = 9
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(ROOT)}
COMMAND = (sys.executable, "-m", "mkdocs", "build", "--quiet")
SETTINGS = """\
site_name: Hand-written pages
site_url: https://pages.example/
theme: {name: material, font: false}
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        costs = [_round(Path(name), number) for number in range(TIMES + 1)][1:]
    anew, again, alone = (min(cost.cpu for cost in of) for of in zip(*costs, strict=True))
    sys.stdout.write(
        f"Processor seconds, the least of {TIMES} builds each, at a load of {os.getloadavg()[0]:.1f}:\n"
        f"  MkDocs and Material alone  {alone:5.2f}\n"
        f"  the register, from nothing {anew:5.2f}, of which our own {anew - alone:.2f}\n"
        f"  the register, built again  {again:5.2f}, of which our own {again - alone:.2f}\n"
    )


def _round(folder: Path, number: int) -> tuple[Cost, Cost, Cost]:
    register, plain = folder / "register", folder / "plain"
    if not number:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(register)], check=True)
        shutil.copytree(register / "docs", plain / "docs")
        (plain / "mkdocs.yml").write_text(SETTINGS)
    shutil.rmtree(register / ".cache", ignore_errors=True)
    ours = (*COMMAND, "--strict")
    return run(ours, register, ENVIRONMENT), run(ours, register, ENVIRONMENT), run(COMMAND, plain, ENVIRONMENT)


if __name__ == "__main__":
    main()
