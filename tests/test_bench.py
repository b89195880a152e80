"""The benchmark, as far as it can go wrong: that it still finds what it times."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench import floor
from tests.bench.project import write_projects
from tests.bench.stages import STAGES


def test_every_stage_is_found_and_takes_time(tmp_path: Path) -> None:
    project = write_projects(tmp_path, 8, 1).register
    command = [sys.executable, "-m", "tests.bench.stages", str(project)]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, check=False, text=True)
    assert not done.returncode, done.stderr
    assert {stage for _, _, stage in STAGES} <= json.loads(done.stdout).keys()


def test_the_least_in_python_writes_what_the_site_has(tmp_path: Path) -> None:
    project, folder = tmp_path / "project", tmp_path / "least"
    sizes = {"site/a/index.html": 3, "site/b.json": 0, "site/a/c/d.txt": 9}
    for name, size in sizes.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_bytes(b"x" * size)
    folder.mkdir()
    floor.main(project, str(folder))
    written = {f"site/{path.relative_to(folder).as_posix()}": path.stat().st_size for path in folder.rglob("*.*")}
    assert written == sizes
