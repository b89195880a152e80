"""A page of the register before anything has rendered it: where it lives, what it is called, what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hipss_register.site import addresses


@dataclass(frozen=True, slots=True)
class PageContent:
    """One generated page.

    ``address`` is its path as a Markdown file of ``docs_dir`` would have it; ``within`` the address of the page in the
    navigation that it belongs to; ``edit`` the file it is made from, relative to the decisions folder, if it is one.
    ``script`` is the module that the page cannot do without, beside our style sheet, if there is one;
    ``contents`` are the headings of its parts, each with its anchor.
    """

    address: str
    title: str
    description: str
    template: str
    within: str
    view: Any
    edit: str = ""
    script: str = ""
    contents: tuple[tuple[str, str], ...] = field(default=())

    @property
    def in_navigation(self) -> bool:
        """Whether a site that lists its pages by itself lists this one."""
        return self.address in addresses.TOP_PAGES
