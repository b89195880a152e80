"""Where each file of open data is, relative to the site's root. These addresses are permanent."""

from __future__ import annotations

from hipss_register.site import addresses

FOLDER = "data"
PAGE = addresses.DATA
"""The page of the site that lists the data."""

REGISTER = "data/register.json"
OPENAPI = "data/openapi.json"
DATAPACKAGE = "data/datapackage.json"
CSVW = "data/csvw.json"
SQLITE = "data/register.db"
RELEASES = "data/ocds/releases.json"
RECORDS = "data/ocds/records.json"
FEED = "data/feeds/decisions.atom"
CALENDAR = "data/calendars/contracts.ics"
ROBOTS = "robots.txt"


def schema(name: str) -> str:
    """A JSON Schema."""
    return f"data/schema/{name}.json"


def decision(record_id: str) -> str:
    """One decision as JSON."""
    return f"data/decisions/{record_id}.json"


def contract(contract_id: str) -> str:
    """One contract as JSON."""
    return f"data/contracts/{contract_id}.json"


def supplier(supplier_id: str) -> str:
    """One supplier as JSON."""
    return f"data/suppliers/{supplier_id}.json"


def year(number: str) -> str:
    """The decisions of one year as JSON."""
    return f"data/years/{number}.json"


def table(name: str) -> str:
    """A table as CSV."""
    return f"data/{name}.csv"


def contract_feed(contract_id: str) -> str:
    """The Atom feed of one contract."""
    return f"data/feeds/contracts/{contract_id}.atom"


def maker_feed(maker_id: str) -> str:
    """The Atom feed of one decision maker."""
    return f"data/feeds/decision-makers/{maker_id}.atom"


def contract_calendar(contract_id: str) -> str:
    """The calendar of one contract."""
    return f"data/calendars/contracts/{contract_id}.ics"


def contract_ocds(contract_id: str) -> str:
    """The Open Contracting record of one contract."""
    return f"data/ocds/contracts/{contract_id}.json"
