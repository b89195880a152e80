"""Nothing that a file says is left out of the decision's page, and the kinds of nothing are told apart there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from hipss_register.model import EVENT_KINDS, Term
from hipss_register.model.dates import DateSpan
from hipss_register.model.money import parse_figure
from hipss_register.model.refusal import Refusal
from hipss_register.read.yaml_text import parse_yaml
from hipss_register.wording import say_figure, say_span, say_term
from tests.conftest import DATA

from .conftest import MakeSite, Site, build_project, write_project

REGISTERS = {"every-field": DATA / "every-field", "shapes": Path(__file__).parent / "shapes"}
"""A register whose decisions have every field there is, and one of the shapes that published records have."""
DECISIONS = [(name, file.stem) for name, root in REGISTERS.items() for file in sorted(root.glob("*.yaml"))]
SHOWN_ELSEWHERE = {"aliases", "gives", "currency", "stage", "contract", "framework", "body", "up to"}
"""Where a page shows another form of it: a redirect, what a source tells of, a sign, a tag, a name, some words."""
SAID_OTHERWISE = {
    "yes": "Yes",
    "None declared": "None declared",
    "not stated": "Not stated in the record",
    "nil": "None",
    "withheld": "Withheld by the council",
    "included": "including VAT",
    "excluded": "excluding VAT",
}


def leaves(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str, str]]:
    """Each text of a file, with the way to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*way, name))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from leaves(inner, (*way, n))
    elif not SHOWN_ELSEWHERE & set(way):
        yield ".".join(map(str, way)), value


def forms_of(text: str) -> Iterator[str]:
    """How a page may say a text of a file: as it stands, as a date, a sum of money or a length, in words of ours."""
    yield " ".join(text.split())
    yield SAID_OTHERWISE.get(text, text)
    yield text.removeprefix("up to ")
    if text in EVENT_KINDS:
        yield EVENT_KINDS[text].heading
    with suppress(ValidationError):
        yield say_term(Term.model_validate(text))
    with suppress(Refusal):
        yield say_span(DateSpan.parse(text))
    with suppress(Refusal):
        yield say_figure(parse_figure(text))
        yield f"{parse_figure(text):,f}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    sites = {}
    for name, root in REGISTERS.items():
        files = {path.relative_to(root): path for path in root.rglob("*") if path.is_file()}
        project = write_project(
            tmp_path_factory.mktemp(name),
            {f"decisions/{inner.as_posix()}": path.read_bytes() for inner, path in files.items()},
        )
        sites[name] = build_project(project, strict=False)
    return sites


def not_on(site: Site, path: str, said: Any) -> str:
    """Each value that a page neither says nor links to, in a line with the way to it."""
    text = site.text(path).casefold()
    links = " ".join(node.attributes.get("href") or "" for node in site.page(path).css("main a"))
    missing = [
        f"{way}: {value}"
        for way, value in leaves(said)
        if not any(form.casefold() in text or form in links for form in forms_of(value))
    ]
    return "\n".join(missing)


@pytest.mark.parametrize(("register", "decision"), DECISIONS, ids=[decision for _, decision in DECISIONS])
def test_every_value_of_a_file_is_on_its_page(shown: dict[str, Site], register: str, decision: str) -> None:
    said = parse_yaml((REGISTERS[register] / f"{decision}.yaml").read_text()).data
    assert not_on(shown[register], f"decisions/{decision}/index.html", said) == ""


ENTRIES = [
    (table, entry, said)
    for table in ("contracts", "suppliers", "wards", "decision_makers")
    for entry, said in parse_yaml((DATA / "every-field" / "tables" / f"{table}.yaml").read_text()).data.items()
    if entry != "all-wards"  # has a page only where a record names it
]


@pytest.mark.parametrize(("table", "entry", "said"), ENTRIES, ids=[entry for _, entry, _ in ENTRIES])
def test_every_value_of_a_table_is_on_its_page(shown: dict[str, Site], table: str, entry: str, said: Any) -> None:
    assert not_on(shown["every-field"], f"{table.replace('_', '-')}/{entry}/index.html", said) == ""


def test_each_kind_of_nothing_is_told_apart_from_the_others_and_from_no_change(make_site: MakeSite) -> None:
    award = """\
title: Award
date: not known
decision_maker: {name: Director of Places, capacity: interim}
decision: To award.
contracts:
  - contract: lighting
    event: award
    suppliers: {nothing: withheld, paragraphs: 3, because: It would harm trade.}
    term: {length: 3 years, end: not stated}
    value: {about: 20000, per: year, quantity: 4000}
    saving: nil
"""
    site = make_site({"decisions/undated-award.yaml": award, "decisions/tables/contracts.yaml": "lighting: Lights"})
    page = site.text("decisions/undated-award/index.html")
    for words in (
        "Decision, date not known",
        "Director of Places (interim)",
        "Supplier Withheld by the council : exempt under Schedule 12A to the Local Government Act 1972, paragraph 3",
        "The council’s reason: “It would harm trade.”",
        "3 years, to a date not stated",
        "About £20,000 per year, 4,000 expected",
        "Saving None",
        "End date Not yet awarded Not stated in the record",
        "Supplier Not yet awarded Withheld by the council",
    ):
        assert words in page
    contract = site.text("contracts/lighting/index.html")
    assert "Total value Not known 1" in contract
    assert "One of the sums is an estimate" in contract


@pytest.mark.parametrize(
    ("contract", "suppliers", "note"),
    [
        ("co", ["Alpha Ltd", "Beta Ltd"], "The first is listed only if they still have another lot."),
        ("c5", ["Beta Ltd", "Gamma Ltd"], "the records do not say who was left without one, so all are listed."),
    ],
)
def test_suppliers_that_are_worked_out_have_their_links_and_a_note(
    shown: dict[str, Site], contract: str, suppliers: list[str], note: str
) -> None:
    page = f"contracts/{contract}/index.html"
    worked_out = shown["shapes"].page(page).css('.worked:has(a[href*="/suppliers/"])')
    links = [[link.text() for link in one.css('a[href*="/suppliers/"]')] for one in worked_out]
    assert links == [suppliers, suppliers]  # as it stands, and after the decision
    assert note in shown["shapes"].text(page)
