"""Pages with their bodies: made, or as an earlier build kept them while all that they were made from is as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from hipss_register.kept import Keep
from hipss_register.site.page import PageContent, PlannedPage
from hipss_register.site.pieces import UrlOf

_WORDS: Final = ("address", "title", "description", "template", "within", "edit", "script")


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page and its body; what it shows is let go."""

    content: PageContent
    body: str


class Bodies:
    """Makes pages of one book, each when it is asked for."""

    def __init__(self, render: Callable[[PageContent, UrlOf], str], keep: Keep) -> None:
        self._render = render
        self._keep = keep

    def make(self, plan: PlannedPage, url_of: UrlOf) -> MadePage:
        """The page; kept for later builds if it is made from watched tables alone."""
        if not plan.alone:
            return self._make(plan, url_of)
        return _read(self._keep(plan.address, lambda: _written(self._make(plan, url_of))))

    def _make(self, plan: PlannedPage, url_of: UrlOf) -> MadePage:
        content = plan.make()
        return MadePage(replace(content, view=None), self._render(content, url_of))


def _written(made: MadePage) -> bytes:
    content = made.content
    words = {name: getattr(content, name) for name in _WORDS}
    return f"{json.dumps([words, content.contents])}\n{made.body}".encode()


def _read(raw: bytes) -> MadePage:
    start, _, body = raw.decode().partition("\n")
    words, contents = json.loads(start)
    parts: tuple[Any, ...] = tuple((anchor, title) for anchor, title in contents)
    return MadePage(PageContent(**words, view=None, contents=parts), body)
