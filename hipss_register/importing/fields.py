"""From the boxes of one record to the fields of a decision file. Words stay as they are; what fits no field is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from hipss_register.importing.blocks import Block, Kind, written
from hipss_register.importing.form import Box, Sheet
from hipss_register.importing.labels import NOTE, PERSON, usual
from hipss_register.model.base import NIL_WORDS, Nothing, address_fault
from hipss_register.model.dates import suggest_date
from hipss_register.model.decision import LABELS, STATEMENTS
from hipss_register.writing import Value

_NUMERIC = re.compile(r"\s*(\d{1,2})\D(\d{1,2})\D\d{2,4}\s*")
_ISO = re.compile(r"(?:1[89]|2[01])\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_MOST_DATE = 60
_KINDS_OF_NOTHING = {kind.value for kind in Nothing} | NIL_WORDS


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words that have found no field: the label over them if there was one, where they stand, and why they are here."""

    words: str
    why: str
    label: str = ""
    place: str = ""

    def value(self) -> Value:
        """The entry as a draft holds it."""
        given = {"label": self.label, "words": self.words, "place": self.place, "why": self.why}
        return {name: text for name, text in given.items() if text}


@dataclass(slots=True)
class Filled:
    """A record's fields, and what a person must look at: words without a field, remarks by field, boxes left empty."""

    fields: dict[str, Value] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)


def fill(sheet: Sheet, address: str = "") -> Filled:
    """The fields of one record. ``address`` is where its document was saved from, for the links in it."""
    filled = Filled()
    if sheet.kind:
        filled.fields["kind"] = sheet.kind
    _fill_from_preface(sheet, filled)
    for box in sheet.boxes:
        _fill_from_box(box, filled, address)
    _remark_dates(sheet, filled)
    return filled


def _remark_dates(sheet: Sheet, filled: Filled) -> None:
    """Below a date that can be read two ways, how it was read; unless another date shows which comes first."""
    dated = {box.label.field: _one_line(box.blocks) for box in sheet.boxes if box.label and box.label.field in _DATES}
    found = {name: match for name, words in dated.items() if (match := _NUMERIC.fullmatch(words))}
    if not any(int(match[1]) > 12 for match in found.values()):
        for name, match in found.items():
            if match[1] != match[2]:
                order = "day, month" if int(match[2]) <= 12 else "month, day"
                filled.remarks.setdefault(name, []).append(f"Read as {order}, year: check it.")


def _fill_from_preface(sheet: Sheet, filled: Filled) -> None:
    """What stands before the first box: the last heading is the title where the form has no box for it."""
    headings = [block for block in sheet.preface if block.kind is Kind.HEADING]
    title = headings[-1] if headings and not sheet.has("title") else None
    for block in sheet.preface:
        if block is title:
            filled.fields["title"] = _one_line([block])
        elif block.text.casefold() not in ("decision details", "decision"):
            filled.unplaced.append(Unplaced(written([block]), "it stands before the first box", place=block.place))


def _fill_from_box(box: Box, filled: Filled, address: str) -> None:
    text = written(box.blocks)
    if not text.strip() and box.label:
        filled.empty.append(_shown(box.printed))
        return
    name = box.label.field if box.label else ""
    if not text.strip():
        filled.unplaced.append(
            Unplaced(_shown(box.printed), "it looks like a label with nothing below", place=box.place)
        )
    elif why := _why_not(box, name, filled):
        filled.unplaced.append(Unplaced(text, why, _shown(box.printed), box.place))
    elif name == NOTE:
        _note(filled, f"The document gives under “{_shown(box.printed)}”: “{_one_line(box.blocks).rstrip('.')}”.")
    elif isinstance(before := filled.fields.get(name), dict):
        before[_shown(box.printed)] = _one_line(box.blocks)
    elif name in filled.fields:
        filled.fields[name] = f"{filled.fields[name]}\n\n{text}"
    elif (value := _READERS.get(name, _statement)(box, address)) is not None:
        filled.fields[name] = value
        _remark(box, name, filled, address)
    else:
        filled.unplaced.append(Unplaced(text, "it is neither yes nor no", _shown(box.printed), box.place))


def _why_not(box: Box, name: str, filled: Filled) -> str:
    """Why a box's words cannot go into the field of their own accord; empty if they can."""
    if not name:
        return "no field is known for this label"
    if name == PERSON:
        return "it may name a person: say so in the record only if the public needs it"
    before = filled.fields.get(name)
    several = box.label is not None and box.label.kept and isinstance(before, str)
    if name == "reference" and isinstance(before, Mapping):
        several = _shown(box.printed) not in before
    return "the record has this box twice" if name in filled.fields and not several else ""


