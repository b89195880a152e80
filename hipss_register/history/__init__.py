"""A contract's history: its events folded in order into what the contract was after each.

Nothing is told that can be derived, and nothing derived looks like something told: every value carries the record
that set it, or how it was worked out and from which records.
"""

from hipss_register.history.fold import make_history
from hipss_register.history.state import (
    Day,
    Fact,
    History,
    Implied,
    MoneyEntry,
    PartKind,
    ScopeChange,
    State,
    Step,
    Support,
    TermPart,
)

__all__ = [
    "Day",
    "Fact",
    "History",
    "Implied",
    "MoneyEntry",
    "PartKind",
    "ScopeChange",
    "State",
    "Step",
    "Support",
    "TermPart",
    "make_history",
]
