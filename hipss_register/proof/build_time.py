"""The time that a build gives as its own: that of the commit, so that the same commit gives the same bytes."""

from __future__ import annotations

import os
from pathlib import Path

from hipss_register.proof.git import GitSilent, run_git

VARIABLE = "SOURCE_DATE_EPOCH"
"""What MkDocs and other tools read the time of a build from; see reproducible-builds.org."""


def commit_time(folder: Path, commit: str = "HEAD") -> str:
    """When a commit was made, in seconds since 1970; empty where git cannot say."""
    try:
        return run_git(folder, "show", "--no-patch", "--format=%ct", commit).decode("ascii", "replace").strip()
    except GitSilent:
        return ""


class BuildTime:
    """Sets the time of a build to that of the commit while it lasts, unless whoever builds has set one."""

    def __init__(self) -> None:
        self._is_ours = False

    def begin(self, folder: Path) -> None:
        """Set it, where git can tell it."""
        if VARIABLE not in os.environ and (time := commit_time(folder)):
            os.environ[VARIABLE] = time
            self._is_ours = True

    def end(self) -> None:
        """Leave the environment as it was."""
        if self._is_ours:
            os.environ.pop(VARIABLE, None)
            self._is_ours = False
