"""By what power decisions about a contract are taken: the approvals behind it, their ceilings, and how much is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from hipss_register.checks.world import World
from hipss_register.history import Step
from hipss_register.history.days import ONE_DAY, exact
from hipss_register.model import Amount, ContractEvent, Effect, Length, Money, Term
from hipss_register.read import Record
from hipss_register.wording import say_amount, say_count, say_day, say_list, say_part_of


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A limit of money: one figure in pounds, what it covers, and the decision that set it.

    ``wider`` says that it is for more than the contract. ``unclear`` says why it may not be the one that counts.
    """

    figure: Decimal
    said: str
    set_by: str
    wider: bool = False
    unclear: str = ""


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


Approval = tuple[Step, ContractEvent]


def approvals(world: World, contract: str, until: Step | None = None) -> list[Approval]:
    """The approvals to procure a contract that still stand, in order; those before a step if one is given.

    A contract that is called off from a framework, and has no approval of its own, is under the framework's.
    """
    ranks = world.register.ranks
    for own in (contract, framework_of(world, contract)):
        history = world.histories.get(own or "")
        found = [
            (step, step.event)
            for step in (history.steps if history else ())
            if step.event
            and step.in_force
            and step.event.event == "approval to procure"
            and step is not until
            and (not until or ranks[step.record.id] <= ranks[until.record.id])
            and world.register.standings[step.record.id].effect not in (Effect.REVOKED, Effect.SUPERSEDED)
        ]
        if found:
            return found
    return []


def framework_of(world: World, contract: str) -> str | None:
    """The framework that a contract is called off from."""
    entry = world.register.tables.contracts.get(contract)
    return entry.framework if entry else None


def ceiling_at(world: World, contract: str, until: Step) -> Ceiling | None:
    """The ceiling of money that a decision is under: the last that an approval set before it."""
    found: Ceiling | None = None
    earlier: list[str] = []
    for approval, event in approvals(world, contract, until):
        if not (ceiling := ceiling_of(approval.record, event.ceiling)):
            continue
        if earlier and not _takes_the_place(world, approval.record, earlier):
            ceiling = replace(ceiling, unclear=_TWO_CEILINGS)
        earlier.append(approval.record.id)
        found = ceiling
    return found


_TWO_CEILINGS = "more than one approval sets a ceiling, and the later does not say that it changes the earlier"


def _takes_the_place(world: World, record: Record, earlier: list[str]) -> bool:
    links = world.register.links_from.get(record.id, ())
    return any(link.kind.name in ("revises", "supersedes") and link.target in earlier for link in links)


def ceiling_of(record: Record, money: Money | None) -> Ceiling | None:
    """A ceiling with one figure in pounds for the whole; None for anything else."""
    parts = money.parts if money else ()
    if len(parts) != 1 or parts[0].currency != "GBP" or parts[0].per or parts[0].lot or parts[0].year:
        return None
    of = say_part_of(parts[0])
    said = say_amount(parts[0]) + (f" ({of})" if of else "")
    return Ceiling(parts[0].figure, said, record.id, wider=bool(parts[0].covers))


def limit_at(world: World, contract: str, until: Step) -> Limit | None:
    """The limit of time that a decision is under; None where no approval before it gives a term.

    A length alone is counted from the contract's first day.
    Contracts called off from a framework may run past its end, so that they are not under its limit.
    """
    found = None
    for approval, event in approvals(world, contract, until):
        own = any(own_event.contract == contract for own_event in approval.record.form.contracts)
        if own and event.term and not event.term.nothing:
            alone = event.term.length and not event.term.start and not event.term.end
            first = exact(until.after.start) if alone else None
            found = Limit(_last_day(event.term, first), _say_limit(event.term, first), approval.record.id)
    return found


def _last_day(term: Term, first: dt.date | None) -> dt.date | None:
    day = term.length.end_from(first) if term.length and first else term.last_day
    for option in term.options:
        day = option.length.end_from(day + ONE_DAY) if day else None
    return day


def _say_limit(term: Term, first: dt.date | None) -> str:
    parts = [str(term.length)] if term.length else []
    parts += [f"options of {say_list([str(option.length) for option in term.options])}"] if term.options else []
    start = term.start.exact if term.start else None
    said = " with ".join(parts)
    said = f"{'up to ' if term.up_to else ''}{said}" if said else "no length"
    if first:
        return f"{said}, counted from the contract’s first day, {say_day(first)}"
    return f"{said} from {say_day(start)}" if start else said


def used_under(world: World, contract: str, step: Step) -> Used:
    """How much is taken up by then of the ceiling that a contract is under.

    Of a framework's ceiling, the contracts called off from it take up what they are worth.
    """
    framework = framework_of(world, contract)
    own = framework and approvals(world, contract, step) == approvals(world, framework, step)
    shared = world.call_offs.get((framework or contract) if own else contract, ())
    return _used_by_all(world, shared, step) if shared else used_after(step)


def _used_by_all(world: World, contracts: Iterable[str], until: Step) -> Used:
    """What several contracts take up together by the time of a decision."""
    parts = [used_after(step) for contract in contracts for step in _awarded_by(world, contract, until)]
    at_least = sum((part.at_least for part in parts), Decimal(0))
    because = next((part.because for part in parts if part.figure is None), "")
    if because:
        return Used(None, because, at_least)
    return Used(sum((part.figure or Decimal(0) for part in parts), Decimal(0)), "", at_least)


def _awarded_by(world: World, contract: str, until: Step) -> list[Step]:
    """The last step of a contract by the time of another, if it was awarded by then."""
    history = world.histories.get(contract)
    ranks = world.register.ranks
    last = ranks[until.record.id]
    steps = [step for step in (history.steps if history else ()) if ranks[step.record.id] <= last]
    return steps[-1:] if steps and steps[-1].after.awarded else []


def used_after(step: Step) -> Used:
    """How much a contract takes up after a decision: its value and every later cost, or why that is not known."""
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
