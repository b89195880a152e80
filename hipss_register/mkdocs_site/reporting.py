"""The problems of a build, in its log."""

from __future__ import annotations

import os

import click
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from hipss_register.build import Edition
from hipss_register.problems import Severity
from hipss_register.wording import say_count

log = get_plugin_logger("hipss_register.plugin").logger


def report(edition: Edition, *, stop: bool, before: bool = False) -> None:
    """Log each problem as its severity asks (under ``--strict`` MkDocs counts warnings), and for GitHub as it asks.

    Raises PluginError if there are errors, and the build is to ``stop`` for them. Otherwise it is said which pages are
    shown: where there are some from ``before``, those.
    """
    for problem in edition.problems:
        level = log.error if problem.severity is Severity.ERROR else log.warning
        level("%s", problem)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            click.echo(problem.as_github_annotation())
    if not edition.errors:
        return
    mistakes = f"{say_count(edition.errors, 'mistake')} in the decisions"
    if stop:
        raise PluginError(f"{mistakes}; the site was left as it was")
    shown = "the site is shown as it was" if before else "what has one is left out"
    log.info("%s; %s until that is mended", mistakes, shown)
