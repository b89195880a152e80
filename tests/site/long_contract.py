"""A contract with a long history: thirty decisions over fourteen years, three lots, suppliers that come and go."""

from __future__ import annotations

LOTS = ("North", "South", "City")
_LIST = "  - {contract: transport, event: "


def long_contract() -> dict[str, str]:
    """The files of a project with that contract, by their paths from its top."""
    records = dict(_decisions())
    tables = {
        "contracts": "transport: School and community transport\n",
        "suppliers": "wye-coaches: Wye Coaches Limited\nlugg-cars: Lugg Cars Limited\nteme-buses: Teme Buses CIC\n",
    }
    files = {f"decisions/{name}.yaml": text for name, text in records.items()}
    return files | {f"decisions/tables/{name}.yaml": text for name, text in tables.items()}


def _decisions() -> list[tuple[str, str]]:
    award = (
        "suppliers: [{supplier: wye-coaches, lots: [North, City]}, {supplier: lugg-cars, lots: South}],"
        " lots: [North, South, City], value: 2400000,"
        " term: {start: 2009-04-01, length: 4 years, options: [1 year, 1 year, up to 2 years]}}"
    )
    made = [
        (
            "2008-11-03-approval",
            _held("2008-11-03", "approval to procure", "term: 4 years + 4 years, ceiling: 5000000}"),
        ),
        ("2009-03-02-award", _held("2009-03-02", "award", award, links="awards under: 2008-11-03-approval")),
    ]
    for n, year in enumerate(range(2013, 2017)):
        event, terms = "option exercised", f"term: {{start: {year}-04-01, end: {year + 1}-03-31}}, cost: {310000 + n}}}"
        made.append(_entry(f"{year}-02-{11 + n}-option", event, terms, "exercises option in: 2009-03-02-award"))
    for n, year in enumerate(range(2017, 2023)):
        lot = f"lots: {LOTS[n % 3]}, " if n % 2 else ""
        terms = f"{lot}term: {{start: {year}-04-01, end: {year + 1}-03-31}}, cost: {{about: {290000 + 9000 * n}}}}}"
        made.append(_entry(f"{year}-01-{12 + n}-variation", "variation", terms, "varies: 2009-03-02-award"))
    for n in range(16):
        date = f"{2010 + n // 2}-{5 + n % 2 * 4:02}-{3 + n:02}"
        terms = f"lots: {LOTS[n % 3]}, scope: {{added: Route {n + 40}, removed: Route {n + 20}}}}}"
        made.append(_entry(f"{date}-routes-{n}", "variation", terms, "varies: 2009-03-02-award"))
    new = "lots: South, suppliers: {supplier: teme-buses, lots: South}}"
    made.append(_entry("2015-06-01-novation", "supplier changed", new, "varies: 2009-03-02-award"))
    made.append(("2019-cited", _cited("2019", "Fares on routes of the City lot revised", "2020-01-15-variation")))
    return made


def _entry(name: str, event: str, terms: str, links: str) -> tuple[str, str]:
    return name, _held("-".join(name.split("-")[:3]), event, terms, links)


def _held(date: str, event: str, terms: str, links: str = "") -> str:
    head = f"title: Decision of {date} on school and community transport ({event})\ndate: {date}\n"
    text = "decision_maker: Cabinet member for transport\ndecision: To do so.\ncontracts:\n"
    return head + text + f"{_LIST}{event}, {terms}\n" + (f"links: {{{links}}}\n" if links else "")


def _cited(date: str, summary: str, known_from: str) -> str:
    return f"summary: {summary}\ndate: {date}\nknown_from: {known_from}\ncontracts:\n{_LIST}variation, lots: City}}\n"
