"""The MkDocs plugin: short hooks, each of which hands over to one plain function."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hipss_register import adapter
from hipss_register.build import Edition, make_edition
from hipss_register.config import RegisterConfig
from hipss_register.problems import Problem, Severity
from hipss_register.settings import Settings, make_settings
from hipss_register.site.material import mend
from hipss_register.site.render import Renderer
from hipss_register.wording import say_count

THEME = Path(__file__).parent / "site" / "theme"

log = get_plugin_logger(__name__).logger


class RegisterPlugin(BasePlugin[RegisterConfig]):
    """Builds the register from the decisions folder."""

    def __init__(self) -> None:
        self._serving = False
        self._edition: Edition | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Having this hook, the plugin stays the same from one rebuild to the next under ``serve``."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates before the theme's, behind those of the site's own folder, and watch the decisions."""
        own = 1 if config.theme.custom_dir else 0
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(own, str(THEME))
        root = self._root(config)
        if root.is_dir() and str(root) not in config.watch:
            config.watch.append(str(root))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check everything before MkDocs touches the old site."""
        edition = make_edition(self._root(config), self.config.decisions_dir.strip("/"))
        clashes = adapter.find_clashes(get_files(config), adapter.make_files(edition.book, config))
        edition = replace(edition, problems=(*edition.problems, *clashes))
        report(edition.problems)
        if edition.errors and not self._serving:
            raise PluginError(f"{say_count(edition.errors, 'mistake')} in the decisions; the site was left as it was")
        if self._edition is None or not edition.errors:
            self._edition = edition

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the register's pages, source documents and redirects."""
        book = self._now.book
        render = Renderer(book, self._settings(config), overrides(config)).render
        adapter.add_files(files, adapter.make_files(book, config), config, render)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Show pages outside the navigation where they are in it."""
        adapter.name_as_in_navigation(config.nav, files)
        adapter.place_in_navigation(nav, files)
        if "SOURCE_DATE_EPOCH" not in os.environ:
            adapter.fix_dates(files, self._now.last_day)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the frame of every page who publishes the register."""
        env.globals["register"] = self._settings(config, files)
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Take away what the theme prints outside its blocks."""
        return mend(output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages that are not in the site's structure."""
        return mend(output) if template_name.endswith(".html") else output

    @property
    def _now(self) -> Edition:
        assert self._edition is not None
        return self._edition

    def _root(self, config: MkDocsConfig) -> Path:
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        return base / self.config.decisions_dir

    def _settings(self, config: MkDocsConfig, files: Files | None = None) -> Settings:
        return make_settings(self.config, config, files)


def overrides(config: MkDocsConfig) -> list[Path]:
    """The folder of the site's own templates, whose ``register/`` comes before ours."""
    return [Path(config.theme.custom_dir) / "register"] if config.theme.custom_dir else []


def report(problems: Iterable[Problem]) -> None:
    """Log each problem as its severity asks (under ``--strict`` MkDocs counts warnings), and for GitHub as it asks."""
    for problem in problems:
        level = log.error if problem.severity is Severity.ERROR else log.warning
        level("%s", problem)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            click.echo(problem.as_github_annotation())
