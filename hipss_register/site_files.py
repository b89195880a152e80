"""What the site holds beside pages: open data, audit bundles, and the proof of how it was made, as files of MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from hipss_register.build import Edition
from hipss_register.checks import CheckSettings
from hipss_register.checks.options import BadChoice, read_choices
from hipss_register.config import RegisterConfig
from hipss_register.data import paths
from hipss_register.data.formats import data_files
from hipss_register.data.page import data_page_view
from hipss_register.data.publication import Publication
from hipss_register.kept_data import KeptData
from hipss_register.on_demand import LateFile
from hipss_register.proof.provenance import read_provenance
from hipss_register.proof.records import PATH as MAKING
from hipss_register.proof.records import making_of
from hipss_register.proof.sums import write_sums
from hipss_register.site.audit import Audit, Check
from hipss_register.site.page import PageContent
from hipss_register.site.watched import WatchedPublication
from hipss_register.site_folder import SiteFolder


class StreamedFile(LateFile):
    """A file whose bytes are made as they are written and then let go: those of a large register fill the memory."""

    def __init__(self, path: str, chunks: Callable[[], Iterable[bytes]], config: MkDocsConfig) -> None:
        super().__init__(path, config)
        self._chunks = chunks

    def write(self) -> None:
        """Write the file into the site."""
        self.put(self._chunks)


class KeptFile(LateFile):
    """A file of data that is left as it is if it would come out the same."""

    def __init__(self, path: str, chunks: Callable[[], Iterable[bytes]], config: MkDocsConfig, kept: KeptData) -> None:
        super().__init__(path, config)
        self._chunks, self._kept = chunks, kept

    def write(self) -> None:
        """Write the file into the site."""
        thing = self._kept.thing(self.dest_uri, self._chunks)
        self.put(lambda: (thing.body(),), thing.sum)


def make_audit(edition: Edition, root: Path, options: RegisterConfig, check: Check) -> Audit:
    """Check the records and read how their files were edited; raises PluginError for a choice that cannot be read."""
    try:
        choices = read_choices(options.checks)
    except BadChoice as bad:
        raise PluginError(str(bad)) from None
    folder = options.decisions_dir.strip("/")
    settings = CheckSettings(choices, read_provenance(root, folder), folder)
    return Audit(edition.book, settings, edition.reading.files, check)


def data_site_files(publication: WatchedPublication, config: MkDocsConfig) -> Iterator[File]:
    """Every file of open data."""
    for data in data_files(publication):
        if data.alone:
            yield KeptFile(data.path, data.make, config, publication.kept)
        else:
            yield StreamedFile(data.path, data.make, config)


def data_page(publication: Publication) -> PageContent:
    """The page that says how to get the data."""
    view = data_page_view(publication)
    text = "Every fact in the register as tables, JSON, feeds, calendars and a database."
    return PageContent(paths.PAGE, "Get the data", text, "data.html", paths.PAGE, view, contents=view.contents)


def bundle_files(audit: Audit, config: MkDocsConfig) -> Iterator[File]:
    """For each contract, the archive of all that the register has on it."""
    for path, make in audit.bundles(config.site_url or ""):
        yield StreamedFile(path, partial(whole, make), config)


def whole(make: Callable[[], bytes]) -> tuple[bytes]:
    """The bytes of a file that is made at once, as its only chunk."""
    return (make(),)


def write_proof(edition: Edition, audit: Audit, root: Path, config: MkDocsConfig, folder: SiteFolder) -> None:
    """Say what the site was made from, then list the SHA-256 of every file in it."""
    site = Path(config.site_dir)
    making = making_of(edition.reading.files.values(), edition.book.sources, audit.commit, audit.settings.folder)
    place = site / MAKING
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(making.as_json())
    write_sums(site, root.parent / "sums", folder.sum_of)
