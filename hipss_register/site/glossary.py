"""What the words of the trade mean, in one place; pages explain them where they stand.

A meaning that names a law was read in that law. One that names none is the plain sense of the word, and no law.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word and its meaning. ``law`` is where the meaning comes from, if it comes from a law."""

    word: str
    meaning: str
    law: str = ""


GLOSSARY = {
    "key": Term(
        "Key decision",
        "An executive decision that is significant in money for the budget of its service, or in its effects on two or"
        " more wards.",
        "SI 2012/2089, regulation 8",
    ),
    "call-in": Term(
        "Call-in",
        "To call a decision in is to ask that councillors look at it again before it is carried out.",
    ),
    "function": Term(
        "Function",
        "Whether the decision is one of the council’s executive. The law asks for different records of each.",
        "SI 2012/2089 and SI 2014/2095",
    ),
    "exempt": Term(
        "Exempt",
        "Information that a council may keep back. The law lists the reasons by paragraph, with a test of the"
        " public interest.",
        "Local Government Act 1972, Schedule 12A",
    ),
}
"""Every word that is explained, by the name that templates use."""
