"""What the data page shows: every format, its files, and how to get at them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from markupsafe import Markup

from hipss_register.data.columns import Table
from hipss_register.data.documents import FORMAT
from hipss_register.data.files import DataFile
from hipss_register.data.formats import FORMATS, Example, Format
from hipss_register.data.jsonld import data_jsonld
from hipss_register.data.publication import Publication
from hipss_register.data.tables import TABLES

ANYWHERE = "https://register.example/"
"""Stands in examples for the address of a site that does not know its own."""


@dataclass(frozen=True, slots=True)
class FormatView:
    """One format: its files that stand for many are listed, the others are told by the form of their paths."""

    form: Format
    files: tuple[DataFile, ...]
    patterns: tuple[str, ...]
    examples: tuple[Example, ...]
    why_none: str


@dataclass(frozen=True, slots=True)
class DataPageView:
    """The data page. ``jsonld`` is the text of a block of JSON-LD, already safe to stand in a page."""

    formats: tuple[FormatView, ...]
    tables: tuple[Table, ...]
    version: str
    jsonld: Markup

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The headings of its parts, each with its anchor."""
        return tuple((view.form.name, view.form.title) for view in self.formats)


def data_page_view(pub: Publication) -> DataPageView:
    """Gather what the data page shows."""
    formats = tuple(_format_view(form, pub) for form in FORMATS.values())
    listed = [file for view in formats for file in view.files]
    return DataPageView(formats, tuple(TABLES.values()), FORMAT, Markup(data_jsonld(pub, listed)))


def _format_view(form: Format, pub: Publication) -> FormatView:
    site = pub.settings.site_url or ANYWHERE
    return FormatView(
        form=form,
        files=tuple(takewhile(lambda file: file.listed, form.files(pub))),
        patterns=tuple(path for path in form.paths if "<" in path),
        examples=tuple(Example(example.tool, example.at(site)) for example in form.examples),
        why_none=form.why_none(pub),
    )