def _note(filled: Filled, note: str) -> None:
    notes = filled.fields.setdefault("notes", [])
    assert isinstance(notes, list)
    notes.append(note)


def _remark(box: Box, name: str, filled: Filled, address: str) -> None:
    """Tell below the field what its words alone do not, such as the addresses behind them; keep an odd label."""
    remarks = filled.remarks.setdefault(name, [])
    if name in STATEMENTS:
        for block in box.blocks:
            remarks += [f"“{words}” leads to {urljoin(address, to)}" for words, to in block.links]
    if name in LABELS and box.printed and not (name == "signature" or usual(name, box.printed)):
        labels = filled.fields.setdefault("labels", {})
        assert isinstance(labels, dict)
        labels[name] = _shown(box.printed)


def _shown(printed: str) -> str:
    return printed.strip().rstrip(":").rstrip()


def _one_line(blocks: Sequence[Block]) -> str:
    return " ".join(written(blocks).split())


# How each field is written


def _line(box: Box, _address: str) -> Value:
    return _one_line(box.blocks)


def _statement(box: Box, _address: str) -> Value:
    return _said(written(box.blocks))


def _said(text: str) -> Value:
    """The words as such, also where they would be read as one of the kinds of nothing."""
    return {"words": text} if text.casefold() in _KINDS_OF_NOTHING - NIL_WORDS else text


def _date(box: Box, _address: str) -> Value:
    return date_value(_one_line(box.blocks))


def date_value(words: str) -> Value:
    """A date as far as the words give it, with the words where they differ; the words alone where it cannot be told."""
    if _ISO.fullmatch(words):
        return words
    found = suggest_date(words) if len(words) <= _MOST_DATE else None
    if not found:
        return {"words": words}
    return {"date": str(found), "words": words}


def _yes_or_no(box: Box, _address: str) -> Value | None:
    word = _one_line(box.blocks).casefold().strip(" .")
    return word if word in ("yes", "no") else None


def _wards(box: Box, _address: str) -> Value:
    pieces = [piece.strip() for text in _texts(box) for piece in text.split(";")]
    wards = [re.sub(r"^\((.*)\)$", r"\1", piece) for piece in pieces if piece]
    return wards[0] if len(wards) == 1 else wards


def _texts(box: Box) -> list[str]:
    """Each line of a box, without bullets."""
    lines = [line.strip() for line in written(box.blocks).split("\n")]
    return [line.removeprefix("•").strip() for line in lines if line]


def _makers(box: Box, _address: str) -> Value:
    makers = _texts(box)
    return _said(makers[0]) if len(makers) == 1 else makers


def _alternatives(box: Box, address: str) -> Value:
    """One text; or one for each option, where the box is a list."""
    listed = all(block.kind is Kind.ITEM or block.depth > 0 or block.wraps for block in box.blocks)
    if not listed or box.blocks[0].kind is not Kind.ITEM:
        return _statement(box, address)
    options = [_option(group) for group in _groups(box.blocks)]
    return options if len(options) > 1 else _statement(box, address)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    least = min(block.depth for block in blocks if block.kind is Kind.ITEM)
    for block in blocks:
        if block.kind is Kind.ITEM and block.depth == least and group:
            yield group
            group = []
        group.append(block)
    yield group


def _option(group: Sequence[Block]) -> str:
    text = written(group).strip()
    mark = group[0].mark
    return text.removeprefix(mark).lstrip() if mark and not mark[-1:].isalnum() and len(mark) == 1 else text


def _references(box: Box, _address: str) -> Value:
    return {_shown(box.printed): _one_line(box.blocks)}


def _documents(box: Box, address: str) -> Value:
    return [_document(block, address) for block in box.blocks]


def _document(block: Block, address: str) -> Value:
    title = _one_line([block]).removeprefix("•").strip()
    url = urljoin(address, block.links[0][1]) if len(block.links) == 1 else ""
    return {"title": title, "url": url} if url and not address_fault(url) else {"title": title}


_DATES = ("date", "published", "effective")
_READERS: dict[str, Callable[[Box, str], Value | None]] = {
    "title": _line,
    "kind": _line,
    "reference": _references,
    **dict.fromkeys(_DATES, _date),
    "decision_maker": _makers,
    "key": _yes_or_no,
    "call_in": _yes_or_no,
    "wards": _wards,
    "alternatives": _alternatives,
    "documents": _documents,
    "background": _documents,
}
