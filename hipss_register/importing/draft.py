"""A draft of a decision file: its fields, suggestions as comments, and ``unplaced`` for words that found no field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from hipss_register.importing.blocks import Document, written
from hipss_register.importing.fields import Filled, Unplaced, fill
from hipss_register.importing.form import Sheet, read_form
from hipss_register.importing.lists import read_list
from hipss_register.importing.prose import quoted
from hipss_register.importing.suggest import Known, Suggestion, Suggestions, suggest
from hipss_register.model.base import address_fault
from hipss_register.model.decision import STATEMENTS
from hipss_register.read.shape import UNPLACED
from hipss_register.writing import Value, decision_text, yaml_text
from hipss_register.writing.ids import suggested_id
from hipss_register.writing.near import near_names

_MODERN_GOV = {
    "ModernGov decision": re.compile(r"(?:^|/)ieDecisionDetails\.aspx\?(?:[^#]*&)?ID=(\d{1,9})\b", re.IGNORECASE),
    "ModernGov issue": re.compile(r"(?:^|/)mgIssueHistoryHome\.aspx\?(?:[^#]*&)?IId=(\d{1,9})\b", re.IGNORECASE),
}
"""The numbers by which ModernGov knows a decision and the matter that it is part of, in addresses of its pages."""
_AT_MEETING = re.compile(r"The document gives under “Decided at meeting”: “[\d/]+ - (.*)”\.")
SUGGESTIONS = "Suggestions, each with the words that it came from. Take out the “# ” before what is right."


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision file to be: its id, its title as the document has it, and its text."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The document as the register keeps it: its path from the decisions folder, and its SHA-256."""

    file: str
    sha256: str


def make_drafts(document: Document, kept: Kept, known: Known) -> list[Draft]:
    """A draft for every record, or every entry of a list, in a document; none if it holds neither."""
    listed, others = read_list(document.blocks)
    drafts: list[Draft] = []
    for sheet in listed:
        drafts.append(_listed_draft(sheet, document, kept, [draft.id for draft in drafts]))
    if not listed:
        for sheet in read_form(others):
            drafts.append(_draft(sheet, document, kept, known, [draft.id for draft in drafts]))
    return drafts


def around_list(document: Document) -> tuple[str, ...]:
    """What stands around a list of decisions and is not read; nothing for any other document."""
    listed, others = read_list(document.blocks)
    return tuple(" ".join(written([block]).split()) for block in others) if listed else ()


def _draft(sheet: Sheet, document: Document, kept: Kept, known: Known, taken: Collection[str]) -> Draft:
    filled = fill(sheet, document.address)
    title = _text(filled.fields.get("title", ""))
    date = filled.fields.setdefault("date", "not stated")
    source: dict[str, Value] = {"file": kept.file, "sha256": kept.sha256}
    if sheet.heading:
        source["title"] = sheet.heading
    if document.address and not address_fault(document.address):
        source["url"] = document.address
    for address in (document.address, *document.beside):
        _refer(filled, address)
    filled.fields["source"] = source
    _remark_maker(filled)
    suggestions = suggest(_texts(filled), _day(date), known)
    _remark(filled, suggestions, known)
    text = _text_of(filled, suggestions, document)
    return Draft(suggested_id(date, title, taken), title, text)


def _listed_draft(sheet: Sheet, document: Document, kept: Kept, taken: Collection[str]) -> Draft:
    """A draft of a cited record: a list tells of a decision, but it is not the decision's record."""
    filled = fill(sheet, document.address)
    title = _text(filled.fields.pop("title", ""))
    filled.fields["summary"] = title
    filled.remarks["summary"] = ["The list's own words: say it in plain English."]
    date = filled.fields.setdefault("date", "not known")
    links = [to for box in sheet.boxes for block in box.blocks for _, to in block.links]
    address = urljoin(document.address, links[0]) if links else ""
    filled.fields.pop("labels", None)
    filled.remarks.pop("title", None)
    if not address_fault(address):
        filled.fields["known_from"] = {"url": address, "title": "The council's page of the decision"}
    elif address:
        why = "the list does not say where it was saved from: import it again with --saved-from and its address"
        filled.unplaced.append(Unplaced(address, why, "The page of the decision"))
    _refer(filled, address)
    if date == "not known" and (published := _day(filled.fields.get("published", ""))):
        filled.remarks["date"] = [f"Suggested, from the day of its publication: date: not after {published}"]
    filled.fields["source"] = {"file": kept.file, "sha256": kept.sha256}
    return Draft(suggested_id(date, title, taken), title, _text_of(filled, Suggestions(), document))


def _refer(filled: Filled, address: str) -> None:
    for name, form in _MODERN_GOV.items():
        if match := form.search(address):
            references = filled.fields.setdefault("reference", {})
            assert isinstance(references, dict)
            references.setdefault(name, match[1])


