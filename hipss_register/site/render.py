"""Pages as HTML: our own templates, escaped by default, with links that are checked as they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache, partial, singledispatch
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup, escape

from hipss_register import wording
from hipss_register.model import (
    Amount,
    DateSpan,
    Length,
    LinkKind,
    Money,
    Nothing,
    PartialDate,
    Relation,
    When,
)
from hipss_register.names import ordered_unique
from hipss_register.site import addresses
from hipss_register.site.audit import Audit
from hipss_register.site.book import Book
from hipss_register.site.finder.columns import LABELS
from hipss_register.site.footnotes import with_footnotes
from hipss_register.site.glossary import GLOSSARY
from hipss_register.site.page import PageContent
from hipss_register.site.pictures import money_picture, term_picture
from hipss_register.site.text import inline_html, text_html
from hipss_register.site.views.card import MARKS, make_card
from hipss_register.site.views.cite import cite
from hipss_register.site.views.event import event_facts

TEMPLATES = Path(__file__).parent / "templates"
UrlOf = Callable[[str], str]
"""From the address of a page or file to a link from the page being rendered; raises KeyError if there is none."""


class Notes:
    """The footnotes of one page: each said once, numbered in the order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, tuple[str, ...]], int] = {}

    def number(self, text: str, basis: Sequence[str]) -> int:
        """The number of the note with that text and those records behind it."""
        return self._numbers.setdefault((text, tuple(basis)), len(self._numbers) + 1)

    def __iter__(self) -> Any:
        return iter([(number, text, basis) for (text, basis), number in self._numbers.items()])

    def __len__(self) -> int:
        return len(self._numbers)


@singledispatch
def say(value: object) -> Markup:
    """Any value of the model as a reader sees it."""
    return escape(str(value))


@say.register
@lru_cache(maxsize=1 << 16)  # a list names the same days again and again
def _(value: PartialDate) -> Markup:
    return Markup(f'<time datetime="{value}">{wording.say_date(value)}</time>')


@say.register
def _(value: DateSpan) -> Markup:
    if value.relation is Relation.ON:
        return say(value.date)
    return escape(wording.say_span(value))


@say.register
def _(value: When) -> Markup:
    if value.date:
        return say(value.date)
    return escape(value.words) if value.words else say(value.nothing or Nothing.NOT_STATED)


@say.register
def _(value: Nothing) -> Markup:
    return Markup(f'<span class="nothing">{escape(wording.say_nothing(value))}</span>')


@say.register
def _(value: Money) -> Markup:
    return say(value.nothing) if value.nothing else escape(wording.upper_first(wording.say_money(value)))


@say.register
def _(value: Amount) -> Markup:
    return escape(wording.upper_first(wording.say_amount(value)))


@say.register
def _(value: Length) -> Markup:
    return escape(wording.say_length(value))


@say.register
def _(value: Decimal) -> Markup:
    return escape(wording.say_figure(value))


@say.register
def _(value: bool) -> Markup:
    return Markup("Yes" if value else "No")


class _Context(Context):
    """Calls what a template calls without asking first whether it wants to be told where it is called from."""

    @staticmethod
    def call(
        function: Callable[..., Any], /, *args: Any, _loop_vars: object = None, _block_vars: object = None, **named: Any
    ) -> Any:
        """Just call; nothing that our templates call has to do with the context."""
        return function(*args, **named)


class _Environment(jinja2.Environment):
    """An environment whose values are objects with attributes, never mappings in their place: looked up at C speed."""

    context_class = _Context
    getattr = staticmethod(getattr)  # type: ignore[assignment]  # the same but for what is no attribute


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
        data_links: Callable[[str], Sequence[Any]] = lambda _: (),
    ) -> None:
        self._book = book
        loader = jinja2.FileSystemLoader([*map(str, overrides), str(TEMPLATES)])
        self._environment = _Environment(
            loader=loader,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,  # an environment lives for one build, and asking the file system takes time
        )
        self._environment.filters |= {
            "say": say,
            "text": text_html,
            "inline": inline_html,
            "count": wording.say_count,
            "day": wording.say_day,
            "size": wording.say_size,
            "upper_first": wording.upper_first,
            "card": partial(make_card, book),
            "unique": lambda items: list(ordered_unique(items)),
        }
        self._environment.globals |= {
            "audit": audit or Audit(book),
            "book": book,
            "register": book.register,
            "settings": settings,
            "at": addresses,
            "cite": cite,
            "data_links": data_links,
            "event_facts": event_facts,
            "filters": LABELS,
            "glossary": GLOSSARY,
            "marks": MARKS,
            "verb": link_verb,
        }

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
