"""Calendars (iCalendar, RFC 5545) of the days on which contracts end, are reviewed, or an option runs out.

Only days that are known to the day stand in a calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from hipss_register.data import paths
from hipss_register.data.files import DataFile
from hipss_register.data.moments import BEGINNING, published
from hipss_register.data.publication import Publication
from hipss_register.history import Fact
from hipss_register.later import Later
from hipss_register.model import DateSpan
from hipss_register.wording import say_length

MEDIA = "text/calendar"
_ONE_DAY = dt.timedelta(days=1)
_MOST_OCTETS = 75
_BEGIN, _END = b"\r\nBEGIN:VEVENT\r\n", b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a contract: ``name`` tells it apart from the contract's others for good, whatever day it is moved to."""

    contract: str
    name: str
    day: dt.date
    summary: str
    known: Fact[DateSpan]
    moves: int
    """How often later decisions have moved it."""


def calendar_files(pub: Publication) -> Iterator[DataFile]:
    """Every calendar that has a day in it; none where the site does not know its own address."""
    if not pub.settings.site_url:
        return
    with_days = [contract for contract in sorted(pub.book.contracts) if any(days_of(pub, contract))]
    if with_days:
        name = f"Contracts: {pub.settings.site_name}"
        yield DataFile(paths.CALENDAR, MEDIA, name, Later(_whole, pub, name, with_days), listed=True)
    for contract in with_days:
        make = Later(_contract_calendar, pub, contract)
        yield DataFile(paths.contract_calendar(contract), MEDIA, _name(pub, contract), make, alone=True)


def _name(pub: Publication, contract: str) -> str:
    entry = pub.book.contracts[contract]
    return entry.short or entry.name


def _whole(pub: Publication, name: str, contracts: Iterable[str]) -> Iterator[bytes]:
    """A calendar of the days that stand in those of some contracts."""
    return _calendar(pub, name, (_events_in(pub, contract) for contract in contracts))


def _events_in(pub: Publication, contract: str) -> bytes:
    """The events in the calendar of a contract, which has one."""
    made = pub.bytes_of(paths.contract_calendar(contract), Later(_contract_calendar, pub, contract))
    return made[made.index(_BEGIN) + len(b"\r\n") : made.rindex(_END)]


def _contract_calendar(pub: Publication, contract: str) -> Iterator[bytes]:
    return _calendar(pub, _name(pub, contract), (folded(_event(pub, day)) for day in days_of(pub, contract)))


def days_of(pub: Publication, contract: str) -> Iterator[Day]:
    """The days of a contract that are known to the day."""
    history, entry = pub.book.histories[contract], pub.book.contracts[contract]
    now, name = history.now, entry.short or entry.name
    states = [step.after for step in history.steps]
    if (end := _exact(now.end)) and now.awarded:
        said = "contract ended" if now.ended else "contract due to end"
        yield Day(contract, "end", end, f"{name}: {said}", now.end, _moves([state.end for state in states]))
    if now.ended:
        return
    review = entry.review.date if entry.review else None
    if review and review.exact:
        yield Day(contract, "review", review.exact, f"{name}: to be reviewed", Fact(review, None), 0)
    for number, part in enumerate((part for part in now.parts if not part.runs), 1):
        if start := _exact(part.start):
            option = f" of {say_length(part.length, part.up_to)}" if part.length else ""
            said = f"{name}: last day before the option{option} would begin"
            yield Day(contract, f"option-{number}", start - _ONE_DAY, said, part.start, 0)
    if (furthest := _exact(now.furthest)) and furthest != end and now.awarded:
        moves = _moves([state.furthest for state in states])
        yield Day(contract, "furthest", furthest, f"{name}: end if every option is used", now.furthest, moves)


def _exact(fact: Fact[DateSpan]) -> dt.date | None:
    return fact.value.exact if fact.value else None


def _moves(facts: Iterable[Fact[DateSpan]]) -> int:
    days = [day for fact in facts if (day := _exact(fact))]
    return sum(one != other for one, other in pairwise(days))


def _calendar(pub: Publication, name: str, events: Iterable[bytes]) -> Iterator[bytes]:
    product = escaped(pub.settings.organisation or pub.settings.site_name)
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{product}//Decision register//EN", f"NAME:{escaped(name)}")
    yield folded([*head, f"X-WR-CALNAME:{escaped(name)}"])
    yield from events
    yield _END


def _event(pub: Publication, day: Day) -> Iterator[str]:
    host = urlsplit(pub.settings.site_url).hostname
    yield "BEGIN:VEVENT"
    yield f"UID:{day.contract}-{day.name}@{host}"
    yield f"DTSTAMP:{_known_since(pub, day):%Y%m%d}T235959Z"
    yield f"SEQUENCE:{day.moves}"
    yield f"DTSTART;VALUE=DATE:{day.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.day + _ONE_DAY:%Y%m%d}"
    yield f"SUMMARY:{escaped(day.summary)}"
    yield f"DESCRIPTION:{escaped(_description(pub, day))}"
    yield f"URL:{pub.contract_page(day.contract)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _known_since(pub: Publication, day: Day) -> dt.date:
    """The day on which the last of the decisions that it rests on became known; of the table, on all so far."""
    records = pub.book.register.records
    stated = [records[i] for i in day.known.sources if i in records]
    resting = stated or [step.record for step in pub.book.histories[day.contract].steps]
    return max(filter(None, (published(pub, record) for record in resting)), default=BEGINNING)


def _description(pub: Publication, day: Day) -> str:
    records = pub.book.register.records
    names = [records[i].name for i in day.known.sources if i in records]
    stated = "As the record states." if day.known.sources else "As the register's table of contracts states."
    how = f"Worked out by the register: {day.known.worked_out}" if day.known.worked_out else stated
    return "\n".join([how, *(f"From: {name}" for name in names)])


def escaped(text: str) -> str:
    """Text as a value of type TEXT."""
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def folded(lines: Iterable[str]) -> bytes:
    """Content lines, folded so that none has more than 75 octets and no character is cut."""
    return b"".join(_folded(line) for line in lines)


def _folded(line: str) -> bytes:
    octets = line.encode()
    if len(octets) <= _MOST_OCTETS:
        return octets + b"\r\n"
    if line.isascii():
        rest = range(_MOST_OCTETS, len(octets), _MOST_OCTETS - 1)
        return b"\r\n ".join([octets[:_MOST_OCTETS], *(octets[n : n + _MOST_OCTETS - 1] for n in rest)]) + b"\r\n"
    done, now = b"", b""
    for char in line:
        letter = char.encode()
        if len(now) + len(letter) > _MOST_OCTETS:
            done, now = done + now + b"\r\n", b" "
        now += letter
    return done + now + b"\r\n"