def _text(value: Value) -> str:
    """The words of a field, whatever its shape."""
    if isinstance(value, str):
        return value
    return "\n\n".join(map(_text, value.values() if isinstance(value, Mapping) else value))


def _texts(filled: Filled) -> dict[str, str]:
    names = ("title", "decision_maker", *STATEMENTS)
    return {name: _text(filled.fields[name]) for name in names if name in filled.fields}


def _day(date: Value) -> str:
    day = date.get("date", "") if isinstance(date, Mapping) else date
    return day if isinstance(day, str) and re.match(r"\d{4}", day) else ""


# Remarks and suggestions


def _remark_maker(filled: Filled) -> None:
    """A page that names no decision maker may name the meeting."""
    notes = filled.fields.get("notes", ())
    meetings = [match[1] for note in notes if isinstance(note, str) and (match := _AT_MEETING.fullmatch(note))]
    if meetings and "decision_maker" not in filled.fields:
        line = yaml_text({"decision_maker": meetings[0]}).rstrip("\n")
        filled.remarks.setdefault("date", []).append(f"Suggested, from “Decided at meeting”: {line}")


def _remark(filled: Filled, suggestions: Suggestions, known: Known) -> None:
    """Below a field: another way to write it that its words suggest, and names in the register that are near to it."""
    for one in suggestions.fields:
        if one.name in filled.fields:
            line = yaml_text({one.name: one.value}).rstrip("\n")
            filled.remarks.setdefault(one.name, []).append(f"Suggested, from {quoted(one.words)}: {line}")
    maker = filled.fields.get("decision_maker")
    for name in near_names(maker, known_makers(known)) if isinstance(maker, str) else ():
        filled.remarks.setdefault("decision_maker", []).append(f"Is this “{name}”, as elsewhere in the register?")
    if "summary" not in filled.fields:
        filled.remarks.setdefault("title", []).append(
            "summary: (say in your own words, in a dozen of them, what was decided)"
        )


def known_makers(known: Known) -> list[str]:
    """Every name that the register has for a decision maker."""
    entries = known.tables.decision_makers.values()
    names = [name for entry in entries for name in (entry.name, *entry.also)]
    forms = (record.form.decision_maker for record in known.records)
    return [*names, *(maker.name for form in forms if form for maker in form.makers)]


def _suggestion_lines(suggestions: Suggestions, fields: Mapping[str, Value]) -> Iterator[str]:
    """The suggestions as lines of YAML, which taking out the mark of a comment puts in force."""
    for one in suggestions.fields:
        if one.name not in fields:
            yield from _yaml_lines({one.name: one.value}, one, "")
    if suggestions.event:
        yield "contracts:"
        for n, one in enumerate(suggestions.event):
            yield from _yaml_lines({one.name: one.value}, one, "    " if n else "  - ")
    yield from _link_lines(suggestions.links)


def _link_lines(links: Iterable[Suggestion]) -> Iterator[str]:
    by_kind: dict[str, list[Suggestion]] = {}
    for link in links:
        by_kind.setdefault(link.name, []).append(link)
    if by_kind:
        yield "links:"
    for kind, some in by_kind.items():
        targets = [_text(link.value) for link in some]
        yield f"  {kind}: {targets[0] if len(targets) == 1 else '[' + ', '.join(targets) + ']'}"
        yield from (f"  # from {quoted(link.words)} in {link.where}" for link in some)


def _yaml_lines(value: Mapping[str, Value], one: Suggestion, indent: str) -> Iterator[str]:
    margin = " " * len(indent)
    for n, line in enumerate(yaml_text(value).splitlines()):
        yield (margin if n else indent) + line
    yield f"{margin}# from {quoted(one.words)} in {one.where}" if one.words else f"{margin}# no contract is known by it"


def _text_of(filled: Filled, suggestions: Suggestions, document: Document) -> str:
    order = ("file", "title", "url", "sha256")
    source = filled.fields["source"]
    assert isinstance(source, Mapping)
    fields = filled.fields | {"source": {name: source[name] for name in order if name in source}}
    if filled.unplaced:
        fields[UNPLACED] = [one.value() for one in filled.unplaced]
    source_remarks = [f"Left out: {line}." for line in document.left_out]
    source_remarks += document.notices
    source_remarks += [f"Empty in the document: {label}." for label in filled.empty]
    suggested = list(_suggestion_lines(suggestions, filled.fields))
    remarks = filled.remarks | {"source": source_remarks}
    text = decision_text({name: fields[name] for name in fields if name != UNPLACED}, remarks)
    if suggested:
        text += "\n" + "".join(f"# {line}\n" for line in (SUGGESTIONS, *suggested))
    return text + ("\n" + decision_text({UNPLACED: fields[UNPLACED]}) if UNPLACED in fields else "")
