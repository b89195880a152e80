"""British forms of dates, money, lengths and lists, used wherever the register speaks in its own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

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
from hipss_register.model.dates import MONTHS

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


def say_day(day: dt.date) -> str:
    """17 November 2022."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def say_date(date: PartialDate) -> str:
    """17 November 2022, November 2022 or 2022: as much as is known."""
    parts = [str(date.day)] if date.day else []
    parts += [MONTHS[date.month]] if date.month else []
    return " ".join([*parts, str(date.year)])


def say_span(span: DateSpan, say: Callable[[PartialDate], str] = say_date) -> str:
    """A date, "between … and …", "not before …", "not after …" or "… or …"; ``say`` says each date in it."""
    first, other = say(span.date), say(span.other) if span.other else ""
    match span.relation:
        case Relation.ON:
            return first
        case Relation.BETWEEN:
            return f"between {first} and {other}"
        case Relation.EITHER:
            return f"{first} or {other}"
        case _:
            return f"{span.relation.value} {first}"


def say_when(when: When) -> str:
    """A date as far as known, else the record's condition, else which kind of nothing."""
    if when.date:
        return say_span(when.date)
    return when.words or say_no_date(when.nothing or Nothing.NOT_STATED)


def say_no_date(nothing: Nothing) -> str:
    """Which kind of nothing stands in a date's place."""
    return {
        Nothing.NIL: "no date",
        Nothing.NOT_STATED: "date not stated",
        Nothing.NOT_KNOWN: "date not known",
        Nothing.WITHHELD: "date withheld by the council",
    }[nothing]


def say_nothing(nothing: Nothing) -> str:
    """Which of the four kinds of nothing, as a reader sees it."""
    return {
        Nothing.NIL: "None",
        Nothing.NOT_STATED: "Not stated in the record",
        Nothing.NOT_KNOWN: "Not known: no record that we hold says",
        Nothing.WITHHELD: "Withheld by the council",
    }[nothing]


def say_regime(regime: str) -> str:
    """The law that governed a procurement, by the name that it has in the statute book or in plain words."""
    return {
        "PCR 2015": "Public Contracts Regulations 2015",
        "light touch": "Light-touch rules",
        "below threshold": "Below the threshold of procurement law",
        "not a purchase": "Not a purchase",
    }.get(regime, regime)


def say_exemption(paragraphs: Sequence[int]) -> str:
    """Under which paragraphs something is not published, to stand after what is said of it."""
    return f": exempt under Schedule 12A to the Local Government Act 1972, paragraph {', '.join(map(str, paragraphs))}"


def say_figure(figure: Decimal, currency: str = "GBP") -> str:
    """£407,290 or £12.50."""
    sign = "−" if figure < 0 else ""
    whole = figure == figure.to_integral_value()
    places = ".0f" if whole else ".2f" if figure == round(figure, 2) else "f"
    digits = f"{abs(figure):,{places}}"
    symbol = _SYMBOLS.get(currency)
    return f"{sign}{symbol}{digits}" if symbol else f"{sign}{digits} {currency}"


def say_amount(amount: Amount) -> str:
    """At most £407,290; about £500,000 a year."""
    figure = say_figure(amount.figure, amount.currency)
    said = figure if amount.qualifier == "exactly" else f"{amount.qualifier} {figure}"
    said += f" per {amount.per}" if amount.per else ""
    said += f", {amount.quantity:,f} expected" if amount.quantity is not None else ""
    said += {
        "included": " including VAT",
        "excluded": " excluding VAT",
        "only": " of VAT",
        None: "",
    }[amount.vat]
    return said


def say_part_of(amount: Amount) -> str:
    """What a figure is a part of, if it is: lot 2, 2024-25; else nothing."""
    parts = [
        _say_lot(amount.lot) if amount.lot else "",
        amount.year or "",
        amount.covers or "",
        amount.over or "",
    ]
    return ", ".join(part for part in parts if part)


def _say_lot(lot: str) -> str:
    """Lot 2, whether the record's name for it says "lot" or not."""
    return lot if lot.casefold().startswith("lot") else f"lot {lot}"


def say_money(money: Money) -> str:
    """All figures in one line, or the record's words, or which kind of nothing."""
    if money.nothing:
        return say_nothing(money.nothing)
    said = [say_amount(part) + (f" ({of})" if (of := say_part_of(part)) else "") for part in money.parts]
    return "; ".join(said) or money.words or ""


def say_length(length: Length, up_to: bool = False) -> str:
    """3 years; up to 2 years."""
    return f"up to {length}" if up_to else str(length)


def say_term(term: Term) -> str:
    """A term in one line: 3 years, with an option of up to 2 years."""
    if term.nothing:
        return say_nothing(term.nothing)
    said = [part for part in (_say_trial(term), _say_first_length(term), _say_dates(term)) if part]
    options = [say_length(option.length, option.up_to) for option in term.options]
    if options:
        said.append(f"with {'an option' if len(options) == 1 else 'options'} of {say_list(options, 'then')}")
    return upper_first(", ".join(said)) or term.words or ""


def _say_trial(term: Term) -> str:
    return f"a trial of {say_length(term.trial)}" if term.trial else ""


def _say_first_length(term: Term) -> str:
    return say_length(term.length, term.up_to) if term.length else ""


def _say_dates(term: Term) -> str:
    said = [f"from {_say_day_or_none(term.start)}"] if term.start else []
    if term.end and term.end.nothing is Nothing.NIL:
        said.append("with no end")
    elif term.end:
        said.append(f"{'up to' if term.up_to else 'to'} {_say_day_or_none(term.end)}")
    return " ".join(said)


def _say_day_or_none(when: When) -> str:
    return f"a {say_when(when)}" if when.nothing else say_when(when)


def say_lots(lots: Sequence[str]) -> str:
    """In a phrase: lot A; lots A and B; what calls itself a lot is not called so twice."""
    if not lots or any(_say_lot(lot) == lot for lot in lots):
        return say_list(lots)
    return f"lot{'' if len(lots) == 1 else 's'} {say_list(lots)}"


def say_list(items: Sequence[str], word: str = "and") -> str:
    """One; one and two; one, two and three."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def say_count(number: int, one: str, many: str = "") -> str:
    """1 decision; 2 decisions; 1,000 decisions."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def upper_first(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]


def say_size(size: int) -> str:
    """The size of a file of that many bytes: 6 KB, 1.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
