"""Pages with their bodies: made, or as an earlier build kept them while all that they were made from is as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pydantic_core import from_json

from hipss_register.keeping.kept import Keep, anew
from hipss_register.site.late import COMMIT, Render
from hipss_register.site.page import PageContent, PlannedPage
from hipss_register.site.pieces import UrlOf

_WORDS: Final = ("address", "title", "description", "template", "within", "edit", "script")


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page, its body when it is asked for, and the sum of both if they are kept; what it shows is let go."""

    content: PageContent
    body: Callable[[], str]
    sum: bytes = b""


class Bodies:
    """Makes pages of one book, each when it is asked for."""

    def __init__(self, render: Render, keep: Keep, commit: str) -> None:
        """``commit`` is what the register is made from."""
        self._render = render
        self._keep = keep
        self._commit = commit

    def make(self, plan: PlannedPage, url_of: UrlOf) -> MadePage:
        """The page; kept for later builds if it is made from watched tables alone."""
        keep = self._keep if plan.alone else anew
        thing = keep(plan.address, lambda: self._make(plan, url_of))
        content, names_commit = _read(thing.head)
        if not names_commit:
            return MadePage(content, lambda: thing.body().decode(), thing.sum)
        made = thing.sum and thing.sum + self._commit.encode()
        return MadePage(content, lambda: thing.body().decode().replace(COMMIT, self._commit), made)

    def _make(self, plan: PlannedPage, url_of: UrlOf) -> tuple[bytes, bytes]:
        content = plan.make()
        body = self._render(content, url_of)
        return _written(content, COMMIT in body), body.encode()


def _written(content: PageContent, names_commit: bool) -> bytes:
    words = {name: getattr(content, name) for name in _WORDS}
    return json.dumps([words, content.contents, names_commit]).encode()


def _read(head: bytes) -> tuple[PageContent, bool]:
    words, contents, names_commit = from_json(head)
    return PageContent(**words, view=None, contents=tuple(map(tuple, contents))), names_commit
