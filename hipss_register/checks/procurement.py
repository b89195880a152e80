"""Rules about changes to contracts: ground, notice and size, by the law under which the contract was procured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.law import ACT_2023, REG_72, Procurement, procurement_of
from hipss_register.checks.powers import percent
from hipss_register.checks.world import World, unsaid
from hipss_register.history import History, Step
from hipss_register.history.days import exact
from hipss_register.model import Amount, ContractEvent, Nothing
from hipss_register.read import Record
from hipss_register.wording import say_day, say_figure, say_when

_CHANGES = frozenset({"variation", "extension", "supplier changed"})
_HALF, _TENTH = Decimal("0.5"), Decimal("0.1")
# Two years with a leap day are a little more than half of four years in which there is another.
_HALF_OF_TIME = Decimal("0.505")
_LETTER = re.compile(r"72\s*(?:\(1\))?\s*\(([a-f])\)", re.IGNORECASE)
_LIMITED = frozenset("bc")


def _changes(world: World, record: Record) -> Iterator[tuple[int, ContractEvent, History, Step | None]]:
    for n, event in enumerate(record.form.contracts):
        history = world.histories.get(event.contract)
        if history and event.event in _CHANGES:
            step = next((s for s in history.steps if s.record is record and s.event is event and s.in_force), None)
            yield n, event, history, step


def _law(world: World, event: ContractEvent, history: History) -> Procurement | str | None:
    return procurement_of(world.register.tables.contracts.get(event.contract), history)


def changes_state_their_ground(world: World, record: Record) -> Iterator[Answer]:
    """A decision that changes a contract states the legal ground for the change, and the notice of it if there is one.

    Under the Public Contracts Regulations 2015 a modification needs one of the grounds of regulation 72, and two of
    them need a published notice. Under the Procurement Act 2023 a permitted modification is one that sections 74 to 77
    allow. The use of an option that the contract contains is not looked at. Which law governs a contract is decided by
    when it was procured.
    """
    for n, event, history, _ in _changes(world, record):
        law = _law(world, event, history)
        if law is None:
            continue
        if isinstance(law, str):
            yield Unknown(law)
        elif event.ground:
            yield PASSED
        elif not record.held:
            yield Unknown("we do not hold the record")
        else:
            notice = "" if event.notice else " It names no notice of the change either."
            message = f"The record does not say on which ground the contract was changed ({law.basis}).{notice}"
            ground, told = (
                record.form.absent.value,
                event.notice.reference if event.notice else record.form.absent.value,
            )
            read = (
                Read("Ground", ground, record.id),
                Read("Notice", told, record.id),
                Read("Law", str(law.basis)),
            )
            yield Found(message, read, loc=("contracts", n, "event"), basis=law.basis)


def modification_notices_are_published(world: World, record: Record) -> Iterator[Answer]:
    """A change on the ground of necessary additional works or of unforeseen circumstances has a published notice.

    These are the grounds (b) and (c) of regulation 72 of the Public Contracts Regulations 2015. Where the record states
    no ground, whether a notice was needed cannot be computed.
    """
    for n, event, history, _ in _changes(world, record):
        law = _law(world, event, history)
        if not isinstance(law, Procurement) or law.basis is not REG_72:
            continue
        letter = _letter(event)
        if event.notice or (letter and letter not in _LIMITED):
            yield PASSED
        elif letter is None:
            yield Unknown(f"whether a notice was needed depends on the ground, and {unsaid(record, 'which it was')}")
        else:
            message = (
                f"The change rests on ground ({letter}) of regulation 72. The record names no modification notice."
            )
            read = (Read("Ground", event.ground.provision if event.ground else "", record.id),)
            yield Found(message, read, loc=("contracts", n, "ground"))


def _letter(event: ContractEvent) -> str | None:
    match = _LETTER.search(event.ground.provision) if event.ground else None
    return match[1].lower() if match else None


def changes_stay_within_half_the_value(world: World, record: Record) -> Iterator[Answer]:
    """A change adds no more than half of the contract’s original value.

    For the grounds (b) and (c) of regulation 72 this is a limit on each change. For others it is a rule of thumb: a
    change of that size is worth a question. The original value is the one that the award gives. Ground (f) has limits
    of its own, which we have not checked against the regulation; they are not tested.
    """
    for n, event, history, step in _changes(world, record):
        law = _law(world, event, history)
        if law is None or event.event == "supplier changed" or event.cost is None:
            continue
        value, cost = _award_value(history, event, step), _one_sum(event.cost.parts)
        if value is None or cost is None:
            lacks = "the value of the award is not known" if value is None else "the cost is not given as one sum"
            yield Unknown(f"the share that it adds cannot be computed: {lacks}", _said_cost(cost, record))
            continue
        read = (*_said_cost(cost, record), Read("Value of the award", say_figure(value.figure)))
        if cost.figure <= _HALF * value.figure:
            yield PASSED
            continue
        limited = isinstance(law, Procurement) and law.basis is REG_72 and _letter(event) in _LIMITED
        message = f"The change adds {percent(cost.figure, value.figure)} to the original value of the contract."
        yield Found(message, read, loc=("contracts", n, "cost"), basis=REG_72 if limited else None)


def _said_cost(cost: Amount | None, record: Record) -> tuple[Read, ...]:
    return (Read("Cost", say_figure(cost.figure), record.id),) if cost else ()


def _one_sum(parts: tuple[Amount, ...]) -> Amount | None:
    part = parts[0] if len(parts) == 1 else None
    return part if part and not part.per and part.currency == "GBP" and part.qualifier != "about" else None


def _award_value(history: History, event: ContractEvent, upto: Step | None) -> Amount | None:
    """The value that the award of what is changed gave; None if it is not known, or is not one sum.

    Of a contract awarded in lots, only the lots that the change is about count; all of them, if it names none.
    """
    values: list[Amount | None] = []
    for step in history.steps:
        if step is upto:
            break
        award = step.event
        if not award or not step.in_force or award.event != "award":
            continue
        value = _one_sum(award.value.parts) if award.value else None
        if not award.lots:
            values = [value]
        elif not event.lots or set(award.lots) <= set(event.lots):
            values.append(value)
        elif set(award.lots) & set(event.lots):
            return None
    known = [value for value in values if value]
    if not known or len(known) < len(values) or len({value.vat for value in known}) > 1:
        return None
    total = sum((value.figure for value in known), Decimal(0))
    return Amount.model_validate({"exactly": total, "currency": "GBP", "vat": known[0].vat})


def contracts_grow_by_half_at_most(world: World, contract: str, history: History) -> Iterator[Answer]:
    """All changes to a contract together add no more than half of its original value, and of its longest term.

    The changes are variations and extensions, not the use of options. The original value is the one that the award
    gives; the longest term is that of the award with all of its options. One change that alone adds more than half the
    value is told by another check.
    """
    steps = [step for step in history.steps if step.event and step.in_force]
    award = next((step for step in steps if step.event and step.event.event == "award"), None)
    changes = [step for step in steps if step.event and step.event.event in ("variation", "extension")]
    if award and changes and award.event:
        if len(changes) > 1:
            yield _grown_in_value(history, changes)
        yield _grown_in_time(award, changes[-1])


def _grown_in_value(history: History, changes: list[Step]) -> Answer:
    event = changes[0].event
    value = _award_value(history, event.model_copy(update={"lots": ()}), None) if event else None
    costs = [_cost_of(step) for step in changes]
    last = changes[-1].record.id
    known = [cost for cost in costs if cost is not None]
    read = tuple(Read("Cost", say_figure(c), s.record.id) for s, c in zip(changes, costs, strict=True) if c is not None)
    if value is None:
        return Unknown("the value of the award is not known", read)
    read = (Read("Value of the award", say_figure(value.figure)), *read)
    added, half = sum(known, Decimal(0)), _HALF * value.figure
    if added > half and max(known) <= half:
        message = f"The changes together add {percent(added, value.figure)} to the original value of the contract."
        return Found(message, read, last)
    return PASSED if len(known) == len(costs) else Unknown("the cost of one of the changes is not known", read)


def _cost_of(step: Step) -> Decimal | None:
    """What a change adds, if it is one sum; nothing if the record says so."""
    cost = step.event.cost if step.event else None
    if cost and cost.nothing is Nothing.NIL:
        return Decimal(0)
    part = _one_sum(cost.parts) if cost else None
    return part.figure if part else None


def _grown_in_time(award: Step, last: Step) -> Answer:
    start, longest, end = exact(award.after.start), exact(award.after.furthest), exact(last.after.end)
    if not (start and longest and end):
        return Unknown("the longest term of the award, or the end of the contract, is not known to the day")
    days = (longest - start).days + 1
    if (end - longest).days <= days * _HALF_OF_TIME:
        return PASSED
    read = (Read("Longest term of the award", f"to {say_day(longest)}", award.record.id),)
    message = (
        f"The contract runs to {say_day(end)}. With all its options, it was awarded to {say_day(longest)}; the changes "
        "add more than half of that term."
    )
    return Found(message, (*read, Read("End", say_day(end), last.record.id)), last.record.id)


def change_notices_come_first(world: World, record: Record) -> Iterator[Answer]:
    """Under the Procurement Act 2023, a change notice is published before a contract is changed.

    None is needed where the change is of at most 10% of the value (15% for works; whether a contract is for works is
    not recorded here, so that 10% is tested) or of the term, nor for light-touch contracts.
    """
    for n, event, history, step in _changes(world, record):
        law = _law(world, event, history)
        if isinstance(law, str) and "light" not in law:
            yield Unknown(law)
        if not isinstance(law, Procurement) or law.basis is not ACT_2023 or law.light:
            continue
        published = event.notice.date if event.notice else None
        if event.notice and not (published and published.latest and record.form.date.earliest):
            yield Unknown("when the change notice was published is not stated")
        elif event.notice and published and published.earliest and record.form.date.latest:
            late = bool(published.earliest > record.form.date.latest)
            read = (
                Read("Notice", say_when(published), record.id),
                Read("Decided", say_when(record.form.date), record.id),
            )
            message = (
                f"The change notice is of {say_when(published)}, after the decision ({say_when(record.form.date)})."
            )
            yield Found(message, read, loc=("contracts", n, "notice")) if late else PASSED
        else:
            yield _without_notice(record, n, event, history, step)


def _without_notice(record: Record, n: int, event: ContractEvent, history: History, step: Step | None) -> Answer:
    sizes = [size for size in (_small_in_value(event, history, step), _small_in_time(event, step)) if size]
    if any(small for _, small in sizes):
        return PASSED
    read = tuple(Read(what, "more than a tenth" if small is False else "not known", record.id) for what, small in sizes)
    if not sizes or any(small is None for _, small in sizes):
        return Unknown("how large the change is, set against the value or the term, is not known", read)
    message = "The record names no change notice, and the change is of more than a tenth of the value or of the term."
    return Found(message, read, loc=("contracts", n))


Size = tuple[str, bool | None]
"""What is measured, and whether the change is of at most a tenth of it; None where that is not known."""


def _small_in_value(event: ContractEvent, history: History, step: Step | None) -> Size | None:
    if event.cost is None or event.cost.nothing is Nothing.NIL:
        return None
    value, cost = _award_value(history, event, step), _one_sum(event.cost.parts)
    return "Share of the value", cost.figure <= _TENTH * value.figure if value and cost else None


def _small_in_time(event: ContractEvent, step: Step | None) -> Size | None:
    if event.term is None:
        return None
    start, before = (exact(step.before.start), exact(step.before.furthest)) if step else (None, None)
    after = exact(step.after.end) if step else None
    if not (start and before and after):
        return "Share of the term", None
    return "Share of the term", (after - before).days * 10 <= (before - start).days + 1
