"""What the pictures show, in words, for their descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hipss_register.history import History, Support, TermPart
from hipss_register.model import EVENT_KINDS, Tables
from hipss_register.site.pictures.ends import OldEnd
from hipss_register.site.pictures.pins import Numbered
from hipss_register.site.pictures.span import full_day, may_be_shorter
from hipss_register.site.pictures.sums import Sum
from hipss_register.site.pictures.svg import Telling
from hipss_register.wording import say_day, say_length, say_lots, say_span, say_when


def contract_name(contract: str, names: Tables) -> str:
    """What people call a contract."""
    entry = names.contracts.get(contract)
    return (entry.short or entry.name) if entry else contract


def tell_term(history: History, decisions: Sequence[Numbered], end: OldEnd | None, names: Tables) -> Telling:
    """The picture of the term in words: its parts, the end before the last change, its decisions, what is missing."""
    numbers = {one.record.id: one.number for one in decisions}
    sentences = [
        *(_tell_part(part, numbers) for part in history.now.parts),
        *([f"The latest end before {end.before} was {say_span(end.end)}."] if end else []),
        *(_tell_decision(one) for one in decisions),
        *_tell_missing(history),
    ]
    return Telling(f"How the term of {contract_name(history.contract, names)} grew", " ".join(sentences))


def _tell_part(part: TermPart, numbers: dict[str, int]) -> str:
    what = part.kind.value
    what += f", {say_lots(part.lots)}" if part.lots else ""
    what += f", {say_length(part.length, part.up_to)}" if part.length else ""
    latest = " at the latest" if may_be_shorter(part) and part.end.value else ""
    days = f"first day {full_day(part.start)}, last day {full_day(part.end)}{latest}"
    number = numbers.get(part.set_by or "")
    standing = {
        Support.HELD: f"set by decision {number}" if number else "",
        Support.CITED: f"set by decision {number}, whose record we do not hold" if number else "record not held",
        Support.MISSING: "no record that it was used",
        Support.UNUSED: "not used",
    }[part.support]
    return f"{what}: {'; '.join(filter(None, (days, standing)))}."


def _tell_decision(one: Numbered) -> str:
    date = say_when(one.record.form.date)
    return f"Decision {one.number}, {date}, {_STANDING[one.standing]}: {one.record.name.rstrip('.')}."


_STANDING = {"held": "held", "cited": "cited, not held", "pending": "not taken yet"}


def _tell_missing(history: History) -> Iterator[str]:
    for implied in history.implied:
        by = f", by {say_day(implied.by)}" if implied.by else ""
        what = EVENT_KINDS[implied.event].heading.lower()
        yield f"No record was found of a decision that must exist: {what}{by}."


def tell_money(history: History, sums: Sequence[Sum], names: Tables) -> Telling:
    """The picture of the sums in words."""
    told = [f"{one.what} ({one.detail}): {one.figure}." for one in sums]
    return Telling(
        f"Sums in the records of {contract_name(history.contract, names)}",
        " ".join([*told, "Limits, estimates and amounts differ in kind: they are not to be added together."]),
    )
