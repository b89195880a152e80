"""The labels that councils' forms and web pages print, each with the field of the decision file that it stands for.

One table; near misses (a letter left out, a word more) are found by likeness where a label is made to stand out.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from difflib import get_close_matches

from hipss_register.model.decision import LABELS

NOTE = "a note"
"""Stands for a field: the decision file has no box for it, so that it is kept as a note."""
PERSON = "a person"
"""Stands for a field: it names a person, so that somebody has to decide whether the register may."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as a document prints it. ``kept``: its words are part of the text below it."""

    field: str
    kept: bool = False


_VARIANTS: dict[str, tuple[str, ...]] = {
    "title": (
        "decision title",
        "title of decision",
        "title of the decision",
        "title",
        "subject",
        "subject of decision",
        "report title",
        "name of decision",
    ),
    "kind": ("type of decision", "decision type"),
    "reference": (
        "reference",
        "reference number",
        "reference no",
        "decision reference",
        "decision number",
        "ref",
        "ref no",
        "forward plan",
        "forward plan reference",
        "moderngov issue",
        "moderngov decision",
    ),
    "date": (
        "date of decision",
        "decision date",
        "date decision made",
        "date decision taken",
        "date of the decision",
        "decision made on",
        "date",
    ),
    "published": ("publication date", "date of publication", "date published", "published"),
    "effective": (
        "effective from",
        "effective date",
        "date effective",
        "decision effective from",
        "date of implementation",
        "implementation date",
        "date decision takes effect",
    ),
    "decision_maker": (
        "decision maker",
        "decision taker",
        "decision made by",
        "decision taken by",
        "name of decision maker",
        "decision making body",
        "officer making decision",
        "officer making the decision",
    ),
    "key": ("key", "is key decision", "key decision", "is this a key decision", "is it a key decision"),
    "call_in": ("is subject to call in", "subject to call in", "call in", "is the decision subject to call in"),
    "authority": (
        "authority for delegated decision",
        "authority delegated decision",
        "authority for decision",
        "authority",
        "delegated authority",
        "delegation",
        "scheme of delegation reference",
    ),
    "wards": ("ward", "wards", "ward affected", "wards affected", "ward or wards affected", "electoral division"),
    "consultation": (
        "consultation",
        "consultations",
        "consultees",
        "consultation undertaken",
        "who was consulted",
        "organisations consulted",
        "other reasons organisations consulted",
    ),
    "decision": ("decision made", "decision", "decision taken", "the decision", "details of decision", "resolved"),
    "reasons": (
        "reasons for decision",
        "reasons for the decision",
        "reason for decision",
        "reason for the decision",
        "reasons",
        "reasons for decision made",
    ),
    "considerations": (
        "highlight any associated risks finance legal equality considerations",
        "risks finance legal and equality considerations",
        "any associated risks finance legal equality considerations",
        "risks finance legal equality considerations",
        "financial legal and equality considerations",
        "financial legal and equality implications",
        "considerations",
        "risks",
        "other considerations",
    ),
    "alternatives": (
        "details of any alternative options considered and rejected",
        "details of any alternative options considered",
        "alternative options considered and rejected",
        "alternative options considered",
        "alternatives considered",
        "alternative options",
        "other options considered",
        "alternatives considered and rejected",
    ),
    "interests": (
        "details of any declarations of interest made",
        "declarations of interest made",
        "declarations of interest",
        "declaration of interest",
        "declaration of interests",
        "conflicts of interest",
        "conflict of interest",
        "details of any conflicts of interest",
        "conflicts of interest declared",
        "any conflict of interest declared",
        "interests declared",
    ),
    "documents": ("accompanying documents", "supporting documents", "documents", "attachments", "appendices"),
    "background": ("background papers", "background documents"),
    NOTE: (
        "decision status",
        "status",
        "purpose",
        "purpose of decision",
        "decided at meeting",
        "call ins",
        "reason key",
        "decision due",
        "decision due date",
        "notice of proposed decision first published",
    ),
    PERSON: (
        "lead officer",
        "report author",
        "contact",
        "contact name",
        "contact officer",
        "contact details",
        "lead member",
        "responsible officer",
    ),
}

_KEPT: dict[str, tuple[str, ...]] = {
    "considerations": (
        "financial implications",
        "financial considerations",
        "legal implications",
        "legal considerations",
        "risk implications",
        "risk management",
        "equality implications",
        "equality considerations",
        "equality duty",
        "finance",
        "legal",
        "equality",
        "resource implications",
    ),
    "signature": ("signed", "signature", "signed by"),
}
"""Labels that a form has beside or within the box: their words stay with the text."""

_NEAR = 0.88
_LEAST_NEAR = 8
_COUNTED = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-h]|[ivx]{1,4})[.)]\s*(?=\w{3})")
"""The number that a form may have before a label."""
_NOT_WORDS = re.compile(r"[^\w]+")


def _key(text: str) -> str:
    plain = (
        _COUNTED.sub("", text.strip().casefold())
        .replace("&", " and ")
        .replace("(s)", "s")
        .replace("'", "")
        .replace("’", "")
    )
    return " ".join(_NOT_WORDS.sub(" ", plain).split())


_TABLE: dict[str, Label] = {
    **{_key(text): Label(name) for name, text in LABELS.items()},
    **{_key(text): Label(name) for name, texts in _VARIANTS.items() for text in texts},
    **{_key(text): Label(name, kept=True) for name, texts in _KEPT.items() for text in texts},
}
assert len(_TABLE) >= sum(map(len, _VARIANTS.values())), "a label stands for two fields"


@functools.lru_cache(maxsize=4096)
def label_of(text: str, likeness: bool = False) -> Label | None:
    """What a label stands for; None if it is not one of ours. With ``likeness``, a label with a slip in it counts."""
    key = _key(text[:200])
    found = _TABLE.get(key)
    if found or not likeness or len(key) < _LEAST_NEAR:
        return found
    near = get_close_matches(key, _TABLE, n=1, cutoff=_NEAR)
    return _TABLE[near[0]] if near else None


def usual(field: str, printed: str) -> bool:
    """Whether a label as printed is the usual one of its field."""
    return _key(LABELS.get(field, "")) == _key(printed)
