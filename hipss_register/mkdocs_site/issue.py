"""One issue of the register, as files of a MkDocs site: read, checked, planned; nothing of it is written yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files

from hipss_register.build import Edition
from hipss_register.data.formats import data_files
from hipss_register.data.publication import Publication
from hipss_register.keeping.kept import Keep, anew
from hipss_register.keeping.reads import Grounds
from hipss_register.keeping.site_folder import SiteFolder
from hipss_register.later import Later
from hipss_register.mkdocs_site.adapter import Places, RegisterPage, links_from
from hipss_register.mkdocs_site.config import RegisterConfig
from hipss_register.mkdocs_site.file_maker import Building, FileMaker
from hipss_register.mkdocs_site.on_demand import LateFile, StreamedFile, late_files
from hipss_register.mkdocs_site.quiet_pages import QuietFile, QuietPages
from hipss_register.mkdocs_site.redirects import redirect_files, url_in_site
from hipss_register.mkdocs_site.site_files import bundle_files, data_page, make_audit, whole
from hipss_register.problems import Problem
from hipss_register.proof.provenance import Provenance, read_provenance
from hipss_register.quick.kept_checking import KeptChecking
from hipss_register.quick.parts import Part
from hipss_register.read import fold_name
from hipss_register.settings import Settings
from hipss_register.site import addresses
from hipss_register.site.audit import Audit, Check
from hipss_register.site.book import Book
from hipss_register.site.finder import make_finder
from hipss_register.site.grounds import grounds_of
from hipss_register.site.headers import Policies
from hipss_register.site.page import PageContent, PlannedPage
from hipss_register.site.pages import plan_pages
from hipss_register.site.watched import FILES, Watching, watch

Made = list[tuple[PlannedPage | None, File]]
"""The register's files, with the page that each shows, if it is one."""


@dataclass(frozen=True)
class Issue:
    """What was read, what the checks say of it, its data, the same watched if pages are kept, and the files.

    ``parts`` are those of the register, as far as they are known, each with a digest of all that bears on it.
    """

    edition: Edition
    audit: Audit
    publication: Publication
    watched: Watching | None
    made: Made
    parts: Mapping[Part, str]

    @property
    def seen_audit(self) -> Audit:
        """What pages are made from, with its book."""
        return self.watched.audit if self.watched else self.audit

    @property
    def seen_publication(self) -> Publication:
        """What data is made from."""
        return self.watched.publication if self.watched else self.publication

    def grounds(self, files: Files) -> Grounds:
        """What tells in short that most of what is read is as it was."""
        urls = ((address, file.url) for address, file in files.src_uris.items())
        return grounds_of(self.audit.book, self.parts, urls)

    def places(self, files: Files) -> Places:
        """Where links from pages lead."""
        if not self.watched:
            return files.src_uris
        return self.watched.book.watch(FILES, files.src_uris, lambda file: file.url)


@dataclass(frozen=True, slots=True)
class Ways:
    """How a folder is read and checked: anew, from what earlier builds kept, or from what a server remembers.

    ``checking`` is asked where all is to be checked.
    """

    read: Callable[[Path, str], Edition]
    check: Check
    checking: KeptChecking
    provenance: Callable[[Path, str], Provenance] = read_provenance


def make_issue(
    root: Path,
    options: RegisterConfig,
    settings: Settings,
    config: MkDocsConfig,
    maker: FileMaker,
    ways: Ways,
) -> Issue:
    """Read and check everything before MkDocs touches the old site; problems are told in the edition."""
    edition = ways.read(root, options.decisions_dir.strip("/"))
    audit = make_audit(edition, root, options, ways.check, ways.provenance)
    publication = Publication(edition.book, settings, audit.findings.found)
    watched = watch(audit, publication) if maker.building is not Building.NONE else None
    issue = made_into_files(Issue(edition, audit, publication, watched, [], ways.checking.parts), config, maker)
    clashes = find_clashes(get_files(config), issue.made)
    return replace(issue, edition=replace(edition, problems=(*edition.problems, *clashes)))


