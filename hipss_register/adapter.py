"""Pages of the register as MkDocs knows pages: files of the site, with titles, contents, edit links and addresses."""

from __future__ import annotations

import datetime as dt
import functools
import posixpath
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from hipss_register.build import Edition, make_edition
from hipss_register.config import RegisterConfig
from hipss_register.data.publication import Publication
from hipss_register.problems import Problem
from hipss_register.read import fold_name
from hipss_register.redirects import redirect_files, url_in_site
from hipss_register.settings import Settings
from hipss_register.site import addresses
from hipss_register.site.audit import Audit, audit_pages
from hipss_register.site.book import Book
from hipss_register.site.finder import make_finder
from hipss_register.site.headers import Policies
from hipss_register.site.page import PageContent
from hipss_register.site.pages import make_pages
from hipss_register.site_files import bundle_files, data_page, data_site_files, make_audit

RenderBody = Callable[[PageContent, Callable[[str], str]], str]


class RegisterPage(Page):
    """A page that the register makes. Its body comes from our templates; MkDocs puts the theme around it."""

    def __init__(
        self, content: PageContent, file: File, config: MkDocsConfig, render: RenderBody, files: Files
    ) -> None:
        self._body: str | None = None
        self._kept = self._populating = False
        self._content = content
        self._render_body = render
        self._files = files
        super().__init__(str(escape(content.title)), file, config)
        self.shell_group: Hashable = None
        """Pages of one group have the same theme around them but for their own title, text and addresses."""
        self.meta = {
            "title": escape(content.title),
            "description": escape(content.description),
            "register": True,
            "within": content.within,
            "script": content.script,
        }
        self.edit_url = edit_url(config, content.edit) if content.edit else None

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown to read."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Tell MkDocs of the page's parts, so that links to them are checked; its body is made now if a plugin asks."""
        if config.plugins.events["page_content"]:
            self._body, self._kept = self._make_body(), True
        else:
            self._populating = True
        tokens: list[Any] = [
            {"level": 2, "id": anchor, "name": title, "html": title, "data-toc-label": "", "children": []}
            for anchor, title in self._content.contents
        ]
        self.toc = get_toc(tokens)
        self.present_anchor_ids = {anchor for anchor, _ in self._content.contents}
        self.links_to_anchors = {}

    @property
    def content(self) -> str | None:
        """The body. It is made when the page is built and then let go: those of a large register fill the memory."""
        if self._body is None and not self._populating:
            body = self._make_body()
            self._body = body if self.active else None
            return body
        return self._body or ""

    @content.setter
    def content(self, value: str | None) -> None:
        self._populating = False
        self._body = value or None

    def let_go(self) -> None:
        """Forget the body, unless another plugin changed it: the page is built."""
        if not self._kept:
            self._body = None

    def _make_body(self) -> str:
        return self._render_body(self._content, links_from(self.file.url, self._files))


def links_from(here: str, files: Files) -> Callable[[str], str]:
    """Gives a link from the page at ``here`` for the address of a page or file; KeyError if there is none."""
    places, folder, directory = files.src_uris, here.rstrip("/").rpartition("/")[0], here.endswith("/")

    def url_of(address: str) -> str:
        file = places.get(address)
        if file is None:
            raise KeyError(f"no page at {address}")
        if here == "./" or file.url.startswith(here):
            return get_relative_url(file.url, here)
        return _link_from_beside(file.url, folder, directory)

    return url_of


@functools.lru_cache(maxsize=1 << 15)
def _link_from_beside(url: str, folder: str, directory: bool) -> str:
    """A link to a page from any page of a folder but those around it: the same from all of them."""
    return get_relative_url(url, f"{folder}/any{'/' if directory else '.html'}")


def edit_url(config: MkDocsConfig, path: str) -> str | None:
    """Where a file can be edited; ``path`` is relative to the configuration file. None where no repository is set."""
    docs = Path(config.docs_dir)
    base = Path(config.config_file_path).parent if config.config_file_path else docs.parent
    from_docs = posixpath.relpath((base / path).as_posix(), docs.as_posix())
    if config.edit_uri_template:
        return urljoin(
            f"{config.repo_url or ''}/", config.edit_uri_template.format(path=from_docs, path_noext=from_docs)
        )
    if not (config.edit_uri and config.repo_url):
        return None
    return urljoin(urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri), from_docs)


Made = list[tuple[PageContent | None, File]]
"""The register's files, with the page that each shows, if it is one."""


def make_files(audit: Audit, publication: Publication, config: MkDocsConfig) -> Made:
    """Every file of the register: pages, source documents, open data, audit bundles, redirects."""
    book = audit.book
    contents = [*make_pages(book, audit), *audit_pages(audit), data_page(publication)]
    pages: Made = [(content, _page_file(content, config)) for content in contents]
    others = [
        *_source_files(book, config),
        *bundle_files(audit, config),
        *redirect_files(book.register.aliases, config),
    ]
    others += data_site_files(publication, config)
    return pages + [(None, file) for file in others]


@dataclass(frozen=True)
class Issue:
    """One issue of the register: what was read, what the checks say of it, its data, and the files that show it all."""

    edition: Edition
    audit: Audit
    publication: Publication
    made: Made


