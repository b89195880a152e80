"""Rules about authority: by what power a decision was taken, by which post, and within what limits."""

from __future__ import annotations

import re
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
from hipss_register.checks.world import World, unsaid
from hipss_register.history import History, Step
from hipss_register.history.days import exact
from hipss_register.model import ContractEvent, Nothing
from hipss_register.model.decision import LABELS
from hipss_register.names import slug, squeezed
from hipss_register.read import Record
from hipss_register.wording import say_amount, say_day, say_figure, say_list, say_span

_INSTRUMENT = re.compile(
    r"scheme|delegat|constitution|authoris|standing order|procedure rule|financial regulation|terms of reference|"
    r"\bact (?:19|20)\d\d|regulations? |\bsection \d|\bparagraph \d|\bpara\b|\barticle \d|\bschedule|"
    r"\bresol(?:ved|ution)|"
    r"\b(?:cabinet|council|committee|board) decision|decision of (?:the )?(?:cabinet|council|committee)|"
    r"functions? of |\bpowers?\b|\bS\.?I\.? \d",
    re.IGNORECASE,
)
_CONSULT = re.compile(
    r"(?:in|after|following|subject to|upon|on) consultation with (?P<whom>[^.;,]{3,80})", re.IGNORECASE
)
_BODY = re.compile(r"\b(?:cabinet|council|committee|board|panel|governors)\b", re.IGNORECASE)


def _taken_by_body(world: World, record: Record) -> bool:
    """Whether only bodies took a decision; they hold their powers by law or by the constitution, not by delegation."""
    makers = record.form.makers
    table = world.register.tables.decision_makers
    entries = [(maker.name, table.get(world.register.makers.id_of(maker.name))) for maker in makers]
    return bool(makers) and all(
        entry.body
        if entry
        else bool(_BODY.search(name) and not re.search("member|director|officer", name, re.IGNORECASE))
        for name, entry in entries
    )


def authority_is_stated(world: World, record: Record) -> Iterator[Answer]:
    """A record of a decision by an officer or a member says by what authority it was taken.

    Decisions of bodies (cabinet, council, committees) are left out: their powers are not delegated to them by a
    decision of this register.
    """
    if _taken_by_body(world, record):
        return
    authority = record.form.authority
    if authority and authority.nothing not in (Nothing.NOT_STATED, Nothing.NIL) and not authority.nil:
        yield PASSED
        return
    read = (Read(LABELS["authority"], "not stated in the record", record.id),)
    yield Found("The record does not say by what authority the decision was taken.", read, loc=("authority",))


def authority_names_an_instrument(world: World, record: Record) -> Iterator[Answer]:
    """Where a record states the authority for a decision, it names what gives the power.

    That can be a scheme of delegation, the constitution, a provision of law, or a decision that delegates. The check
    looks for such words, and for a link “authorised by”.
    """
    authority = record.form.authority
    if not authority or not authority.words or _taken_by_body(world, record):
        return
    by_link = any(link.kind.name == "authorised by" for link in world.register.links_from.get(record.id, ()))
    if by_link or _INSTRUMENT.search(authority.words):
        yield PASSED
        return
    message = (
        "Where the form asks for the authority, the record tells what went before. "
        "It names no scheme of delegation, law or decision that gives the power."
    )
    yield Found(message, (Read(_label(record), squeezed(authority.words), record.id),), loc=("authority",))


def _label(record: Record) -> str:
    return record.form.labels.get("authority", LABELS["authority"])


def the_post_authorised_decides(world: World, record: Record) -> Iterator[Answer]:
    """A decision under an approval is taken by the post that the approval authorised.

    The approval is the decision that the record names as its authority, or under which it awards a contract. Posts are
    compared by name, with the other names that the table of decision makers gives.
    """
    links = [
        link
        for link in world.register.links_from.get(record.id, ())
        if link.kind.name in ("authorised by", "awards under")
    ]
    makers = record.form.makers
    own = {event.contract for event in record.form.contracts}
    contracts = own | {framework_of(world, contract) for contract in own}
    for link in links:
        target = world.register.records[link.target]
        may = [e.may_award for e in target.form.contracts if e.may_award and (e.contract in contracts or not contracts)]
        if not may:
            yield Unknown(f"“{target.name}” does not say who may decide")
            continue
        read = (
            Read("Authorised", may[0], target.id),
            Read("Decided by", say_list([maker.name for maker in makers]) or record.form.absent.value, record.id),
        )
        if not makers:
            yield Unknown(unsaid(record, "who decided"), read)
        elif all(is_authorised(world, maker.name, may[0]) for maker in makers):
            yield PASSED
        else:
            message = f"The approval authorised “{may[0]}”. The record gives another name for who decided."
            yield Found(message, read, loc=("decision_maker",), also=(target.id,))


def is_authorised(world: World, name: str, may: str) -> bool:
    """Whether a post goes by a name that stands in the words of an approval."""
    entry = world.register.tables.decision_makers.get(world.register.makers.id_of(name))
    names = [name, *((entry.name, *entry.also) if entry else ())]
    return any(f"-{slug(one)}-" in f"-{slug(may)}-" for one in names)


def required_consultation_is_recorded(world: World, record: Record) -> Iterator[Answer]:
    """Where the authority for a decision requires consultation, the record says who was consulted.

    The check looks for “in consultation with” and the like in the authority's words, and in what the approval that the
    decision is taken under says of who may decide.
    """
    authority = record.form.authority
    stated = Read(_label(record), squeezed(authority.words), record.id) if authority and authority.words else None
    required = [stated] if stated else []
    required += [Read("Who may decide", words, approval) for approval, words in _who_may(world, record)]
    found = next(((read, m) for read in required if (m := _CONSULT.search(read.value))), None)
    if not found:
        return
    source, match = found
    consultation = record.form.consultation
    if consultation and consultation.words and not consultation.nil:
        yield PASSED
        return
    whom = squeezed(match["whom"])
    said = consultation.words if consultation and consultation.words else "not stated in the record"
    message = f"The authority requires consultation with {whom}. The record tells of none."
    read = (source, Read(LABELS["consultation"], said, record.id))
    yield Found(message, read, loc=("consultation",))


def _who_may(world: World, record: Record) -> Iterator[tuple[str, str]]:
    """The approvals that a decision is taken under, with what each says of who may decide."""
    for link in world.register.links_from.get(record.id, ()):
        if link.kind.name in ("authorised by", "awards under"):
            events = world.register.records[link.target].form.contracts
            yield from ((link.target, event.may_award) for event in events if event.may_award)


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

    The latest day is the approval's own, or its first day and its length, with its options. The finding is on the first
    decision that takes the contract past it.
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
