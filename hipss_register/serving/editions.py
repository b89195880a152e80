"""Edition after edition of a folder: of one that differs from the one before in a part, only that part is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from hipss_register.build import Edition, edition_of, problems_of
from hipss_register.linking import check_reading
from hipss_register.problems import Severity, placed
from hipss_register.quick.facts import Facts, facts_of
from hipss_register.quick.parts import Part, Ties
from hipss_register.read import Forms, Reading, ReadingMemory, Record, read_folder
from hipss_register.read.sources import DocumentsMemory, SourceDocument
from hipss_register.register import make_register
from hipss_register.serving.joining import Change, changed
from hipss_register.site.book import make_book


class Editions:
    """Reads a folder again and again, and remembers the last edition that had no errors.

    A record that did not change stays the same object, and so does all that is not connected with one that did.
    """

    def __init__(self) -> None:
        self.reading = ReadingMemory()
        self._documents = DocumentsMemory()
        self._last: Edition | None = None
        self._records: Mapping[str, Record] = {}
        self._facts: dict[str, Facts] = {}
        self._ties = Ties({}, {})
        self.change: Change | None = None
        """How the last edition differs from the one before it; None if it was made as a whole."""

    def make(self, root: Path, shown_as: str, forms: Forms | None = None) -> Edition:
        """The same as `hipss_register.build.make_edition`, but with errors, the book is that of the last without."""
        reading = read_folder(root, shown_as, self.reading, forms)
        edition = self._with_part(self._last, reading, shown_as) if self._last else None
        if edition is None:
            edition = edition_of(reading, shown_as, self._documents)
            if edition.errors:
                return replace(edition, book=self._last.book) if self._last else edition
            self._begin(reading)
        self._last = edition
        return edition

    def around(self, paths: Iterable[str], contracts: Iterable[str]) -> Part:
        """All that is connected with some files and contracts of the last edition."""
        return self._ties.part(paths, contracts)

    def _begin(self, reading: Reading) -> None:
        self._records = {record.path: record for record in reading.records}
        self._facts = {path: facts_of(record.id, record, []) for path, record in self._records.items()}
        self._ties = Ties(self._facts, reading.tables.contracts)
        self.change = None

    def _with_part(self, last: Edition, reading: Reading, shown_as: str) -> Edition | None:
        """The edition as the last with a part made anew; None if more is another, or if it would have errors."""
        if reading.tables is not last.reading.tables or any(p.severity is Severity.ERROR for p in reading.problems):
            return None
        now = {record.path: record for record in reading.records}
        paths = {path for path in self._records.keys() | now.keys() if self._records.get(path) is not now.get(path)}
        paths |= self._with_changed_documents(last)
        facts = {path: facts_of(now[path].id, now[path], []) if path in now else None for path in paths}
        part = self._ties.around(facts)
        records = tuple(now[path] for path in part.files if path in now)
        sources, faults = check_reading(replace(reading, records=records, ids=frozenset()), document=self._documents)
        between = {problem for problem in last.between if problem.path not in part.files}
        between |= {*placed(faults, reading.locate)}
        if any(problem.severity is Severity.ERROR for problem in between):
            return None
        contracts = [contract for contract in part.contracts if contract in reading.tables.contracts]
        gone = frozenset(self._records[path].id for path in part.files if path in self._records)
        made = make_book(make_register(records, reading.tables), sources, contracts)
        self.change = Change(last.book, gone, frozenset(part.contracts), made)
        self._take(now, facts)
        book = changed(self.change)
        book = replace(book, sources=self._in_order(book.sources))
        return Edition(book, problems_of(reading, between, shown_as), reading, frozenset(between))

    def _take(self, records: Mapping[str, Record], facts: Mapping[str, Facts | None]) -> None:
        self._records = records
        self._ties.take(facts)
        for path, fact in facts.items():
            self._facts.pop(path, None)
            if fact:
                self._facts[path] = fact

    def _in_order(self, documents: Mapping[str, SourceDocument]) -> dict[str, SourceDocument]:
        """The documents that records name, in the order in which they do."""
        named = (document for path in self._records for document in self._facts[path].sources)
        return {document: documents[document] for document in named if document in documents}

    def _with_changed_documents(self, last: Edition) -> set[str]:
        """The files that name a document to which somebody wrote."""
        root, known = last.reading.root, last.book.sources
        changed = {path for path, document in known.items() if self._documents(root, path) != document}
        naming = ((path, facts.sources) for path, facts in self._facts.items()) if changed else ()
        return {path for path, named in naming if not changed.isdisjoint(named)}
