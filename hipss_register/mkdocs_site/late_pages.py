"""What MkDocs would write at each change under ``mkdocs serve``, though nobody asks for it: lists, and the site map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from jinja2 import Environment
from mkdocs.commands.build import _build_theme_template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from hipss_register.mkdocs_site.adapter import RegisterPage, Settling
from hipss_register.mkdocs_site.on_demand import LateFile
from hipss_register.mkdocs_site.quiet_pages import QuietFile
from hipss_register.site.page import PageContent, PlannedPage

SITE_MAP: Final = "sitemap.xml"


class NavigationFile(QuietFile):
    """A quiet page that stands in the navigation: MkDocs takes it for one of its own until pages are written."""

    like_others = False

    def __init__(self, plan: PlannedPage, config: MkDocsConfig) -> None:
        super().__init__(plan, config)
        if plan.in_navigation:
            self.inclusion = InclusionLevel.INCLUDED
        title = plan.title or plan.make().title
        head = PageContent(plan.address, title, "", "", plan.address, None)
        self._known = _NavigationPage(head, self, config, str)

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to build it."""
        return not self.waits

    @property
    def page(self) -> Page | None:
        """The page as the navigation has it."""
        return self._known

    @page.setter
    def page(self, _: Page | None) -> None:
        """It stays the same from when the navigation is made until it is written."""

    def page_with(self, content: PageContent, config: MkDocsConfig, body: Callable[[], str]) -> RegisterPage:
        """The page of the navigation, with what is on it."""
        self._known.fill(content, config, body)
        return self._known


class _NavigationPage(RegisterPage):
    """A page of which no more is known at first than what the navigation calls it."""

    file: NavigationFile

    @property
    def present_anchor_ids(self) -> set[str] | None:
        """Its parts, made up if links to them are to be checked before anybody asks for the page."""
        return {anchor for anchor, _ in self.file.plan.make().contents}

    @present_anchor_ids.setter
    def present_anchor_ids(self, _: set[str] | None) -> None: ...


class LateSiteMap(LateFile):
    """The site map, plain or compressed; writing one writes both."""

    def __init__(self, name: str, env: Environment, config: MkDocsConfig, settling: Settling) -> None:
        super().__init__(name, config)
        self._env, self._config, self._settling = env, config, settling

    def write(self) -> None:
        """Write the site map as MkDocs does."""
        self._settling.settle_all()
        files = _PagesOnly(self._settling.pages)
        _build_theme_template(SITE_MAP, self._env, files, self._config, self._settling.nav)


class _PagesOnly(Files):
    def documentation_pages(self, **_: Any) -> Sequence[File]:
        """All of them, waiting or not."""
        return list(self)


def late_site_map(env: Environment, config: MkDocsConfig, settling: Settling) -> list[LateFile]:
    """Take the site map from what MkDocs writes at once: it names every page, and nobody looks at it while editing."""
    if SITE_MAP not in config.theme.static_templates:
        return []
    config.theme.static_templates.remove(SITE_MAP)
    return [LateSiteMap(name, env, config, settling) for name in (SITE_MAP, f"{SITE_MAP}.gz")]
