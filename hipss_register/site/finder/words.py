"""The words of the index: every word of every record, and the decisions that have it, cut into small files."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain
from operator import sub
from typing import Any, TypeVar

import snowballstemmer

from hipss_register.kept import Keep
from hipss_register.model import DateSpan, PartialDate
from hipss_register.model.base import Model
from hipss_register.read import Record
from hipss_register.site.book import FACETS, Book
from hipss_register.site.finder.files import as_json
from hipss_register.site.finder.terms import record_terms
from hipss_register.wording import say_figure, say_span

_T = TypeVar("_T")

FILE_SIZE = 24_000
"""About how many bytes a file of the index has before it is compressed."""

_LONGEST = 40
"""The longest word to look up: longer ones are fingerprints and addresses."""


@dataclass(eq=False, slots=True)
class _Group:
    """The forms of one word (vary, varied, varies): the decisions that have one in their heading, and all others."""

    headings: array[int] = field(default_factory=lambda: array("I"))
    others: array[int] = field(default_factory=lambda: array("I"))


class _Groups(dict[str, _Group]):
    """The group of each word."""

    def __init__(self) -> None:
        self._stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
        self._by_stem: dict[str, _Group] = {}

    def __missing__(self, word: str) -> _Group:
        stem = self._stem(word) if word.isalpha() else word
        self[word] = group = self._by_stem.setdefault(stem, _Group())
        return group

    def in_order(self) -> list[_Group]:
        """Each group once, in a stable order."""
        return [self._by_stem[stem] for stem in sorted(self._by_stem)]


def word_files(book: Book, put: Callable[[str, bytes], None], keep: Keep) -> dict[str, object]:
    """Put the files of words and of their lists; gives the two contents lists by which a browser chooses among them."""
    found = _groups(book, keep)
    groups = found.in_order()
    numbers = {group: n for n, group in enumerate(groups)}
    words: list[str] = []
    for n, (_, part) in enumerate(_cut(sorted((word, numbers[group]) for word, group in found.items()), _form_size)):
        put(f"words-{n}.json", as_json(dict(part)))
        words.append(part[0][0])
    lists: list[int] = []
    entries = (as_json([_steps(group.headings), _steps(group.others)]) for group in groups)
    for n, (first, run) in enumerate(_cut(entries, len)):
        put(f"lists-{n}.json", b"[" + b",".join(run) + b"]")
        lists.append(first)
    return {"words": words, "lists": lists}


def _groups(book: Book, keep: Keep) -> _Groups:
    """The groups of all words, with the places of the decisions that have them."""
    groups = _Groups()
    for n, record in enumerate(book.newest_first()):
        kept = keep(f"words of {record.id}", partial(_words_of, book, record), stored=False)
        heading, body = (set(map(groups.__getitem__, line.split())) for line in kept.head.decode().split("\n"))
        for group in heading:
            group.headings.append(n)
        for group in body - heading:
            group.others.append(n)
    return groups


def _words_of(book: Book, record: Record) -> tuple[bytes, bytes]:
    """The words of a decision's heading in a line, and those that it has elsewhere only in another."""
    heading = record_terms(" | ".join(_heading(book, record)))
    texts: list[str] = []
    _gather(record.form, texts)
    body = record_terms(" | ".join(texts)) - heading
    lines = (" ".join(word for word in words if len(word) <= _LONGEST) for words in (heading, body))
    return "\n".join(lines).encode(), b""


def _group_names(book: Book, record: Record) -> Iterator[str]:
    """What the groups that a decision is in are called."""
    for folder in FACETS:
        for group_id in book.groups_of[folder][record.id]:
            group = book.groups[folder][group_id]
            yield from (group.name, *group.also)


def _heading(book: Book, record: Record) -> list[str]:
    """What a reader would call a decision by."""
    form = record.form
    contracts = [book.contracts[event.contract] for event in form.contracts if event.contract in book.contracts]
    named = [text for contract in contracts for text in (contract.name, contract.short or "")]
    date = [say_span(form.date.date)] if form.date.date else []
    return [
        record.id,
        record.name,
        form.title or "",
        *date,
        *form.reference.values(),
        *_group_names(book, record),
        *named,
    ]


def _gather(value: Any, texts: list[str]) -> None:
    """Add every text, sum and date in a form, in the words that a reader would use; the order is of no account."""
    if isinstance(value, str):
        texts.append(value)
    elif isinstance(value, Model):
        for name in value.model_fields_set:
            _gather(getattr(value, name), texts)
    elif isinstance(value, tuple | list):
        for part in value:
            _gather(part, texts)
    elif isinstance(value, Mapping):
        _gather([*value.keys(), *value.values()], texts)
    elif isinstance(value, DateSpan):
        texts.append(say_span(value))
    elif isinstance(value, Decimal):
        texts.append(say_figure(value))
    elif isinstance(value, PartialDate):
        texts.append(str(value))


def _steps(numbers: array[int]) -> list[int]:
    """Each number as its distance from the one before."""
    return list(map(sub, numbers, chain((0,), numbers)))


def _form_size(entry: tuple[str, int]) -> int:
    return len(entry[0].encode()) + len(str(entry[1])) + 4


def _cut(items: Iterable[_T], size: Callable[[_T], int]) -> Iterator[tuple[int, list[_T]]]:
    """The items in runs of about `FILE_SIZE` bytes, each with the number of its first item."""
    run: list[_T] = []
    first = filled = 0
    for n, item in enumerate(items):
        if run and filled + size(item) > FILE_SIZE:
            yield first, run
            first, run, filled = n, [], 0
        run.append(item)
        filled += size(item)
    if run:
        yield first, run