def made_into_files(issue: Issue, config: MkDocsConfig, maker: FileMaker) -> Issue:
    """The same issue with every file of the register: pages, source documents, open data, audit bundles, redirects."""
    book = issue.edition.book
    plans = [*plan_pages(book, issue.audit, issue.seen_audit), data_page(issue.publication)]
    made: Made = [(plan, maker.page(plan)) for plan in plans]
    made += [(None, file) for file in _source_files(book, config)]
    made += [(None, file) for file in redirect_files(book.register.aliases, config)]
    kept = issue.watched.publication.kept if issue.watched else None
    bundles = bundle_files(issue.seen_audit, config.site_url or "")
    made += [(None, maker.data(data, kept)) for data in chain(bundles, data_files(issue.seen_publication))]
    return replace(issue, made=made)


def shown_next(before: Issue | None, issue: Issue, config: MkDocsConfig, maker: FileMaker) -> Issue:
    """The issue to show: one with errors does not take the place of the one before it."""
    if before is None or not issue.edition.errors:
        return issue
    return made_into_files(before, config, maker)  # files know their configuration, which may have changed too


def find_clashes(files: Files, made: Made) -> list[Problem]:
    """The register's files whose place in the site another file has taken; a hand-written home page is welcome."""
    taken = {fold_name(file.dest_uri): file for file in files if file.inclusion.is_included()}
    problems = []
    for plan, file in made:
        other = taken.get(fold_name(file.dest_uri))
        if other and not _is_home(plan):
            path = (plan.make().edit if plan else "") or file.src_uri
            message = f"the page {other.src_uri} has the same address as this, {file.url}"
            problems.append(Problem(path, 0, 0, "PAGE-CLASH", message))
    return problems


def _is_home(plan: PlannedPage | None) -> bool:
    return plan is not None and plan.address == addresses.HOME


def add_files(files: Files, made: Made, config: MkDocsConfig, render: RenderPage) -> None:
    """Add the register's files to the site; the home page only if there is none."""
    taken = {fold_name(file.dest_uri) for file in files if file.inclusion.is_included()}
    for plan, file in made:
        if _is_home(plan) and fold_name(file.dest_uri) in taken:
            continue
        files.append(file)
        if plan and not isinstance(file, QuietFile):
            content = plan.make()
            RegisterPage(content, file, config, Later(_body, render, content, file, files))


def give_means(files: Files, folder: SiteFolder, pages: QuietPages) -> None:
    """Tell every file of ours what makes it and what writes it."""
    for file in late_files(files):
        file.folder = folder
        if isinstance(file, QuietFile):
            file.pages = pages


RenderPage = Callable[[PageContent, Callable[[str], str]], str]


def _body(render: RenderPage, content: PageContent, file: File, files: Files) -> str:
    return render(content, links_from(file.url, files.src_uris))


def _source_files(book: Book, config: MkDocsConfig) -> Iterator[File]:
    """The source documents, each as it was received. MkDocs must not take one in Markdown for a page of the site."""
    for path, document in book.sources.items():
        file = File.generated(config, addresses.source(path), abs_src_path=str(document.real))
        file.dest_uri = path
        file.url = quote(path)
        yield file


def add_finder(files: Files, book: Book, config: MkDocsConfig, keep: Keep) -> None:
    """Add the index by which the list of decisions is searched."""
    pages = (addresses.decision("ID"), addresses.contract("ID"))
    link, contract = (url_in_site(page, config).replace("ID", "{}") for page in pages)
    for path, give in make_finder(book, link, contract, keep).items():
        files.append(StreamedFile(path, Later(whole, give), config))


class LateFinder(LateFile):
    """The index by which the list of decisions is searched, made as a whole when the first of its files is written."""

    def __init__(self, book: Book, config: MkDocsConfig) -> None:
        super().__init__(addresses.FINDER, config)
        self._book, self._config = book, config

    def write(self) -> None:
        """Write every file of the index."""
        files = Files([])
        add_finder(files, self._book, self._config, anew)
        for file in late_files(files):
            file.folder = self.folder
            file.write()


def write_headers(policies: Policies, config: MkDocsConfig) -> None:
    """Write the files by which hosts send the site's security headers, unless the site has its own."""
    for name, text in policies.files().items():
        place = Path(config.site_dir, name)
        if not place.exists():
            place.write_text(text, "utf-8", newline="\n")
