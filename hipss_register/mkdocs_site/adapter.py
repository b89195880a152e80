"""Pages of the register as MkDocs knows pages: files of the site, with titles, contents, edit links and addresses."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from hipss_register.site.page import PageContent

Places = Mapping[str, File]
"""The files of the site by the addresses that links to them have."""

Around = list[tuple[str, str]]
"""The folders that a page is in, the nearest first and the whole site last, each with the way up to it."""

DayOf = Callable[[str], dt.date | None]
"""The day of the latest record that the page of an address shows."""


class RegisterPage(Page):
    """A page that the register makes. Its body comes from our templates; MkDocs puts the theme around it."""

    def __init__(self, content: PageContent, file: File, config: MkDocsConfig, make_body: Callable[[], str]) -> None:
        self._body: str | None = None
        self._kept = self._populating = False
        super().__init__(str(escape(content.title)), file, config)
        self.shell_group: Hashable = None
        """Pages of one group have the same theme around them but for their own title, text and addresses."""
        self.fill(content, config, make_body)

    def fill(self, content: PageContent, config: MkDocsConfig, make_body: Callable[[], str]) -> None:
        """Say what is on the page; what the navigation calls it stays."""
        self._content = content
        self._make_body = make_body
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
        """Tell MkDocs of the page's parts; its body is made now if a plugin asks."""
        if config.plugins.events["page_content"]:
            self._body, self._kept = self._make_body(), True
        else:
            self._populating = True
        self.show_parts()

    def show_parts(self) -> None:
        """Tell of the page's parts, so that links to them are checked."""
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


def links_from(here: str, places: Places) -> Callable[[str], str]:
    """Gives a link from the page at ``here`` for the address of a page or file; KeyError if there is none."""
    around = _folders_around(here)

    def url_of(address: str) -> str:
        file = places.get(address)
        if file is None:
            raise KeyError(f"no page at {address}")
        return _link(file.url, around)

    return url_of


def relative_url(url: str, here: str) -> str:
    """A link to a page from another: what MkDocs' ``get_relative_url`` gives, which never forgets an address."""
    return _link(url, _folders_around(here))


def _link(url: str, around: Around) -> str:
    there = url if url != "./" else ""
    for up, folder in around:  # noqa: B007  # used after the loop, which the last of them ends: it is around all
        if there.startswith(folder):
            break
    return up + there[len(folder) :] or "./"


def _folders_around(here: str) -> Around:
    folders = here.rpartition("/")[0].removeprefix("/").removeprefix(".")
    around = [("", f"{folders}/" if folders else "")]
    while around[-1][1]:
        up, folder = around[-1]
        around.append((f"../{up}", folder[: folder.rfind("/", 0, -1) + 1]))
    return around


def canonical_url(config: MkDocsConfig, file: File) -> str | None:
    """The permanent address of a page: what MkDocs works out, at a tenth of the time; None where none is set."""
    site = config.site_url
    return f"{site}{'' if site.endswith('/') else '/'}{file.url.removeprefix('./')}" if site else None


def edit_url(config: MkDocsConfig, path: str) -> str | None:
    """Where a file can be edited; ``path`` is relative to the configuration file. None where no repository is set."""
    if config.edit_uri_template:
        from_docs = _from_docs(config, path)
        return urljoin(
            f"{config.repo_url or ''}/", config.edit_uri_template.format(path=from_docs, path_noext=from_docs)
        )
    if not (config.edit_uri and config.repo_url):
        return None
    return urljoin(urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri), _from_docs(config, path))


def _from_docs(config: MkDocsConfig, path: str) -> str:
    docs = Path(config.docs_dir)
    base = Path(config.config_file_path).parent if config.config_file_path else docs.parent
    return posixpath.relpath((base / path).as_posix(), docs.as_posix())


def name_as_in_navigation(entries: Any, files: Files) -> None:
    """Give the register's pages the names that the site's ``nav`` has for them; MkDocs does so for its own alone."""
    for entry in entries or ():
        for title, target in entry.items() if isinstance(entry, dict) else ():
            if not isinstance(target, str):
                name_as_in_navigation(target, files)
            elif (file := files.get_file_from_path(target)) and isinstance(file.page, RegisterPage):
                file.page.title = str(escape(title))


class Settling:
    """Gives pages outside the navigation their place in it, their group of like pages, and their date."""

    def __init__(self, nav: Navigation, files: Files, day_of: DayOf, otherwise: Callable[[], str]) -> None:
        self.nav = nav
        self._files = files
        self._day_of = day_of
        self._otherwise = otherwise
        self._in_nav = set(map(id, nav.pages))
        self.pages = files.documentation_pages()
        """Those that MkDocs knows."""
        others = (file.page for file in self.pages if not isinstance(file.page, RegisterPage))
        linked = [*nav.pages, *(page for page in others if page)]
        self._folders = {folder for page in linked for _, folder in _folders_around(page.url)}

    def settle_all(self) -> None:
        """Settle every page that MkDocs knows."""
        for file in self.pages:
            if isinstance(file.page, RegisterPage):
                self.settle(file.page)
            elif file.page:  # of a page that somebody wrote no date is known, so that it has none in the site map
                day = self._day_of(file.src_uri)
                file.page.update_date = day.isoformat() if day else ""

    def settle(self, page: RegisterPage) -> None:
        """Settle one page of the register."""
        page.update_date = self.day(page.file.src_uri)
        if page.parent is None:
            page.parent = self._section(str(page.meta["within"]))
        if id(page) not in self._in_nav:
            page.shell_group = self.group(page.url)

    def group(self, url: str) -> Hashable:
        """What pages outside the navigation share if the links from all of them to all others are alike."""
        around = _folders_around(url)
        return len(around), next((folder for _, folder in around if folder in self._folders), "")

    def day(self, address: str) -> str:
        """The date of the latest record that a page shows: the same on whatever day the site is built."""
        day = self._day_of(address)
        return day.isoformat() if day else self._otherwise()

    def _section(self, within: str) -> Section | None:
        """The section of the navigation that a page belongs to."""
        file = self._files.get_file_from_path(within)
        section = file.page.parent if file and file.page else None
        return section if isinstance(section, Section) else None
