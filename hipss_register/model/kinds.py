"""The tables that say what decisions can do: one of link kinds, one of event kinds, one of kinds of money.

Pages, data, schema, checks, command line and documentation all read these tables; nothing else lists the kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What a link from a later decision, once in force, does to the decision that it names."""

    NOTHING = "nothing"
    PARTLY_CHANGED = "partly changed"
    CHANGED = "changed"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    READ_WITH = "read with"
    SUSPENDED = "suspended"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class LinkKind:
    """One way in which a later decision can refer to an earlier one.

    ``name`` is written in the later decision's file; ``inverse`` is derived and shown on the earlier one.
    ``target_events`` are the events of which the earlier decision must have one, if it has any; empty allows all.
    ``completes`` says that it is part of the history of the earlier one's contract although it changes nothing.
    """

    name: str
    inverse: str
    effect: Effect
    meaning: str
    target_events: frozenset[str] = frozenset()
    completes: bool = False

    @property
    def acts(self) -> bool:
        """Whether it belongs to the history of the contract that the earlier decision is about."""
        return self.completes or self.effect is not Effect.NOTHING


@dataclass(frozen=True, slots=True)
class EventKind:
    """One thing that a decision can do to a contract.

    ``heading`` titles it in a contract's history; ``carries`` are the fields it may have beside those of every event;
    ``links`` are the link kinds of which its decision should have one, so that the chain has no hole.
    """

    name: str
    heading: str
    meaning: str
    carries: frozenset[str]
    links: tuple[str, ...] = ()


class MoneySort(StrEnum):
    """Sorts of money that must never be added to one another."""

    LIMIT = "limit"
    ESTIMATE = "estimate"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class MoneyRole:
    """What an amount of money in a decision is for. ``limit`` roles are limits even when the figure is exact."""

    name: str
    label: str
    meaning: str
    limit: bool = False


_TERM_EVENTS = frozenset({"award", "option exercised", "variation", "extension"})

LINK_KINDS: dict[str, LinkKind] = {
    kind.name: kind
    for kind in (
        LinkKind(
            "implements",
            "implemented by",
            Effect.NOTHING,
            "carries out what the earlier decision decided",
        ),
        LinkKind(
            "authorised by",
            "authorises",
            Effect.NOTHING,
            "is taken under a power that the earlier decision gave",
        ),
        LinkKind(
            "awards under",
            "led to award",
            Effect.NOTHING,
            "awards a contract that the earlier decision approved the procurement of",
            frozenset({"approval to procure", "specification revised"}),
        ),
        LinkKind(
            "revises",
            "revised by",
            Effect.PARTLY_CHANGED,
            "changes part of what the earlier decision decided",
        ),
        LinkKind(
            "exercises option in",
            "option exercised by",
            Effect.CHANGED,
            "uses an option that the earlier decision's contract contains",
            _TERM_EVENTS,
        ),
        LinkKind(
            "varies",
            "varied by",
            Effect.CHANGED,
            "varies the contract that the earlier decision made",
            _TERM_EVENTS,
        ),
        LinkKind(
            "extends",
            "extended by",
            Effect.CHANGED,
            "lengthens the contract that the earlier decision made, other than by an option in it",
            _TERM_EVENTS,
        ),
        LinkKind(
            "supersedes",
            "superseded by",
            Effect.SUPERSEDED,
            "takes the place of the earlier decision",
        ),
        LinkKind("revokes", "revoked by", Effect.REVOKED, "cancels the earlier decision"),
        LinkKind(
            "corrects",
            "corrected by",
            Effect.READ_WITH,
            "corrects the record of the earlier decision",
        ),
        LinkKind(
            "calls in",
            "called in by",
            Effect.SUSPENDED,
            "calls the earlier decision in for scrutiny",
        ),
        LinkKind(
            "decides call-in of",
            "call-in decided by",
            Effect.RELEASED,
            "decides the call-in of the earlier decision, which may then go ahead unless it is changed or revoked",
        ),
        LinkKind(
            "ratifies",
            "ratified by",
            Effect.NOTHING,
            "approves after the event what the earlier decision did",
            completes=True,
        ),
        LinkKind("cites", "cited by", Effect.NOTHING, "mentions the earlier decision"),
    )
}

INVERSES: dict[str, LinkKind] = {kind.inverse: kind for kind in LINK_KINDS.values()}

MONEY_ROLES: dict[str, MoneyRole] = {
    role.name: role
    for role in (
        MoneyRole("ceiling", "Most that may be spent", "the limit that an approval sets", limit=True),
        MoneyRole("value", "Contract value", "what the contract is worth in all after this decision"),
        MoneyRole("cost", "Cost of this decision", "what this decision costs or adds"),
        MoneyRole("saving", "Saving", "what this decision saves"),
        MoneyRole("income", "Income", "what this decision brings in"),
        MoneyRole("grant", "Grant", "a grant that this decision gives or accepts"),
    )
}

_MONEY = frozenset(MONEY_ROLES)
_CHANGE = frozenset({"term", "before", "scope", "ground", "notice"})

EVENT_KINDS: dict[str, EventKind] = {
    kind.name: kind
    for kind in (
        EventKind(
            "approval to procure",
            "Procurement approved",
            "approves that a contract be procured, and within what limits of money and time",
            frozenset({"term", "route", "may_award", "scope", "lots"}) | _MONEY,
        ),
        EventKind(
            "specification revised",
            "Specification revised",
            "changes what is to be bought, before or after award",
            frozenset({"scope", "term"}) | _MONEY,
            ("revises", "varies", "implements"),
        ),
        EventKind(
            "award",
            "Contract awarded",
            "awards the contract",
            frozenset({"suppliers", "lots", "term", "route", "scope", "notice"}) | _MONEY,
        ),
        EventKind(
            "option exercised",
            "Option used",
            "uses an option that the contract contains, in whole or in part",
            frozenset({"suppliers", "lots"}) | _CHANGE | _MONEY,
            ("exercises option in",),
        ),
        EventKind(
            "variation",
            "Contract varied",
            "changes the term, value, scope or other conditions of the contract",
            frozenset({"suppliers", "lots"}) | _CHANGE | _MONEY,
            ("varies", "extends"),
        ),
        EventKind(
            "extension",
            "Contract extended",
            "lengthens the contract other than by an option in it",
            frozenset({"suppliers", "lots"}) | _CHANGE | _MONEY,
            ("extends", "varies"),
        ),
        EventKind(
            "supplier changed",
            "Supplier changed",
            "transfers the contract to another supplier (novation)",
            frozenset({"suppliers", "lots", "ground", "notice", "before"}) | _MONEY,
            ("varies",),
        ),
        EventKind(
            "termination",
            "Contract ended early",
            "ends the contract, or the part that it names, before its term",
            frozenset({"term", "before", "lots", "notice", "suppliers"}) | _MONEY,
        ),
        EventKind(
            "expiry noted",
            "End of the contract noted",
            "notes that the contract has come or will come to its end",
            frozenset({"term"}) | _MONEY,
        ),
        EventKind(
            "re-let",
            "To be let again",
            "decides that a new contract takes this one's place",
            frozenset({"term", "route", "scope"}) | _MONEY,
        ),
    )
}
