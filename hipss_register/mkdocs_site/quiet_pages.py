"""The register's pages outside the navigation, written without MkDocs' going through each of them.

MkDocs takes every page through a dozen steps in which other plugins may have a say, and holds all of them in memory.
Where no other plugin has one, a page that no navigation names is written as a plain file of the site: its body in the
theme's shell, just as MkDocs would have written it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from jinja2 import Environment
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from hipss_register.mkdocs_site.adapter import (
    Places,
    RegisterPage,
    Settling,
    canonical_url,
    edit_url,
    links_from,
    relative_url,
)
from hipss_register.mkdocs_site.on_demand import LateFile
from hipss_register.settings import page_url
from hipss_register.site.bodies import Bodies, MadePage
from hipss_register.site.page import PageContent, PlannedPage
from hipss_register.site.shell import Frame, Shells, Values, plain

_OF_PAGES: Final = (
    "files",
    "nav",
    "env",
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)
"""The events by which a plugin may change pages."""


def others_on_pages(plugins: PluginCollection, own: BasePlugin[Any]) -> list[str]:
    """The events of pages in which plugins or hooks other than our own take part."""
    return [
        event
        for event in _OF_PAGES
        if any(getattr(method, "__self__", None) is not own for method in plugins.events[event])
    ]


def named_in(nav: Any) -> Iterator[str]:
    """Every address that the configuration's navigation names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for inner in nav.values():
            yield from named_in(inner)
    elif isinstance(nav, list):
        for inner in nav:
            yield from named_in(inner)


class QuietFile(LateFile):
    """A page as a file that MkDocs copies rather than builds."""

    like_others = True
    """Whether the theme tells nothing of it that it does not tell of any page outside the navigation."""

    def __init__(self, plan: PlannedPage, config: MkDocsConfig) -> None:
        super().__init__(plan.address, config, page_url(plan.address, config.use_directory_urls) or "./")
        self.inclusion = InclusionLevel.NOT_IN_NAV
        self.plan = plan
        self.pages: QuietPages | None = None

    @property
    def page(self) -> Page | None:
        """The page, for checks of links to its parts."""
        return self.pages.page_of(self) if self.pages else None

    @page.setter
    def page(self, _: Page | None) -> None:
        """A page says which file it is of; there is no need to know."""

    def page_with(self, content: PageContent, config: MkDocsConfig, body: Callable[[], str]) -> RegisterPage:
        """The page, made anew each time."""
        return RegisterPage(content, self, config, body)

    def write(self) -> None:
        """Write the page into the site."""
        assert self.pages is not None, "on_files comes first"
        self.pages.write(self)


@dataclass(frozen=True)
class BuildContext:
    """What stands around the pages: MkDocs' environment, navigation and files, and what is done to each page."""

    env: Environment
    files: Files
    settling: Settling
    shells: Shells
    step: Callable[[], None]

    @cached_property
    def pages(self) -> Sequence[File]:
        """The pages that MkDocs knows."""
        return self.files.documentation_pages()


def is_page(file: File) -> bool:
    """Whether a file of the site is one of its pages, quiet or not."""
    return isinstance(file, QuietFile) or (file.is_documentation_page() and file.inclusion.is_included())


