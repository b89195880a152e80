"""Where the commands find the folder of decisions and the site's address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import yaml
from mkdocs.utils.yaml import yaml_load

from hipss_register.cli.check import FOLDER, site_options

CONFIG = Path("mkdocs.yml")


def decisions_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the folder of decisions."""
    return click.option(
        "--decisions",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of decisions. Otherwise the one that mkdocs.yml names, or decisions.",
    )(command)


def decisions_folder(given: Path | None) -> Path:
    """The folder of decisions to work on; raises `click.UsageError` if there is none and nothing says where it goes."""
    folder = given or Path(str(site_options(CONFIG).get("decisions_dir") or FOLDER))
    if given is None and not folder.is_dir() and not CONFIG.is_file():
        hint = "go to the register's folder, name it with --decisions, or make a register with: hipss-register init"
        raise click.UsageError(f"there is no folder {folder} here; {hint}")
    return folder


def site_address(decisions: Path) -> str:
    """The site's address in the mkdocs.yml beside the folder of decisions; empty if it has none."""
    config = decisions.resolve().parent / CONFIG
    try:
        data = yaml_load(config.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return ""
    return str(data.get("site_url") or "")
