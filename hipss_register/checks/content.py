"""Rules about what a record must contain: something, of substance, in each box that the law asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.law import kept_until, law_of
from hipss_register.checks.world import World, twin_key
from hipss_register.model import MONEY_ROLES, Nothing, Statement
from hipss_register.model.base import Said
from hipss_register.model.decision import LABELS
from hipss_register.names import squeezed
from hipss_register.problems import Loc
from hipss_register.read import Record
from hipss_register.wording import say_day, say_list, upper_first

_ELSEWHERE = (
    r"(?:as )?(?:set out|detailed|described|outlined|contained|stated|given|per|shown|included|attached)"
    r"(?: (?:in|within|by|on|to|at))? (?:the |this |above|below|attached |accompanying )*"
    r"(?:report|appendix|appendices|annex|document|form|record|reasons|decision|above|below|business case)?"
)
_FILLER = re.compile(
    rf"(?:please )?(?:{_ELSEWHERE}|see (?:the )?(?:above|below|attached|report|appendix|annex|decision)"
    r"(?: report| document)?|as (?:above|below|attached|discussed|agreed)|n/?a|not applicable|tbc|tba|"
    r"to be (?:confirmed|advised|completed)|to follow|-+|\.+|x+)",
    re.IGNORECASE,
)
_LONGEST_FILLER = 400
_SHINGLE, _MOSTLY, _FEWEST_WORDS = 3, 0.8, 6
_WORD = re.compile(r"\w+")
_NAMES = {
    **LABELS,
    **{role.name: role.label for role in MONEY_ROLES.values()},
    "suppliers": "Supplier",
    "exempt": "Annex",
}


def is_filler(words: str) -> bool:
    """Whether a text only points elsewhere or holds a place."""
    if len(words) > _LONGEST_FILLER:
        return False
    return bool(_FILLER.fullmatch(squeezed(words).strip(" .;:")) or not squeezed(words).strip(" .-"))


def repeats(words: str, other: str) -> bool:
    """Whether four fifths of a text's runs of three words stand in another text too."""
    there = _WORD.findall(other.casefold())
    # Each new word begins a new run, so that a text of many words has more runs than a short one can share. Words
    # between spaces are quick to count, and will do.
    different = sum(map(str.isalpha, set(words.casefold().split())))
    if len(there) - _SHINGLE + 1 < _MOSTLY * (different - _SHINGLE + 1):
        return False
    runs, shared = _runs(_WORD.findall(words.casefold())), _runs(there)
    return len(runs) >= _FEWEST_WORDS - _SHINGLE + 1 and len(runs & shared) >= _MOSTLY * len(runs)


def _runs(words: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1))


def boxes_are_filled(world: World, record: Record) -> Iterator[Answer]:
    """A record gives the reasons for the decision and the alternatives that were considered and rejected.

    Both laws that a recorded decision can be under ask for these. A box that says “none”, or is withheld, is filled.
    """
    lacking = [name for name in ("reasons", "alternatives") if not _given(getattr(record.form, name))]
    if lacking:
        labels = say_list([f"“{LABELS[name]}”" for name in lacking])
        read = tuple(Read(LABELS[name], "not stated in the record", record.id) for name in lacking)
        yield Found(f"The record has nothing under {labels}.", read, loc=("decision",), basis=law_of(record.form))
    else:
        yield PASSED


def _given(value: Statement | tuple[Statement, ...] | None) -> bool:
    statements = value if isinstance(value, tuple) else (value,)
    return any(said is not None and said.nothing is not Nothing.NOT_STATED for said in statements)


def interests_are_answered(world: World, record: Record) -> Iterator[Answer]:
    """A record says which interests were declared, or that there were none.

    Nothing at all in the box could mean either. “None” or “None declared” is an answer; so is “withheld”.
    For a decision by an officer, what the law asks for is what an executive member who was consulted declared; the
    form has one box for all of it.
    """
    if _given(record.form.interests):
        yield PASSED
        return
    message = "The record does not say whether any interest was declared. “None” is not stated either."
    read = (Read(LABELS["interests"], "not stated in the record", record.id),)
    yield Found(message, read, loc=("interests",), basis=law_of(record.form))


