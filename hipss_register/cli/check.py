"""``hipss-register check``: every problem and finding, without building the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from hipss_register.checks import CheckSettings
from hipss_register.checks.report import FORMATS, LEVELS
from hipss_register.cli.site_config import CONFIG, decisions_option, read_site_config
from hipss_register.quick import open_store, quick_check


@click.command(
    epilog="""\b
Examples:
  hipss-register check
  hipss-register check decisions/2024-09-10-play-area.yaml
  hipss-register check --format github --fail-on warning
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@decisions_option
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=CONFIG,
    show_default=True,
    help="The site's settings, for the rules that it leaves out or weighs otherwise.",
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to print."
)
@click.option(
    "--fail-on",
    type=click.Choice([*LEVELS, "never"]),
    default="error",
    show_default=True,
    help="The lightest thing that makes the command fail; each includes all before it.",
)
@click.option("--no-cache", is_flag=True, help="Check everything anew, and keep nothing for the next run.")
def check(
    paths: tuple[Path, ...], decisions: Path | None, config: Path, form: str, fail_on: str, no_cache: bool
) -> None:
    """Check the decisions and print what is wrong in the files, and what the records leave open.

    PATHS limits what is printed to these files or folders; all files are read in any case, since records refer to one
    another. A folder elsewhere is taken as the folder of decisions itself.

    The command ends with 0 if there is nothing as grave as --fail-on says, with 1 if there is, and with 2 if it was
    called wrongly.
    """
    if config != CONFIG and not config.exists():
        raise click.UsageError(f"there is no file {config}")
    site = read_site_config(config)
    root, paths = _root(paths, decisions, site.decisions)
    shown = root.as_posix().rstrip("/")
    settings = CheckSettings(site.choices(), folder=shown)
    report = quick_check(root, settings, None if no_cache else open_store(root), _only(paths, root, shown))
    text = FORMATS[form](report)
    # What programs read is UTF-8, whatever the console's letters are.
    click.echo(text.encode() if form in ("json", "sarif") else text, nl=False)
    worst = report.gravest()
    if worst and fail_on != "never" and LEVELS.index(worst) <= LEVELS.index(fail_on):
        raise SystemExit(1)


def _root(paths: tuple[Path, ...], decisions: Path | None, usual: Path) -> tuple[Path, tuple[Path, ...]]:
    """The folder of decisions, and the paths that are left to limit the output to."""
    root = decisions or usual
    if decisions is None and len(paths) == 1 and paths[0].is_dir() and not _inside(paths[0], root):
        return paths[0], ()
    return root, paths


def _inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def _only(paths: tuple[Path, ...], root: Path, shown: str) -> Callable[[str], bool] | None:
    """Whether a file, as messages show it, is one to tell of; None if all are."""
    chosen: list[str] = []
    for path in paths:
        if not path.exists() or not _inside(path, root):
            raise click.UsageError(f"{path} is not in the folder of decisions, {shown}")
        inner = path.resolve().relative_to(root.resolve()).as_posix()
        if inner == ".":
            return None
        chosen.append(f"{shown}/{inner}")
    return (lambda file: any(f"{file}/".startswith(f"{path}/") for path in chosen)) if chosen else None
