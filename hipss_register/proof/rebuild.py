"""Building a site again from the commit that a copy says it was made from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hipss_register.proof.build_time import VARIABLE, commit_time
from hipss_register.proof.git import GitSilent, run_git

_SECONDS = 3600


class NotBuilt(RuntimeError):
    """The site could not be built again; the message is one line."""


def build_again(repo: Path, commit: str, scratch: Path, config: str = "mkdocs.yml") -> Path:
    """Clone the repository into a scratch folder and build the site of a commit there; raises `NotBuilt`.

    This runs what the repository's own settings ask to be run, as building the site always does.
    """
    clone, site = scratch / "repository", scratch / "site"
    try:
        run_git(scratch, "clone", "--quiet", "--no-hardlinks", "--no-checkout", str(repo.resolve()), str(clone))
        run_git(clone, "checkout", "--quiet", "--detach", commit)
    except GitSilent:
        raise NotBuilt(f"the commit {commit[:12]} could not be taken out of the repository") from None
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", str(site)]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", VARIABLE: commit_time(clone)}
    try:
        done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise NotBuilt(f"MkDocs did not build the site of that commit within {_SECONDS // 60} minutes") from None
    if done.returncode:
        raise NotBuilt("MkDocs could not build the site of that commit here")
    return site
