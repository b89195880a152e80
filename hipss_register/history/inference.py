"""What one record implies about the contract before it: an option that must have been used, an end, a beginning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from hipss_register.history.days import begins_after, exact, how_told, moved
from hipss_register.history.money import Tally
from hipss_register.history.state import Day, Fact, Implied, PartKind, State, Support, TermPart
from hipss_register.model import DateSpan
from hipss_register.read import Record
from hipss_register.wording import say_day, say_length, upper_first

Shares = Mapping[str | None, tuple[str, ...]]
"""The suppliers of each lot; under None those of all lots, or of some that no record names."""


class Fold(NamedTuple):
    """The fold under way: the state so far, what its total and its suppliers are made of, and what it implies.

    ``over`` are the lots that were ended early; None is among them when the whole contract was.
    """

    state: State = State()
    tally: Tally = Tally()
    shares: Shares = MappingProxyType({})
    over: frozenset[str | None] = frozenset()
    implied: tuple[Implied, ...] = ()

    def change(self, **values: Any) -> Fold:
        """The same with some of the state's values changed."""
        return self._replace(state=self.state._replace(**values))

    def implies(self, event: str, by: dt.date | None, because: str, basis: str) -> Fold:
        """The same, with one more decision that must exist."""
        return self._replace(implied=(*self.implied, Implied(event, by, because, basis)))


def imply_award(fold: Fold, record: Record) -> Fold:
    """A contract that is changed was awarded, record or none."""
    if fold.state.awarded:
        return fold
    because = "A contract is awarded before it can be changed, and the register has no record of the award."
    return fold.change(awarded=True).implies("award", record.form.date.latest, because, record.id)


def meet(fold: Fold, record: Record, prior: dt.date, stated: bool) -> Fold:
    """Bring the state to the end that a record says the contract had; options may have to have been used for that."""
    known = exact(fold.state.end)
    if known == prior:
        return fold
    if known is None:
        return _backwards(fold, record, prior, how_told(prior, stated))
    if reached := _with_unrecorded_options(fold, record, prior, how_told(prior, stated)):
        return reached
    # A day from which it goes on may also leave a gap or an overlap; only its words tell another end.
    return fold.change(end=_told(record, prior, how_told(prior, stated))) if stated else fold


def _told(record: Record, prior: dt.date, how: str) -> Day:
    return Fact.inferred(DateSpan.on(prior), how, record.id)


def _backwards(fold: Fold, record: Record, prior: dt.date, how: str) -> Fold:
    """Where the end was not known, a later record tells it; with the length of the term it tells the start too."""
    end = _told(record, prior, how)
    parts = fold.state.parts
    first = next((n for n, part in enumerate(parts) if part.kind is PartKind.INITIAL), None)
    if first is None or begins_after(parts[first], prior):
        return fold.change(end=end)
    part = _with_start(parts[first], record, prior)._replace(end=end)
    parts = (*parts[:first], part, *parts[first + 1 :])
    return fold.change(parts=moved(parts, first, record), end=end)


def _with_start(part: TermPart, record: Record, prior: dt.date) -> TermPart:
    if part.start.value or not part.length or part.up_to:
        return part
    how = upper_first(f"{say_length(part.length)} ending on {say_day(prior)}.")
    start = DateSpan.on(part.length.start_to(prior))
    return part._replace(start=Fact.inferred(start, how, record.id, part.set_by or ""))


def _with_unrecorded_options(fold: Fold, record: Record, prior: dt.date, how: str) -> Fold | None:
    """The next options taken as used, if that leads just to the later end; None if it does not."""
    while (known := exact(fold.state.end)) is not None and known < prior:
        index = next((n for n, part in enumerate(fold.state.parts) if not part.runs), None)
        furthest = exact(fold.state.parts[index].end) if index is not None else None
        if index is None or furthest is None:
            return None
        if furthest > prior and not fold.state.parts[index].up_to:
            return None
        fold = _use_unrecorded(fold, index, min(furthest, prior), known, record, how)
    return fold if known == prior else None


def _use_unrecorded(fold: Fold, index: int, end_day: dt.date, before: dt.date, record: Record, how: str) -> Fold:
    option = fold.state.parts[index]
    how += " That is so only if the option was used."
    end = Fact.inferred(DateSpan.on(end_day), how, record.id, option.set_by or "")
    used = option._replace(end=end, support=Support.MISSING, set_by=None)
    parts = (*fold.state.parts[:index], used, *fold.state.parts[index + 1 :])
    fold = fold.change(parts=moved(parts, index, record), end=end)
    return fold.implies("option exercised", before, how, record.id)
