"""What the tests of open data share: registers as publications, their files on disk, and the outside tools."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from hipss_register.build import make_edition
from hipss_register.checks import find
from hipss_register.data.formats import data_files
from hipss_register.data.publication import Publication
from hipss_register.settings import Settings
from tests.corpus import write_corpus
from tests.data_exports.standard import find_standard

SETTINGS = Settings(
    site_name="Register of decisions <&>",
    organisation="Riverside Council",
    contact="register@council.example",
    licence="Open Government Licence v3.0",
    site_url="https://register.council.example/sub/",
    use_directory_urls=True,
    ocid_prefix="ocds-213czf",
)
SITE = (
    "site_name: R\nsite_url: https://r.example/sub/\ntheme: {name: material, font: false}\nplugins: [hipss-register]\n"
)
REGISTERS = ("founding", "every_field", "thousand")


@dataclass(frozen=True)
class Published:
    """A register's data, and the folder that all of it was written into."""

    pub: Publication
    folder: Path

    def __truediv__(self, path: str) -> Path:
        return self.folder / path


def publication(root: Path, settings: Settings = SETTINGS) -> Publication:
    """The register in a folder of decisions, which must have no mistake."""
    edition = make_edition(root, "decisions")
    assert not edition.errors, [str(problem) for problem in edition.problems]
    book = edition.book
    return Publication(book, settings, find(book.register, book.histories, book.sources))


def write_all(pub: Publication, folder: Path) -> Published:
    """Every file of data, below a folder."""
    for file in data_files(pub):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(file.chunks()))
    return Published(pub, folder)


@pytest.fixture(scope="session")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand decisions, made up."""
    root = tmp_path_factory.mktemp("thousand")
    write_corpus(root, 1000)
    return root


def register_of(request: pytest.FixtureRequest) -> Path:
    """The decisions of the register that a fixture is asked for; the large one only where outside tools are called."""
    if request.param == "thousand" and not os.environ.get("REGISTER_TOOLS"):
        pytest.skip("NOT CHECKED: the 1,000 decisions that are made up; python -m tests.data_exports checks them too")
    root: Path = request.getfixturevalue(request.param)
    return root


@pytest.fixture(scope="session", params=REGISTERS)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Each register's data on disk: the founding one, the one with every field, and a thousand decisions."""
    return write_all(publication(register_of(request)), tmp_path_factory.mktemp(f"published-{request.param}"))


@pytest.fixture(scope="session", params=REGISTERS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each register's site, built by MkDocs."""
    root = register_of(request)
    project = tmp_path_factory.mktemp(f"site-{request.param}")
    (project / "decisions").symlink_to(root)
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(SITE, "utf-8")
    config = load_config(str(project / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return Path(config.site_dir)


@pytest.fixture(scope="session")
def founding_data(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """This repository's own register's data on disk."""
    return write_all(publication(founding), tmp_path_factory.mktemp("founding-data"))


def missing(what: str) -> None:
    """Skip aloud for want of an outside tool, or fail where tools are required."""
    message = f"there is no {what} here: python -m tests.data_exports installs the tools and runs their tests"
    if os.environ.get("REGISTER_REQUIRE_TOOLS") == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def tool(name: str) -> str:
    """An outside tool: in the folder that REGISTER_TOOLS names, beside this Python, or on PATH."""
    places = [os.environ.get("REGISTER_TOOLS", ""), str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    found = shutil.which(name, path=os.pathsep.join(filter(None, places)))
    if found is None:
        missing(name)
    assert found
    return found


def python_with(module: str) -> str:
    """A Python that can import an outside module: of REGISTER_TOOLS, or this one."""
    beside = os.environ.get("REGISTER_TOOLS")
    for python in filter(None, (beside and str(Path(beside, "python")), sys.executable)):
        if subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0:
            return python
    missing(module)
    raise AssertionError


def run(*command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The outcome of an outside tool, which has no network and no colours."""
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200"}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


Check = Callable[[Sequence[Path]], subprocess.CompletedProcess[str]]


def standard() -> Path:
    """The schemas of OCDS 1.1.5. They are not ours to publish, so where they cannot be had there is nothing to do."""
    found = find_standard()
    if found is None:
        pytest.skip("NOT CHECKED: the schemas of OCDS 1.1.5 are not here; python -m tests.data_exports fetches them")
    return found
