"""Rules about names: places and suppliers under more than one, wards outside their time, and personal details."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.world import World, unsaid
from hipss_register.model import Supplier
from hipss_register.model.decision import LABELS
from hipss_register.names import slug
from hipss_register.read import Record
from hipss_register.wording import say_when

_LEGAL_FORM = re.compile(r"-(?:the|ltd|limited|plc|llp|cic|cio|company|co|uk|trust|group|inc|incorporated|and)(?=-)")
_NEARLY, _BLOCK = 0.92, 4


def one_place_has_one_name(world: World, record: Record) -> Iterator[Answer]:
    """Records call the same place by the same name.

    Where a record names a place by one of the other names in the table of wards, and another record names it otherwise,
    both names are given. The register lists the two records together.
    """
    table, names = world.register.tables.wards, world.register.wards
    words = record.form.wards.wards if record.form.wards else ()
    if not table:
        yield Unknown("the register has no table of wards")
        return
    if not words:
        yield Unknown(unsaid(record, "which wards are affected"))
        return
    found = False
    for n, name in enumerate(words):
        entry = names.id_of(name)
        others = {
            other: by for other, by in world.surroundings.ward_names.get(entry, {}).items() if slug(other) != slug(name)
        }
        if entry in table and slug(table[entry].name) != slug(name) and others:
            found = True
            other, by = next(iter(others.items()))
            message = f"The record gives its ward as “{name}”. Another record calls the same place “{other}”."
            read = (Read(LABELS["wards"], name, record.id), Read(LABELS["wards"], other, by))
            yield Found(message, read, loc=("wards", n))
    if not found:
        yield PASSED


def wards_are_of_their_time(world: World, record: Record) -> Iterator[Answer]:
    """The wards that a record names existed on the day of the decision.

    The table of wards says from when and until when each did.
    """
    table = world.register.tables.wards
    first, last = record.form.date.earliest, record.form.date.latest
    for n, name in enumerate(record.form.wards.wards if record.form.wards else ()):
        ward = table.get(world.register.wards.id_of(name))
        if not ward or not (ward.since or ward.until):
            continue
        began = ward.since.earliest if ward.since else None
        ended = ward.until.latest if ward.until else None
        span = f"{say_when(ward.since) if ward.since else '…'} to {say_when(ward.until) if ward.until else '…'}"
        read = (Read("Ward", name, record.id), Read("In being", span))
        if not first or not last:
            yield Unknown("the day of the decision is not known", read)
        elif (began and last < began) or (ended and first > ended):
            message = f"The record names the ward “{name}”. By the table of wards it existed only from {span}."
            yield Found(message, read, loc=("wards", n))
        elif (ward.since and ward.since.latest and first < ward.since.latest) or (
            ward.until and ward.until.earliest and last > ward.until.earliest
        ):
            yield Unknown("the dates are not known closely enough", read)
        else:
            yield PASSED


def suppliers_are_there_once(world: World) -> Iterator[Answer]:
    """No two suppliers in the table have nearly the same name.

    Names are compared without capitals, punctuation and words such as “Ltd” and “the”, and count as nearly the same
    when at least 92 in 100 of their characters agree. Two with different company or charity numbers are left alone.
    """
    suppliers = world.register.tables.suppliers
    if not suppliers:
        yield Unknown("the register has no table of suppliers")
        return
    blocks: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    found = False
    for entry, supplier in sorted(suppliers.items()):
        for plain in sorted({plain_name(name) for name in (supplier.name, *supplier.also)}):
            block = (plain[:_BLOCK], *re.findall(r"\d+", plain))
            for other, other_plain in blocks[block]:
                if other != entry and _alike(plain, other_plain) and not _distinct(supplier, suppliers[other]):
                    found = True
                    message = f"“{supplier.name}” and “{suppliers[other].name}” may be the same supplier."
                    read = (Read("Supplier", supplier.name), Read("Supplier", suppliers[other].name))
                    yield Found(message, read, loc=(entry, "name"), table="suppliers")
                    break
            blocks[block].append((entry, plain))
    if not found:
        yield PASSED


def plain_name(name: str) -> str:
    """A supplier's name without capitals, punctuation and the words that say only what kind of body it is."""
    return _LEGAL_FORM.sub("", f"-{slug(name)}-").strip("-") or slug(name)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if abs(len(one) - len(other)) > 3:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEARLY


def _distinct(one: Supplier, other: Supplier) -> bool:
    pairs = ((one.company, other.company), (one.charity, other.charity))
    return any(a and b and a != b for a, b in pairs)


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PUBLIC_MAIL = re.compile(
    r"@(?:[\w-]+\.)*(?:gov\.uk|nhs\.uk|nhs\.net|police\.uk|ac\.uk|sch\.uk|parliament\.uk)$", re.IGNORECASE
)
_SHARED_MAIL = re.compile(
    r"^(?:info|enquiries|contact|hello|office|admin|press|team|help|support|mail|democratic[\w.-]*|committee[\w.-]*)@",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\d£/.])(?:\+44\s?\(?0?\)?\s?|0)7\d{3}[\s-]?\d{3}[\s-]?\d{3}(?!\d)")


def texts_hold_no_personal_details(world: World, record: Record) -> Iterator[Answer]:
    """A record’s words hold no private e-mail address and no mobile telephone number.

    Addresses at public bodies and shared addresses (info@ and the like) are left alone. The finding does not repeat
    what it found.
    """
    hits: list[tuple[str, str]] = []
    asked = False
    for box, said in record.form.statements():
        asked = asked or bool(said.words)
        text = said.words or ""
        addresses = _MAIL.findall(text) if "@" in text else ()
        private = [m for m in addresses if not _PUBLIC_MAIL.search(m) and not _SHARED_MAIL.search(m)]
        hits += [(box, "a private e-mail address")] if private else []
        may_ring = "07" in text or "+44" in text
        hits += [(box, "a mobile telephone number")] if may_ring and _PHONE.search(text) else []
    for box, what in hits:
        message = f"Under “{LABELS[box]}” the record seems to hold {what}."
        yield Found(message, (Read(LABELS[box], f"{what}, not repeated here", record.id),), loc=(box,))
    if asked and not hits:
        yield PASSED
