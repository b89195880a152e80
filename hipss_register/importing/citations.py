"""Earlier decisions of the register that a record's prose speaks of: by reference, address or date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hipss_register.importing.prose import DATE, DAY_AND_MONTH, date_in, sentence_around
from hipss_register.model import EVENT_KINDS, LINK_KINDS
from hipss_register.model.dates import PartialDate
from hipss_register.read import Record

_ABOUT_DECISIONS = re.compile(r"\b(?:decision|decided|approv|agreed|award|cabinet|authoris|resolved|delegat|report)")
_MENTION = re.compile(rf"(?<!\w)({DATE})(?!\w)|(?<!\w)({DAY_AND_MONTH})", re.IGNORECASE)
_FURTHER_LINKS = {"award": ("awards under",)}
_LEAST_REFERENCE = 3


@dataclass(frozen=True, slots=True)
class Citation:
    """A link that prose suggests: its kind, the earlier decision, and the words with the field they stand in."""

    kind: str
    target: str
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class _Mention:
    record: Record
    words: str
    where: str


def find_citations(texts: Mapping[str, str], date: str, records: Sequence[Record], event: str) -> list[Citation]:
    """Each earlier decision once, with the kind of link that the event asks for where the other end allows it."""
    earlier = [record for record in records if _before(record, date)]
    found: dict[str, _Mention] = {}
    for mention in (*_by_reference(texts, earlier), *_by_date(texts, date, earlier)):
        found.setdefault(mention.record.id, mention)
    wanted = [*(EVENT_KINDS[event].links if event else ()), *_FURTHER_LINKS.get(event, ())]
    return [
        Citation(_kind(mention.record, wanted), mention.record.id, mention.words, mention.where)
        for mention in found.values()
    ]


def _before(record: Record, date: str) -> bool:
    latest = record.form.date.latest
    return bool(date and latest and str(latest) < date)


def _kind(target: Record, wanted: Iterable[str]) -> str:
    """The first kind wanted that may name such a decision; otherwise the link only says that it is mentioned."""
    events = {event.event for event in target.form.contracts}
    fitting = (name for name in wanted if events & (LINK_KINDS[name].target_events or frozenset(EVENT_KINDS)))
    return next(fitting, "cites")


def _by_reference(texts: Mapping[str, str], records: Sequence[Record]) -> Iterator[_Mention]:
    for record in records:
        form = record.form
        marks = [mark for mark in form.reference.values() if len(mark) >= _LEAST_REFERENCE and re.search(r"\d", mark)]
        marks += [known.url for known in form.known_from if known.url]
        marks += [source.url for source in form.source if source.url]
        for where, text in texts.items():
            for mark in marks:
                if mark in text and (match := re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text)):
                    yield _Mention(record, sentence_around(text, match.start(), match.end()), where)


def _by_date(texts: Mapping[str, str], own: str, records: Sequence[Record]) -> Iterator[_Mention]:
    """By date, in a sentence that speaks of decisions; without its year, the nearest such day before counts."""
    by_day: dict[str, list[Record]] = {}
    for record in records:
        by_day.setdefault(str(record.form.date.date or ""), []).append(record)
    for where, text in texts.items():
        for match in _MENTION.finditer(text):
            day = date_in(match[1]) if match[1] else _with_year(match[2], own)
            if not day or day not in by_day:
                continue
            sentence = sentence_around(text, match.start(), match.end())
            if _ABOUT_DECISIONS.search(sentence.casefold()):
                yield from (_Mention(record, sentence, where) for record in by_day[day])


def _with_year(words: str, own: str) -> str:
    """A day and month with the year that puts it last before the record's own date."""
    if not re.match(r"\d{4}", own):
        return ""
    last = PartialDate.parse(own).last
    for year in (last.year, last.year - 1):
        day = date_in(f"{words} {year}")
        if day and day <= str(last):
            return day
    return ""
