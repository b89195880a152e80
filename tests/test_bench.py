"""The benchmark, as far as it can go wrong: that it still finds what it times."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.project import write_projects
from tests.bench.stages import STAGES


def test_every_stage_is_found_and_takes_time(tmp_path: Path) -> None:
    project = write_projects(tmp_path, 8, 1).register
    command = [sys.executable, "-m", "tests.bench.stages", str(project)]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, check=False, text=True)
    assert not done.returncode, done.stderr
    assert {stage for _, _, stage in STAGES} <= json.loads(done.stdout).keys()
