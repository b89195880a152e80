"""What a contract is worth in all, when that can be said. Kept up sum by sum, so that long histories stay cheap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import reduce

from hipss_register.history.state import Fact, MoneyEntry
from hipss_register.model import Amount, Money, Nothing


class _Hindrance(Enum):
    """Why sums cannot be added, the plainest reason first."""

    UNKNOWN = "The cost of one of the decisions is not known."
    ROUGH = "One of the sums is an estimate or a least sum, which is not added to others."
    RATE = "One of the sums is a rate, with no total."
    OTHER_COVER = "One of the sums is for more or for less than this contract."
    SPLIT_TWICE = "One of the sums is split in more than one way."
    VALUED_TWICE = "One decision gives the value more than once."
    MIXED_LOTS = "The value of some lots was given after a sum that other lots have a part in."
    UNLIKE = "The sums differ in currency or in how they treat VAT."


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums that count, added up: the value, or each lot's, and every later cost.

    ``value`` is the latest value given; ``first`` the first of ``count`` figures; ``limited`` says that one of them is
    "at most". Without a value, ``absent`` is which kind of nothing the award's record leaves us with.
    """

    counted: tuple[MoneyEntry, ...] = ()
    records: tuple[str, ...] = ()
    value: MoneyEntry | None = None
    first: Amount | None = None
    figure: Decimal = Decimal(0)
    count: int = 0
    limited: bool = False
    hindrances: frozenset[_Hindrance] = frozenset()
    absent: Nothing = Nothing.NOT_KNOWN

    def add(self, entry: MoneyEntry) -> Tally:
        """The same with one more sum: a value takes the place of what it covers, a later cost comes on top."""
        if entry.role.name == "value":
            return replace(self._valued(entry), value=entry)
        is_in_value = self.value and self.value.record == entry.record and _covers(self.value, entry)
        counts = self.value and entry.role.name == "cost" and not is_in_value
        return self._plus(entry) if counts else self

    def _valued(self, entry: MoneyEntry) -> Tally:
        kept = [other for other in self.counted if not _covers(entry, other)]
        tally = reduce(Tally._plus, (*kept, entry), Tally())
        if self.value and self.value.record == entry.record and _overlap(self.value, entry):
            return tally._hindered(_Hindrance.VALUED_TWICE)
        return tally._hindered(_Hindrance.MIXED_LOTS) if any(_overlap(entry, other) for other in kept) else tally

    def _hindered(self, *by: _Hindrance) -> Tally:
        return replace(self, hindrances=self.hindrances.union(by))

    def _plus(self, entry: MoneyEntry) -> Tally:
        parts = _whole(entry.money)
        first = self.first or next(iter(parts), None)
        return Tally(
            counted=(*self.counted, entry),
            records=self.records if self.records[-1:] == (entry.record,) else (*self.records, entry.record),
            value=self.value,
            first=first,
            figure=sum((part.figure for part in parts), self.figure),
            count=self.count + len(parts),
            limited=self.limited or any(part.qualifier == "at most" for part in parts),
            hindrances=self.hindrances.union(_hindrances(entry.money, parts, first)),
        )

    def total(self, awarded: bool) -> Fact[Amount]:
        """What it comes to; not known while any of it is unknown, an estimate or a rate."""
        if not self.value:
            how = "No record that we have gives the value of the award." if awarded else "No award is recorded."
            return Fact(None, self.absent, None, how)
        base = self.counted[0]
        if base.money.nothing:
            return Fact(None, base.money.nothing, base.record)
        if not self.first or self.hindrances:
            why = next(it for it in _Hindrance if it in self.hindrances)
            return Fact(None, Nothing.NOT_KNOWN, None, why.value, self.records)
        if self.count == 1:
            return Fact.stated(self.first, base.record)
        field = "at most" if self.limited else "exactly"
        spelt = {field: self.figure, "currency": self.first.currency, "vat": self.first.vat}
        how = "The value and the later costs added together."
        return Fact(Amount.model_validate(spelt), None, None, how, self.records)


def _covers(value: MoneyEntry, other: MoneyEntry) -> bool:
    """Whether a value of the whole contract, or of some lots, has another sum in it."""
    return not value.lots or (bool(other.lots) and set(value.lots).issuperset(other.lots))


def _overlap(one: MoneyEntry, other: MoneyEntry) -> bool:
    return not one.lots or not other.lots or not set(one.lots).isdisjoint(other.lots)


def _whole(money: Money) -> tuple[Amount, ...]:
    """The total if it is given, else all its parts."""
    if len(money.parts) == 1:
        return money.parts
    return tuple(part for part in money.parts if not _split_by(part)) or money.parts


def _split_by(part: Amount) -> frozenset[str]:
    return frozenset(name for name in ("lot", "year", "supplier") if getattr(part, name) is not None)


def _hindrances(money: Money, parts: tuple[Amount, ...], first: Amount | None) -> Iterator[_Hindrance]:
    if money.nothing or not parts:
        yield _Hindrance.UNKNOWN
    if len(money.parts) > 1 and len({_split_by(part) for part in parts}) > 1:
        yield _Hindrance.SPLIT_TWICE
    for part in parts:
        if part.qualifier in ("about", "at least"):
            yield _Hindrance.ROUGH
        if part.per or part.quantity:
            yield _Hindrance.RATE
        if part.covers:
            yield _Hindrance.OTHER_COVER
        if first and (part.currency, part.vat) != (first.currency, first.vat):
            yield _Hindrance.UNLIKE
