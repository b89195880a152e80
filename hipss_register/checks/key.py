"""Rules about key decisions: whether a decision is one, the notice before it, and the time for call-in after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from hipss_register.checks.days import after_working_days, clear_days_between
from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.world import World, unsaid
from hipss_register.model import Answer as Said
from hipss_register.model import When
from hipss_register.model.tables import CALL_IN, KEY_DECISION
from hipss_register.read import Record
from hipss_register.wording import say_count, say_day, say_figure, say_when

CLEAR_DAYS = 28
_SPENT = ("cost", "value", "ceiling", "saving")


def big_sums_are_key(world: World, record: Record) -> Iterator[Answer]:
    """An executive decision of at least the sum that counted as key on its day is marked as key.

    The sum is the largest single figure of the decision's costs, values, ceilings and savings. What counts as key is
    local: it is read from the table of thresholds (“key-decision”), as in force on the day of the decision.
    """
    form = record.form
    sums = [
        (part.figure, role.label)
        for holder in (form, *form.contracts)
        for role, money in holder.money()
        for part in money.parts
        if role.name in _SPENT and not part.per and part.currency == "GBP"
    ]
    if form.function == "non-executive" or not sums:
        return
    largest, label = max(sums)
    read = (Read(label, say_figure(largest), record.id), _marked(record))
    threshold = _threshold(world, KEY_DECISION, form.date.earliest)
    if form.key is Said.YES:
        yield PASSED
    elif threshold is None:
        yield Unknown("the table of thresholds does not say what sum made a decision key on that day", read)
    elif largest < threshold:
        yield PASSED
    elif form.key is Said.NO:
        message = f"The decision is marked as not key; {say_figure(largest)} is at or over {say_figure(threshold)}."
        yield Found(message, (*read, Read("Key from", say_figure(threshold))), loc=("key",))
    else:
        yield Unknown(unsaid(record, "whether the decision is key"), read)


def _threshold(world: World, name: str, day: dt.date | None) -> Decimal | None:
    threshold = world.register.tables.thresholds.get(name)
    step = threshold.on(day) if threshold and day else None
    return step.amount if step else None


def _marked(record: Record) -> Read:
    key = record.form.key
    return Read("Key decision", key.value if key else record.form.absent.value, record.id)


def wide_effects_are_key(world: World, record: Record) -> Iterator[Answer]:
    """An executive decision that affects two or more wards and is marked as not key says so for a reason.

    What the regulation asks is whether the effect on communities in two or more wards is significant. No record tells
    that, so the finding is only a question. It is not asked of a decision that only notes, corrects, ratifies or calls
    in.
    """
    form = record.form
    wards = form.wards.wards if form.wards else ()
    if form.function == "non-executive" or _decides_nothing_new(record):
        return
    if not wards:
        yield Unknown(unsaid(record, "which wards are affected"))
        return
    tables = world.register.tables.wards
    entries = {world.register.wards.id_of(words) for words in wards}
    wide = len(entries) > 1 or any(entry in tables and tables[entry].all for entry in entries)
    read = (Read("Wards", ", ".join(wards), record.id), _marked(record))
    if not wide or form.key is Said.YES:
        yield PASSED
    elif form.key is Said.NO:
        which = "all wards" if len(entries) == 1 else "two or more wards"
        message = f"The decision is marked as not key, and is about {which}. Whether its effect there is significant, "
        yield Found(f"{message}the record does not say.", read, loc=("key",))
    else:
        yield Unknown(unsaid(record, "whether the decision is key"), read)


_SECONDARY = frozenset({"corrects", "calls in", "ratifies"})


def _decides_nothing_new(record: Record) -> bool:
    """Whether a decision only notes the end of contracts, or only corrects, ratifies or calls in another."""
    events = {event.event for event in record.form.contracts}
    return events == {"expiry noted"} or (not events and bool(_SECONDARY & set(record.form.links)))


def key_decisions_have_notice(world: World, record: Record) -> Iterator[Answer]:
    """Notice of a key decision is given 28 clear days before, unless a general exception or special urgency applied.

    Clear days are whole days: neither the day of the notice nor the day of the decision counts.
    """
    form = record.form
    if form.key is not Said.YES:
        return
    if form.urgency:
        yield PASSED
        return
    notice = form.notice.published if form.notice else None
    if not notice or not notice.latest or not notice.earliest or not form.date.earliest or not form.date.latest:
        yield Unknown(unsaid(record, "when notice was given"))
        return
    read = (Read("Notice given", say_when(notice), record.id), Read("Decided", say_when(form.date), record.id))
    most = clear_days_between(notice.earliest, form.date.latest)
    if most < CLEAR_DAYS:
        days = say_count(max(most, 0), "clear day")
        message = f"Notice of this key decision was given {days} before it, and no urgency is stated."
        yield Found(message, read, loc=("notice",))
    elif clear_days_between(notice.latest, form.date.earliest) < CLEAR_DAYS:
        yield Unknown("the dates are not known to the day", read)
    else:
        yield PASSED


def call_in_runs_out_first(world: World, record: Record) -> Iterator[Answer]:
    """A decision that could be called in takes effect only after the time for that has run out.

    The last day for call-in is the one that the record gives; otherwise it is counted in working days from the
    decision, by the table of thresholds (“call-in”).
    """
    form = record.form
    if (
        not form.call_in
        or form.call_in.subject is not Said.YES
        or (form.urgency and form.urgency.rule == "call-in waived")
    ):
        return
    if not form.effective or not form.effective.date:
        yield Unknown(unsaid(record, "when the decision takes effect"))
        return
    first, last, said = _stated_last_days(record) or _last_days_from_decision(world, record)
    read = (Read("Takes effect", say_when(form.effective), record.id), Read("Last day for call-in", said, record.id))
    if first is None and last is None:
        yield Unknown("the last day for call-in is neither stated nor in the table of thresholds", read)
    elif form.effective.latest and first and form.effective.latest <= first:
        message = (
            f"The decision takes effect ({say_when(form.effective)}) before the time for call-in is over ({said})."
        )
        yield Found(message, read, loc=("effective",))
    elif form.effective.earliest and last and form.effective.earliest > last:
        yield PASSED
    else:
        yield Unknown("when it takes effect, or the last day for call-in, is not known closely enough", read)


def call_ins_come_in_time(world: World, record: Record) -> Iterator[Answer]:
    """A decision is called in before the time for that has run out, or the request is not accepted.

    When it was called in is what the record says; otherwise the day of the later decision that calls it in. The last
    day for call-in is the one that the record gives; otherwise it is counted in working days by the table of thresholds
    (“call-in”), from the day of publication where that is later than the decision. How long there is for call-in is the
    council's own rule.
    """
    if _cannot_be_called_in(record) or _was_refused(record):
        return
    for asked, caller in _call_ins(world, record):
        first, last, said = _last_days_for_call_in(world, record)
        read = (
            Read("Called in", say_when(asked), (caller or record).id),
            Read("Last day for call-in", said, record.id),
        )
        if first is None and last is None:
            yield Unknown("the last day for call-in is neither stated nor in the table of thresholds", read)
        elif asked.latest and first and asked.latest <= first:
            yield PASSED
        elif asked.earliest and last and asked.earliest > last:
            by = f" by “{caller.name}”" if caller else ""
            message = f"The decision was called in{by} ({say_when(asked)}) after the time for that was over ({said})."
            yield Found(message, read, loc=("call_in",), also=(caller.id,) if caller else ())
        else:
            yield Unknown("the day of the call-in, or the last day for it, is not known closely enough", read)


def only_what_can_be_is_called_in(world: World, record: Record) -> Iterator[Answer]:
    """A decision that was called in is one that, by its record, could be; or the request is not accepted, or withdrawn.

    By its record it could not be if that says that the decision is not subject to call-in, or that call-in was waived.
    """
    said, barred = _could_be_called_in(record), _cannot_be_called_in(record)
    came_to_nothing = record.form.call_in is not None and record.form.call_in.outcome in ("not accepted", "withdrawn")
    for asked, caller in _call_ins(world, record):
        read = (
            Read("Called in", say_when(asked), (caller or record).id),
            Read("Whether it could be called in", said, record.id),
        )
        if barred and not came_to_nothing:
            by = f" by “{caller.name}”" if caller else ""
            message = f"The decision was called in{by} ({say_when(asked)}); by its record it could not be."
            yield Found(message, read, loc=("call_in",), also=(caller.id,) if caller else ())
        elif barred or said == Said.YES:
            yield PASSED
        else:
            yield Unknown(unsaid(record, "whether it could be called in"), read)


def _could_be_called_in(record: Record) -> str:
    form = record.form
    if form.urgency and form.urgency.rule == "call-in waived":
        return "call-in waived"
    return (form.call_in.subject if form.call_in else form.absent).value


def _cannot_be_called_in(record: Record) -> bool:
    return _could_be_called_in(record) in ("no", "call-in waived")


def _was_refused(record: Record) -> bool:
    return record.form.call_in is not None and record.form.call_in.outcome == "not accepted"


def _call_ins(world: World, record: Record) -> Iterator[tuple[When, Record | None]]:
    """When a decision was called in, each with the decision that did so unless the record itself says when."""
    if record.form.call_in and record.form.call_in.requested:
        yield record.form.call_in.requested, None
        return
    for link in world.register.links_to.get(record.id, ()):
        caller = world.register.records[link.source]
        if link.kind.name == "calls in" and not caller.form.pending:
            yield caller.form.date, caller


LastDays = tuple[dt.date | None, dt.date | None, str]
"""The first and the last day that the last one for call-in can be, None for no bound; and the same in words."""


def _last_days_for_call_in(world: World, record: Record) -> LastDays:
    form = record.form
    if stated := _stated_last_days(record):
        return stated
    first, _, said = _last_days_from_decision(world, record)
    decided, published = form.date.exact, form.published.exact if form.published else None
    if not (first and decided and published):
        return first, None, f"{said}; later, if it was published later" if first else said
    if published <= decided:
        return first, first, said
    last, said = _counted(world, published, decided, "publication")
    return last, last, said


def _stated_last_days(record: Record) -> LastDays | None:
    stated = record.form.call_in.deadline if record.form.call_in else None
    return (stated.earliest, stated.latest, say_when(stated)) if stated and stated.date else None


def _last_days_from_decision(world: World, record: Record) -> LastDays:
    day = record.form.date.exact
    last, said = _counted(world, day, day, "the decision") if day else (None, "not known")
    return last, last, said


def _counted(world: World, since: dt.date, decided: dt.date, what: str) -> tuple[dt.date | None, str]:
    """The last day for call-in, by the table as in force when it was decided, and the same in words."""
    threshold = world.register.tables.thresholds.get(CALL_IN)
    step = threshold.on(decided) if threshold else None
    if not (step and step.working_days):
        return None, "not known"
    last = after_working_days(since, step.working_days)
    return last, f"{say_day(last)}, {say_count(step.working_days, 'working day')} after {what}"
