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


def report(edition: Edition, *, stop: bool) -> None:
    """Log each problem as its severity asks (under ``--strict`` MkDocs counts warnings), and for GitHub as it asks.

    Raises PluginError if there are errors, and the build is to ``stop`` for them.
    """
    for problem in edition.problems:
        level = log.error if problem.severity is Severity.ERROR else log.warning
        level("%s", problem)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            click.echo(problem.as_github_annotation())
    if stop and edition.errors:
        raise PluginError(f"{say_count(edition.errors, 'mistake')} in the decisions; the site was left as it was")
