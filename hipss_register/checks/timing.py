"""Rules about dates: what comes before what, how soon a record is published, and what was decided after the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hipss_register.checks.days import working_days_between
from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.world import World, unsaid
from hipss_register.history import History
from hipss_register.model import ContractEvent, When
from hipss_register.read import Record
from hipss_register.wording import say_count, say_span, say_when

LATE_AFTER = 10
"""Working days after which a record counts as published late: a rule of thumb."""


def dates_are_in_order(world: World, record: Record) -> Iterator[Answer]:
    """Notice is given before a decision is taken; it takes effect, and is published, no earlier than it is taken.

    Only dates that the record gives are compared. Dates known to the month or the year count as out of order only if
    every day that they could be is.
    """
    form = record.form
    notice = form.notice.published if form.notice else None
    pairs = [
        ("Notice", notice, "Decided", form.date),
        ("Decided", form.date, "Takes effect", form.effective),
        ("Decided", form.date, "Published", form.published),
    ]
    stated = [(one, a, other, b) for one, a, other, b in pairs if a and b]
    answers = [_order(record, *pair) for pair in stated]
    found = [answer for answer in answers if isinstance(answer, Found)]
    unknown = [answer for answer in answers if isinstance(answer, Unknown)]
    yield from found or unknown or answers[:1]


_PLACES = {"Takes effect": "effective", "Published": "published"}


def _order(record: Record, one: str, a: When, other: str, b: When) -> Answer:
    read = (Read(one, say_when(a), record.id), Read(other, say_when(b), record.id))
    if a.earliest and b.latest and a.earliest > b.latest:
        message = f"By its dates, “{one.lower()}” ({say_when(a)}) comes after “{other.lower()}” ({say_when(b)})."
        return Found(message, read, loc=(_PLACES.get(other, "notice"),))
    if a.latest and b.earliest and a.latest <= b.earliest:
        return PASSED
    return Unknown(f"the dates ({say_when(a)}; {say_when(b)}) are not known closely enough", read)


def record_is_published_soon(world: World, record: Record) -> Iterator[Answer]:
    """A record is published within 10 working days of the decision.

    Counted in working days in England from the day after the decision to the day of publication.
    """
    form = record.form
    if not form.published or not form.published.date:
        yield Unknown("when the council published the record is not stated")
        return
    read = (Read("Decided", say_when(form.date), record.id), Read("Published", say_when(form.published), record.id))
    if not (form.date.latest and form.date.earliest and form.published.earliest and form.published.latest):
        yield Unknown("one of the two dates has no bound", read)
    elif (least := working_days_between(form.date.latest, form.published.earliest)) > LATE_AFTER:
        at_least = "" if form.date.exact and form.published.exact else "at least "
        message = f"The record was published {at_least}{say_count(least, 'working day')} after the decision."
        yield Found(message, read, loc=("published",))
    elif working_days_between(form.date.earliest, form.published.latest) > LATE_AFTER:
        yield Unknown("the dates are not known to the day", read)
    else:
        yield PASSED


_ACTING = ("award", "option exercised", "variation", "extension", "supplier changed", "termination")


def decided_before_it_begins(world: World, record: Record) -> Iterator[Answer]:
    """What a decision does to a contract begins no earlier than the day on which it is decided.

    The beginning is the first day of the term that the decision sets or uses, or the day on which it says that it takes
    effect. Where the record gives neither, it is the first day that the register worked out.
    """
    for n, event in enumerate(record.form.contracts):
        if event.event not in _ACTING:
            continue
        begins, said = _begins(event, record, world.histories.get(event.contract))
        decided = record.form.date
        read = (Read("Decided", say_when(decided), record.id), Read("Begins", said, record.id))
        if not begins or not decided.earliest or not decided.latest:
            yield Unknown(unsaid(record, "when it begins"), read)
        elif decided.earliest > begins:
            message = f"This was decided ({say_when(decided)}) after what it decides began ({said})."
            yield Found(message, read, loc=("contracts", n, "term"))
        elif decided.latest > begins:
            yield Unknown(f"the day of the decision is not known ({say_when(decided)})", read)
        else:
            yield PASSED


def _begins(event: ContractEvent, record: Record, history: History | None) -> tuple[dt.date | None, str]:
    start = (event.term.start if event.term else None) or event.takes_effect
    if start and start.latest:
        return start.latest, say_when(start)
    for step in history.steps if history else ():
        if step.record is record and step.event is event:
            part = next((part for part in step.after.parts if part.set_by == record.id), None)
            value = part.start.value if part else None
            return (value.latest, f"{say_span(value)}, worked out") if value else (None, "not stated")
    return None, "not stated"
