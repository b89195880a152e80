"""What each kind of event does to a contract's term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial, reduce
from itertools import accumulate, islice

from hipss_register.history.days import (
    ONE_DAY,
    begins_after,
    day_after,
    end_of,
    exact,
    from_file,
    moved,
    option_after,
    support_of,
)
from hipss_register.history.inference import Fold, imply_award, meet
from hipss_register.history.state import Day, Fact, PartKind, State, Support, TermPart
from hipss_register.model import ContractEvent, Term
from hipss_register.read import Record
from hipss_register.wording import say_span


def approve(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """An approval to procure sets the limits of the contract to come, and when it is to begin."""
    if not event.term:
        return fold
    fold = fold.change(approved_term=Fact.stated(event.term, record.id))
    start = event.term.start
    return fold.change(approved_start=from_file(start, record)) if start and start.date else fold


def award(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """An award sets the term: a trial if there is one, the initial term, and the options after it."""
    term = event.term or Term(nothing=record.form.absent)
    support = support_of(record)
    start = _award_start(term, record, fold.state)
    parts: list[TermPart] = []
    if term.trial:
        trial_end = end_of(start, term.trial, record)
        parts.append(TermPart(PartKind.TRIAL, start, trial_end, support, record.id, term.trial, lots=event.lots))
        start = day_after(trial_end, record)
    end = _stated_or_worked_out_end(term, start, record)
    initial = TermPart(PartKind.INITIAL, start, end, support, record.id, term.length, term.up_to, event.lots)
    parts += _with_options_after(initial, term, record)
    earlier = fold.state.parts if event.lots else ()
    return fold.change(awarded=True, parts=(*earlier, *parts), end=_later(fold.state.end, end) if earlier else end)


def _with_options_after(part: TermPart, term: Term, record: Record) -> Iterator[TermPart]:
    """A part of the term, then the options that a decision gives after it, each from the day after the one before."""
    return accumulate(
        term.options, lambda before, option: option_after(before, option.length, option.up_to, record), initial=part
    )


def _later(one: Day, other: Day) -> Day:
    first, second = exact(one), exact(other)
    return one if first and second and first > second else other


def _award_start(term: Term, record: Record, state: State) -> Day:
    if term.start and term.start.date:
        return from_file(term.start, record)
    approved = state.approved_start
    if not approved.value:
        return Fact(nothing=record.form.absent)
    how = f"The award's first day is not known. The approval to procure gave {say_span(approved.value)}."
    return Fact.inferred(approved.value, how, *approved.sources, record.id)


def _stated_or_worked_out_end(term: Term, start: Day, record: Record) -> Day:
    if term.end and (term.end.date or term.end.nothing):
        return from_file(term.end, record)
    return end_of(start, term.length, record)


def use_option(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """Using an option makes the next one that is left part of the term, as far as it is used; in each lot concerned."""
    fold = imply_award(fold, record)
    term = event.term or Term(nothing=record.form.absent)
    if term.start and term.start.exact and not event.lots:
        fold = meet(fold, record, term.start.exact - ONE_DAY, stated=False)
    indices = _next_options(fold.state.parts, event)
    for index in indices:
        fold = _use(fold, record, event, term, index, one_of_several=bool(event.lots) or len(indices) > 1)
    return fold


def _next_options(parts: tuple[TermPart, ...], event: ContractEvent) -> list[int]:
    """Where the next option of each lot concerned stands; after all parts, if there is none."""
    next_of: dict[tuple[str, ...], int] = {}
    for n, part in enumerate(parts):
        if not part.runs and _same_lots(part, event):
            next_of.setdefault(part.lots, n)
    return list(next_of.values()) or [len(parts)]


def _use(fold: Fold, record: Record, event: ContractEvent, term: Term, index: int, one_of_several: bool) -> Fold:
    parts = fold.state.parts
    unplanned_start = day_after(_end_until_now(fold.state, event), record)
    unplanned = TermPart(PartKind.OPTION, unplanned_start, Fact(), Support.UNUSED, lots=event.lots)
    planned = parts[index] if index < len(parts) else unplanned
    start = from_file(term.start, record) if term.start and term.start.date else planned.start
    end = _used_to(term, start, planned, record)
    used = planned._replace(start=start, end=end, support=support_of(record), set_by=record.id)
    parts = moved((*parts[:index], used, *parts[index + 1 :]), index, record)
    return fold.change(parts=parts, end=_later(fold.state.end, end) if one_of_several else end)


def _same_lots(part: TermPart, event: ContractEvent) -> bool:
    return not part.lots or not event.lots or bool(set(part.lots) & set(event.lots))


def _end_until_now(state: State, event: ContractEvent) -> Day:
    """The end of what an event is about: of the contract, or of the last part that runs of its lots."""
    if not event.lots:
        return state.end
    last = next((part for part in reversed(state.parts) if part.runs and _same_lots(part, event)), None)
    return last.end if last else state.end


def _used_to(term: Term, start: Day, planned: TermPart, record: Record) -> Day:
    if term.end or term.length:
        return _stated_or_worked_out_end(term, start, record)
    return planned.end


def lengthen(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """A variation or extension, if it touches the term, adds a part to it, or moves its end to an earlier day."""
    fold = imply_award(fold, record)
    told = event.before.end.exact if event.before and event.before.end else None
    first = event.term.start.exact if event.term and event.term.start else None
    if told and not event.lots:
        fold = meet(fold, record, told, stated=True)
    elif first and not event.lots:
        fold = meet(fold, record, first - ONE_DAY, stated=False)
    if not event.term or event.term.nothing:
        return fold
    return _add_part(fold, record, event, event.term)


def _add_part(fold: Fold, record: Record, event: ContractEvent, term: Term) -> Fold:
    before = _end_until_now(fold.state, event)
    stated = bool(term.start and term.start.date)
    start = from_file(term.start, record) if term.start and stated else day_after(before, record)
    kind = PartKind.EXTENSION if event.event == "extension" else PartKind.VARIATION
    end = _stated_or_worked_out_end(term, start, record)
    first, last = exact(start), exact(end)
    left = tuple(part for part in fold.state.parts if not part.runs and _same_lots(part, event))
    if not stated and first and last and last < first:
        fold = _cut(fold, partial(_same_lots, event=event), end, last)
    else:
        added = TermPart(kind, start, end, support_of(record), record.id, term.length, term.up_to, event.lots)
        parts = (part for part in fold.state.parts if part.runs or not _same_lots(part, event))
        fold = fold.change(parts=(*parts, added), end=_later(fold.state.end, end) if event.lots else end)
    return fold.change(parts=_with_options(fold.state.parts, left, record, event, term))


_OPTION_KEPT = " The decision moves the end and does not say what becomes of the option, so it is taken to be left."


def _with_options(
    parts: tuple[TermPart, ...], left: tuple[TermPart, ...], record: Record, event: ContractEvent, term: Term
) -> tuple[TermPart, ...]:
    """The parts with the options that follow them: those that the decision gives, else those that were left."""
    index = max((n for n, part in enumerate(parts) if _same_lots(part, event)), default=None)
    if index is None:
        return parts
    if "options" not in term.model_fields_set:
        return moved((*parts, *left), index, record, _OPTION_KEPT)
    return (*parts, *islice(_with_options_after(parts[index], term, record), 1, None))


def _cut(fold: Fold, concerned: Callable[[TermPart], bool], end: Day, last: dt.date | None) -> Fold:
    """The term ended on a day: what was to begin after it falls away, in the parts concerned."""
    parts = [part for part in fold.state.parts if not concerned(part) or (part.runs and not begins_after(part, last))]
    cut = [n for n, part in enumerate(parts) if concerned(part)]
    if cut:
        parts[cut[-1]] = parts[cut[-1]]._replace(end=end)
    others = [part.end for part in parts if part.runs and not concerned(part)]
    return fold.change(parts=tuple(parts), end=reduce(_later, others, end))


def end_early(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """A termination cuts the term short; a contract of which other lots or suppliers go on has not ended."""
    fold = imply_award(fold, record)
    whole = None in fold.over
    fold = fold.change(ended=whole)
    when = (event.term.end if event.term else None) or event.takes_effect

    def is_over(part: TermPart) -> bool:
        return whole or (bool(part.lots) and fold.over.issuperset(part.lots) and _same_lots(part, event))

    if not when or not when.date or not (whole or any(map(is_over, fold.state.parts))):
        return fold
    return _cut(fold, is_over, from_file(when, record), when.date.latest)


def note_end(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """A note that the contract has ended tells its end, and ends it."""
    fold = imply_award(fold, record)
    end = event.term.end if event.term else None
    if end and end.exact:
        fold = meet(fold, record, end.exact, stated=True)
    return fold.change(ended=True)


def change_supplier(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """A change of supplier leaves the term as it is."""
    return imply_award(fold, record)


def leave_term(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """Nothing happens to the term."""
    return fold


EFFECTS: dict[str, Callable[[Fold, Record, ContractEvent], Fold]] = {
    "approval to procure": approve,
    "specification revised": leave_term,
    "award": award,
    "option exercised": use_option,
    "variation": lengthen,
    "extension": lengthen,
    "supplier changed": change_supplier,
    "termination": end_early,
    "expiry noted": note_end,
    "re-let": leave_term,
}
