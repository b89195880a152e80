"""What the words of a record suggest about a contract, its term, its money and the decisions before it.

Nothing here is a fact: every suggestion carries the words it came from, and counts for nothing until a person takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hipss_register.importing.citations import Citation, find_citations
from hipss_register.importing.prose import (
    DATE,
    LENGTH,
    MONEY,
    at_most_or_about,
    date_in,
    figure_of,
    length_of,
    sentence_around,
)
from hipss_register.model import EVENT_KINDS, Tables
from hipss_register.read import Record
from hipss_register.writing import Value


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that words suggest: for which field, the words, and the field in which they stand."""

    name: str
    value: Value
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that a record suggests: fields of its own, parts of one contract's event, and links to earlier decisions."""

    fields: tuple[Suggestion, ...] = ()
    event: tuple[Suggestion, ...] = ()
    links: tuple[Suggestion, ...] = ()

    def __len__(self) -> int:
        return len(self.fields) + len(self.event) + len(self.links)


@dataclass(frozen=True, slots=True)
class Known:
    """What the register has already: its tables, and its records in order of time."""

    tables: Tables = field(default_factory=Tables)
    records: tuple[Record, ...] = ()


_EVENTS: tuple[tuple[str, str], ...] = (
    ("option exercised", r"\b(?:exercis\w+|us(?:e|ing)|tak(?:e|ing) up|invok\w+|trigger\w*) .{0,40}\boptions?\b"),
    ("specification revised", r"\brevis(?:e|ed|ion|ing)\b.{0,80}\bspecification\b"),
    ("supplier changed", r"\bnovat(?:e|ion|ing)\b"),
    ("termination", r"\bterminat(?:e|ion|ing)\b"),
    ("approval to procure", r"\b(?:approv\w+|agree\w*|commenc\w+|undertak\w+|start|begin)\b.{0,60}\bprocur\w+"),
    ("variation", r"\bvar(?:y|ied|iation|ying)\b"),
    ("award", r"\baward(?:ed|ing)?\b"),
    ("extension", r"\bexten(?:d|ded|ding|sion)\b"),
)
_NAMES_SUPPLIERS = ("award", "supplier changed", "option exercised")
_SPAN = re.compile(rf"\bfrom ({DATE}),? (?:up to|until|to|ending|and ending)(?: on)? ({DATE})", re.IGNORECASE)
_OPTION = (
    r",? (?:with|and|plus) (?:an |the )?options? to (?:renew|extend)(?: it)?(?: for| by)? "
    rf"(?:a further )?(?P<option>{LENGTH})"
)
_FOR = re.compile(
    rf"\b(?:for|period of) (?:a (?:period|term) of )?({LENGTH})"
    rf"(?:{_OPTION})?",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"\bcontract\b[^.]{{0,60}}\b(?:ends?|expires?|come to an end|ended|expired)\b[^.]{{0,30}}?({DATE})", re.IGNORECASE
)
_SAVING = re.compile(r"\bsav(?:ing|ings|e|es)\b", re.IGNORECASE)


def suggest(texts: Mapping[str, str], date: str, known: Known) -> Suggestions:
    """What a record suggests; ``texts`` are its words by field, ``date`` its date as far as known, or empty."""
    contract = _contract(texts, known.tables)
    kind = _event_kind(texts, contract is not None)
    event: list[Suggestion] = []
    links = find_citations(texts, date, known.records, str(kind.value) if kind else "")
    if kind:
        contract = contract or _contract_of(links, known.records)
        event = [contract or Suggestion("contract", "name-of-the-contract", "", ""), kind]
        event += _event_parts(texts, str(kind.value), known.tables)
    return Suggestions(
        tuple(_own_fields(texts)),
        tuple(event),
        tuple(Suggestion(link.kind, link.target, link.words, link.where) for link in links),
    )


def _own_fields(texts: Mapping[str, str]) -> Iterator[Suggestion]:
    signed = re.search(DATE, texts.get("signature", ""), re.IGNORECASE)
    if signed and (date := date_in(signed[0])):
        value: Value = {"date": date, "words": signed[0]} if date != signed[0] else date
        yield Suggestion("recorded", value, signed[0], "signature")
    maker = texts.get("decision_maker", "")
    if "\n" not in maker and (match := re.match(r"(interim|acting)\b", maker, re.IGNORECASE)):
        capacity = {"name": maker, "capacity": match[1].lower()}
        yield Suggestion("decision_maker", capacity, match[1], "decision_maker")


