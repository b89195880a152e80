"""The commit that a register is made from: another in each edition, and put into a page as the page is written.

So a page that names it need not be made again whenever anything is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hipss_register.site.page import PageContent
from hipss_register.site.pieces import UrlOf

COMMIT: Final = "\x1acommit\x1a"
"""Stands for the commit until then. No text of a record has the character around it."""

Render = Callable[[PageContent, UrlOf], str]
"""Makes the body of a page."""


def with_commit(render: Render, commit: str) -> Render:
    """The same, with the commit in its place."""
    return lambda content, url_of: render(content, url_of).replace(COMMIT, commit)
