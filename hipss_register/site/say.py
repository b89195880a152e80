"""Any value of the model as a reader sees it: escaped, and dates as machines read them too."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

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
from hipss_register.model.dates import MONTHS
from hipss_register.model.event import ContractNotice, Ground
from hipss_register.site.escaping import escaped, html, safe

_WHOLE = re.compile(
    rf"\b(?:[0-9]{{1,2}} )?(?:{'|'.join(filter(None, MONTHS))}) [0-9]{{4}}\b|\b[0-9][0-9,.]* [A-Z]{{3}}\b"
)
"""A date, or a sum in a currency that is written in letters: 1,000 SEK."""


@lru_cache(maxsize=1 << 11)
def whole_dates(text: str) -> Markup:
    """Our own sentence, in which no line ends within a date, or between a sum and its currency."""
    return safe(_WHOLE.sub(r'<span class="day">\g<0></span>', str(escaped(text))))


def say(value: object) -> Markup:
    """Any value of the model as a reader sees it."""
    speak = _SPEAKERS.get(type(value))
    return speak(value) if speak else html(str(value))


def say_day(day: dt.date) -> Markup:
    """A day as readers and machines read it."""
    return _date_html(day.year, day.month, day.day)


def _say_date(value: PartialDate) -> Markup:
    return _date_html(value.year, value.month, value.day)


@lru_cache(maxsize=1 << 11)  # a list names the same days again and again; numbers are compared faster than dates
def _date_html(*parts: int | None) -> Markup:
    value = PartialDate(*parts)  # type: ignore[arg-type]  # there always is a year
    return safe(f'<time datetime="{value}">{wording.say_date(value)}</time>')


def _say_span(value: DateSpan) -> Markup:
    if value.relation is Relation.ON:
        return _say_date(value.date)
    return whole_dates(wording.say_span(value))


def _say_when(value: When) -> Markup:
    if value.date:
        return _say_span(value.date)
    return html(value.words) if value.words else safe(f'<span class="nothing">{wording.say_when(value)}</span>')


@cache
def _say_nothing(value: Nothing) -> Markup:
    return safe(f'<span class="nothing">{escaped(wording.say_nothing(value))}</span>')


def _say_money(value: Money) -> Markup:
    if value.nothing or not value.parts:
        said = _say_nothing(value.nothing) if value.nothing else escaped(value.words or "")
        return safe(f"{said}{aside(value)}")
    return safe(f"{capital('; '.join(map(_say_amount, value.parts)))}{aside(value)}")


def _say_amount(value: Amount) -> Markup:
    of = wording.say_part_of(value)
    said = wording.say_amount(value) + (f" ({of})" if of else "")
    return safe(f"{whole_dates(said)}{in_its_words(value.words)}")


def _say_term(value: Term) -> Markup:
    said = _say_nothing(value.nothing) if value.nothing else whole_dates(wording.say_term(value))
    return safe(f"{said}{aside(value)}") if said != value.words else said


def _say_ground(value: Ground) -> Markup:
    return safe(f"{escaped(value.provision)}{in_its_words(value.words)}")


def _say_notice(value: ContractNotice) -> Markup:
    said = html(value.reference)
    if value.url:
        said = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(value.url, said)
    return said + (Markup(", ") + say(value.date) if value.date else "")


def _say_length(value: Length) -> Markup:
    return html(wording.say_length(value))


def _say_figure(value: Decimal) -> Markup:
    return html(wording.say_figure(value))


def _say_answer(value: bool) -> Markup:
    return safe("Yes" if value else "No")


_SPEAKERS: Mapping[type, Callable[[Any], Markup]] = {
    PartialDate: _say_date,
    DateSpan: _say_span,
    When: _say_when,
    Nothing: _say_nothing,
    Money: _say_money,
    Amount: _say_amount,
    Term: _say_term,
    Ground: _say_ground,
    ContractNotice: _say_notice,
    Length: _say_length,
    Decimal: _say_figure,
    bool: _say_answer,
}


_NONE = Markup()
_ASIDES = frozenset({"paragraphs", "because", "words", "worked_out"})


def capital(said: str) -> Markup:
    """A value with a capital at its head, within the element that it may begin with."""
    text = str(said)  # parts of HTML would be HTML again, each looked at
    start = text.find(">") + 1 if text.startswith("<") else 0
    return safe(f"{text[:start]}{wording.upper_first(text[start:])}")


def sentence(said: Markup) -> Markup:
    """A value with a full stop at its end, unless its words have one there."""
    words = said.striptags() if said.endswith(">") else said
    return said if words.endswith(".") else safe(f"{said}.")


def in_its_words(words: str | None) -> Markup:
    """The record's own words beside ours, where it has any."""
    return safe(f' <span class="small">(the record says “{escaped(words)}”)</span>') if words else _NONE


def aside(said: Said) -> Markup:
    """What is to be read with a value, or with the want of one.

    The paragraphs by which it is withheld, the council's reason, the record's own words, and how it was worked out.
    """
    given = said.model_fields_set
    if given.isdisjoint(_ASIDES):
        return _NONE
    spoken = getattr(said, "words", None) if said.nothing or given - {"words", "worked_out"} else None
    return safe(f"{_exemption(said)}{in_its_words(spoken)}{_worked_out(said.worked_out)}")


def _exemption(said: Said) -> str:
    paragraphs = escaped(wording.say_exemption(said.paragraphs)) if said.paragraphs else ""
    because = said.because and f' <span class="small">The council’s reason: “{escaped(said.because)}”</span>'
    return paragraphs + (because or "")


def _worked_out(how: str | None) -> str:
    tag = ' <strong class="tag tag--worked">Worked out</strong>'
    return f'{tag} <span class="small">{whole_dates(how)}</span>' if how else ""
