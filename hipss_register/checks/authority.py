"""Rules about authority: by what power a decision was taken, and by which post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.powers import (
    framework_of,
)
from hipss_register.checks.world import World, unsaid
from hipss_register.model import Nothing
from hipss_register.model.decision import LABELS
from hipss_register.names import slug, squeezed
from hipss_register.read import Record
from hipss_register.wording import say_list, say_when

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
    decision of this register. A later decision that ratifies this one is named: it approves what was done, and does not
    say by what authority it was done, so that the record still lacks it.
    """
    if _taken_by_body(world, record):
        return
    authority = record.form.authority
    if authority and authority.nothing not in (Nothing.NOT_STATED, Nothing.NIL) and not authority.nil:
        yield PASSED
        return
    ratified = tuple(_ratified_by(world, record))
    read = (
        Read(LABELS["authority"], "not stated in the record", record.id),
        *(Read("Ratified", say_when(later.form.date), later.id) for later in ratified),
    )
    message = "The record does not say by what authority the decision was taken."
    if ratified:
        message += f" It was ratified later, by {say_list([f'“{later.name}”' for later in ratified])}."
    yield Found(message, read, loc=("authority",))


def _ratified_by(world: World, record: Record) -> Iterator[Record]:
    """The decisions that ratified another; not those that have still to be taken."""
    for link in world.register.links_to.get(record.id, ()):
        later = world.register.records[link.source]
        if link.kind.name == "ratifies" and not later.form.pending:
            yield later


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
