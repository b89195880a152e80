"""What tests of every part use: a folder of decisions written from a table of texts, and the browser's presence."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says nothing on a busy machine. A change to what reads or works things out deserves
# HYPOTHESIS_PROFILE=thorough, which takes many minutes; another Python, on which the same is asked again, needs few.
settings.register_profile("register", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
settings.register_profile("thorough", settings.get_profile("register"), max_examples=2000)
settings.register_profile("brief", settings.get_profile("register"), max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "register"))

Files = Mapping[str, str | bytes]

DATA = Path(__file__).parent / "data"


def find_chromium() -> str | None:
    """The Chromium to test with: the one that ``CHROMIUM`` names, or the one that is installed.

    The one without windows comes first: it opens a page with a third of the work.
    """
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a browser, its tests are skipped aloud; where one is required they fail."""
    if item.get_closest_marker("browser") and not find_chromium():
        message = "there is no Chromium here: install it, or name it in the environment variable CHROMIUM"
        if os.environ.get("REGISTER_REQUIRE_BROWSER") == "1":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser, for tests marked ``browser``."""
    found = find_chromium()
    assert found, "only tests marked browser may ask for it"
    return found


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the answers that commands keep out of the cache of whoever runs the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def decisions(tmp_path: Path) -> Callable[[Files], Path]:
    """Writes files, given by their paths, into a new folder of decisions."""
    root = tmp_path / "decisions"

    def write(files: Files) -> Path:
        root.mkdir(exist_ok=True)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return root

    return write


@pytest.fixture(scope="session")
def every_field() -> Path:
    """A small register in which one decision fills in every field there is."""
    return DATA / "every-field"


@pytest.fixture(scope="session")
def founding() -> Path:
    """This repository's own decisions."""
    return Path(__file__).parent.parent / "decisions"
