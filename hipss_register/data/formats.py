"""The table of formats: the command line, the data page and the documentation are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hipss_register.data import paths
from hipss_register.data.atom import feed_files
from hipss_register.data.calendars import calendar_files
from hipss_register.data.csv_files import csv_files
from hipss_register.data.files import DataFile
from hipss_register.data.json_files import json_files
from hipss_register.data.ocds.packages import ocds_files
from hipss_register.data.ocds.packages import why_none as why_no_ocds
from hipss_register.data.openapi import openapi_files
from hipss_register.data.packages import package_files
from hipss_register.data.publication import Publication
from hipss_register.data.schema_files import schema_files
from hipss_register.data.sqlite import sqlite_files
from hipss_register.data.web import robots_files

SITE = "{site}"
"""Stands for the register's address in an example."""


@dataclass(frozen=True, slots=True)
class Example:
    """How to get at the data with one tool. ``{site}`` stands for the register's address, with its last slash."""

    tool: str
    code: str

    def at(self, site: str) -> str:
        """The example for one register."""
        return self.code.replace(SITE, site)


@dataclass(frozen=True, slots=True)
class Format:
    """One form in which the data can be had.

    ``main`` is the file that stands for all of it on standard output; ``lacks`` says what it has no place for.
    """

    name: str
    title: str
    purpose: str
    main: str
    paths: tuple[str, ...]
    files: Callable[[Publication], Iterator[DataFile]]
    examples: tuple[Example, ...]
    why_none: Callable[[Publication], str] = lambda pub: ""
    lacks: str = ""


def _tables(pub: Publication) -> Iterator[DataFile]:
    yield from csv_files(pub)
    yield from package_files(pub)


