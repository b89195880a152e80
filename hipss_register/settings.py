"""What every page may say of the site itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from hipss_register.config import RegisterConfig
from hipss_register.data import paths


@dataclass(frozen=True, slots=True)
class FooterLink:
    """A page or feed to link from every page; ``url`` is relative to the site."""

    title: str
    url: str


@dataclass(frozen=True)
class Settings:
    """Who publishes the register, on what terms, and where."""

    site_name: str
    organisation: str
    contact: str
    licence: str
    site_url: str
    use_directory_urls: bool
    footer: tuple[FooterLink, ...] = ()
    feeds: tuple[FooterLink, ...] = ()
    """The Atom feeds that every page tells feed readers of."""
    built_from: str = ""
    ocid_prefix: str = ""

    def canonical(self, address: str) -> str:
        """The permanent address of a page; empty when the site does not know its own."""
        return f"{self._base}{page_url(address, self.use_directory_urls)}" if self.site_url else ""

    @cached_property
    def _base(self) -> str:
        return urljoin(self.site_url, ".")


def page_url(address: str, use_directory_urls: bool) -> str:
    """Where MkDocs puts a page, from the site's root: the same as its own ``File.url``, which takes longer to make."""
    folder, _, name = address.removesuffix(".md").rpartition("/")
    place = f"{folder}/" if folder else ""
    if name == "index":
        return quote(place if use_directory_urls else f"{place}index.html")
    return quote(f"{place}{name}/" if use_directory_urls else f"{place}{name}.html")


def make_settings(options: RegisterConfig, config: MkDocsConfig, files: Files | None = None) -> Settings:
    """Gather the settings; the links of the footer need the site's files."""
    return Settings(
        site_name=config.site_name,
        organisation=options.organisation,
        contact=options.contact,
        licence=options.licence,
        site_url=config.site_url or "",
        use_directory_urls=config.use_directory_urls,
        ocid_prefix=options.ocid_prefix,
        footer=tuple(_footer(options.footer, files)) if files else (),
        feeds=(FooterLink("Latest decisions", paths.FEED),) if files and paths.FEED in files.src_uris else (),
    )


def _footer(paths: list[str], files: Files) -> list[FooterLink]:
    found = [files.get_file_from_path(path) for path in paths]
    return [FooterLink(file.page.title or file.name, file.url) for file in found if file and file.page]
