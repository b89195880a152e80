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
    Term,
    When,
)
from hipss_register.model.base import Said
from hipss_register.model.event import ContractNotice, Ground


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
    return escape(value.words) if value.words else Markup(f'<span class="nothing">{wording.say_when(value)}</span>')


@say.register
def _(value: Nothing) -> Markup:
    return Markup(f'<span class="nothing">{escape(wording.say_nothing(value))}</span>')


@say.register
def _(value: Money) -> Markup:
    if value.nothing or not value.parts:
        return (say(value.nothing) if value.nothing else escape(value.words or "")) + aside(value)
    return Markup("; ").join(say(part) for part in value.parts) + aside(value)


@say.register
def _(value: Amount) -> Markup:
    of = wording.say_part_of(value)
    said = wording.upper_first(wording.say_amount(value)) + (f" ({of})" if of else "")
    return escape(said) + in_its_words(value.words)


@say.register
def _(value: Term) -> Markup:
    said = say(value.nothing) if value.nothing else escape(wording.say_term(value))
    return said + (aside(value) if said != value.words else "")


@say.register
def _(value: Ground) -> Markup:
    return escape(value.provision) + in_its_words(value.words)


@say.register
def _(value: ContractNotice) -> Markup:
    said = escape(value.reference)
    if value.url:
        said = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(value.url, said)
    return said + (Markup(", ") + say(value.date) if value.date else "")


@say.register
def _(value: Length) -> Markup:
    return escape(wording.say_length(value))


@say.register
def _(value: Decimal) -> Markup:
    return escape(wording.say_figure(value))


@say.register
def _(value: bool) -> Markup:
    return Markup("Yes" if value else "No")


def in_its_words(words: str | None) -> Markup:
    """The record's own words beside ours, where it has any."""
    return Markup(' <span class="small">(the record says “{}”)</span>').format(words) if words else Markup("")


def aside(said: Said) -> Markup:
    """What is to be read with a value, or with the want of one.

    The paragraphs by which it is withheld, the council's reason, the record's own words, and how it was worked out.
    """
    spoken = getattr(said, "words", None) if said.nothing or said.model_fields_set - {"words", "worked_out"} else None
    return Markup("").join((_exemption(said), in_its_words(spoken), _worked_out(said.worked_out)))


def _exemption(said: Said) -> Markup:
    paragraphs = wording.say_exemption(said.paragraphs) if said.paragraphs else ""
    because = Markup(' <span class="small">The council’s reason: “{}”</span>').format(said.because)
    return escape(paragraphs) + (because if said.because else "")


def _worked_out(how: str | None) -> Markup:
    tag = ' <strong class="tag tag--worked">Worked out</strong> <span class="small">{}</span>'
    return Markup(tag).format(how) if how else Markup("")
