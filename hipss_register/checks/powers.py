"""By what power decisions about a contract are taken: the approvals behind it, their ceilings, and how much is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hipss_register.history import History, Step
from hipss_register.history.days import ONE_DAY
from hipss_register.model import Amount, ContractEvent, Length, Money, Term
from hipss_register.read import Record
from hipss_register.wording import say_amount, say_count, say_day, say_list, say_part_of


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A limit of money: one figure in pounds, what it covers, and the decision that set it."""

    figure: Decimal
    said: str
    set_by: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of time: the last day that an approval allows, how it was worked out, and the decision that set it."""

    day: dt.date | None
    said: str
    set_by: str


@dataclass(frozen=True, slots=True)
class Used:
    """How much of a ceiling the decisions to some point use. ``figure`` is None where ``because`` says why.

    ``at_least`` is what the costs that are known add up to, whatever else may be.
    """

    figure: Decimal | None
    because: str
    at_least: Decimal


def approvals(history: History) -> Iterator[tuple[Step, ContractEvent]]:
    """The approvals to procure of a contract that are in force, in order."""
    for step in history.steps:
        if step.event and step.in_force and step.event.event == "approval to procure":
            yield step, step.event


def ceiling_at(history: History, step: Step) -> Ceiling | None:
    """The ceiling of money that a decision is under: the last that an approval set before it."""
    found = None
    for approval, event in approvals(history):
        if approval is step:
            break
        found = ceiling_of(approval.record, event.ceiling) or found
    return found


def ceiling_of(record: Record, money: Money | None) -> Ceiling | None:
    """A ceiling with one figure in pounds for the whole; None for anything else."""
    parts = money.parts if money else ()
    if len(parts) != 1 or parts[0].currency != "GBP" or parts[0].per or parts[0].lot or parts[0].year:
        return None
    of = say_part_of(parts[0])
    return Ceiling(parts[0].figure, say_amount(parts[0]) + (f" ({of})" if of else ""), record.id)


def limit_at(history: History, step: Step) -> Limit | None:
    """The limit of time that a decision is under; None where no approval before it gives a term."""
    found = None
    for approval, event in approvals(history):
        if approval is step:
            break
        if event.term and not event.term.nothing:
            found = Limit(_last_day(event.term), _say_limit(event.term), approval.record.id)
    return found


def _last_day(term: Term) -> dt.date | None:
    day = term.last_day
    for option in term.options:
        day = option.length.end_from(day + ONE_DAY) if day else None
    return day


def _say_limit(term: Term) -> str:
    parts = [str(term.length)] if term.length else []
    parts += [f"options of {say_list([str(option.length) for option in term.options])}"] if term.options else []
    start = term.start.exact if term.start else None
    said = " with ".join(parts)
    said = f"{'up to ' if term.up_to else ''}{said}" if said else "no length"
    return f"{said} from {say_day(start)}" if start else said


def used_after(step: Step) -> Used:
    """How much the contract takes up after a decision: its value and every later cost, or why that is not known."""
    total = step.after.total.value
    costs = [
        part for entry in step.after.money if entry.role.name == "cost" for part in entry.money.parts if _counts(part)
    ]
    at_least = sum((part.figure for part in costs), Decimal(0))
    if total and total.currency == "GBP" and not total.per:
        return Used(total.figure, "", max(total.figure, at_least))
    because = step.after.total.worked_out or "The value of the award is not stated."
    return Used(None, because[:1].lower() + because[1:].rstrip("."), at_least)


def _counts(part: Amount) -> bool:
    return part.currency == "GBP" and not part.per and part.qualifier in ("exactly", "at most")


def percent(part: Decimal, whole: Decimal) -> str:
    """16.3%: to one decimal."""
    return f"{part * 100 / whole:.1f}%" if whole else "an unknown share"


def say_past(limit: dt.date, end: dt.date) -> str:
    """How far a day is past another: 12 months, or 45 days."""
    after = end + ONE_DAY
    begin = limit + ONE_DAY
    months = (after.year - begin.year) * 12 + after.month - begin.month
    if after.day == begin.day and months:
        return str(Length(months=months))
    return say_count((end - limit).days, "day")
