"""What can be wrong between files: links to nowhere, back in time or in a circle; names in no table; false quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hipss_register.model import LINK_KINDS, MoneyRoles, Suppliers, Tables
from hipss_register.model.decision import STATEMENTS
from hipss_register.model.event import Before
from hipss_register.model.refusal import did_you_mean
from hipss_register.names import NameBook, squeezed
from hipss_register.problems import Fault, Loc
from hipss_register.read import Reading, Record, fold_name
from hipss_register.read.rest import ALL_FIELDS, as_written
from hipss_register.read.sources import ReadDocument, SourceDocument, read_document, read_sources
from hipss_register.register import Linked, date_key, in_order, links_of

_ADD_IT = "add it to the table if it is right"


@dataclass(frozen=True, slots=True)
class Known:
    """What links may point at: the whole records, every id that a file claims, and the tables."""

    records: Mapping[str, Record]
    ids: Collection[str]
    aliases: Mapping[str, str]
    """The old ids, of partial records too, each with the present one."""
    tables: Tables
    wards: NameBook
    names: tuple[str, ...]
    """The ids and aliases, in order, to suggest from."""
    open_tables: Collection[str] = ()
    """The tables of which so little can be read that any name may be in them."""

    def present(self, record_id: str) -> str:
        """The present id of the decision of that id or alias."""
        return self.aliases.get(record_id, record_id)

    def record(self, record_id: str) -> Record | None:
        """The record of that id or alias, if all of it could be read."""
        return self.records.get(self.present(record_id))

    def has(self, record_id: str) -> bool:
        """Whether a file claims that id or alias, whether or not it can be read."""
        return record_id in self.ids or self.present(record_id) in self.ids


def check_reading(
    reading: Reading, names: Iterable[str] = (), document: ReadDocument = read_document
) -> tuple[dict[str, SourceDocument], list[Fault]]:
    """The documents of the whole records that can be offered, and every fault that no file shows by itself.

    ``names`` are those of `check_links`; ``document`` reads a document. Partial records offer none, but what is wrong
    with theirs is told.
    """
    documents, faults = read_sources(reading.root, reading.records, document)
    faults += read_sources(reading.root, reading.partial, document)[1]
    records = (*reading.records, *reading.partial)
    faults += check_links(records, reading.ids, reading.tables, names, reading.open_tables)
    kept = {record.path: record.kept for record in reading.partial}
    return documents, [replace(fault, loc=as_written(fault.loc, kept.get(fault.path) or {})) for fault in faults]


def check_links(
    records: Collection[Record],
    ids: Collection[str],
    tables: Tables,
    names: Iterable[str] = (),
    open_tables: Collection[str] = (),
) -> list[Fault]:
    """Every fault between files. ``ids`` are those that files claim: what is there need not be readable.

    Partial records are asked only where links lead from, and only by the rules that need nothing of what they lack: a
    webmaster is told all in one run, but nothing that may be untrue once the file is mended. As ends of links they are
    there, and nothing is known of them.

    ``names`` are further ids and old ids to suggest from, where the records are only a part of the register. Of the
    ``open_tables`` so little can be read that any name may be in them.
    """
    records = sorted(records, key=lambda r: r.id)
    by_id = {record.id: record for record in records if not record.unread}
    aliases = {old: record.id for record in records for old in record.form.aliases}
    ids = {*(record.id for record in records), *ids}
    suggested = tuple(sorted({*ids, *aliases, *names}))
    known = Known(by_id, ids, aliases, tables, NameBook(tables.wards), suggested, open_tables)
    faults = [fault for record in records for fault in _faults_of(record, known)]
    return [*faults, *_aliases_are_free(records, known), *_circles(known)]


def links_lead_to_earlier_decisions(record: Record, known: Known) -> Iterator[Fault]:
    """A link names a decision of the register, not itself, and not one that was taken after it."""
    for name, links in record.form.links.items():
        for n, link in enumerate(links):
            place: Loc = ("links", name, n)
            target = known.record(link.to)
            if known.present(link.to) == record.id:
                yield Fault("LINK-TO-SELF", record.path, place, f"the decision {name} itself")
            elif not known.has(link.to):
                yield _dangling(record, place, link.to, known)
            elif target and _taken_after(target, record):
                message = f"{link.to} was taken on {target.form.date.date}, after this decision"
                yield Fault("LINK-BACKWARDS", record.path, place, message, f"the link belongs in {target.path}")


def _dangling(record: Record, place: Loc, to: str, known: Known) -> Fault:
    hint = did_you_mean(to, known.names, apart_from=record.id) or "if its file has a new name, give it this as an alias"
    return Fault("DANGLING-LINK", record.path, place, f"there is no decision “{to}” in the register", hint)


def _taken_after(target: Record, source: Record) -> bool:
    first, last = target.form.date.earliest, source.form.date.latest
    return bool(first and last and first > last)


def links_fit_their_ends(record: Record, known: Known) -> Iterator[Fault]:
    """A link of a kind that acts on a contract names a decision that made or changed one."""
    for name, links in record.form.links.items():
        wanted = LINK_KINDS[name].target_events
        for n, link in enumerate(links):
            target = known.record(link.to)
            found = {event.event for event in target.form.contracts} if target else set()
            if wanted and found and not wanted & found:
                needs, has = ", ".join(sorted(wanted)), ", ".join(sorted(found))
                message = f"“{name}” needs a decision with one of: {needs}; {link.to} has {has}"
                yield Fault("WRONG-END", record.path, ("links", name, n), message)


def changes_name_what_they_change(record: Record, known: Known) -> Iterator[Fault]:
    """A decision that changes a contract names the earlier decision that it changes."""
    for n, event in enumerate(record.form.contracts):
        if event.kind.links and not any(name in record.form.links for name in event.kind.links):
            message = f"this “{event.event}” names no earlier decision that it changes"
            hint = f"add links: {event.kind.links[0]}: <the earlier decision>"
            yield Fault("MISSING-LINK", record.path, ("contracts", n, "event"), message, hint)


def names_are_in_tables(record: Record, known: Known) -> Iterator[Fault]:
    """Contracts and suppliers are in their tables."""
    for n, event in enumerate(record.form.contracts):
        if event.contract not in known.tables.contracts and "contracts" not in known.open_tables:
            hint = did_you_mean(event.contract, known.tables.contracts) or _ADD_IT
            message = f"there is no contract “{event.contract}” in tables/contracts.yaml"
            yield Fault("UNKNOWN-CONTRACT", record.path, ("contracts", n, "contract"), message, hint)
        yield from _unknown_suppliers(record, ("contracts", n), event.suppliers, event, known)
        before = event.before or Before()
        yield from _unknown_suppliers(record, ("contracts", n, "before"), before.suppliers, MoneyRoles(), known)
    yield from _unknown_suppliers(record, (), None, record.form, known)


def _unknown_suppliers(
    record: Record, loc: Loc, suppliers: Suppliers | None, sums: MoneyRoles, known: Known
) -> Iterator[Fault]:
    if "suppliers" in known.open_tables:
        return
    parties = enumerate(suppliers.parties if suppliers else ())
    named: list[tuple[Loc, str | None]] = [((*loc, "suppliers", n), party.supplier) for n, party in parties]
    for role, money in sums.money():
        named += [((*loc, role.name, n, "supplier"), part.supplier) for n, part in enumerate(money.parts)]
    for place, supplier in named:
        if supplier and supplier not in known.tables.suppliers:
            hint = did_you_mean(supplier, known.tables.suppliers) or _ADD_IT
            message = f"there is no supplier “{supplier}” in tables/suppliers.yaml"
            yield Fault("UNKNOWN-SUPPLIER", record.path, place, message, hint)


def wards_are_in_their_table(record: Record, known: Known) -> Iterator[Fault]:
    """Where there is a table of wards, the wards that a record names are in it."""
    if not known.tables.wards or not record.form.wards or "wards" in known.open_tables:
        return
    names = [ward.name for ward in known.tables.wards.values()]
    for n, words in enumerate(record.form.wards.wards):
        if not known.wards.knows(words):
            several = known.wards.several(words)
            hint = f"did you mean [{', '.join(several)}]?" if several else did_you_mean(words, names) or _ADD_IT
            yield Fault("UNKNOWN-WARD", record.path, ("wards", n), f"no ward goes by “{words[:90]}”", hint)


def sources_of_knowledge_exist(record: Record, known: Known) -> Iterator[Fault]:
    """What a decision is known from is a record of the register, and says what is quoted from it."""
    for n, source in enumerate(record.form.known_from):
        if source.record is None:
            continue
        place: Loc = ("known_from", n)
        other = known.record(source.record)
        if known.present(source.record) == record.id:
            yield Fault("LINK-TO-SELF", record.path, place, "a decision cannot be known from itself")
        elif not known.has(source.record):
            yield _dangling(record, place, source.record, known)
        elif other and other.held and source.words and not says(other, source.words):
            message = f"these words do not stand in {source.record}"
            yield Fault("QUOTE-NOT-FOUND", record.path, ("known_from", n, "words"), message)


def own_words_stand_in_the_record(record: Record, known: Known) -> Iterator[Fault]:
    """A passage that an event quotes stands in its own record."""
    for n, event in enumerate(record.form.contracts):
        words = event.before.words if event.before else None
        if words and record.held and not says(record, words):
            place: Loc = ("contracts", n, "before", "words")
            yield Fault("QUOTE-NOT-FOUND", record.path, place, "these words do not stand in this record")


def says(record: Record, words: str) -> bool:
    """Whether the record has those words, however its lines are broken."""
    said: list[str] = [record.form.title or ""]
    said += [statement.words or "" for _, statement in record.form.statements()]
    return any(squeezed(words) in squeezed(text) for text in said)


def _aliases_are_free(records: Iterable[Record], known: Known) -> Iterator[Fault]:
    owner = {fold_name(record_id): record_id for record_id in known.ids}
    # Of a file of which nothing can be read, even what seem to be its old ids may be otherwise.
    for record in (record for record in records if not record.unread >= ALL_FIELDS):
        for n, old in enumerate(record.form.aliases):
            other = owner.setdefault(fold_name(old), record.id)
            if other != record.id or old == record.id:
                yield Fault("SAME-ID", record.path, ("aliases", n), f"“{old}” is the id or an alias of {other}")


def _circles(known: Known) -> Iterator[Fault]:
    links = [
        ln for record in known.records.values() for ln in links_of(record, known.aliases) if ln.target in known.records
    ]
    within = _led_to(known, links)
    links = [link for link in links if link.source in within and link.target in within and link.source != link.target]
    # One that leads back in time is told of by itself; without it there may be no circle.
    links = [link for link in links if not _taken_after(within[link.target], within[link.source])]
    left = {record_id: known.records[record_id] for record_id in in_order(within, links)[1]}
    # Those left over lead to a circle; of them, those left over the other way round are led to by one too.
    links = [link for link in links if link.source in left and link.target in left]
    inside = set(in_order(left, [replace(link, source=link.target, target=link.source) for link in links])[1])
    for link in links:
        if link.source in inside and link.target in inside:
            path = known.records[link.source].path
            message = f"{link.source} and {link.target} are part of a circle of links"
            yield Fault("LINK-CYCLE", path, ("links", link.kind.name), message)


def _led_to(known: Known, links: Iterable[Linked]) -> dict[str, Record]:
    """The records to which links lead from one that does not lead back in time: no circle is without such a link."""
    targets: dict[str, list[str]] = defaultdict(list)
    for link in links:
        targets[link.source].append(link.target)
    keys = {record_id: date_key(known.records[record_id]) for record_id in known.records}
    waiting = [target for source, ends in targets.items() for target in ends if keys[target] >= keys[source]]
    found: dict[str, Record] = {}
    while waiting:
        record_id = waiting.pop()
        if record_id not in found:
            found[record_id] = known.records[record_id]
            waiting += targets[record_id]
    return {record_id: record for record_id, record in known.records.items() if record_id in found}


LinkRule = Callable[[Record, Known], Iterator[Fault]]

RULES: tuple[LinkRule, ...] = (
    links_lead_to_earlier_decisions,
    links_fit_their_ends,
    changes_name_what_they_change,
    names_are_in_tables,
    wards_are_in_their_table,
    sources_of_knowledge_exist,
    own_words_stand_in_the_record,
)

_NEEDS: Mapping[LinkRule, frozenset[str]] = {
    changes_name_what_they_change: frozenset({"links"}),
    own_words_stand_in_the_record: frozenset({"title", "known_from", *STATEMENTS}),
}
"""The fields whose absence makes a rule speak; all the rules speak of what is there."""


def _faults_of(record: Record, known: Known) -> list[Fault]:
    """What every rule finds wrong with a record.

    Whether anything is wrong depends on the record, those that it names, and the tables alone.
    """
    return [fault for rule in RULES if _can_ask(rule, record) for fault in rule(record, known)]


def _can_ask(rule: LinkRule, record: Record) -> bool:
    return record.unread.isdisjoint(_NEEDS.get(rule, ()))
