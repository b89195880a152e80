"""``hipss-register export``: any of the forms of open data, without building the site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from hipss_register.build import Edition, make_edition
from hipss_register.checks import CheckSettings, find
from hipss_register.cli.site_config import SiteConfig, decisions_folder, decisions_option, read_site_config
from hipss_register.data.files import DataFile, write_file
from hipss_register.data.formats import FORMATS, Format
from hipss_register.data.publication import Publication
from hipss_register.proof.provenance import read_provenance
from hipss_register.settings import Settings
from hipss_register.wording import say_count

STANDARD_OUTPUT = "-"


@click.command(
    epilog=f"""\b
Examples:
  hipss-register export json > register.json
  hipss-register export csv --output tables/

Formats: {"; ".join(f"{form.name}: {form.title}" for form in FORMATS.values())}.
"""
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option(
    "-o",
    "--output",
    metavar="DIR|-",
    default=STANDARD_OUTPUT,
    show_default=True,
    help="The folder to write all files of the format into; - writes its main file to standard output.",
)
@decisions_option
def export(form: str, output: str, decisions: Path | None) -> None:
    """Write the register in one of its forms of open data, as the site has them.

    What belongs to the site, such as its address, comes from mkdocs.yml in the folder where the command is run.
    """
    root = decisions_folder(decisions)
    edition = make_edition(root, root.as_posix().rstrip("/"))
    _stop_at_mistakes(edition)
    pub = _publication(edition, root)
    chosen = FORMATS[form]
    if why := chosen.why_none(pub):
        raise click.ClickException(why)
    if output == STANDARD_OUTPUT:
        _print_main(chosen, pub)
    else:
        _write_all(chosen.files(pub), Path(output))


def _stop_at_mistakes(edition: Edition) -> None:
    for problem in edition.problems:
        click.echo(str(problem), err=True)
    if edition.errors:
        raise click.ClickException(f"{say_count(edition.errors, 'mistake')} in the decisions; nothing was written")


def _publication(edition: Edition, root: Path) -> Publication:
    site = read_site_config()
    shown = root.as_posix().rstrip("/")
    book, checks = edition.book, CheckSettings(site.choices(), read_provenance(root, shown), shown)
    findings = find(book.register, book.histories, book.sources, checks)
    return Publication(book, _settings(site), findings)


def _settings(site: SiteConfig) -> Settings:
    """What mkdocs.yml says of the site; whatever it leaves out is empty."""

    def said(name: str) -> str:
        return str(site.options.get(name) or "")

    return Settings(
        site_name=str(site.settings.get("site_name") or "Decision register"),
        organisation=said("organisation"),
        contact=said("contact"),
        licence=said("licence"),
        site_url=site.site_url,
        use_directory_urls=site.settings.get("use_directory_urls", True) is not False,
        ocid_prefix=said("ocid_prefix"),
    )


def _print_main(form: Format, pub: Publication) -> None:
    file = next((file for file in form.files(pub) if file.path == form.main), None)
    if file is None:
        raise click.ClickException(f"the register has nothing for {form.main}")
    stream = sys.stdout.buffer
    for chunk in file.chunks():
        stream.write(chunk)
    stream.flush()


def _write_all(files: Iterator[DataFile], folder: Path) -> None:
    count = 0
    for file in files:
        count += 1
        write_file(folder / file.path, file.chunks())
    click.echo(f"{say_count(count, 'file')} written to {folder}", err=True)
