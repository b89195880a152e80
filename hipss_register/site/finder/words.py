"""The words of the index: every word of every record, and the decisions that have it, cut into small files."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from operator import sub
from typing import Any, TypeVar
from zlib import crc32

import snowballstemmer
from pydantic_core import from_json

from hipss_register.keeping.kept import Keep
from hipss_register.model import DateSpan, PartialDate
from hipss_register.model.base import Model
from hipss_register.read import Record
from hipss_register.site.book import FACETS, Book
from hipss_register.site.finder.files import as_json
from hipss_register.site.finder.terms import RecordTerms
from hipss_register.wording import say_figure, say_span

_T = TypeVar("_T")

FILE_SIZE = 24_000
"""About how many bytes a file of the index has before it is compressed."""

_LONGEST = 40
"""The longest word to look up: longer ones are fingerprints and addresses."""

_BLOCK = 64
"""About how many decisions are looked through, and kept, together."""


@dataclass(eq=False, slots=True)
class _Places:
    """Where some decisions stand among all, each told by its distance from the one before."""

    steps: array[int] = field(default_factory=lambda: array("I"))
    last: int = 0

    def add(self, steps: list[int], first: int) -> None:
        """Further ones, told in the same way within a block of decisions that begins at the place ``first``."""
        if steps:
            self.steps.append(first + steps[0] - self.last)
            self.steps.extend(steps[1:])
            self.last = first + sum(steps)


@dataclass(eq=False, slots=True)
class _Group:
    """The forms of one word (vary, varied, varies): the decisions that have one in their heading, and all others."""

    headings: _Places = field(default_factory=_Places)
    others: _Places = field(default_factory=_Places)

    def as_data(self) -> tuple[list[int], list[int]]:
        """Both, to be written."""
        return self.headings.steps.tolist(), self.others.steps.tolist()


def word_files(book: Book, put: Callable[[str, bytes], None], keep: Keep) -> dict[str, object]:
    """Put the files of words and of their lists; gives the two contents lists by which a browser chooses among them."""
    stems, groups = _found(book, keep)
    numbers = {stem: n for n, stem in enumerate(sorted(groups))}
    words: list[str] = []
    for n, (_, part) in enumerate(_cut(sorted((word, numbers[stem]) for word, stem in stems.items()), _form_size)):
        put(f"words-{n}.json", as_json(dict(part)))
        words.append(part[0][0])
    lists: list[int] = []
    entries = (as_json(groups[stem].as_data()) for stem in numbers)
    for n, (first, run) in enumerate(_cut(entries, len)):
        put(f"lists-{n}.json", b"[" + b",".join(run) + b"]")
        lists.append(first)
    return {"words": words, "lists": lists}


def _found(book: Book, keep: Keep) -> tuple[dict[str, str], Mapping[str, _Group]]:
    """The stem of each word, and by stem the places of the decisions that have the words."""
    stems: dict[str, str] = {}
    groups, first, looking = defaultdict[str, _Group](_Group), 0, _Looking(book)
    for block in _blocks(book.newest_first()):
        ids = hashlib.sha256("\n".join(record.id for record in block).encode()).hexdigest()
        stems_of, places = from_json(keep(f"words of {ids}", partial(looking.through, block)).body())
        stems |= stems_of
        for stem, (headings, others) in places.items():
            groups[stem].headings.add(headings, first)
            groups[stem].others.add(others, first)
        first += len(block)
    return stems, groups


def _blocks(records: Iterable[Record]) -> Iterator[list[Record]]:
    """The decisions in runs that stay as they are where others come or go: some ids, whatever is around, begin one."""
    block: list[Record] = []
    for record in records:
        if block and crc32(record.id.encode()) % _BLOCK == 0:
            yield block
            block = []
        block.append(record)
    if block:
        yield block


def _steps(numbers: list[int]) -> list[int]:
    """Each number as its distance from the one before."""
    return list(map(sub, numbers, [0, *numbers]))


class _Stems(dict[str, str]):
    """What the forms of a word have in common, worked out once for each word of the register."""

    def __init__(self) -> None:
        self._stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord

    def __missing__(self, word: str) -> str:
        self[word] = stem = self._stem(word) if word.isalpha() else word
        return stem


class _Looking:
    """Looks through decisions for their words; what it reads and stems once is remembered for further ones."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._terms = RecordTerms()
        self._stems = _Stems()

    def through(self, records: Iterable[Record]) -> tuple[bytes, bytes]:
        """To be kept: the stem of each word of some decisions, and by stem where those stand that have it."""
        seen: set[str] = set()
        places = defaultdict[str, tuple[list[int], list[int]]](lambda: ([], []))
        for n, record in enumerate(records):
            words = list(self._words_of(record))
            seen.update(*words)
            heading, others = (set(map(self._stems.__getitem__, some)) for some in words)
            for stem in heading:
                places[stem][0].append(n)
            for stem in others - heading:
                places[stem][1].append(n)
        steps = {stem: tuple(map(_steps, both)) for stem, both in places.items()}
        return b"", as_json([{word: self._stems[word] for word in seen}, steps])

    def _words_of(self, record: Record) -> Iterator[list[str]]:
        """The words of a decision's heading, and those that it has anywhere else."""
        texts: list[str] = []
        _gather(record.form, texts)
        for those in (_heading(self._book, record), texts):
            yield [word for word in self._terms.of(" | ".join(those)) if len(word) <= _LONGEST]


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
