"""A page of the register before anything has rendered it: where it lives, what it is called, what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
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


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that is known to be: where it lives, and what makes it when it is wanted.

    One of which ``alone`` is true is made from watched tables alone, so that what was read of them tells all that it
    depends on.
    """

    address: str
    make: Callable[[], PageContent]
    alone: bool = True

    @classmethod
    def of(cls, content: PageContent) -> PlannedPage:
        """A page that is made already."""
        return cls(content.address, partial(_same, content), alone=False)

    @property
    def in_navigation(self) -> bool:
        """Whether a site that lists its pages by itself lists this one."""
        return self.address in addresses.TOP_PAGES


def _same(content: PageContent) -> PageContent:
    return content
