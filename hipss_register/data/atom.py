"""Atom feeds (RFC 4287): of all decisions, of each contract's and of each decision maker's.

An entry's id is the decision's permanent address. An entry is updated when a later decision changes what it decided, or
when its file is corrected, and its summary then says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from hipss_register.data import paths
from hipss_register.data.files import DataFile
from hipss_register.data.moments import BEGINNING, acting, published, timestamp, updated
from hipss_register.data.publication import Publication
from hipss_register.later import Later
from hipss_register.names import squeezed
from hipss_register.read import Record
from hipss_register.site import addresses
from hipss_register.wording import say_when, upper_first

MEDIA = "application/atom+xml"
MOST_ENTRIES = 100
"""How many of the latest changes the feed of all decisions, and that of a decision maker, hold."""


def feed_files(pub: Publication) -> Iterator[DataFile]:
    """Every feed; none where the site does not know its own address, as an entry's id is an address."""
    if not pub.settings.site_url:
        return
    everything = Later(_feed, pub, paths.FEED, pub.settings.site_name, addresses.DECISIONS, pub.records, MOST_ENTRIES)
    yield DataFile(paths.FEED, MEDIA, "The latest decisions", everything, listed=True)
    for contract in pub.book.contracts:
        if pub.book.histories[contract].steps:
            make = Later(_contract_feed, pub, contract)
            yield DataFile(paths.contract_feed(contract), MEDIA, _about(pub, contract), make, alone=True)
    for maker in pub.book.groups["decision-makers"]:
        make = Later(_maker_feed, pub, maker)
        yield DataFile(paths.maker_feed(maker), MEDIA, _taken_by(pub, maker), make, alone=True)


def _about(pub: Publication, contract: str) -> str:
    entry = pub.book.contracts[contract]
    return f"Decisions about {entry.short or entry.name}"


def _contract_feed(pub: Publication, contract: str) -> Iterator[bytes]:
    records, page = records_about(pub, contract), addresses.contract(contract)
    return _feed(pub, paths.contract_feed(contract), _about(pub, contract), page, records, len(records))


def _taken_by(pub: Publication, maker: str) -> str:
    return f"Decisions taken by {pub.book.groups['decision-makers'][maker].name}"


def _maker_feed(pub: Publication, maker: str) -> Iterator[bytes]:
    records, page = pub.book.groups["decision-makers"][maker].records, addresses.group("decision-makers", maker)
    return _feed(pub, paths.maker_feed(maker), _taken_by(pub, maker), page, records, MOST_ENTRIES)


def records_about(pub: Publication, contract: str) -> list[Record]:
    """The decisions about a contract, in order."""
    return list(dict.fromkeys(step.record for step in pub.book.histories[contract].steps))


def latest(pub: Publication, records: Iterable[Record], most: int) -> list[Record]:
    """The records that changed last, the latest first; those of no day at all are left out."""
    dated = [(day, record.id, record) for record in records if (day := updated(pub, record))]
    return [record for _, _, record in sorted(dated, key=lambda item: item[:2], reverse=True)[:most]]


def _feed(pub: Publication, path: str, title: str, page: str, records: Iterable[Record], most: int) -> Iterator[bytes]:
    shown = latest(pub, records, most)
    last = updated(pub, shown[0]) if shown else None
    here, author = pub.file(path) or "", pub.settings.organisation or pub.settings.site_name
    rights = f"<rights>{escape(pub.settings.licence)}</rights>\n" if pub.settings.licence else ""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">\n'
        f"<id>{escape(here)}</id>\n"
        f"<title>{escape(title)}</title>\n"
        f"<updated>{timestamp(last or BEGINNING)}</updated>\n"
        f'<link rel="self" type="{MEDIA}" href={quoteattr(here)}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(pub.page(page) or "")}/>\n'
        f"<author><name>{escape(author)}</name></author>\n{rights}"
    )
    yield head.encode()
    for record in shown:
        yield _entry(pub, record).encode()
    yield b"</feed>\n"


def _entry(pub: Publication, record: Record) -> str:
    page, data = pub.decision_page(record.id) or "", pub.file(paths.decision(record.id)) or ""
    first, last = published(pub, record) or BEGINNING, updated(pub, record) or BEGINNING
    kind = f"<category term={quoteattr(record.form.kind)}/>\n" if record.form.kind else ""
    return (
        "<entry>\n"
        f"<id>{escape(page)}</id>\n"
        f"<title>{escape(squeezed(record.name))}</title>\n"
        f"<published>{timestamp(first)}</published>\n"
        f"<updated>{timestamp(last)}</updated>\n"
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>\n'
        f'<link rel="alternate" type="application/json" href={quoteattr(data)}/>\n'
        f"{kind}<summary>{escape(summary(pub, record))}</summary>\n"
        "</entry>\n"
    )


def summary(pub: Publication, record: Record) -> str:
    """A decision in a few sentences: what kind, when, what was decided, and what became of it since."""
    sentences = [f"{upper_first(record.form.kind or 'decision')}, {say_when(record.form.date)}."]
    sentences += ["We do not hold this record; another source cites it."] if not record.held else []
    sentences += ["Not yet decided."] if record.form.pending else []
    said = record.form.decision
    sentences += [squeezed(said.words)] if said and said.words else []
    for link in acting(pub, record):
        other = pub.book.register.records[link.source]
        sentences.append(f"{upper_first(link.kind.inverse)}: {other.name}, {say_when(other.form.date)}.")
    for note in record.form.corrections:
        date = f" ({say_when(note.date)})" if note.date else ""
        sentences.append(f"Corrected in the register{date}: {note.what}")
    return " ".join(sentences)
