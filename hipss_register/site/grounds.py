"""What stands on what: of most that pages are made from, a few short texts tell that it is as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hipss_register.keeping.made_by import digest, digest_of_each
from hipss_register.keeping.reads import Grounds
from hipss_register.quick.parts import Part
from hipss_register.site.book import Book
from hipss_register.site.views.related import RELATED, ground_of_related
from hipss_register.site.watched import AROUND_CONTRACT, AROUND_RECORD, EDITS, FILES, RECORD, STANDINGS


def grounds_of(book: Book, parts: Mapping[Part, str], urls: Iterable[tuple[str, str]]) -> Grounds:
    """The grounds of a book and its files.

    ``parts`` are those of the register, each with a digest of all that bears on what the checks say of it, which is all
    that is known around its records and contracts but for the tables. ``urls`` are the files of the site, and where.
    """
    tables = digest(repr(book.register.tables))
    by_path: dict[str, str] = {}
    by_contract: dict[str, str] = {}
    for part, made in parts.items():
        ground = digest(made, tables)
        by_path |= dict.fromkeys(part.files, ground)
        by_contract |= dict.fromkeys(part.contracts, ground)
    records = book.register.records.values()
    by_record = {record.id: by_path[record.path] for record in records if record.path in by_path}
    of_records = dict.fromkeys((RECORD, AROUND_RECORD, STANDINGS), by_record)
    of_tables = {RELATED: ground_of_related(book), FILES: digest_of_each(urls)}
    return Grounds({**of_records, EDITS: by_path, AROUND_CONTRACT: by_contract}, of_tables)
