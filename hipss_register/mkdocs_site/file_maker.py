"""The register's pages and data as files of MkDocs; a server uses those of the build before again."""

from __future__ import annotations

from enum import Enum

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from hipss_register.data.files import Chunks, DataFile
from hipss_register.keeping.kept_data import KeptData
from hipss_register.mkdocs_site.late_pages import NavigationFile
from hipss_register.mkdocs_site.on_demand import LateFile, StreamedFile
from hipss_register.mkdocs_site.quiet_pages import QuietFile, named_in
from hipss_register.site.page import PlannedPage


class Building(Enum):
    """Which of the register's pages MkDocs is to build; it copies the others."""

    ALL = "all"
    NAVIGATION = "those that a navigation names"
    NONE = "none"


class KeptFile(StreamedFile):
    """A file of data that is left as it is if it would come out the same."""

    def __init__(self, data: DataFile, config: MkDocsConfig, kept: KeptData) -> None:
        super().__init__(data.path, data.make, config)
        self._data, self._large = kept, data.large

    def write(self) -> None:
        """Write the file into the site."""
        chunks = self.taken()
        if self._large:
            self.put(chunks, self._data.token(self.dest_uri, chunks))
        else:
            thing = self._data.thing(self.dest_uri, chunks)
            self.put(lambda: (thing.body(),), thing.sum)


class FileMaker:
    """Makes files for one build after another."""

    def __init__(self) -> None:
        self._config: MkDocsConfig
        self.building = Building.ALL
        self._named: set[str] = set()
        self._same: object = None
        self._known: dict[str, LateFile] = {}

    def begin(self, config: MkDocsConfig, building: Building) -> None:
        """Make files for a build from here on."""
        same = config.site_dir, config.use_directory_urls, config.exclude_docs, config.draft_docs, config.not_in_nav
        if same != self._same:
            self._known.clear()
        self._same, self._config, self.building = same, config, building
        self._named = set(named_in(config.nav))

    def page(self, plan: PlannedPage) -> File:
        """A page; only the lists stand in a navigation that MkDocs makes by itself."""
        if self.building is Building.ALL or plan.in_navigation or plan.address in self._named:
            if self.building is Building.NONE:
                return NavigationFile(plan, self._config)
            inclusion = InclusionLevel.INCLUDED if plan.in_navigation else InclusionLevel.NOT_IN_NAV
            return File.generated(self._config, plan.address, content="", inclusion=inclusion)
        file = self._known.get(plan.address)
        if isinstance(file, QuietFile):
            file.plan = plan
            return file
        return self._keep(QuietFile(plan, self._config))

    def data(self, data: DataFile, kept: KeptData | None) -> File:
        """A file of open data."""
        if data.alone and kept:
            return KeptFile(data, self._config, kept)
        return self.streamed(data.path, data.make)

    def streamed(self, path: str, chunks: Chunks) -> File:
        """A file that is no page."""
        file = self._known.get(path)
        if isinstance(file, StreamedFile):
            file.chunks = chunks
            return file
        return self._keep(StreamedFile(path, chunks, self._config))

    def _keep(self, file: LateFile) -> LateFile:
        """Have a file for the next build, if there will be one in this process."""
        if self.building is Building.NONE:
            self._known[file.src_uri] = file
        return file
