"""The words of the documentation that the models do not hold themselves."""

from __future__ import annotations

from typing import Any

from hipss_register.model.base import Address, Id, Line, Text
from hipss_register.model.decision import LinkName
from hipss_register.model.event import EventName
from hipss_register.model.kinds import Effect
from hipss_register.model.money import QUALIFIERS, Figure
from hipss_register.model.term import Duration
from hipss_register.model.when import Span
from hipss_register.wording import say_list

PLAIN_TYPES: tuple[tuple[Any, str], ...] = (
    (Line, "one line of text"),
    (Text, "text, of one line or many"),
    (Id, "an [id](decision-file.md#ids-and-file-names)"),
    (Address, "a web address"),
    (Figure, "a number, in digits"),
    (Duration, "a length of time in years, months, weeks or days"),
    (Span, "a date"),
    (EventName, "one of the [events](linking.md#events)"),
    (LinkName, "a [kind of link](linking.md#links)"),
    (bool, "`yes` or `no`"),
    (int, "a whole number"),
    (str, "text of a fixed form, as in the example"),
)

EFFECTS: dict[Effect, str] = {
    Effect.NOTHING: "Nothing. It stays as it was",
    Effect.PARTLY_CHANGED: "Part of it is changed",
    Effect.CHANGED: "It is changed",
    Effect.SUPERSEDED: "It is no longer in force: the later one has taken its place",
    Effect.REVOKED: "It is no longer in force: it is cancelled",
    Effect.READ_WITH: "It stays as it was, to be read together with the correction",
    Effect.SUSPENDED: "It may not be carried out for now",
    Effect.RELEASED: "It need not wait any longer",
}

FURTHER_RULES: dict[str, str] = {
    "Amount": f"Write just one of {say_list([f'`{name}`' for name in QUALIFIERS], 'or')}.",
    "KnownFrom": "Write either `record` or `url`, not both.",
}
