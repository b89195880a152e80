"""``python -m tests.data_exports``: has outside tools check every form of the data, and each refuse a broken sample.

The tools of ``tools.txt`` are installed in ``.tools/`` the first time and whenever the list changes. Ruby, xmllint and
sqlite3 come with the system (on Debian: ``apt-get install ruby libxml2-utils sqlite3``). A tool that is not there is a
failure. What follows ``--`` goes to pytest.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".tools"
LIST = Path(__file__).with_name("tools.txt")
TESTS = ("test_outside_validators.py", "test_schema_and_reader.py", "test_examples.py")


def main() -> int:
    options = _options()
    programs = install()
    some = ["-k", "not thousand"] if options.quick else []
    tests = [str(LIST.with_name(name).relative_to(ROOT)) for name in TESTS[: 1 if options.quick else None]]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, *some, *options.pytest]
    environment = {**os.environ, "REGISTER_TOOLS": str(programs), "REGISTER_REQUIRE_TOOLS": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.data_exports", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="only the registers in this repository, not 1,000 decisions"
    )
    parser.add_argument("pytest", nargs="*", help="options for pytest, after --")
    return parser.parse_args()


def install() -> Path:
    """The folder of the tools' programs, which are installed unless they are there already."""
    programs = TOOLS / ("Scripts" if os.name == "nt" else "bin")
    done = TOOLS / LIST.name
    if not done.exists() or done.read_bytes() != LIST.read_bytes():
        venv.create(TOOLS, clear=True, with_pip=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(LIST)], check=True)
        done.write_bytes(LIST.read_bytes())
    return programs


if __name__ == "__main__":
    sys.exit(main())
