"""What the commands take from ``mkdocs.yml``: where the decisions are, the plugin's options, and the site's address.

Read without MkDocs, which takes longer to load than a check takes, and without acting on tags of its YAML: a command
runs nothing that somebody else's settings name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import yaml
import yaml_env_tag

from hipss_register.checks.finding import Choice
from hipss_register.checks.options import BadChoice, read_choices

PLUGIN = "hipss-register"
CONFIG = Path("mkdocs.yml")
FOLDER = "decisions"
"""The folder of decisions where nothing says otherwise."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The settings of a site: all that the file holds, and in ``options`` what it says to the plugin."""

    path: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def site_url(self) -> str:
        """The site's public address; empty if it gives none."""
        return str(self.settings.get("site_url") or "")

    @property
    def decisions(self) -> Path:
        """The folder of decisions, beside the file; raises `click.UsageError` if it names none that can be."""
        folder = self.options.get("decisions_dir") or FOLDER
        if not isinstance(folder, str) or "\0" in folder:
            raise click.UsageError(f"{self.path}: decisions_dir: the path of a folder was expected")
        return self.path.parent / folder

    def choices(self) -> Mapping[str, Choice]:
        """Which checks are left out or weighed otherwise; raises `click.UsageError` if that cannot be told."""
        try:
            return read_choices(self.options.get("checks"))
        except BadChoice as bad:
            raise click.UsageError(f"{self.path}: {bad}") from None


class _Loader(yaml.SafeLoader):
    """Takes what MkDocs takes from the environment; of any other tag, such as a Python name, nothing."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)


def read_site_config(path: Path = CONFIG) -> SiteConfig:
    """Read a site's settings; without a file, none. Raises `click.UsageError` for one that cannot be read."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except FileNotFoundError:
        return SiteConfig(path)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise click.UsageError(f"{path}{line}: this YAML cannot be read: {error.problem}") from None
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError):
        raise click.UsageError(f"{path}: this cannot be read as YAML") from None
    settings = data if isinstance(data, dict) else {}
    return SiteConfig(path, settings, _options(settings.get("plugins")))


def _options(plugins: Any) -> Mapping[str, Any]:
    entries = plugins if isinstance(plugins, list) else [plugins]
    said = (entry[PLUGIN] for entry in entries if isinstance(entry, dict) and PLUGIN in entry)
    return next((options for options in said if isinstance(options, dict)), {})


def decisions_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the folder of decisions."""
    return click.option(
        "--decisions",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of decisions. Otherwise the one that mkdocs.yml names, or decisions.",
    )(command)


def decisions_folder(given: Path | None) -> Path:
    """The folder of decisions to work on; raises `click.UsageError` if there is none and nothing says where it goes."""
    folder = given or read_site_config().decisions
    if given is None and not folder.is_dir() and not CONFIG.is_file():
        hint = "go to the register's folder, name it with --decisions, or make a register with: hipss-register init"
        raise click.UsageError(f"there is no folder {folder} here; {hint}")
    return folder
