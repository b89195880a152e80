"""What the site holds beside pages: open data, audit bundles, and the proof of how it was made, as files of MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from hipss_register.build import Edition
from hipss_register.checks import CheckSettings
from hipss_register.checks.options import BadChoice, read_choices
from hipss_register.data import paths
from hipss_register.data.files import DataFile
from hipss_register.data.page import data_page_view
from hipss_register.data.publication import Publication
from hipss_register.keeping.site_folder import SiteFolder
from hipss_register.later import Later
from hipss_register.mkdocs_site.config import RegisterConfig
from hipss_register.proof.provenance import Provenance
from hipss_register.proof.records import PATH as MAKING
from hipss_register.proof.records import making_of
from hipss_register.proof.sums import write_sums
from hipss_register.site.audit import Audit, Check
from hipss_register.site.page import PageContent, PlannedPage

_DATA_PAGE = "Get the data"


def make_audit(
    edition: Edition, root: Path, options: RegisterConfig, check: Check, provenance: Callable[[Path, str], Provenance]
) -> Audit:
    """Check the records and read how their files were edited; raises PluginError for a choice that cannot be read."""
    try:
        choices = read_choices(options.checks)
    except BadChoice as bad:
        raise PluginError(str(bad)) from None
    folder = options.decisions_dir.strip("/")
    settings = CheckSettings(choices, provenance(root, folder), folder)
    return Audit(edition.book, settings, edition.reading.files, check)


def data_page(publication: Publication) -> PlannedPage:
    """The page that says how to get the data."""
    return PlannedPage(paths.PAGE, Later(_data_page, publication), alone=False, title=_DATA_PAGE)


def _data_page(publication: Publication) -> PageContent:
    view = data_page_view(publication)
    text = "Every fact in the register as tables, JSON, feeds, calendars and a database."
    return PageContent(paths.PAGE, _DATA_PAGE, text, "data.html", paths.PAGE, view, contents=view.contents)


def bundle_files(audit: Audit, site_url: str) -> Iterator[DataFile]:
    """For each contract, the archive of all that the register has on it."""
    for path, make in audit.bundles(site_url):
        yield DataFile(path, "application/zip", "Audit bundle", Later(whole, make), alone=True)


def whole(make: Callable[[], bytes]) -> tuple[bytes]:
    """The bytes of a file that is made at once, as its only chunk."""
    return (make(),)


def write_proof(edition: Edition, audit: Audit, root: Path, config: MkDocsConfig, folder: SiteFolder) -> None:
    """Say what the site was made from, then list the SHA-256 of every file in it."""
    site = Path(config.site_dir)
    making = making_of(edition.reading, edition.book.sources, audit.commit, audit.settings.folder)
    place = site / MAKING
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(making.as_json())
    write_sums(site, root.parent / "sums", folder.sum_of)
