"""Pages as HTML: our own templates, escaped by default, with links that are checked as they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context

from hipss_register import wording
from hipss_register.model import LinkKind
from hipss_register.names import ordered_unique
from hipss_register.site import addresses
from hipss_register.site.audit import Audit
from hipss_register.site.book import Book
from hipss_register.site.compiled import CompiledTemplates
from hipss_register.site.escaping import escaped
from hipss_register.site.finder.columns import LABELS, long_filters
from hipss_register.site.footnotes import with_footnotes
from hipss_register.site.glossary import GLOSSARY
from hipss_register.site.page import PageContent
from hipss_register.site.pictures import money_picture, term_picture
from hipss_register.site.pieces import Notes, Pieces, UrlOf
from hipss_register.site.say import capital, say, say_day, whole_dates
from hipss_register.site.text import inline_html, text_html
from hipss_register.site.views.cite import cite
from hipss_register.site.views.event import event_facts

TEMPLATES = Path(__file__).parent / "templates"


class _Context(Context):
    """Calls what a template calls without asking first whether it wants to be told where it is called from."""

    @staticmethod
    def call(
        function: Callable[..., Any], /, *args: Any, _loop_vars: object = None, _block_vars: object = None, **named: Any
    ) -> Any:
        """Just call; nothing that our templates call has to do with the context."""
        return function(*args, **named)


class _Template(jinja2.Template):
    """A template that escapes what it prints by our own, faster function."""

    @classmethod
    def from_code(cls, *args: Any, **named: Any) -> jinja2.Template:
        """A template from its compiled code, which calls what goes by the name ``escape`` for whatever it prints."""
        template = super().from_code(*args, **named)
        template.root_render_func.__globals__["escape"] = escaped
        return template


class _Environment(jinja2.Environment):
    """An environment whose values are objects with attributes, never mappings in their place: looked up at C speed."""

    context_class = _Context
    template_class = _Template
    getattr = staticmethod(getattr)  # type: ignore[assignment]  # the same but for what is no attribute

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dictionary for all templates, none of which has globals of its own: each page copies it."""
        assert not d
        return self.globals


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "capital": capital,
    "say": say,
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


def _environment(overrides: Iterable[Path]) -> _Environment:
    """An environment for one build, with what is the same for every book."""
    environment = _Environment(
        loader=jinja2.FileSystemLoader([*map(str, overrides), str(TEMPLATES)]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=CompiledTemplates(TEMPLATES),
        auto_reload=False,  # an environment lives for one build, and asking the file system takes time
    )
    environment.get_template = cache(environment.get_template)  # type: ignore[method-assign]  # pages include a dozen
    environment.filters |= _FILTERS
    environment.globals |= {
        "at": addresses,
        "cite": cite,
        "event_facts": event_facts,
        "filters": LABELS,
        "long_filters": long_filters,
        "glossary": GLOSSARY,
        "verb": link_verb,
        "was": link_passive,
    }
    return environment


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
        self._book = book
        self._environment = _environment(overrides)
        self._environment.globals |= {
            **Pieces(book).all(),
            "audit": audit or Audit(book),
            "book": book,
            "register": book.register,
            "settings": settings,
            "data_behind": data_behind,
        }
        # Macros of all pages: made once, where a template's own import would make them for each page.
        for name, template in (("parts", "parts.html"), ("finding_parts", "finding.html")):  # the second uses the first
            self._environment.globals[name] = self._environment.get_template(template).module

    def render(self, page: PageContent, url_of: UrlOf) -> str:
        """The body of one page."""
        template = self._environment.get_template(page.template)
        body = template.render(
            page=page,
            view=page.view,
            url=url_of,
            notes=Notes(),
            term_picture=term_picture,
            money_picture=money_picture,
            names=self._book.register.tables,
        )
        return with_footnotes(body)


def link_verb(kind: LinkKind) -> str:
    """What a decision that has such a link does to the other: "varies"."""
    return kind.name


def link_passive(kind: LinkKind) -> str:
    """What became of a decision that such a link leads to: "was varied by", "had its option exercised by"."""
    noun, _, done = kind.inverse.partition(" ")
    return f"had its {noun} {done}" if noun in ("option", "call-in") else f"was {kind.inverse}"