class QuietPages:
    """Writes the quiet pages of one build, and tells the site map of them."""

    def __init__(self, bodies: Bodies, config: MkDocsConfig, places: Places) -> None:
        self._bodies = bodies
        self._config = config
        self._places = places
        self._around: BuildContext | None = None
        self._frames: dict[Hashable, Frame] = {}

    def begin(self, around: BuildContext) -> None:
        """From here on pages can be written."""
        self._around = around
        self._frames.clear()

    def page_of(self, file: QuietFile) -> RegisterPage:
        """A page, made or as it is kept."""
        return self._page(file, self._made(file))

    def _made(self, file: QuietFile) -> MadePage:
        return self._bodies.make(file.plan, links_from(file.url, self._places))

    def _page(self, file: QuietFile, made: MadePage) -> RegisterPage:
        page = file.page_with(made.content, self._config, made.body)
        page.show_parts()
        return page

    def write(self, file: QuietFile) -> None:
        """Write a page into the site, as MkDocs would; one that is there and would come out the same is not made."""
        made = self._made(file)
        if file.like_others:
            self._write_like_others(file, made)
        else:
            output = self._rendered(file, made)
            file.put(lambda: (_encoded(output),))
        self.around.step()

    def _write_like_others(self, file: QuietFile, made: MadePage) -> None:
        values = self._values(file, made.content)
        like = self._like(file, made.content, values)
        if frame := self._frames.get(like):
            token = _token(made.sum, frame, values) if made.sum else b""
            file.put(lambda: (_encoded(frame.filled((made.body(), *values))),), token)
        else:
            output = self._rendered(file, made)
            file.put(lambda: (_encoded(output),))
            trusted = self.around.shells.trusted
            if trusted and plain(("", *values)) and trusted.filled((made.body(), *values)) == output:
                self._frames[like] = trusted

    def _values(self, file: QuietFile, content: PageContent) -> Values:
        """What the theme prints of a page beside its body, in the order of `Frame`."""
        title, text = escape(content.title), escape(content.description)
        edit = edit_url(self._config, content.edit) if content.edit else None
        day = self.around.settling.day(file.src_uri)
        return str(title), canonical_url(self._config, file), edit, day, title, text

    def _like(self, file: QuietFile, content: PageContent, values: Values) -> Hashable:
        """All else that the theme is told of a page; with the same for two, they differ in nothing but their values."""
        there = plain(("", *values)), *map(bool, values)
        group = self.around.settling.group(file.url)
        return group, content.within, content.script, content.contents, there

    def _rendered(self, file: QuietFile, made: MadePage) -> str:
        around, page = self.around, self._page(file, made)
        around.settling.settle(page)
        page.active = True
        output = around.env.get_template("main.html").render(self._context(around, page))
        page.active = False
        return around.shells.finish(output)

    def _context(self, around: BuildContext, page: RegisterPage) -> TemplateContext:
        """What the theme is told of a page: as MkDocs tells it, which never forgets an address that it once took apart.

        Where the site has style sheets or scripts of its own, there is no way around that.
        """
        if self._config.extra_css or self._config.extra_javascript:
            return get_context(around.settling.nav, around.pages, self._config, page)
        base = relative_url("./", page.url).removesuffix("/")
        context = get_context(around.settling.nav, around.pages, self._config, base_url=base)
        context["page"] = page
        return context

    def for_map(self, canonical: Callable[[str], str]) -> Sequence[Any]:
        """Every page of the site in order, the quiet ones as far as the site map asks."""
        day = self.around.settling.day

        def on_map(file: File) -> Any:
            quiet = isinstance(file, QuietFile)
            return _FileOnMap(_OnMap(canonical(file.src_uri), day(file.src_uri))) if quiet else file

        return _MadeWhenAsked(on_map, list(filter(is_page, self.around.files)))

    @property
    def around(self) -> BuildContext:
        """What stands around the pages."""
        assert self._around is not None, "on_env comes first"
        return self._around


def _token(made: bytes, frame: Frame, values: Values) -> bytes:
    """The same only for pages that come out the same: made of the body, what stands around it, and the other values."""
    whole = b"".join((made, frame.sum, repr(values).encode()))
    return hashlib.blake2b(whole, digest_size=16).digest()


def _encoded(html: str) -> bytes:
    return html.encode("utf-8", "xmlcharrefreplace")


class _MadeWhenAsked(Sequence[Any]):
    """What is made of each of some files, one after the other and not all at once."""

    def __init__(self, make: Callable[[File], Any], files: Sequence[File]) -> None:
        self._make, self._files = make, files

    def __getitem__(self, place: Any) -> Any:
        found = self._files[place]
        return list(map(self._make, found)) if isinstance(place, slice) else self._make(found)

    def __len__(self) -> int:
        return len(self._files)


@dataclass(frozen=True, slots=True)
class _OnMap:
    """A quiet page as the site map asks for it."""

    canonical_url: str
    update_date: str
    is_link: bool = False
    abs_url: None = None


@dataclass(frozen=True, slots=True)
class _FileOnMap:
    page: Any
