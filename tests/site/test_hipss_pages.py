"""What a reader of this repository's own register sees."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest

from .conftest import Site

VARIATION = "decisions/2022-11-17-hipss-variation/index.html"
AWARD = "decisions/2018-01-hipss-award/index.html"
SPECIFICATION = "decisions/2017-10-13-hipss-specification/index.html"
APPROVAL = "decisions/2017-09-28-hipss-procurement-approval/index.html"
CONTRACT = "contracts/hipss/index.html"
BUNDLE = "contracts/hipss/bundle/index.html"


def test_every_link_leads_somewhere(hipss: Site) -> None:
    assert hipss.dead_links() == []


@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "404.html",
        "decisions/index.html",
        VARIATION,
        AWARD,
        SPECIFICATION,
        APPROVAL,
        "contracts/index.html",
        CONTRACT,
        "contracts/hipss-tiss-2014/index.html",
        "suppliers/action-for-children/index.html",
        "decision-makers/service-director-all-age-commissioning/index.html",
        "wards/all-wards/index.html",
        "years/2022/index.html",
        "kinds/operational-decision/index.html",
        "reading/index.html",
        "accessibility/index.html",
        "sources/2022-11-17-operational-decision.md",
    ],
)
def test_addresses_are_where_they_are_promised(hipss: Site, address: str) -> None:
    assert (hipss.root / address).is_file()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (VARIATION, "It moved the end of the HIPSS contract from 31 March 2023 to 31 March 2024."),
        (VARIATION, "We hold no later decision that changes this one."),
        (VARIATION, "At most £407,290"),
        (VARIATION, "(the record says “Countrywide”)"),
        (AWARD, "A later decision changed this one. It was varied by HIPSS contract varied for up to 12 months"),
        (AWARD, "We do not hold this record."),
        (AWARD, "We do not know: the exact date, decision title, decision maker"),
        (SPECIFICATION, "Saving About £500,000"),
        (SPECIFICATION, "Taken out Therapeutic intervention support service (TISS)"),
        (APPROVAL, "A later decision changed part of this one."),
        (CONTRACT, "By the last decision that we have, the end of this contract is 31 March 2024."),
        (CONTRACT, "Its total value is not known. See the sums that we know."),
        (CONTRACT, "Procurement law Public Contracts Regulations 2015"),
        (CONTRACT, "Earlier end date: 31 March 2023."),
        (CONTRACT, "We hold the records of 2 of the 5 decisions behind it."),
        (CONTRACT, "Option to extend is used, by 31 March 2021. No record found."),
        (CONTRACT, "No record that we have gives the value of the award."),
        ("contracts/index.html", "1 April 2018 (worked out) to 31 March 2024"),
        ("suppliers/index.html", "1 supplier, with the number of its decisions."),
        ("kinds/index.html", "3 kinds of decision, each with the number of its decisions."),
        (BUNDLE, "2022-11-17-hipss-variation Decision maker: Service Director All Age Commissioning What it did"),
        (BUNDLE, "2018-01-hipss-award Decision maker: Not known: no record that we hold says"),
    ],
)
def test_pages_say(hipss: Site, page: str, said: str) -> None:
    assert said in hipss.text(page).replace(" .", ".").replace(" ,", ",")


def test_contract_shows_initial_term_and_option_as_worked_out(hipss: Site) -> None:
    rows = hipss.page(CONTRACT).css("#term ~ .tw table")[0].css("tbody tr")
    worked = [[node.text() for node in row.css(".worked time")] for row in rows]
    assert [row.css_first("th").text(deep=False).strip() for row in rows] == [
        "Initial term",
        "Option to extend",
        "Variation",
    ]
    assert worked == [["1 April 2018", "31 March 2021"], ["1 April 2021", "31 March 2023"], []]


def test_cited_page_shows_the_passage_and_no_empty_form(hipss: Site) -> None:
    page = hipss.page(AWARD)
    quoted = page.css_first("blockquote.said")
    assert quoted is not None
    assert "for 3 years with an option to renew for up to a further 2 years" in " ".join(quoted.text().split())
    assert page.css_first("#reasons") is None


def test_held_page_shows_every_box_of_the_form_in_its_order(hipss: Site) -> None:
    boxes = [node.attributes["id"] for node in hipss.page(VARIATION).css("h3[id]")]
    assert boxes == [
        "authority",
        "consultation",
        "decision",
        "reasons",
        "considerations",
        "alternatives",
        "interests",
        "signature",
    ]
    assert "Not stated in the record" in hipss.text(VARIATION)


def test_source_is_published_as_received_with_its_hash(hipss: Site) -> None:
    received = (hipss.root / "sources/2022-11-17-operational-decision.md").read_bytes()
    assert hashlib.sha256(received).hexdigest() in hipss.text(VARIATION)
    assert "0c25f733f9751a00e027a1fd4c265a9f9a3c0c8bafd33f3c22222ad4dc0fcdc3" in hipss.text(VARIATION)


def test_links_can_be_followed_in_both_directions(hipss: Site) -> None:
    chain = [VARIATION, AWARD, SPECIFICATION, APPROVAL]
    for later, earlier in pairwise(chain):
        for here, there in ((later, earlier), (earlier, later)):
            targets = {node.attributes["href"] for node in hipss.page(here).css("main a[href]")}
            assert f"../{there.split('/')[1]}/" in targets, (here, there)


def test_nothing_is_asked_of_another_host(hipss: Site) -> None:
    for path in hipss.pages():
        page = hipss.page(path)
        for node in page.css("link[rel=stylesheet], script[src], img[src], iframe, link[rel=icon]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            assert "//" not in address, (path, address)
        assert not [n for n in page.css("script:not([type='application/ld+json'])") if not n.attributes.get("src")], (
            path
        )


@pytest.mark.parametrize(("address", "named"), [(CONTRACT, True), (VARIATION, False)])
def test_a_finding_names_its_decision_except_on_the_decisions_own_page(hipss: Site, address: str, named: bool) -> None:
    found = [" ".join(item.text().split()) for item in hipss.page(address).css(".findings > li > p")]
    ground = next(item for item in found if "on which ground the contract was changed" in item)
    assert ("HIPSS contract varied for up to 12 months, 17 November 2022: " in ground) is named
