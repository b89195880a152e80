"""What a contract is worth in all, when that can be said."""

from __future__ import annotations

from decimal import Decimal

from hipss_register.history.state import Fact, MoneyEntry, State
from hipss_register.model import Amount, Money, Nothing


def total_value(state: State) -> Fact[Amount]:
    """The last stated value and every later cost; not known while any of it is unknown, an estimate or a rate."""
    last = max((n for n, entry in enumerate(state.money) if entry.role.name == "value"), default=None)
    if last is None:
        how = "No record that we have gives the value of the award." if state.awarded else "No award is recorded."
        return Fact(None, Nothing.NOT_KNOWN, None, how)
    base = state.money[last]
    if base.money.nothing:
        return Fact(None, base.money.nothing, base.record)
    later = (entry for entry in state.money[last + 1 :] if entry.record != base.record)
    entries = [base, *(entry for entry in later if entry.role.name == "cost")]
    return _sum(entries)


def _sum(entries: list[MoneyEntry]) -> Fact[Amount]:
    parts = [part for entry in entries for part in _whole(entry.money)]
    records = tuple(dict.fromkeys(entry.record for entry in entries))
    if why := _cannot_be_added(entries, parts):
        return Fact(None, Nothing.NOT_KNOWN, None, why, records)
    if len(parts) == 1:
        return Fact.stated(parts[0], entries[0].record)
    figure = sum((part.figure for part in parts), Decimal(0))
    field = "at most" if any(part.qualifier == "at most" for part in parts) else "exactly"
    total = Amount.model_validate({field: figure, "currency": parts[0].currency, "vat": parts[0].vat})
    return Fact.inferred(total, "The value and the later costs added together.", *records)


def _whole(money: Money) -> tuple[Amount, ...]:
    """The total if it is given, else all its parts."""
    if len(money.parts) == 1:
        return money.parts
    return tuple(part for part in money.parts if not _split_by(part)) or money.parts


def _split_by(part: Amount) -> set[str]:
    return {name for name in ("lot", "year", "supplier") if getattr(part, name) is not None}


def _is_split_in_two_ways(money: Money) -> bool:
    return len(money.parts) > 1 and len({frozenset(_split_by(part)) for part in _whole(money)}) > 1


def _cannot_be_added(entries: list[MoneyEntry], parts: list[Amount]) -> str:
    if any(entry.money.nothing or not entry.money.parts for entry in entries):
        return "The cost of one of the decisions is not known."
    if any(part.qualifier in ("about", "at least") for part in parts):
        return "One of the sums is an estimate or a least sum, which is not added to others."
    if any(part.per or part.quantity for part in parts):
        return "One of the sums is a rate, with no total."
    if any(part.covers for part in parts):
        return "One of the sums is for more or for less than this contract."
    if any(_is_split_in_two_ways(entry.money) for entry in entries):
        return "One of the sums is split in more than one way."
    if len({(part.currency, part.vat) for part in parts}) > 1:
        return "The sums differ in currency or in how they treat VAT."
    return ""
