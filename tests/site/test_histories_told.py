"""A contract's page tells of every decision that bears on it, and of what it is part of."""

import pytest

from .conftest import MakeSite, Site

AWARD = """\
title: Award
summary: Routes awarded
date: 2023-01-15
decision_maker: Head of Transport
decision: To award.
contracts: [{contract: %s, event: award, suppliers: taxis, term: %s, value: {at most: 4000}}]
"""
LATER = """\
title: Later
summary: Later decision
date: 2023-02-0%s
decision_maker: Scrutiny
decision: Done.
links: {%s: 2023-01-15-route}
"""
LINKS = {1: "calls in", 2: "decides call-in of", 3: "corrects", 4: "ratifies", 5: "cites"}
FILES = {
    "decisions/tables/contracts.yaml": "frame: Framework\nroute: {name: Route 7, framework: frame}\n",
    "decisions/tables/suppliers.yaml": "taxis: Taxis\n",
    "decisions/2023-01-15-frame.yaml": AWARD % ("frame", "4 years"),
    "decisions/2023-01-15-route.yaml": AWARD % ("route", "{start: 2023-02-01, length: 18 months}"),
    **{f"decisions/2023-02-0{n}-later.yaml": LATER % (n, kind) for n, kind in LINKS.items()},
}


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(FILES)


def test_a_decision_with_no_event_of_its_own_says_what_it_does_to_the_others(site: Site) -> None:
    page = site.text("contracts/route/index.html")
    for words in ("Calls in", "Decides call-in of", "Corrects", "Ratifies"):
        assert f"{words}: Routes awarded , 15 January 2023" in page
    assert "Cites:" not in page  # to mention a contract is to do nothing about it
    assert "We hold the records of all 5 decisions behind it" in page


def test_a_decision_that_was_corrected_is_marked_wherever_it_is_named(site: Site) -> None:
    assert "Corrected since" in site.text("contracts/route/index.html", ".tl li")
    assert "Held Corrected since" in site.text("decisions/index.html")
    assert "Read this with its correction" in site.text("decisions/2023-01-15-route/index.html")


def test_a_framework_leads_to_what_is_called_off_from_it_and_back(site: Site) -> None:
    assert "Called off from it Route 7" in site.text("contracts/frame/index.html")
    assert "Called off from Framework" in site.text("contracts/route/index.html")


def test_a_term_of_a_known_length_without_days_says_how_long_it_is(site: Site) -> None:
    said = "4 years. First and last day: Not stated in the record"
    assert f"Term {said}" in site.text("contracts/frame/index.html")
    assert f"Term: {said}" in site.text("contracts/index.html")


def test_what_comes_next_is_asked_of_the_decision_that_set_the_end(make_site: MakeSite) -> None:
    late = {"decisions/2024-08-01-other.yaml": LATER.replace("2023-02-0%s", "2024-08-01") % "corrects"}
    site = make_site(FILES | late)
    asked = "The register has nothing that says what comes after it."
    assert asked in site.text("decisions/2023-01-15-route/index.html")
    assert asked not in site.text("decisions/2024-08-01-other/index.html")


def test_what_stands_by_itself_begins_with_a_capital(make_site: MakeSite) -> None:
    pending = AWARD.replace("2023-01-15", "not before 2024-05-01").replace("decision: ", "stage: pending\ndecision: ")
    site = make_site(FILES | {"decisions/2024-later.yaml": pending % ("frame", "1 year")})
    assert "Total value At most £4,000" in site.text("contracts/frame/index.html")
    for page in ("decisions/index.html", "contracts/frame/index.html", "decisions/2024-later/index.html"):
        assert "Not before 1 May 2024" in site.text(page)
