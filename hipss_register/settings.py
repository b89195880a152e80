"""What every page may say of the site itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urljoin


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
