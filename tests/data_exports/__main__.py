"""``python -m tests.data_exports``: has outside tools check every form of the data, and each refuse a broken sample.

The tools of ``tools.txt`` are installed in ``.tools/`` the first time and whenever the list changes. Ruby, xmllint and
sqlite3 come with the system (on Debian: ``apt-get install ruby libxml2-utils sqlite3``). A tool that is not there is a
failure. Only the schemas of the Open Contracting Data Standard are another's to give: where its site cannot be reached,
what needs them is left out, and the last lines say so. What follows ``--`` goes to pytest.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

from tests.data_exports.standard import FETCHED, ROOT, TOOLS, find_standard

SOURCE = "https://github.com/open-contracting/standard/archive/refs/tags/1__1__5.zip"
LIST = Path(__file__).with_name("tools.txt")
TESTS = ("test_outside_validators.py", "test_schema_and_reader.py", "test_examples.py")


def main() -> int:
    options = _options()
    programs = install()
    lacking = "" if fetch_standard() else f"NOT CHECKED against OCDS 1.1.5: its schemas cannot be had from {SOURCE}\n"
    some = ["-k", "not thousand"] if options.quick else []
    tests = [str(LIST.with_name(name).relative_to(ROOT)) for name in TESTS[: 1 if options.quick else None]]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, *some, *options.pytest]
    environment = {**os.environ, "REGISTER_TOOLS": str(programs), "REGISTER_REQUIRE_TOOLS": "1"}
    result = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    sys.stderr.write(lacking)
    return result


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


def fetch_standard() -> bool:
    """Whether the schemas of OCDS are here, or could be had from the site that publishes them."""
    if find_standard():
        return True
    try:
        with urllib.request.urlopen(SOURCE, timeout=60) as answer:
            FETCHED.write_bytes(answer.read())
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
