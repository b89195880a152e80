"""The words of the index: every word of every record, and the decisions that have it, cut into small files."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import chain
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

Postings = dict[str, tuple["array[int]", "array[int]"]]
"""For each word the decisions that have it in their heading, and those that have it elsewhere only."""


def word_files(book: Book, put: Callable[[str, bytes], None], keep: Keep) -> dict[str, object]:
    """Put the files of words and of their lists; gives the two contents lists by which a browser chooses among them."""
    found = _postings(book, keep)
    groups = _grouped(found)
    words: list[str] = []
    forms = sorted((form, n) for n, group in enumerate(groups) for form in group)
    for n, (_, part) in enumerate(_cut(forms, _form_size)):
        put(f"words-{n}.json", as_json(dict(part)))
        words.append(part[0][0])
    lists: list[int] = []
    merged = (_merged([found.pop(form) for form in group]) for group in groups)
    for n, (first, entries) in enumerate(_cut(merged, len)):
        put(f"lists-{n}.json", b"[" + b",".join(entries) + b"]")
        lists.append(first)
    return {"words": words, "lists": lists}


def _postings(book: Book, keep: Keep) -> Postings:
    found: Postings = defaultdict(lambda: (array("I"), array("I")))
    for n, record in enumerate(book.newest_first()):
        kept = keep(f"words of {record.id}", partial(_words_of, book, record), stored=False)
        for place, words in enumerate(kept.head.decode().split("\n")):
            for word in words.split():
                found[word][place].append(n)
    return found


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


def _grouped(found: Postings) -> list[list[str]]:
    """The words in groups of one word's forms (vary, varied, varies), in a stable order."""
    stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    groups: dict[str, list[str]] = defaultdict(list)
    for form in sorted(found):
        groups[stem(form) if form.isalpha() else form].append(form)
    return [groups[key] for key in sorted(groups)]


def _merged(parts: list[tuple[array[int], array[int]]]) -> bytes:
    """The lists of a word's forms as one pair of lists, each number as its distance from the one before."""
    heading = sorted(set(chain.from_iterable(part[0] for part in parts)))
    body = sorted(set(chain.from_iterable(part[1] for part in parts)) - set(heading))
    return as_json([_steps(heading), _steps(body)])


def _steps(numbers: list[int]) -> list[int]:
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]


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
