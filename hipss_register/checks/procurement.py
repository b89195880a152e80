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
from hipss_register.wording import say_figure, say_when

_CHANGES = frozenset({"variation", "extension", "supplier changed"})
_HALF, _TENTH = Decimal("0.5"), Decimal("0.1")
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
    return known[0].model_copy(update={"figure": sum((value.figure for value in known), Decimal(0))})


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
