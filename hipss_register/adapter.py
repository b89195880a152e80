"""Pages of the register as MkDocs knows pages: files of the site, with titles, contents, edit links and addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from hipss_register.problems import Problem
from hipss_register.read import fold_name
from hipss_register.site import addresses
from hipss_register.site.book import Book
from hipss_register.site.page import PageContent
from hipss_register.site.pages import make_pages

RenderBody = Callable[[PageContent, Callable[[str], str]], str]


class RegisterPage(Page):
    """A page that the register makes. Its body comes from our templates; MkDocs puts the theme around it."""

    def __init__(
        self, content: PageContent, file: File, config: MkDocsConfig, render: RenderBody, files: Files
    ) -> None:
        super().__init__(str(escape(content.title)), file, config)
        self._content = content
        self._render_body = render
        self._files = files
        self.meta = {
            "title": escape(content.title),
            "description": escape(content.description),
            "register": True,
            "within": content.within,
        }
        self.edit_url = edit_url(config, content.edit) if content.edit else None

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown to read."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the body, and tell MkDocs of its parts, so that links to them are checked."""
        self.content = self._render_body(self._content, self._url_of)
        tokens: list[Any] = [
            {"level": 2, "id": anchor, "name": title, "html": title, "data-toc-label": "", "children": []}
            for anchor, title in self._content.contents
        ]
        self.toc = get_toc(tokens)
        self.present_anchor_ids = {anchor for anchor, _ in self._content.contents}
        self.links_to_anchors = {}

    def _url_of(self, address: str) -> str:
        file = self._files.get_file_from_path(address)
        if file is None:
            raise KeyError(f"no page at {address}")
        return get_relative_url(file.url, self.file.url)


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


def make_files(book: Book, config: MkDocsConfig) -> Made:
    """Every file of the register: pages, source documents, redirects."""
    pages: Made = [(content, _page_file(content, config)) for content in make_pages(book)]
    others = [*_source_files(book, config), *_redirect_files(book, config)]
    return pages + [(None, file) for file in others]


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


def _redirect_files(book: Book, config: MkDocsConfig) -> Iterator[File]:
    """At each old address of a decision, a page that leads to the present one without a script."""
    for old, record_id in sorted(book.register.aliases.items()):
        here = _url(addresses.decision(old), config)
        there = _url(addresses.decision(record_id), config)
        target = get_relative_url(there, here)
        canonical = urljoin(config.site_url, there) if config.site_url else target
        place = posixpath.join(here, "index.html") if here.endswith("/") else here
        html = _REDIRECT.format(target=escape(target), canonical=escape(canonical), title=escape(record_id))
        yield File.generated(config, place, content=html)


_REDIRECT = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>This decision has moved</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<p>This decision is now at <a href="{target}">{title}</a>.</p>
</body>
</html>
"""


def _url(address: str, config: MkDocsConfig) -> str:
    return File(address, None, config.site_dir, config.use_directory_urls).url


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


def fix_dates(files: Files, day: str) -> None:
    """Give every page the same date, so that the same records make the same bytes on any day."""
    for file in files.documentation_pages():
        if file.page:
            file.page.update_date = day
