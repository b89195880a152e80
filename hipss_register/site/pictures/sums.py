"""What the bars of money stand for: each sum of a record, and an award's value where no record gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from hipss_register.history import History, MoneyEntry, Step
from hipss_register.model import EVENT_KINDS, MONEY_ROLES, Amount, Nothing, Tables
from hipss_register.model.kinds import MoneyRole, MoneySort
from hipss_register.site.pictures.span import short_nothing, short_span
from hipss_register.wording import say_amount, say_part_of, upper_first


class Sort(Enum):
    """How a sum is drawn."""

    LIMIT = auto()
    LEAST = auto()
    ESTIMATE = auto()
    AMOUNT = auto()
    UNKNOWN = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum: what it is, the decision that gives it, the figure in words, and how long its bar is, if it has one."""

    what: str
    detail: str
    figure: str
    sort: Sort
    drawn: Decimal | None = None


def sums_of(history: History, names: Tables) -> list[Sum]:
    """Every sum of a contract's records, in order of the decisions."""
    steps = {step.record.id: step for step in history.steps}
    entries = history.now.money
    currency = next((part.currency for entry in entries for part in entry.money.parts if not part.per), "")
    placed = [
        (list(steps).index(entry.record), one)
        for entry in entries
        for one in _of_entry(entry, steps[entry.record], currency, names)
    ]
    placed += [(list(steps).index(step.record.id), _unstated(step)) for step in _awards_without_value(history)]
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]


def _awards_without_value(history: History) -> Iterator[Step]:
    """The awards that the term rests on and whose value their records do not give."""
    valued = {entry.record for entry in history.now.money if entry.role.name == "value"}
    resting = {part.set_by for part in history.now.parts}
    for step in history.steps:
        award = step.event is not None and step.event.event == "award"
        if award and step.in_force and step.record.id in resting - valued:
            yield step


def _unstated(step: Step) -> Sum:
    absent = short_nothing(step.record.form.absent)
    return Sum(MONEY_ROLES["value"].label, _decision(step, "award"), upper_first(absent), Sort.UNKNOWN)


def _decision(step: Step, event: str) -> str:
    date = step.record.form.date.date
    return f"{EVENT_KINDS[event].heading}, {short_span(date) if date else 'date not known'}"


def _of_entry(entry: MoneyEntry, step: Step, currency: str, names: Tables) -> Iterator[Sum]:
    what, detail = entry.role.label, _decision(step, entry.event)
    worked_out = ", worked out" if entry.money.worked_out else ""
    if entry.money.nothing is Nothing.NIL:
        yield Sum(what, detail, "None", Sort.AMOUNT, Decimal(0))
    elif entry.money.nothing:
        yield Sum(what, detail, upper_first(short_nothing(entry.money.nothing)), Sort.UNKNOWN)
    elif not entry.money.parts:
        yield Sum(what, detail, f"“{entry.money.words}”", Sort.WORDS)
    for part in entry.money.parts:
        of = ", ".join(filter(None, (_supplier(part, names), say_part_of(part))))
        figure = upper_first(say_amount(part)) + worked_out
        whole = f"{detail}: {of}" if of else detail
        if part.per or part.currency != currency:
            yield Sum(what, whole, f"{figure} (not to this scale)", Sort.WORDS)
        else:
            yield Sum(what, whole, figure, _sort(part, entry.role), part.figure)


def _supplier(part: Amount, names: Tables) -> str:
    entry = names.suppliers.get(part.supplier) if part.supplier else None
    return entry.name if entry else part.supplier or ""


def _sort(part: Amount, role: MoneyRole) -> Sort:
    if part.qualifier == "at least":
        return Sort.LEAST
    return {
        MoneySort.LIMIT: Sort.LIMIT,
        MoneySort.ESTIMATE: Sort.ESTIMATE,
        MoneySort.AMOUNT: Sort.AMOUNT,
    }[part.sort(role)]
