"""What a process costs: processor seconds, seconds by the clock, and the most memory it held."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A program that was to be measured did not succeed; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a program cost, all its threads and children counted. ``memory`` is in bytes."""

    cpu: float
    wall: float
    memory: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a program to its end in a folder; raises `Failed` unless it succeeds."""
    began = time.perf_counter()
    with (folder / "bench.log").open("w+") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ | (environment or {}))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise Failed(f"{command[0]} ended with {process.returncode}: {log.read()[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - began, usage.ru_maxrss * 1024)


@dataclass(frozen=True, slots=True)
class Bulk:
    """How much a folder holds."""

    files: int
    bytes: int


def bulk(folder: Path) -> Bulk:
    """Every file below a folder, and their sizes together."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Bulk(len(sizes), sum(sizes))
