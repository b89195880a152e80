"""Asks git what it knows of the decisions folder: two commands for the whole of it, and nothing that can change it."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "log.showSignature=false",
    "-c",
    "safe.directory=*",
)
_SECONDS = 300
_MOST_BLOB = 256 * 1024
_ENTRY = re.compile(r":\d{6} \d{6} [0-9a-f]+ (?P<blob>[0-9a-f]+) (?P<status>[AMDRCT])\d*")


class GitSilent(Exception):
    """Git could not answer; the message says why, in words for a reader of the register."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one commit did to one file: ``blob`` is its content after, None if it was removed."""

    commit: str
    day: dt.date
    path: str
    was: str
    blob: str | None


@dataclass(frozen=True, slots=True)
class Log:
    """Every change to the files below a folder on the way to the present commit, oldest first; paths from the folder.

    ``shallow`` means that the clone holds only the latest part of the history.
    """

    head: str
    shallow: bool
    changes: tuple[FileChange, ...]


def run_git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """Run one git command in a folder and give its output; raises `GitSilent`."""
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    environment = keep | {
        "LC_ALL": "C",
        "TZ": "UTC",
        "HOME": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
    }
    try:
        done = subprocess.run(
            ["git", *_SAFE, *arguments],
            cwd=folder,
            env=environment,
            input=given,
            stdin=None if given is not None else subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise GitSilent("git is not installed where the site was built") from None
    except (OSError, subprocess.TimeoutExpired):
        raise GitSilent("git gave no answer") from None
    if done.returncode:
        raise GitSilent("the decisions are not in a git repository that can be read")
    return done.stdout


def read_log(folder: Path) -> Log:
    """The log of all files below a folder, by one command; raises `GitSilent`.

    Only the main line is followed: a merge counts as one change on the day on which it was merged, since that is when
    it came to be published.
    """
    facts = run_git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix").decode("utf-8", "replace")
    shallow, _, prefix = facts.partition("\n")
    try:
        head = run_git(folder, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
    except GitSilent:
        raise GitSilent("nothing has been committed yet") from None
    output = run_git(
        folder,
        "log",
        "--first-parent",
        "-m",
        "--raw",
        "--no-abbrev",
        "-M",
        "-z",
        "--no-show-signature",
        "--no-ext-diff",
        "--no-textconv",
        "--format=tformat:%x01%H %cI",
        "--",
        ".",
    )
    changes = tuple(_changes(output.decode("utf-8", "surrogateescape"), prefix.strip("\n")))
    return Log(head, shallow == "true", changes[::-1])


def _changes(output: str, prefix: str) -> Iterator[FileChange]:
    """Newest first, as git gives them; within a commit in the order of paths, reversed like the rest later."""
    for entry in output.split("\x01")[1:]:
        head, *tokens = entry.split("\0")
        commit, _, when = head.partition(" ")
        yield from _files(commit, dt.datetime.fromisoformat(when).date(), iter(tokens), prefix)


def _files(commit: str, day: dt.date, tokens: Iterator[str], prefix: str) -> Iterator[FileChange]:
    for token in tokens:
        match = _ENTRY.search(token)
        if not match:
            continue
        was = path = next(tokens, "")
        if match["status"] in "RC":
            path = next(tokens, "")
        if match["status"] == "C":
            was = path
        blob = None if match["status"] == "D" else match["blob"]
        yield FileChange(commit, day, path.removeprefix(prefix), was.removeprefix(prefix), blob)


def read_blobs(folder: Path, blobs: Iterable[str]) -> dict[str, str]:
    """The text of each content that git has. What is missing, too large or no text is left out."""
    return {
        blob: raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        for blob, raw in raw_blobs(folder, blobs)
        if len(raw) <= _MOST_BLOB
    }


def raw_blobs(folder: Path, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of each content that git has, by one command; what is missing is left out. Raises `GitSilent`."""
    wanted = sorted(set(blobs))
    output = run_git(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode())
    place = 0
    for blob in wanted:
        end = output.find(b"\n", place)
        parts = output[place:end].split(b" ")
        place = end + 1
        if len(parts) == 3 and parts[2].isdigit():
            size = int(parts[2])
            yield blob, output[place : place + size]
            place += size + 1
