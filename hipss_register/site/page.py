"""A page of the register before anything has rendered it: where it lives, what it is called, what it shows."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hipss_register.later import Later
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
    depends on. ``title`` is what a navigation calls it; empty if that is not known before it is made.
    """

    address: str
    make: Callable[[], PageContent]
    alone: bool = True
    title: str = ""

    @classmethod
    def together(
        cls, addresses: Iterable[str], make: Callable[[], Iterable[PageContent]], title: str = ""
    ) -> Iterator[PlannedPage]:
        """Pages that are made together when the first of them is wanted; ``title`` is that of the first."""
        pages = functools.cache(lambda: tuple(make()))
        for n, address in enumerate(addresses):
            yield cls(address, Later(_one_of, pages, n), alone=False, title="" if n else title)

    @property
    def in_navigation(self) -> bool:
        """Whether a site that lists its pages by itself lists this one."""
        return self.address in addresses.TOP_PAGES


def _one_of(pages: Callable[[], tuple[PageContent, ...]], n: int) -> PageContent:
    return pages()[n]