def _event_kind(texts: Mapping[str, str], names_contract: bool) -> Suggestion | None:
    """The event whose words come first in the decision, else in the title; none if nothing speaks of contracts."""
    for where in ("decision", "title"):
        text = texts.get(where, "")
        found = [(match.start(), name, match[0]) for name, form in _EVENTS if (match := _search(form, text))]
        about = names_contract or _search(r"\bcontracts?\b|\bservices?\b|\bprocur", " ".join(texts.values()))
        if found and about:
            _, name, words = min(found, key=lambda one: one[0])
            return Suggestion("event", name, words, where)
    return None


def _search(form: str, text: str) -> re.Match[str] | None:
    return re.search(form, text, re.IGNORECASE | re.DOTALL)


def _contract(texts: Mapping[str, str], tables: Tables) -> Suggestion | None:
    """The contract of the table whose name, or short name, stands in the decision or the title; the longest counts."""
    names = {
        name: entry for entry, contract in tables.contracts.items() for name in (contract.name, contract.short) if name
    }
    return _longest_named("contract", names, texts)


def _contract_of(links: Sequence[Citation], records: Sequence[Record]) -> Suggestion | None:
    """The contract of an earlier decision that the words speak of as changed, if that has one alone."""
    by_id = {record.id: record for record in records}
    for link in links:
        contracts = {event.contract for event in by_id[link.target].form.contracts}
        if link.kind != "cites" and len(contracts) == 1:
            return Suggestion("contract", contracts.pop(), link.words, link.where)
    return None


def _longest_named(name: str, names: Mapping[str, str], texts: Mapping[str, str]) -> Suggestion | None:
    for words in sorted(names, key=lambda words: (-len(words), words)):
        for where in ("decision", "title"):
            if match := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", texts.get(where, ""), re.IGNORECASE):
                return Suggestion(name, names[words], match[0], where)
    return None


def _event_parts(texts: Mapping[str, str], event: str, tables: Tables) -> Iterator[Suggestion]:
    carries = EVENT_KINDS[event].carries
    parts = [_suppliers(texts, tables) if event in _NAMES_SUPPLIERS else None, _term(texts), _before(texts)]
    parts += [_money(texts, event), _saving(texts)]
    yield from (part for part in parts if part and part.name in carries)


def _suppliers(texts: Mapping[str, str], tables: Tables) -> Suggestion | None:
    names = {name: entry for entry, one in tables.suppliers.items() for name in (one.name, *one.also)}
    return _longest_named("suppliers", names, texts)


def _term(texts: Mapping[str, str]) -> Suggestion | None:
    for where in ("decision", "title"):
        text = texts.get(where, "")
        span, length = _SPAN.search(text), _FOR.search(text)
        start, end = (date_in(span[1]), date_in(span[2])) if span else ("", "")
        if span and start and end:
            open_ended = bool(length and length.end() == span.start() - 1 and "up to" in length[0].lower())
            words = text[length.start() : span.end()] if length and open_ended else span[0]
            then = re.compile(_OPTION, re.IGNORECASE).match(text, span.end())
            term: dict[str, Value] = {"start": start, "end": end, **({"up to": "yes"} if open_ended else {})}
            term |= {"options": [length_of(then["option"])]} if then else {}
            return Suggestion("term", term, words + (then[0] if then else ""), where)
        if length:
            option = f" + {length_of(length['option'])}" if length["option"] else ""
            return Suggestion("term", f"{length_of(length[1])}{option}", length[0], where)
    return None


def _before(texts: Mapping[str, str]) -> Suggestion | None:
    for where, text in texts.items():
        match = _ENDS.search(text)
        if match and (end := date_in(match[1])):
            sentence = sentence_around(text, match.start(), match.end())
            return Suggestion("before", {"end": end, "words": sentence}, match[0], where)
    return None


def _money(texts: Mapping[str, str], event: str) -> Suggestion | None:
    """The first sum in the decision that is no saving: what an approval limits, an award is worth, a change costs."""
    text = texts.get("decision", "")
    for match in MONEY.finditer(text):
        if not _is_saving(text, match):
            name = {"approval to procure": "ceiling", "award": "value"}.get(event, "cost")
            return Suggestion(name, figure_of(match, text), at_most_or_about(match, text)[1], "decision")
    return None


def _saving(texts: Mapping[str, str]) -> Suggestion | None:
    for where in ("decision", "reasons", "considerations"):
        text = texts.get(where, "")
        for match in MONEY.finditer(text):
            if _is_saving(text, match):
                return Suggestion("saving", figure_of(match, text), at_most_or_about(match, text)[1], where)
    return None


def _is_saving(text: str, match: re.Match[str]) -> bool:
    sentence = re.split(r"[.;] ", text[max(0, match.start() - 40) : match.start()])[-1]
    return bool(_SAVING.search(sentence) or re.match(r"\W*(?:of )?sav", text[match.end() : match.end() + 12]))