def boxes_say_something(world: World, record: Record) -> Iterator[Answer]:
    """Each box of the form says something itself, and does not only point to another document.

    A box counts as filler when the whole of it is a phrase such as “as set out in the report”, “see above” or “N/A”.
    The boxes looked at are the decision, its reasons, its authority, the considerations and the alternatives.
    """
    asked = [
        (name, said.words)
        for name, said in record.form.statements()
        if said.words and name in ("decision", "reasons", "authority", "considerations", "alternatives")
    ]
    filler = [(name, words) for name, words in asked if is_filler(words) and not Statement(words=words).nil]
    for name, words in filler:
        message = f"Under “{LABELS[name]}” the record says only “{squeezed(words)}”."
        yield Found(message, (Read(LABELS[name], squeezed(words), record.id),), loc=(name,))
    if asked and not filler:
        yield PASSED


def reasons_add_to_the_decision(world: World, record: Record) -> Iterator[Answer]:
    """The reasons say more than the decision itself.

    They count as a repetition when at least four fifths of their runs of three words stand in the decision's own words
    too, and they have at least six words.
    """
    decision, reasons = record.form.decision, record.form.reasons
    if not (decision and decision.words and reasons and reasons.words):
        return
    if not repeats(reasons.words, decision.words):
        yield PASSED
        return
    message = "The reasons use nearly the same words as the decision, and say little more."
    read = (
        Read(LABELS["decision"], squeezed(decision.words), record.id),
        Read(LABELS["reasons"], squeezed(reasons.words), record.id),
    )
    yield Found(message, read, loc=("reasons",))


def withheld_parts_name_a_paragraph(world: World, record: Record) -> Iterator[Answer]:
    """What is withheld names the paragraph of Schedule 12A to the Local Government Act 1972 that is relied on.

    Every part of the file that is marked as withheld, and every annex that is not published, is looked at.
    """
    parts = list(_withheld(record.form, ()))
    for loc, paragraphs in parts:
        if not paragraphs:
            name = _name_of(loc)
            message = f"“{name}” is withheld, and the record names no paragraph of Schedule 12A for it."
            yield Found(message, (Read(name, "withheld, no paragraph named", record.id),), loc=loc)
    if parts and all(paragraphs for _, paragraphs in parts):
        yield PASSED


def _name_of(loc: Loc) -> str:
    """What a part of a decision is called, by its place in the file."""
    name = next(part for part in reversed(loc) if isinstance(part, str))
    return _NAMES.get(name, upper_first(name.replace("_", " ")))


def _withheld(value: Any, loc: Loc) -> Iterator[tuple[Loc, tuple[int, ...]]]:
    """Each withheld part of a form, with its place and the paragraphs named."""
    if isinstance(value, BaseModel):
        if isinstance(value, Said) and value.nothing is Nothing.WITHHELD:
            yield loc, value.paragraphs
        given = value.model_fields_set
        for name, item in vars(value).items():
            if name == "exempt":
                yield from (((name, n), annex.paragraphs) for n, annex in enumerate(item))
            elif name in given and isinstance(item, (BaseModel, tuple)):
                yield from _withheld(item, (*loc, name))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            if isinstance(item, (BaseModel, tuple)):
                yield from _withheld(item, (*loc, n))


def background_papers_can_be_seen(world: World, record: Record) -> Iterator[Answer]:
    """The background papers that the record of a non-executive decision lists can be seen here or where it says.

    The law asks that they be open to the public for four years from the decision. Each paper that the file lists is
    looked at for a copy or an address. Where the record does not say whose function it was, it cannot be computed.
    """
    papers = record.form.background
    if not papers or record.form.function == "executive":
        return
    lacking = [(n, paper) for n, paper in enumerate(papers) if not (paper.file or paper.url)]
    kept = kept_until(record.form)
    if not lacking:
        yield PASSED
    elif kept is None:
        yield Unknown("whether the law asks for it depends on whose function it was, and the record does not say")
    else:
        for n, paper in lacking:
            message = (
                f"The record lists “{paper.title}” as a background paper. The register has no copy of it and no "
                f"address. It was to be open to the public until {say_day(kept.papers)} at least."
            )
            yield Found(message, (Read("Background paper", paper.title, record.id),), loc=("background", n))


def decision_is_not_there_twice(world: World, record: Record) -> Iterator[Answer]:
    """No decision is in the register twice.

    Two records that we hold count as the same decision when they have the same date, known to the day, and the same
    decision in the same words.
    """
    key = twin_key(record)
    if not key:
        yield Unknown("the record gives no day, or no decision in words, to compare with others")
        return
    other = world.twins[key]
    if other is record:
        yield PASSED
        return
    message = f"This record has the same date and the same decision as “{other.name}”."
    words = record.form.decision.words if record.form.decision else None
    read = (Read("Other record", other.id, other.id), Read(LABELS["decision"], squeezed(words or ""), record.id))
    yield Found(message, read, loc=("decision",), also=(other.id,))
