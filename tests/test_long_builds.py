"""What a person sees and waits for while a large register is built or served."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hipss_register.progress import WORTH_TELLING, Progress
from hipss_register.serving.watch import Watch


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "old.yaml").write_text("a: 1\n")
    watch = Watch(tmp_path)
    yield watch
    watch.stop()


def changed(watch: Watch, before: str) -> bool:
    """Whether the stamp changes, given what a slow machine may need."""
    until = time.monotonic() + 20
    while watch.stamp.read_text() == before and time.monotonic() < until:
        time.sleep(0.05)
    return watch.stamp.read_text() != before


@pytest.mark.parametrize(
    "act",
    [
        lambda root: (root / "2024" / "old.yaml").write_text("a: 2\n"),
        lambda root: (root / "new.yaml").write_text("a: 1\n"),
        lambda root: (root / "2024" / "old.yaml").unlink(),
        lambda root: (root / "2024" / "old.yaml").rename(root / "other.yaml"),
    ],
    ids=["edited", "added", "deleted", "renamed"],
)
def test_a_change_in_the_folder_is_noticed(watch: Watch, tmp_path: Path, act: Callable[[Path], object]) -> None:
    before = watch.stamp.read_text()
    act(tmp_path)
    assert changed(watch, before)


def test_reading_a_file_is_no_change(watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "2024" / "old.yaml").read_text()
    (tmp_path / "new.yaml").write_text("a: 1\n")
    assert changed(watch, "")
    time.sleep(0.3)
    settled = watch.stamp.read_text()
    (tmp_path / "2024" / "old.yaml").read_text()
    time.sleep(0.3)
    assert watch.stamp.read_text() == settled


def test_nothing_is_left_when_watching_stops(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    watch.stop()
    assert not watch.stamp.parent.exists()


def test_a_folder_that_is_not_there_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Watch(tmp_path / "gone")


@pytest.mark.parametrize(
    ("pages", "level", "lines"),
    [(WORTH_TELLING, logging.INFO, 10), (WORTH_TELLING - 1, logging.INFO, 0), (WORTH_TELLING, logging.ERROR, 0)],
    ids=["long", "short", "quiet"],
)
def test_long_builds_tell_how_far_they_are(
    pages: int, level: int, lines: int, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("progress-of-a-test")
    caplog.set_level(level, logger=log.name)
    progress = Progress(pages, log)
    for _ in range(pages):
        progress.step()
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == lines
    assert not said or said[-1] == "1,000 of 1,000 pages"