def _needs_address(what: str) -> Callable[[Publication], str]:
    return lambda pub: (
        "" if pub.settings.site_url else f"{what} need the site's own address: set site_url in mkdocs.yml"
    )


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format(
            "csv",
            "CSV tables",
            "For spreadsheets, R and most other tools. A Data Package and CSV on the Web metadata beside them say what "
            "each column means and how the tables fit together.",
            paths.table("decisions"),
            (paths.table("<table>"), paths.DATAPACKAGE, paths.CSVW),
            _tables,
            (
                Example("curl", f"curl -fO {SITE}{paths.table('contracts')}"),
                Example(
                    "Python",
                    "import csv, io, urllib.request\n"
                    f'with urllib.request.urlopen("{SITE}{paths.table("contracts")}") as page:\n'
                    '    rows = list(csv.DictReader(io.TextIOWrapper(page, "utf-8", newline="")))\n'
                    'print([(row["title"], row["end_date"]) for row in rows])',
                ),
                Example("R", f'contracts <- read.csv("{SITE}{paths.table("contracts")}", encoding = "UTF-8")'),
                Example(
                    "Spreadsheet",
                    f"In Excel: Data, From Web, {SITE}{paths.table('contracts')}\n"
                    f'In Google Sheets: =IMPORTDATA("{SITE}{paths.table("contracts")}")',
                ),
            ),
        ),
        Format(
            "json",
            "JSON",
            "For programs. One document for each decision, contract and supplier, one for each year, and the whole "
            "register. What a record says and what the register worked out are apart.",
            paths.REGISTER,
            (
                paths.REGISTER,
                paths.year("<year>"),
                paths.decision("<id>"),
                paths.contract("<id>"),
                paths.supplier("<id>"),
            ),
            json_files,
            (
                Example("curl", f"curl -f {SITE}{paths.REGISTER}"),
                Example(
                    "Python",
                    "import json, urllib.request\n"
                    f'with urllib.request.urlopen("{SITE}{paths.REGISTER}") as page:\n'
                    "    register = json.load(page)\n"
                    'print([(d["id"], d["standing"]["effect"]) for d in register["decisions"]])',
                ),
            ),
        ),
        Format(
            "sqlite",
            "SQLite",
            "All tables in one file with foreign keys and full-text search, for SQL and for Datasette.",
            paths.SQLITE,
            (paths.SQLITE,),
            sqlite_files,
            (
                Example(
                    "sqlite3",
                    f"curl -fO {SITE}{paths.SQLITE}\n"
                    'sqlite3 register.db "SELECT d.id FROM decisions_search s JOIN decisions d ON d.rowid = s.rowid '
                    "WHERE decisions_search MATCH 'contract' ORDER BY rank\"",
                ),
                Example("Datasette", f"curl -fO {SITE}{paths.SQLITE}\ndatasette register.db"),
            ),
        ),
        Format(
            "ocds",
            "Open Contracting Data Standard 1.1.5",
            "Contracts in the form that Contracts Finder and Find a Tender speak: releases, and records with the "
            "compiled and the versioned release.",
            paths.RECORDS,
            (paths.RELEASES, paths.RECORDS, paths.contract_ocds("<id>")),
            ocds_files,
            (
                Example("curl", f"curl -f {SITE}{paths.RECORDS}"),
                Example(
                    "Python",
                    "import json, urllib.request\n"
                    f'with urllib.request.urlopen("{SITE}{paths.RECORDS}") as page:\n'
                    "    package = json.load(page)\n"
                    'print([(r["ocid"], r["compiledRelease"]["tag"]) for r in package["records"]])',
                ),
            ),
            why_no_ocds,
            "It has no place for the authority, consultation, considerations, alternatives, interests, wards, decision "
            "maker, links, grounds or notices, nor for dates that are not known to the day.",
        ),
        Format(
            "atom",
            "Atom feeds",
            "To be told of new decisions, and of changes to old ones, in a feed reader: for all decisions, for each "
            "contract and for each decision maker.",
            paths.FEED,
            (paths.FEED, paths.contract_feed("<id>"), paths.maker_feed("<id>")),
            feed_files,
            (
                Example("curl", f"curl -f {SITE}{paths.FEED}"),
                Example("Feed reader", f"Add this address: {SITE}{paths.FEED}"),
            ),
            _needs_address("Feeds"),
            "An entry has the summary, kind, date and decision, what became of it since, and corrections.",
        ),
        Format(
            "calendar",
            "Calendars (iCalendar)",
            "To see in a calendar when contracts end, when they are to be reviewed and when their options run out. "
            "Subscribe to the address rather than import the file, so that changes reach you.",
            paths.CALENDAR,
            (paths.CALENDAR, paths.contract_calendar("<id>")),
            calendar_files,
            (
                Example("curl", f"curl -f {SITE}{paths.CALENDAR}"),
                Example(
                    "Calendar",
                    f"In Google Calendar: Other calendars, +, From URL, {SITE}{paths.CALENDAR}\n"
                    f"In Outlook: Add calendar, Subscribe from web, {SITE}{paths.CALENDAR}",
                ),
            ),
            _needs_address("Calendars"),
            "It has only days that are known to the day: ends of contracts, reviews, last days before options begin.",
        ),
        Format(
            "schema",
            "JSON Schemas",
            "For editors and checks: of the decision file and the reference tables that people write, and of the JSON "
            "documents that the register publishes.",
            paths.schema("decision"),
            (paths.schema("<name>"),),
            lambda pub: schema_files(),
            (
                Example(
                    "check-jsonschema",
                    f"check-jsonschema --schemafile {SITE}{paths.schema('decision')} decisions/*.yaml",
                ),
            ),
        ),
        Format(
            "openapi",
            "OpenAPI 3.1",
            "A description of the JSON addresses, for tools that make clients and tests.",
            paths.OPENAPI,
            (paths.OPENAPI,),
            openapi_files,
            (Example("curl", f"curl -f {SITE}{paths.OPENAPI}"),),
        ),
    )
}


def data_files(pub: Publication) -> Iterator[DataFile]:
    """Every file of open data that the site has, in the order of the table of formats, and robots.txt."""
    for form in FORMATS.values():
        yield from form.files(pub)
    yield from robots_files(pub)
