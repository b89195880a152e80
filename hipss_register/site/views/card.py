"""A decision in a line or two, as every list shows it, whether a page holds the list or a script builds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hipss_register.model import DecisionForm, Effect
from hipss_register.names import ordered_unique
from hipss_register.read import Record
from hipss_register.register import Standing
from hipss_register.site.book import Book
from hipss_register.wording import say_when, upper_first

MARKS = {"held": "Held", "cited": "Cited", "pending": "Not yet decided"}
"""What stands behind a decision, and its tag."""

STANDINGS = {
    Effect.REVOKED: "No longer in force",
    Effect.SUPERSEDED: "No longer in force",
    Effect.SUSPENDED: "Called in",
    Effect.CHANGED: "Changed since",
    Effect.PARTLY_CHANGED: "Partly changed since",
}
"""The tag of a decision that later ones did something to."""


def say_standing(standing: Standing) -> str:
    """What later decisions did to one, in a word or two; empty if nothing."""
    done = STANDINGS.get(standing.effect, "")
    return done if not standing.read_with else f"{done}, and corrected" if done else "Corrected since"


class Card(NamedTuple):
    """What a list says of one decision; every part is text to show, and empty where there is nothing to say."""

    id: str
    name: str
    day: str
    """The date as ISO 8601 as far as known; empty where the record gives no one date."""
    date: str
    kind: str
    mark: str
    """A key of `MARKS`."""
    standing: str
    makers: str
    """Who decided."""
    contracts: tuple[tuple[str, str], ...]
    """The contracts that it is about, each by its id and what it is called for short."""


def mark_of(record: Record) -> str:
    """Which of `MARKS` a record has."""
    form = record.form
    return "pending" if form.pending else "held" if form.held else "cited"


def make_card(book: Book, record: Record) -> Card:
    """The card of one decision."""
    form = record.form
    date = form.date.date
    return Card(
        id=record.id,
        name=record.name,
        day=str(date.single) if date and date.single else "",
        date=upper_first(say_when(form.date)) if date else say_when(form.date),
        kind=upper_first(form.kind or ""),
        mark=mark_of(record),
        standing=say_standing(book.register.standings[record.id]),
        makers=", ".join(maker.name for maker in form.makers),
        contracts=tuple(_contracts(book, form)),
    )


def _contracts(book: Book, form: DecisionForm) -> Iterator[tuple[str, str]]:
    for contract_id in ordered_unique(event.contract for event in form.contracts):
        if entry := book.contracts.get(contract_id):
            yield contract_id, entry.short or entry.name
