"""Rules about the limits of an authority: the most that may be spent, and the longest that a contract may run."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.powers import (
    Ceiling,
    Used,
    approvals,
    ceiling_at,
    framework_of,
    limit_at,
    percent,
    say_past,
    used_under,
)
from hipss_register.checks.world import World
from hipss_register.history import History, Step
from hipss_register.history.days import exact
from hipss_register.model import ContractEvent
from hipss_register.read import Record
from hipss_register.wording import say_amount, say_day, say_figure, say_span


def _steps_with_place(history: History) -> Iterator[tuple[Step, ContractEvent, int]]:
    for step in history.steps:
        if step.event and step.in_force:
            place = next(n for n, event in enumerate(step.record.form.contracts) if event is step.event)
            yield step, step.event, place


def _steps_under_one_ceiling(world: World, contract: str) -> list[tuple[str, Step, int]]:
    """The steps that take up a contract's ceiling, in order: its own, and those of contracts called off from it."""
    steps = [
        (one, step, place)
        for one in (contract, *world.call_offs.get(contract, ()))
        for step, _, place in _steps_with_place(world.histories[one])
        if one == contract or approvals(world, one, step) == approvals(world, contract, step)
    ]
    return sorted(steps, key=lambda entry: world.register.ranks[entry[1].record.id])


def spending_stays_under_the_ceiling(world: World, contract: str, history: History) -> Iterator[Answer]:
    """All decisions about a contract together stay within the most that the approval behind it allows to be spent.

    What they take up is the value of the contract and every later cost, as far as stated. The ceiling of a framework is
    taken up by the contracts that are called off from it. Where the value is not known, the costs alone are compared:
    if even they are more, that is a finding; otherwise it cannot be computed. Nor can it where the ceiling is for more
    than the contract, or where two approvals set one and the later does not say that it changes the earlier.
    """
    if framework_of(world, contract) and not _has_own_approval(world, contract):
        return
    last: tuple[Step, Used, Ceiling] | None = None
    for one, step, place in _steps_under_one_ceiling(world, contract):
        ceiling = ceiling_at(world, one, step)
        if not ceiling or not step.after.awarded:
            continue
        used = used_under(world, one, step)
        last = step, used, ceiling
        if _taken(used) > ceiling.figure and not ceiling.unclear:
            yield _over(step, place, used, ceiling)
            return
    if last:
        yield _under(*last)


def _has_own_approval(world: World, contract: str) -> bool:
    return any(e.contract == contract for s, _ in approvals(world, contract) for e in s.record.form.contracts)


def _taken(used: Used) -> Decimal:
    return used.at_least if used.figure is None else used.figure


def _over(step: Step, place: int, used: Used, ceiling: Ceiling) -> Found:
    message = (
        f"With this decision, the sums for the contract come to {'at least ' if used.figure is None else ''}"
        f"{say_figure(_taken(used))}. The most that was approved is {say_figure(ceiling.figure)}."
    )
    read = (Read("Approved", ceiling.said, ceiling.set_by), Read("Used", say_figure(_taken(used)), step.record.id))
    return Found(message, read, step.record.id, ("contracts", place), also=(ceiling.set_by,))


def _under(step: Step, used: Used, ceiling: Ceiling) -> Answer:
    known = (Read("Approved", ceiling.said, ceiling.set_by), Read("Used", say_figure(_taken(used)), step.record.id))
    if used.figure is None or ceiling.unclear:
        return Unknown(used.because or ceiling.unclear, known)
    if ceiling.wider:
        return Unknown(
            "the ceiling is for more than this contract, and what else is spent under it is not known", known
        )
    return PASSED


def added_cost_is_set_against_the_ceiling(world: World, record: Record) -> Iterator[Answer]:
    """A decision that adds cost to a contract shows that it stays within the most that was approved.

    The cost is given as a share of the approval's ceiling. It is a finding only where the sums before it are not known,
    so that nobody can tell from the records whether the ceiling holds.
    """
    for n, event in enumerate(record.form.contracts):
        history = world.histories.get(event.contract)
        step = _step_of(history, record, event)
        ceiling = ceiling_at(world, event.contract, step) if step else None
        if not step or not ceiling or event.event == "award" or event.cost is None:
            continue
        parts = event.cost.parts
        if len(parts) != 1 or parts[0].currency != "GBP" or parts[0].per:
            yield Unknown("the cost is not given as one sum")
            continue
        used = used_under(world, event.contract, step)
        if used.figure is not None:
            yield PASSED
            continue
        said, rough = say_amount(parts[0]), "" if parts[0].qualifier in ("exactly", "at most") else "about "
        message = (
            f"This may cost {said}. That is {rough}{percent(parts[0].figure, ceiling.figure)} of "
            f"the ceiling that was approved before: {ceiling.said}. Whether it fits within the ceiling, and what share "
            f"it is of the award, cannot be computed: {used.because}."
        )
        read = (
            Read("Cost", said, record.id),
            Read("Ceiling", ceiling.said, ceiling.set_by),
        )
        yield Found(message, read, loc=("contracts", n, "cost"))


def _step_of(history: History | None, record: Record, event: ContractEvent) -> Step | None:
    steps = history.steps if history else ()
    return next((step for step in steps if step.record is record and step.event is event and step.in_force), None)


def term_stays_within_the_approval(world: World, contract: str, history: History) -> Iterator[Answer]:
    """A contract ends no later than the approval behind it allows.

    The latest day is the approval's own, or its first day and its length, with its options. A length alone is counted
    from the contract's first day. The finding is on the first decision that takes the contract past it.
    """
    checked: Step | None = None
    for step, _, place in _steps_with_place(history):
        limit = limit_at(world, contract, step)
        if not limit or not step.after.awarded:
            continue
        checked, end = step, exact(step.after.end)
        if limit.day and end and end > limit.day:
            message = (
                f"With this decision the contract runs to {say_day(end)}. That is {say_past(limit.day, end)} past "
                f"{say_day(limit.day)}, the last day of the term that was approved ({limit.said}). "
                "The register holds no approval of a longer term."
            )
            read = (Read("Approved term", limit.said, limit.set_by), Read("New end", say_day(end), step.record.id))
            yield Found(message, read, step.record.id, ("contracts", place, "term"), also=(limit.set_by,))
            return
    if checked is None:
        if _has_own_approval(world, contract) and history.now.awarded:
            yield Unknown("the approval does not give a term")
        return
    limit, last = limit_at(world, contract, checked), history.now.end
    if limit and limit.day and exact(last):
        yield PASSED
    else:
        said = say_span(last.value) if last.value else "not known"
        yield Unknown(
            "the last day approved, or the end of the contract, is not known to the day", (Read("End", said),)
        )
