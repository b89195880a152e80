"""The static index by which a browser finds decisions: cards to show, columns to filter by, words to look up.

A browser asks for ``index.json`` first, then for no more than a question needs: the columns of the filters in use, the
lists of the words typed, the cards on the page in view. Every file is JSON, so that hosts compress it. Its other files
are in a folder named after their content, so that no browser ever mixes two editions.

Decisions go by their place in the list of all of them, the newest first.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from hipss_register.data.spool import Spool
from hipss_register.keeping.kept import Keep, anew
from hipss_register.site import addresses
from hipss_register.site.book import Book
from hipss_register.site.finder.columns import Choice, choices, days, sums
from hipss_register.site.finder.files import as_json
from hipss_register.site.finder.terms import HINTS
from hipss_register.site.finder.words import word_files
from hipss_register.site.views.card import MARKS, make_card

PAGE = 20
"""How many decisions a list of results shows at once, and how many cards a file holds: few, as results lie apart."""


def make_finder(book: Book, link: str, contract: str, keep: Keep = anew) -> dict[str, Callable[[], bytes]]:
    """Every file of the index, by its path in the site, as what gives its bytes: they wait on disk.

    ``link`` is a decision's address, with {} for its id; ``contract`` a contract's.
    """
    spool = Spool()
    words = word_files(book, spool.put, keep)
    filters = choices(book)
    for name, data in chain(_column_files(book, filters), _card_files(book)):
        spool.put(name, data)
    edition = _edition(spool)
    index = {
        "edition": edition,
        "total": len(book.register.records),
        "page": PAGE,
        "link": link,
        "contract": contract,
        "marks": MARKS,
        "choices": {choice.name: None if choice.long else choice.values for choice in filters},
        "words": words | HINTS,
    }
    folder = posixpath.join(posixpath.dirname(addresses.FINDER), edition)
    named = {posixpath.join(folder, name): partial(spool.kept, name) for name in spool}
    return {addresses.FINDER: partial(as_json, index), **named}


def _column_files(book: Book, filters: Iterable[Choice]) -> Iterator[tuple[str, bytes]]:
    for choice in filters:
        yield f"{choice.name}.json", as_json(choice.column)
        if choice.long:
            yield f"{choice.name}-names.json", as_json(choice.values)
    yield "days.json", as_json(days(book))
    yield "sums.json", as_json(sums(book))


def _card_files(book: Book) -> Iterator[tuple[str, bytes]]:
    records = book.newest_first()
    for n in range(0, len(records), PAGE):
        cards = [make_card(book, record) for record in records[n : n + PAGE]]
        rows = [[c.id, c.name, c.day, c.date, c.kind, c.mark, c.standing, c.makers, c.contracts] for c in cards]
        yield f"cards-{n // PAGE}.json", as_json(rows)


def _edition(spool: Spool) -> str:
    digest = hashlib.sha256()
    for name in sorted(spool):
        data = spool.kept(name)
        digest.update(f"{name} {len(data)}\n".encode() + data)
    return digest.hexdigest()[:12]
