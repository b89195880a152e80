"""Rules of arithmetic: sums that should add up, and do or do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.world import World
from hipss_register.history.days import ONE_DAY
from hipss_register.model import Amount, ContractEvent, Length, Money, Term
from hipss_register.model.when import When
from hipss_register.problems import Loc
from hipss_register.read import Record
from hipss_register.wording import say_amount, say_figure, say_list, say_part_of

_PENNY = Decimal(1)
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
_NUMBER = r"(?<![\d.,])\d[\d,]{0,20}(?:\.\d{1,4})?"
_SCALE = rf"\s?({'|'.join(_SCALES)})(?![a-z])"
_TO = rf"(?=\s?(?:-|–|to|and|or)\s?£?\s?{_NUMBER}{_SCALE})"
_FIGURE = re.compile(rf"(£\s?)?({_NUMBER})(?:{_SCALE}|{_TO})?", re.IGNORECASE | re.ASCII)
_IN_THOUSANDS = re.compile(r"£\s?['‘’]?000(?:['‘’]?s)?(?!\w)")
_MOST_SAID = 20


def parts_add_up_to_the_total(world: World, record: Record) -> Iterator[Answer]:
    """Where a record gives a sum in parts and in all, the parts add up to the whole.

    Parts are figures for a lot, a year or a supplier. Differences of less than a pound are left alone. Parts of more
    than one sort (by lot and by year) are not compared.
    """
    for loc, label, money in _sums(record):
        totals = [part for part in money.parts if not _is_part(part)]
        parts = [part for part in money.parts if _is_part(part)]
        if len(totals) != 1 or len(parts) < 2:
            continue
        read = tuple(
            Read(say_part_of(part) or part.supplier or label, say_amount(part), record.id) for part in (*parts, *totals)
        )
        if _differ_in_sort([*parts, *totals]):
            yield Unknown("the parts differ in what they are parts of, or are not all exact sums", read)
            continue
        added = sum((part.figure for part in parts), Decimal(0))
        if abs(added - totals[0].figure) < _PENNY:
            yield PASSED
        else:
            message = (
                f"The parts add up to {say_figure(added)}. The record gives {say_figure(totals[0].figure)} in all."
            )
            yield Found(message, read, loc=loc)


def sums_are_among_those_in_the_words(world: World, record: Record) -> Iterator[Answer]:
    """Where a record’s words name sums of money, each sum that we give of it is one of them.

    So a slip of the finger comes to light. Sums in pounds are compared, written in figures; a number without a pound
    sign, as in a table, counts where it is the sum. Where the words name no sum at all, ours may come from a paper
    beside the record, and nothing is asked.
    """
    sums = [(loc, label, part) for loc, label, money in _sums(record) for part in money.parts if part.currency == "GBP"]
    figures = set(_figures_in_words(record)) if sums else set()
    named = {figure for figure, in_pounds in figures if in_pounds}
    if not named:
        return
    said = {figure for figure, _ in figures}
    others = [one for one in sums if abs(one[2].figure) not in said]
    for loc, label, part in others:
        read = (Read(label, say_amount(part), record.id), Read("Sums in the words", _say_all(named), record.id))
        message = f"{say_figure(part.figure)} is none of the sums that the record’s words name."
        yield Found(message, read, loc=loc)
    if not others:
        yield PASSED


def _figures_in_words(record: Record) -> Iterator[tuple[Decimal, bool]]:
    """Each figure that the words may mean, and whether a pound sign is before it."""
    texts = [record.form.title or "", *(statement.words or "" for _, statement in record.form.statements())]
    for text in texts if any("£" in text for text in texts) else ():
        plain = _IN_THOUSANDS.sub("", text)
        column = "thousand" if plain != text else ""
        for sign, number, own, of_range in _FIGURE.findall(plain):
            for scale in (own,) if own else {"", of_range, column}:
                yield Decimal(number.replace(",", "")).scaleb(_SCALES.get(scale.lower(), 0)), bool(sign)


def _say_all(figures: set[Decimal]) -> str:
    more = [f"{len(figures) - _MOST_SAID} more"] if len(figures) > _MOST_SAID else []
    return say_list([*(say_figure(figure) for figure in sorted(figures)[:_MOST_SAID]), *more])


def _sums(record: Record) -> Iterator[tuple[Loc, str, Money]]:
    for role, money in record.form.money():
        yield (role.name,), role.label, money
    for n, event in enumerate(record.form.contracts):
        for role, money in event.money():
            yield ("contracts", n, role.name), role.label, money


def _is_part(part: Amount) -> bool:
    return bool(part.lot or part.year or part.supplier)


def _differ_in_sort(parts: list[Amount]) -> bool:
    sorts = {(bool(p.lot), bool(p.year), bool(p.supplier)) for p in parts if _is_part(p)}
    kinds = {(p.currency, p.vat, p.per, p.qualifier) for p in parts}
    return len(sorts) > 1 or len(kinds) > 1 or any(p.per or p.qualifier in ("about", "at least") for p in parts)


def rates_lead_to_the_total(world: World, record: Record) -> Iterator[Answer]:
    """Where a record gives a rate, a term and a total for a contract, the rate over the term makes the total.

    Rates per year, month and week are multiplied by the length of the term, with or without its options. Differences of
    less than a pound are left alone.
    """
    for n, event in enumerate(record.form.contracts):
        for name, money in (("value", event.value), ("cost", event.cost)):
            parts = money.parts if money else ()
            rates = [part for part in parts if part.per and not _is_part(part)]
            totals = [part for part in parts if not part.per and not _is_part(part)]
            if len(rates) == 1 and len(totals) == 1:
                yield _over_the_term(record, ("contracts", n, name), event.term, rates[0], totals[0])


def _over_the_term(record: Record, loc: Loc, term: Term | None, rate: Amount, total: Amount) -> Answer:
    read = (Read("Rate", say_amount(rate), record.id), Read("In all", say_amount(total), record.id))
    exact = all(part.qualifier in ("exactly", "at most") for part in (rate, total))
    if not exact or rate.currency != total.currency or rate.vat != total.vat:
        return Unknown("one of the sums is not exact, or they differ in currency or VAT", read)
    lengths = list(_lengths(term)) if term else []
    counts = [count for length in lengths if (count := _periods(length, rate.per or "")) is not None]
    if not counts:
        return Unknown("the length of the term, or what the rate is for, is not given in years, months or weeks", read)
    if any(abs(rate.figure * count - total.figure) < _PENNY for count in counts):
        return PASSED
    made = say_figure((rate.figure * counts[0]).quantize(_PENNY / 100))
    message = f"Over {lengths[0]}, the rate makes {made}. The record gives {say_figure(total.figure)} in all."
    return Found(message, (*read, Read("Term", str(lengths[0]), record.id)), loc=loc)


def _lengths(term: Term) -> Iterator[Length]:
    """The length of a term, then with each of its options added."""
    length = term.length or _between(term.start, term.end)
    if not length:
        return
    yield length
    for option in term.options:
        length = Length(
            years=length.years + option.length.years,
            months=length.months + option.length.months,
            weeks=length.weeks + option.length.weeks,
            days=length.days + option.length.days,
        )
        yield length


def _between(start: When | None, end: When | None) -> Length | None:
    """Whole months between two days that are known, both counted."""
    first, last = (start.exact if start else None), (end.exact if end else None)
    if not first or not last:
        return None
    after = last + ONE_DAY
    months = (after.year - first.year) * 12 + after.month - first.month
    return Length(months=months) if months > 0 and after.day == first.day else None


_YEAR, _MONTH, _WEEK = ("year", "annum"), ("month", "calendar month"), ("week",)


def _periods(length: Length, per: str) -> Decimal | None:
    """How many years, months or weeks a length is; None if it is not of that sort."""
    word, months = per.casefold().removeprefix("a ").strip(), length.years * 12 + length.months
    if word in _WEEK:
        return Decimal(length.weeks) if length.weeks and not (months or length.days) else None
    if length.weeks or length.days or not months:
        return None
    return Decimal(months) / 12 if word in _YEAR else Decimal(months) if word in _MONTH else None


def change_leads_from_old_to_new_value(world: World, record: Record) -> Iterator[Answer]:
    """The value before a change and the change’s cost make the value after it.

    Compared where a record gives all three. Only single exact or greatest sums in the same currency are compared.
    """
    for n, event in enumerate(record.form.contracts):
        before = event.before.value if event.before else None
        if not (before and event.cost and event.value):
            continue
        singles = [_single(money) for money in (before, event.cost, event.value)]
        yield _adds_up(record, n, event, singles)


def _single(money: Money) -> Amount | None:
    part = money.parts[0] if len(money.parts) == 1 else None
    return part if part and not part.per and part.qualifier in ("exactly", "at most") else None


def _adds_up(record: Record, n: int, event: ContractEvent, singles: list[Amount | None]) -> Answer:
    known = [part for part in singles if part]
    if len(known) < 3 or len({(part.currency, part.vat) for part in known}) > 1:
        return Unknown("one of the sums is an estimate, a rate or in parts, or they differ in currency or VAT")
    was, cost, now = (part.figure for part in known)
    if abs(was + cost - now) < _PENNY:
        return PASSED
    labels = ("Value before", "Cost", "Value after")
    read = tuple(Read(label, say_amount(part), record.id) for label, part in zip(labels, known, strict=True))
    message = f"The value before and the cost make {say_figure(was + cost)}. The record gives {say_figure(now)} after."
    return Found(message, read, loc=("contracts", n, "value"))
