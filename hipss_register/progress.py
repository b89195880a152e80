"""How far a long build has come: a bar on a terminal, a line now and then elsewhere, nothing when MkDocs is quiet."""

from __future__ import annotations

import logging
import sys
from typing import Any

import click

WORTH_TELLING = 1000
"""Builds of fewer pages are over before anybody wonders."""
_LINES = 10


class Progress:
    """Counts the pages of one build."""

    def __init__(self, total: int, log: logging.Logger) -> None:
        self._total = total
        self._log = log
        self._done = 0
        told = total >= WORTH_TELLING and log.isEnabledFor(logging.INFO)
        self._each = -(-total // _LINES) if told else 0
        self._bar: Any = None
        if told and sys.stderr.isatty():
            self._bar = click.progressbar(length=total, label="Pages", file=sys.stderr)

    def step(self) -> None:
        """Another page is being built."""
        if self._done == self._total:  # made when somebody asked for it, after the build
            return
        self._done += 1
        if self._bar:
            self._bar.update(1)
            if self._done == self._total:
                self._bar.render_finish()
        elif self._each and (self._done % self._each == 0 or self._done == self._total):
            self._log.info("%s of %s pages", f"{self._done:,}", f"{self._total:,}")