def make_issue(root: Path, options: RegisterConfig, settings: Settings, config: MkDocsConfig) -> Issue:
    """Read and check everything before MkDocs touches the old site; problems are told in the edition."""
    edition = make_edition(root, options.decisions_dir.strip("/"))
    audit = make_audit(edition, root, options)
    publication = Publication(edition.book, settings, audit.findings.found)
    made = make_files(audit, publication, config)
    clashes = find_clashes(get_files(config), made)
    return Issue(replace(edition, problems=(*edition.problems, *clashes)), audit, publication, made)


def find_clashes(files: Files, made: Made) -> list[Problem]:
    """The register's files whose place in the site another file has taken; a hand-written home page is welcome."""
    taken = {fold_name(file.dest_uri): file for file in files if file.inclusion.is_included()}
    problems = []
    for content, file in made:
        other = taken.get(fold_name(file.dest_uri))
        if other and not _is_home(content):
            path = (content.edit if content else "") or file.src_uri
            message = f"the page {other.src_uri} has the same address as this, {file.url}"
            problems.append(Problem(path, 0, 0, "PAGE-CLASH", message))
    return problems


def _is_home(content: PageContent | None) -> bool:
    return content is not None and content.address == addresses.HOME


def add_files(files: Files, made: Made, config: MkDocsConfig, render: RenderBody) -> None:
    """Add the register's files to the site; the home page only if there is none."""
    taken = {fold_name(file.dest_uri) for file in files if file.inclusion.is_included()}
    for content, file in made:
        if _is_home(content) and fold_name(file.dest_uri) in taken:
            continue
        files.append(file)
        if content:
            RegisterPage(content, file, config, render, files)


def _page_file(content: PageContent, config: MkDocsConfig) -> File:
    """A generated page as a file of the site; only the lists stand in a navigation that MkDocs makes by itself."""
    inclusion = InclusionLevel.INCLUDED if content.in_navigation else InclusionLevel.NOT_IN_NAV
    return File.generated(config, content.address, content="", inclusion=inclusion)


def _source_files(book: Book, config: MkDocsConfig) -> Iterator[File]:
    """The source documents, each as it was received. MkDocs must not take one in Markdown for a page of the site."""
    for path, document in book.sources.items():
        file = File.generated(config, addresses.source(path), abs_src_path=str(document.real))
        file.dest_uri = path
        file.url = quote(path)
        yield file


def add_finder(files: Files, book: Book, config: MkDocsConfig) -> None:
    """Add the index by which the list of decisions is searched."""
    link = url_in_site(addresses.decision("ID"), config).replace("ID", "{}")
    for path, content in make_finder(book, link).items():
        files.append(File.generated(config, path, content=content))


def write_headers(policies: Policies, config: MkDocsConfig) -> None:
    """Write the files by which hosts send the site's security headers, unless the site has its own."""
    for name, text in policies.files().items():
        place = Path(config.site_dir, name)
        if not place.exists():
            place.write_text(text, "utf-8", newline="\n")


def name_as_in_navigation(entries: Any, files: Files) -> None:
    """Give the register's pages the names that the site's ``nav`` has for them; MkDocs does so for its own alone."""
    for entry in entries or ():
        for title, target in entry.items() if isinstance(entry, dict) else ():
            if not isinstance(target, str):
                name_as_in_navigation(target, files)
            elif (file := files.get_file_from_path(target)) and isinstance(file.page, RegisterPage):
                file.page.title = str(escape(title))


def place_in_navigation(nav: Navigation, files: Files) -> None:
    """Let pages outside the navigation know the section that they belong to."""
    for file in files.documentation_pages():
        page = file.page
        if isinstance(page, RegisterPage) and page.parent is None:
            within = files.get_file_from_path(str(page.meta["within"]))
            section = within.page.parent if within and within.page else None
            page.parent = section if isinstance(section, Section) else None


def group_for_shells(nav: Navigation, files: Files) -> None:
    """Give the pages outside the navigation their groups: in each, the links to all other pages are alike."""
    pages = [file.page for file in files.documentation_pages() if file.page]
    linked = [*nav.pages, *(page for page in pages if not isinstance(page, RegisterPage))]
    folders = {folder for page in linked for folder in _folders(page.url)}
    in_nav = set(map(id, nav.pages))
    for page in pages:
        if isinstance(page, RegisterPage) and id(page) not in in_nav:
            own = _folders(page.url)
            page.shell_group = len(own), max((folder for folder in own if folder in folders), default=())


def _folders(url: str) -> list[tuple[str, ...]]:
    """The folder that a page's relative links start from, and those around it."""
    parts = [part for part in url.rpartition("/")[0].split("/") if part]
    return [tuple(parts[: n + 1]) for n in range(len(parts))]


def fix_dates(files: Files, days: Mapping[str, dt.date], otherwise: str) -> None:
    """Give each page the date of the latest record that it shows: the same on whatever day the site is built.

    Of a page that somebody wrote no date is known, so that it has none in the site map.
    """
    for file in files.documentation_pages():
        if file.page:
            day = days.get(file.src_uri)
            unknown = otherwise if isinstance(file.page, RegisterPage) else ""
            file.page.update_date = day.isoformat() if day else unknown
