"""The MkDocs plugin: short hooks, each of which hands over to one plain function."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from hipss_register.build import make_edition
from hipss_register.collector import Collector
from hipss_register.data.links import page_data
from hipss_register.data.web import PageDates
from hipss_register.keeping.kept import Keep, Kept, anew
from hipss_register.keeping.site_folder import SiteFolder
from hipss_register.mkdocs_site import adapter
from hipss_register.mkdocs_site.config import RegisterConfig, make_settings, overrides
from hipss_register.mkdocs_site.file_maker import Building, FileMaker
from hipss_register.mkdocs_site.issue import (
    Issue,
    LateFinder,
    Ways,
    add_files,
    add_finder,
    give_means,
    make_issue,
    shown_next,
    write_headers,
)
from hipss_register.mkdocs_site.keeping import folder_of, kept_checking, kept_forms, open_kept
from hipss_register.mkdocs_site.late_pages import SITE_MAP, late_site_map
from hipss_register.mkdocs_site.on_demand import Waiting, answering, is_served_live, late_files
from hipss_register.mkdocs_site.quiet_pages import BuildContext, QuietPages, is_page, others_on_pages
from hipss_register.mkdocs_site.reporting import report
from hipss_register.mkdocs_site.site_files import write_proof
from hipss_register.progress import Progress
from hipss_register.proof.build_time import BuildTime
from hipss_register.settings import Settings
from hipss_register.site.bodies import Bodies
from hipss_register.site.compiled import CompiledTemplates
from hipss_register.site.footnotes import with_footnotes
from hipss_register.site.headers import Policies
from hipss_register.site.late import with_commit
from hipss_register.site.material import mend
from hipss_register.site.render import Renderer
from hipss_register.site.shell import Shells

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from hipss_register.serving.memory import Memory
    from hipss_register.serving.watch import Watch

THEME = Path(__file__).parent / "site" / "theme"

log = get_plugin_logger(__name__).logger


class RegisterPlugin(BasePlugin[RegisterConfig]):
    """Builds the register from the decisions folder."""

    def __init__(self) -> None:
        self._serving = self._on_demand = self._dirty = False
        self._memory: Memory | None = None
        self._waiting = Waiting()
        self._maker = FileMaker()
        self._issue: Issue | None = None
        self._policies = Policies()
        self._shells = Shells(self._finished, log.info)
        self._progress = Progress(0, log)
        self._watch: Watch | None = None
        self._kept: Kept | None = None
        self._pages: QuietPages
        self._folder = SiteFolder("")
        self._settling: adapter.Settling
        self._build_time = BuildTime()
        self._collector = Collector()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Having this hook, the plugin stays the same from one rebuild to the next under ``serve``."""
        self._serving, self._dirty = command == "serve", dirty
        self._on_demand = self._serving and not dirty and is_served_live()
        self._memory = None
        if self._serving:
            from hipss_register.serving.memory import Memory  # a build needs none of it

            self._memory = Memory()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates before the theme's, behind those of the site's own folder, and watch the decisions."""
        own = 1 if config.theme.custom_dir else 0
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(own, str(THEME))
        self._policies = Policies()
        root = self._root(config)
        if root.is_dir() and str(root) not in config.watch:
            config.watch.append(str(root))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check everything before MkDocs touches the old site."""
        self._close()
        self._collector.wait()
        self._build_time.begin(self._root(config))
        self._maker.begin(config, self._building(config))
        settings = self._settings(config)
        issue = make_issue(self._root(config), self.config, settings, config, self._maker, self._ways(config))
        report(issue.edition, stop=not self._serving, before=self._issue is not None)
        self._issue = shown_next(self._issue, issue, config, self._maker)
        self._folder = SiteFolder(config.site_dir, None if self._serving or self._dirty else folder_of(config))
        self._folder.set_aside()
        self._collector.go_on()

    def _ways(self, config: MkDocsConfig) -> Ways:
        forms = kept_forms(config) if self._issue is None else None  # a server remembers them from then on
        checking = kept_checking(config)
        if memory := self._memory:
            memory.checking.whole = checking.heard
            read = partial(memory.editions.make, forms=forms)
            return Ways(read, memory.checking.check, checking, memory.provenance.read)
        return Ways(partial(make_edition, forms=forms), checking.check, checking)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the register's pages, source documents and redirects; MkDocs has removed the old site."""
        self._folder.put_back()
        now, settings = self._now, self._settings(config)
        places, audit = now.places(files), now.seen_audit
        links = partial(page_data, now.seen_publication, there=places)
        render = Renderer(audit.book, settings, overrides(config), audit, links).render
        add_files(files, now.made, config, with_commit(render, audit.commit))
        self._issue = replace(now, made=[])  # MkDocs has the files now
        keep = self._begin_keeping(files, config, settings)
        self._pages = QuietPages(Bodies(render, keep, audit.commit), config, places)
        give_means(files, self._folder, self._pages)
        return files

    def _begin_keeping(self, files: Files, config: MkDocsConfig, settings: Settings) -> Keep:
        """Add the index for searching; gives what keeps pages. Those that are made on demand are not kept."""
        audit, watched = self._now.audit, self._now.watched
        if self._on_demand or not watched:
            files.append(LateFinder(audit.book, config))
            return anew
        now = watched.book.fingerprints(self._now.grounds(files))  # of which files there are too
        self._kept = open_kept(config, settings, overrides(config), audit.settings, now)
        watched.publication.kept.begin(self._kept.made, self._folder)
        add_finder(files, watched.audit.book, config, self._kept.made)
        return self._kept.made

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Show pages outside the navigation where they are in it."""
        adapter.name_as_in_navigation(config.nav, files)
        now = self._now
        last_day = functools.cache(lambda: now.edition.last_day)
        self._settling = adapter.Settling(nav, files, PageDates(now.publication).get, last_day)
        if self._maker.building is not Building.NONE:
            self._settling.settle_all()
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the frame of every page who publishes the register."""
        env.bytecode_cache = CompiledTemplates(THEME)
        env.globals["register"] = self._settings(config, files)
        self._shells = Shells(self._finished, log.info)
        self._shells.wrap(env)
        late = late_files(files) if self._on_demand else []
        self._progress = Progress(sum(map(is_page, files)) - sum(map(is_page, late)), log)
        self._pages.begin(BuildContext(env, files, self._settling, self._shells, self._progress.step))
        self._waiting.hold(late)
        if self._on_demand:
            self._waiting.hold(late_site_map(env, config, self._settling))
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Name the pages that MkDocs does not know as such in the site map."""
        if template_name == SITE_MAP:
            context["pages"] = self._pages.for_map(self._settings(config).canonical)
        return context

    def on_page_context(self, context: TemplateContext, *, page: Page, **_: object) -> TemplateContext:
        """Count the pages of a long build; give those that somebody wrote what the register's own have on paper."""
        self._progress.step()
        if not isinstance(page, adapter.RegisterPage):
            page.content = with_footnotes(page.content or "")
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Take away what the theme prints outside its blocks; say what the page may load."""
        if isinstance(page, adapter.RegisterPage):
            page.let_go()
        return self._shells.finish(output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages that are not in the site's structure."""
        return self._finished(output) if template_name.endswith(".html") else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the headers that hosts are to send."""
        write_headers(self._policies, config)
        if self._kept:
            self._kept.save()
            self._kept = None
        self._folder.finish()
        if not self._serving:
            write_proof(self._now.edition, self._now.audit, self._root(config), config, self._folder)
        self._end()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the environment, and what earlier builds made, as they were."""
        self._folder.give_up()
        self._close()
        self._end()

    def _end(self) -> None:
        self._build_time.end()
        if self._serving:
            self._collector.look()
        else:
            self._collector.end()

    def _close(self) -> None:
        self._waiting.clear()
        if self._kept:
            self._kept.close()
            self._kept = None

    def _finished(self, html: str) -> str:
        """Under ``serve``, MkDocs adds an inline script of its own to each page later, so that none has a policy."""
        return mend(html) if self._serving else self._policies.put_into(mend(html))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Let the system tell of changes in the decisions; where it will not, MkDocs looks for them itself."""
        from hipss_register.serving.watch import Watch  # a build needs none of it

        if self._on_demand:
            mount = urlsplit(config.site_url or "/").path
            server.set_app(answering(server.get_app(), self._waiting.write, mount))
        root = self._root(config)
        try:
            self._watch = Watch(root)
        except OSError as error:
            log.info("The decisions are watched by looking at each file in turn: %s", error.strerror or error)
            return server
        config.watch.remove(str(root))
        server.watch(str(self._watch.stamp))
        return server

    def on_shutdown(self) -> None:
        """Stop watching."""
        if self._watch:
            self._watch.stop()
            self._watch = None

    def _building(self, config: MkDocsConfig) -> Building:
        """Which pages MkDocs is to build: where nobody else has a say in pages, it need not go through all of them."""
        others = others_on_pages(config.plugins, self)
        if others:
            log.info("Pages are built one by one, as other plugins or hooks take part in them: %s", ", ".join(others))
            return Building.ALL
        return Building.NONE if self._on_demand else Building.NAVIGATION

    @property
    def _now(self) -> Issue:
        assert self._issue is not None, "on_pre_build comes first"
        return self._issue

    def _root(self, config: MkDocsConfig) -> Path:
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        return base / self.config.decisions_dir

    def _settings(self, config: MkDocsConfig, files: Files | None = None) -> Settings:
        return make_settings(self.config, config, files)
