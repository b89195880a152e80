"""Any value of the model as a reader sees it: escaped, and dates as machines read them too."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache, singledispatch

from markupsafe import Markup, escape

from hipss_register import wording
from hipss_register.model import (
    Amount,
    DateSpan,
    Length,
    Money,
    Nothing,
    PartialDate,
    Relation,
    When,
)


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
