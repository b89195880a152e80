"""``python -m tests.bench.own``: what this project's own build costs beside MkDocs and Material alone.

Both build the same hand-written pages, turn and turn about; the least of each counts, since all that a busy machine
does is to add to it. The first builds, in which Python compiles what it then keeps, do not count.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import run

ROOT = Path(__file__).parent.parent.parent
TIMES = 9
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
SETTINGS = """\
site_name: Hand-written pages
site_url: https://pages.example/
theme: {name: material, font: false}
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = folder / "plain"
        shutil.copytree(ROOT / "docs", plain / "docs")
        (plain / "mkdocs.yml").write_text(SETTINGS)
        command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site"))
        ours, alone = (*command, "--strict", "--config-file", str(ROOT / "mkdocs.yml")), command
        costs = [[run(each, plain, ENVIRONMENT).cpu for each in (ours, alone)] for _ in range(TIMES + 1)]
    register, rival = (min(cost) for cost in zip(*costs[1:], strict=True))
    load = os.getloadavg()[0]
    sys.stdout.write(
        f"The register {register:.2f} s, MkDocs and Material alone {rival:.2f} s, so our own {register - rival:.2f} s "
        f"of processor time: the least of {TIMES} builds each, at a load of {load:.1f}.\n"
    )


if __name__ == "__main__":
    main()
