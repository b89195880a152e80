"""Pages as HTML: our own templates, escaped by default, with links that are checked as they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hipss_register import wording
from hipss_register.model import LinkKind
from hipss_register.names import ordered_unique
from hipss_register.site import addresses
from hipss_register.site.audit import Audit
from hipss_register.site.book import Book
from hipss_register.site.finder.columns import LABELS, long_filters
from hipss_register.site.footnotes import with_footnotes
from hipss_register.site.glossary import GLOSSARY
from hipss_register.site.page import PageContent
from hipss_register.site.pictures import money_picture, term_picture
from hipss_register.site.pieces import Notes, Pieces, UrlOf
from hipss_register.site.say import capital, say, say_day, sentence, whole_dates
from hipss_register.site.templating import Environment
from hipss_register.site.text import inline_html, text_html
from hipss_register.site.views.cite import cite
from hipss_register.site.views.event import event_facts


def link_verb(kind: LinkKind) -> str:
    """What a decision that has such a link does to the other: "varies"."""
    return kind.name


def link_passive(kind: LinkKind) -> str:
    """What became of a decision that such a link leads to: "was varied by", "had its option exercised by"."""
    noun, _, done = kind.inverse.partition(" ")
    return f"had its {noun} {done}" if noun in ("option", "call-in") else f"was {kind.inverse}"


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "capital": capital,
    "say": say,
    "sentence": sentence,
    "text": text_html,
    "inline": inline_html,
    "count": wording.say_count,
    "day": say_day,
    "lots": wording.say_lots,
    "regime": wording.say_regime,
    "size": wording.say_size,
    "upper_first": wording.upper_first,
    "whole_dates": whole_dates,
    "unique": lambda items: list(ordered_unique(items)),
}

_GLOBALS: Mapping[str, Any] = {
    "at": addresses,
    "cite": cite,
    "event_facts": event_facts,
    "filters": LABELS,
    "long_filters": long_filters,
    "glossary": GLOSSARY,
    "money_picture": money_picture,
    "term_picture": term_picture,
    "verb": link_verb,
    "was": link_passive,
}


class Renderer:
    """Renders the pages of one book. ``overrides`` is a folder whose templates come before ours.

    ``audit`` answers what the templates ask of findings, authority and provenance.
    """

    def __init__(
        self,
        book: Book,
        settings: Any,
        overrides: Iterable[Path] = (),
        audit: Audit | None = None,
        data_behind: Callable[[str], Any] = lambda _: None,
    ) -> None:
        self._environment = Environment(overrides)
        self._environment.filters |= _FILTERS
        self._environment.globals |= {
            **_GLOBALS,
            **Pieces(book).all(),
            "audit": audit or Audit(book),
            "book": book,
            "register": book.register,
            "settings": settings,
            "data_behind": data_behind,
            "names": book.register.tables,
        }
        # Macros of all pages: made once, where a template's own import would make them for each page.
        for name, template in (("parts", "parts.html"), ("finding_parts", "finding.html")):  # the second uses the first
            self._environment.globals[name] = self._environment.get_template(template).module

    def render(self, page: PageContent, url_of: UrlOf) -> str:
        """The body of one page."""
        template = self._environment.get_template(page.template)
        return with_footnotes(template.render(page=page, view=page.view, url=cache(url_of), notes=Notes()))
