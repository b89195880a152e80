"""The small pieces that pages are full of: links, tags, facts, statements. The same everywhere, and escaped.

They are functions rather than macros because a large register prints them millions of times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from hipss_register.history import Fact
from hipss_register.model import KnownFrom, Nothing, Statement, Suppliers, When
from hipss_register.read import Record
from hipss_register.site import addresses
from hipss_register.site.book import Book
from hipss_register.site.escaping import escaped, safe
from hipss_register.site.say import aside, say, whole_dates
from hipss_register.site.text import text_html
from hipss_register.site.views.card import MARKS, make_card, mark_of, say_standing
from hipss_register.wording import say_exemption

UrlOf = Callable[[str], str]
"""From the address of a page or file to a link from the page being rendered; raises KeyError if there is none."""


class Notes:
    """The footnotes of one page: each said once, numbered in the order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, tuple[str, ...]], int] = {}

    def number(self, text: str, basis: Sequence[str]) -> int:
        """The number of the note with that text and those records behind it."""
        return self._numbers.setdefault((text, tuple(basis)), len(self._numbers) + 1)

    def __iter__(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        return iter([(number, text, basis) for (text, basis), number in self._numbers.items()])

    def __len__(self) -> int:
        return len(self._numbers)


def tag(record: Record) -> Markup:
    """Whether we hold a record, as a word in a shape of its own."""
    return _TAGS[mark_of(record)]


_TAGS: Mapping[str, Markup] = {
    mark: Markup('<strong class="tag tag--{}">{}</strong>').format(mark, words) for mark, words in MARKS.items()
}


def note(notes: Notes, worked_out: str, basis: Sequence[str] = ()) -> Markup:
    """The number that leads to how a value was worked out."""
    n = notes.number(worked_out, basis)
    return safe(f'<a class="fn" href="#note-{n}" aria-label="Note {n}: how we know">{n}</a>')


def statement(said: Statement) -> Markup:
    """One text of the form: the record's own words, or which kind of nothing."""
    parts = []
    if said.words:
        parts.append(f'<div class="verbatim">\n{text_html(said.words)}\n</div>\n')
    if said.nothing and not (said.words and said.nothing is Nothing.NIL):
        exempt = say_exemption(said.paragraphs) if said.paragraphs else ""
        parts.append(f"<p>{say(said.nothing)}{exempt}</p>\n")
    if said.because:
        parts.append(f'<blockquote class="said">{text_html(said.because)}</blockquote>\n')
    if said.worked_out:
        how = whole_dates(said.worked_out)
        parts.append(f'<p class="small"><strong class="tag tag--worked">Worked out</strong> {how}</p>\n')
    return safe("".join(parts))


class Pieces:
    """The pieces that need the book: names of decisions, contracts and suppliers, with links to their pages."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def all(self) -> dict[str, Callable[..., str]]:
        """Every piece, under the name that templates call it by."""
        methods = (
            self.standing_tag,
            self.decision_link,
            self.decision_ref,
            self.contract_name,
            self.contract_link,
            self.supplier_links,
            self.event_value,
            self.fact,
            self.known_from,
            self.result,
        )
        return {piece.__name__: piece for piece in (tag, note, statement, aside, *methods)}

    def standing_tag(self, record: Record) -> Markup:
        """What later decisions did to one, if they did."""
        said = say_standing(self._book.register.standings[record.id])
        return safe(f' <strong class="tag tag--plain">{said}</strong>') if said else _EMPTY

    def decision_link(self, url: UrlOf, record: Record) -> Markup:
        """A decision's name, with a link to its page."""
        return safe(f'<a href="{escaped(url(addresses.decision(record.id)))}">{escaped(record.name)}</a>')

    def decision_ref(self, url: UrlOf, record_id: str) -> Markup:
        """A decision's name, with a link to its page, and its date."""
        record = self._book.register.records[record_id]
        return safe(f"{self.decision_link(url, record)}, {say(record.form.date)}")

    def contract_name(self, contract_id: str) -> str:
        """The short name of a contract, else its whole name."""
        contract = self._book.contracts[contract_id]
        return contract.short or contract.name

    def contract_link(self, url: UrlOf, contract_id: str) -> Markup:
        """A contract's name, with a link to its page."""
        href = escaped(url(addresses.contract(contract_id)))
        return safe(f'<a href="{href}">{escaped(self.contract_name(contract_id))}</a>')

    def supplier_links(self, url: UrlOf, ids: Iterable[str]) -> Markup:
        """Suppliers, each with a link to its page: one, one and two, or one, two and three."""
        *most, last = [self._supplier(url, supplier_id) for supplier_id in ids] or [""]
        return safe(f"{', '.join(most)} and {last}" if most else last)

    def event_value(self, url: UrlOf, label: str, value: object) -> Markup:
        """A value of an event: suppliers need links, all else speaks for itself."""
        if isinstance(value, Suppliers):
            return self._suppliers(url, value)
        return safe(f"{say(value)}{aside(value)}") if isinstance(value, When) else say(value)

    def fact(self, url: UrlOf, notes: Notes, fact: Fact[Any], suppliers: bool = False) -> Markup:
        """A fact of a contract's history: stated, worked out (with a note), or which kind of nothing."""
        how = note(notes, fact.worked_out, fact.basis) if fact.worked_out else ""
        if fact.value is None and how and fact.nothing is Nothing.NOT_KNOWN:  # the note says why
            return safe(f'<span class="noted"><span class="nothing">Not known</span>{how}</span>')
        if fact.value is None:
            return safe(f"{say(fact.nothing)}{how}")
        said = self.supplier_links(url, fact.value) if suppliers else say(fact.value)
        return safe(f'<span class="worked">{said}{how}</span>') if how else said

    def known_from(self, url: UrlOf, known: KnownFrom) -> Markup:
        """Where a cited decision is known from, in a phrase."""
        if known.record:
            return self.decision_ref(url, known.record)
        assert known.url, "the reader sees to it that a source has one or the other"
        title = escaped(known.title or known.url)
        return safe(f'<a href="{escaped(known.url)}" rel="noopener noreferrer">{title}</a>')

    def result(self, url: UrlOf, record: Record) -> Markup:
        """A decision in a list. ``finder.js`` builds the same from the same card."""
        one = make_card(self._book, record)
        date = escaped(one.date)
        when = f'<time datetime="{one.day}">{date}</time>' if one.day else date
        kind = f" · {escaped(one.kind)}" if one.kind else ""
        standing = f' <strong class="tag tag--plain">{escaped(one.standing)}</strong>' if one.standing else ""
        links = ", ".join(
            f'<a href="{escaped(url(addresses.contract(contract)))}">{escaped(name)}</a>'
            for contract, name in one.contracts
        )
        said = [escaped(one.makers)] if one.makers else []
        about = ". ".join([*said, f"Contract: {links}"] if links else said)
        about = f"<p>{about}</p>" if about else ""
        return safe(
            f'<li><h3><a href="{escaped(url(addresses.decision(one.id)))}">{escaped(one.name)}</a></h3>\n'
            f'<p class="meta">{when}{kind} {_TAGS[one.mark]}{standing}</p>\n{about}</li>'
        )

    def _supplier(self, url: UrlOf, supplier_id: str) -> str:
        group = self._book.groups["suppliers"].get(supplier_id)
        if not group:
            return escaped(supplier_id)
        return f'<a href="{escaped(url(addresses.supplier(supplier_id)))}">{escaped(group.name)}</a>'

    def _suppliers(self, url: UrlOf, given: Suppliers) -> Markup:
        if given.nothing:
            return safe(f"{say(given.nothing)}{aside(given)}")
        if not given.parties:
            return safe(f"{escaped(given.words or '')}{aside(given)}")
        return safe(f"{', '.join(self._party(url, party) for party in given.parties)}{aside(given)}")

    def _party(self, url: UrlOf, party: Any) -> str:
        lots = f" ({escaped(', '.join(party.lots))})" if party.lots else ""
        share = f" ({escaped(party.share)})" if party.share else ""
        return f"{self._supplier(url, party.supplier)}{lots}{share}"


_EMPTY = Markup("")
