"""Rules about a contract's chain of decisions: what is missing from it, and whether its parts join."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.world import Phase, World
from hipss_register.history import History, Step, TermPart
from hipss_register.history.days import ONE_DAY, exact
from hipss_register.model import EVENT_KINDS, Term
from hipss_register.problems import Loc
from hipss_register.read import Record
from hipss_register.wording import say_count, say_day, say_length, say_list, say_when

IMPLIED = {"option exercised": "use of the option to extend", "award": "award of the contract"}
_LENGTHENS = frozenset({"option exercised", "variation", "extension"})


def every_step_has_a_record(world: World, contract: str, history: History) -> Iterator[Answer]:
    """Every decision that a contract must have had is in the register, at least as one that another record mentions.

    What must have been decided follows from later records: a contract that is changed was awarded, and a contract that
    ran on had its option used or was extended.
    """
    if not any(step.in_force and step.event for step in history.steps):
        yield Unknown("the register has no decision about this contract")
        return
    for implied in history.implied:
        what = IMPLIED.get(implied.event, EVENT_KINDS[implied.event].heading.lower())
        by = f" It was due by {say_day(implied.by)}." if implied.by and implied.event != "award" else ""
        message = f"We found no record of the {what}.{by} {implied.because}"
        read = (Read("Known from", f"“{world.name(implied.basis)}”", implied.basis),)
        yield Found(message, read, implied.basis, _place(world, implied.basis, contract))
    if not history.implied:
        yield PASSED


def _place(world: World, record_id: str, contract: str) -> Loc:
    events = world.register.records[record_id].form.contracts
    return next((("contracts", n) for n, event in enumerate(events) if event.contract == contract), ())


def mentioned_records_are_held(world: World, record: Record) -> Iterator[Answer]:
    """The register holds the record of every decision that it knows of.

    A decision that we know only because another record or page mentions it has no record here. What it decided cannot
    be read in its own words. A record of which no document is kept counts as held.
    """
    if record.held:
        yield PASSED
        return
    sources = list(_known_from(world, record))
    if not sources:
        yield Unknown("the record that it is said to be known from is not in the register")
        return
    message = f"We do not hold the record of this decision. We know of it from {say_list([r.value for r in sources])}."
    yield Found(message, tuple(sources), loc=("known_from",))


def _known_from(world: World, record: Record) -> Iterator[Read]:
    for known in record.form.known_from:
        source = world.register.aliases.get(known.record or "", known.record)
        if known.url:
            yield Read("Known from", known.title or known.url)
        elif source and source in world.register.records:
            yield Read("Known from", f"“{world.name(source)}”", source)


def options_are_not_overused(world: World, contract: str, history: History) -> Iterator[Answer]:
    """An option to extend is used no more often, and no longer, than the contract provides.

    Each use of an option is compared with what was left of the options before it. An option that a record implies to
    have been used counts as used.
    """
    for step in history.steps:
        if not (step.event and step.in_force and step.event.event == "option exercised"):
            continue
        loc = ("contracts", step.record.form.contracts.index(step.event), "term")
        planned = [part for part in step.before.parts if part.length]
        left = [part for part in planned if not part.runs]
        used = next((part for part in step.after.parts if part.set_by == step.record.id and part.runs), None)
        if not planned:
            yield Unknown("which options the contract has is not known", (Read("Option used", "", step.record.id),))
        elif not left:
            message = "The decision uses an option. By the records before it, no option was left."
            yield Found(message, (Read("Options left", "none", step.record.id),), step.record.id, loc)
        else:
            yield _compare(step, left[0], used, loc)


def _compare(step: Step, option: TermPart, used: TermPart | None, loc: tuple[str | int, ...]) -> Answer:
    start, end = (exact(used.start), exact(used.end)) if used else (None, None)
    most = option.length.end_from(start) if option.length and start else None
    if not end or not most:
        return Unknown("the first or last day of the time for which it is used is not known")
    read = (
        Read("Option", say_length(option.length, option.up_to) if option.length else "", option.set_by),
        Read("Used to", say_day(end), step.record.id),
    )
    if end > most:
        return Found(
            f"The option is used to {say_day(end)}. It would end on {say_day(most)}.", read, step.record.id, loc
        )
    return PASSED


def terms_join(world: World, contract: str, history: History) -> Iterator[Answer]:
    """Each part of a contract's term begins on the day after the part before it ends.

    A gap or an overlap between two parts is a finding. Parts for different lots are not compared.
    """
    running = [part for part in history.now.parts if part.runs]
    for one, other in pairwise(running):
        if one.lots != other.lots:
            continue
        end, start = exact(one.end), exact(other.start)
        read = (
            Read(f"{one.kind.value} ends", _said(end), one.set_by),
            Read(f"{other.kind.value} begins", _said(start), other.set_by),
        )
        if not end or not start:
            yield Unknown("a first or a last day in the chain is not known", read)
        elif start == end + ONE_DAY:
            yield PASSED
        else:
            what, days = ("a gap", (start - end).days - 1) if start > end else ("an overlap", (end - start).days + 1)
            message = (
                f"Between the {one.kind.value.lower()}, to {say_day(end)}, and the {other.kind.value.lower()}, "
                f"from {say_day(start)}, there is {what} of {say_count(days, 'day')}."
            )
            yield Found(message, read, other.set_by or one.set_by)


def _said(day: dt.date | None) -> str:
    return say_day(day) if day else "not known to the day"


def lengths_agree_with_dates(world: World, record: Record) -> Iterator[Answer]:
    """A term's first day, its last day and its length agree.

    Compared where a record gives all three. A term of “up to” a length may be shorter. A contract from 31 March to
    31 March is a year and a day.
    """
    for n, event in enumerate(record.form.contracts):
        term = event.term
        if not term or term.nothing or not term.length or not (term.start and term.end):
            continue
        start, end = term.start.exact, term.end.exact
        if not start or not end:
            yield Unknown("the term's first or last day is not known to the day")
            continue
        yield _agrees(record, n, term, start, end)


def _agrees(record: Record, n: int, term: Term, start: dt.date, end: dt.date) -> Answer:
    by_length = term.length.end_from(start) if term.length else None
    if by_length == end or (term.up_to and by_length and end < by_length):
        return PASSED
    read = tuple(
        Read(what, said, record.id)
        for what, said in (("From", say_day(start)), ("To", say_day(end)), ("Length", str(term.length)))
    )
    by = f"; by its length it would be {say_day(by_length)}" if by_length else ""
    return Found(f"The term’s last day is {say_day(end)}{by}.", read, loc=("contracts", n, "term"))


def ending_contracts_have_a_successor(world: World, contract: str, history: History) -> Iterator[Answer]:
    """A contract that has ended, or ends within six months, has something after it, or a record says that it ends.

    What comes after is a contract that takes its place, or a decision to let it again, to end it, or that notes its
    end. “Has ended” and “six months” are counted from the day of the last decision in the register, never from the day
    on which you read this. It is not asked of what is not a purchase.
    """
    now, entry = history.now, world.register.tables.contracts.get(contract)
    if not now.awarded or (entry and entry.regime == "not a purchase"):
        return
    end = now.end.value.latest if now.end.value else None
    told = any(
        step.event and step.in_force and step.event.event in ("re-let", "expiry noted") for step in history.steps
    )
    if contract in world.followed or told or now.ended:
        yield PASSED
    elif not end:
        yield Unknown("the end of the contract is not known")
    elif (phase := world.surroundings.phase(end)) is Phase.FAR:
        yield PASSED
    else:
        ranks = world.register.ranks
        last = max(now.end.sources or (history.steps[-1].record.id,), key=lambda record_id: ranks[record_id])
        message = (
            f"By the records, the contract {'ended' if phase is Phase.PAST else 'ends'} on {say_day(end)}. "
            "The register has nothing that says what comes after it."
        )
        counted = Read("Counted from", "the day of the last decision in the register")
        yield Found(message, (Read("End", say_day(end), last), counted), last)


def decided_before_the_old_end(world: World, record: Record) -> Iterator[Answer]:
    """A contract is lengthened before it has ended, not after.

    The decision's day is compared with the end of the contract as it stood before.
    """
    for n, event in enumerate(record.form.contracts):
        history = world.histories.get(event.contract)
        if event.event not in _LENGTHENS or not event.term or not history:
            continue
        step = next((s for s in history.steps if s.record is record and s.event is event and s.in_force), None)
        told = event.before.end if event.before else None
        end = (told.exact if told else None) or (exact(step.before.end) if step else None)
        decided = record.form.date
        read = (Read("Decided", say_when(decided), record.id), Read("End before", _said(end), record.id))
        if not end or not decided.earliest or not decided.latest:
            yield Unknown("the end of the contract before this decision is not known", read)
        elif decided.earliest > end:
            message = (
                f"The contract is lengthened by a decision of {say_when(decided)}. It had ended on {say_day(end)}."
            )
            yield Found(message, read, loc=("contracts", n))
        elif decided.latest > end:
            yield Unknown(f"the day of the decision is not known ({say_when(decided)})", read)
        else:
            yield PASSED
