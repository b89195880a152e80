"""Rules about what a record's words refer to: decisions that it mentions, and has no link to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.world import World
from hipss_register.model.dates import PartialDate
from hipss_register.model.decision import LABELS
from hipss_register.names import squeezed
from hipss_register.read import Record

_MONTHS = {
    name: n
    for n, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\b(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:decisions? (?:of|by|made|taken|dated|on)|approval was (?:given|granted)|was approved|approved (?:by|at|on)|"
    r"(?:cabinet|council|committee|member|director) (?:agreed|approved|resolved|decided)|resolved (?:by|at|on)|"
    r"decision record|(?:cabinet|officer|delegated|key) decision)\b",
    re.IGNORECASE,
)
# Every way to mention a decision has one of these, which are quick to look for.
_STEMS = ("decision", "approv", "agreed", "resolved", "decided")
_SENTENCE_END = re.compile(r"[.;!?]\s+")
_ADDRESS = re.compile(r"https?://\S+?(?:ieDecisionDetails|mgIssueHistoryHome|ieIssueDetails)\.aspx\?\S+", re.IGNORECASE)
_BOXES = ("authority", "decision", "reasons", "considerations", "consultation")


@dataclass(frozen=True, slots=True)
class Mention:
    """A decision mentioned in prose: in which box, the words, and its date as far as they give it."""

    box: str
    words: str
    year: int | None
    month: int
    day: int | None

    def fits(self, date: PartialDate) -> bool:
        """Whether it can be the decision of that date."""
        return (
            self.year in (None, date.year)
            and date.month in (None, self.month)
            and (self.day is None or date.day in (None, self.day))
        )


def mentions_in(record: Record) -> Iterator[Mention]:
    """Each decision that a record mentions by its date."""
    for box, said in record.form.statements():
        if box not in _BOXES:
            continue
        lines = filter(_may_mention, (said.words or "").split("\n"))
        for sentence in filter(_may_mention, (part for line in lines for part in _SENTENCE_END.split(line))):
            for match in _DATE.finditer(sentence) if _DECIDED.search(sentence) else ():
                if near := _near(sentence, match):
                    yield Mention(box, near, *_read_date(match))


def _may_mention(text: str) -> bool:
    small = text.lower()
    return any(map(small.__contains__, _STEMS))


def _near(sentence: str, match: re.Match[str]) -> str:
    """The words from the mention of a decision to the date or the other way; empty where they stand far apart."""
    nearest = min(
        _DECIDED.finditer(sentence),
        key=lambda found: max(found.start() - match.end(), match.start() - found.end()),
    )
    first, last = min(nearest.start(), match.start()), max(nearest.end(), match.end())
    return squeezed(sentence[first:last]) if last - first <= 120 else ""


def _read_date(match: re.Match[str]) -> tuple[int | None, int, int | None]:
    if match["m"]:
        return int(match["y"]), int(match["m"]), int(match["d"])
    year, day = match["year"], match["day"]
    return int(year) if year else None, _MONTHS[match["month"].lower()], int(day) if day else None


def mentions_are_linked(world: World, record: Record) -> Iterator[Answer]:
    """A record that mentions an earlier decision by its date has a link to that decision.

    The check looks for words such as “the decision of cabinet of 28 September” or “in January 2018 approval was given”
    in the boxes of the form. A mention is linked if a decision that the file links to, or that is known from this
    record, has a date that fits. A date that could be the decision’s own is left alone.
    """
    mentions = list(mentions_in(record))
    if not mentions:
        return
    dates = [date for other in _linked(world, record) if (date := _single(other))]
    own = _single(record)
    asked = [mention for mention in mentions if not (own and mention.fits(own))]
    loose = [mention for mention in asked if not any(mention.fits(date) for date in dates)]
    for mention in loose:
        if mention.year is None and not mention.day:
            yield Unknown(f"“{mention.words}” gives only a month")
            continue
        message = f"The record mentions “{mention.words}”. The register links it to no decision of that date."
        yield Found(message, (Read(LABELS[mention.box], mention.words, record.id),), loc=(mention.box,))
    if asked and not loose:
        yield PASSED


def _linked(world: World, record: Record) -> list[Record]:
    ids = {link.target for link in world.register.links_from.get(record.id, ())}
    return [*(world.register.records[i] for i in sorted(ids)), *world.known_from.get(record.id, ())]


def _single(record: Record) -> PartialDate | None:
    return record.form.date.date.single if record.form.date.date else None


def cited_addresses_are_known(world: World, record: Record) -> Iterator[Answer]:
    """A council web address of a decision or an issue, in a record’s words, is the reference of a linked decision.

    The number in the address is compared with the references of the decisions that the file links to.
    """
    addresses = [
        (box, address.rstrip(".,;)"))
        for box, said in record.form.statements()
        for address in (_ADDRESS.findall(said.words) if said.words and "://" in said.words else ())
    ]
    if not addresses:
        return
    numbers = {number for other in [record, *_linked(world, record)] for number in other.form.reference.values()}
    loose = [(box, address) for box, address in addresses if not _numbers_in(address) & numbers]
    for box, address in loose:
        if not _numbers_in(address):
            yield Unknown(f"there is no number in the address {address}")
            continue
        message = f"The record refers to {address}. No decision that it is linked to has that reference."
        yield Found(message, (Read(LABELS[box], address, record.id),), loc=(box,))
    if not loose:
        yield PASSED


def _numbers_in(address: str) -> set[str]:
    query = parse_qs(urlsplit(address).query)
    return {
        value for key, values in query.items() if key.lower() in ("id", "iid") for value in values if value.isdigit()
    }
