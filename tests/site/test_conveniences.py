"""Citing, sharing, explaining and printing a decision."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pybtex.database import parse_string
from pybtex.richtext import Text

from hipss_register.site.footnotes import with_footnotes
from hipss_register.site.glossary import GLOSSARY

from .conftest import LIGHTING, MakeSite, Site

VARIATION = "decisions/2022-11-17-hipss-variation/index.html"
TRICKY = r"Award of 50% & more: £1 # {b} \x ~ ^ $ café"


@pytest.fixture
def cited(make_site: MakeSite) -> tuple[Site, str]:
    page = "decisions/2020-03-02-award/index.html"
    files = {
        "decisions/2020-03-02-award.yaml": (
            f"title: '{TRICKY}'\ndate: 2020-03-02\ndecision_maker: Cabinet\nkey: yes\ndecision: To award it.\n"
        )
    }
    return make_site(files, options={"organisation": "Wyeford Council"}), page


def test_a_decision_is_cited_in_a_line(cited: tuple[Site, str]) -> None:
    site, page = cited
    assert site.text(page, ".cite") == (
        f"Wyeford Council, ‘{TRICKY}’, decision, 2 March 2020, 2020-03-02-award,"
        " https://register.wyeford.example/decisions/2020-03-02-award/"
    )
    assert '<span class="day">2 March 2020</span>' in site.read(page), "no line of it ends within the date"


def test_a_decision_is_cited_for_bibtex(cited: tuple[Site, str]) -> None:
    site, page = cited
    entry = site.page(page).css_first("pre").text()
    assert entry.startswith("@misc{2020-03-02-award,\n")
    assert "  author = {{Wyeford Council}},\n" in entry
    assert r"title = {{Award of 50\% \& more: £1 \# \{b\} \textbackslash{}x \textasciitilde{} " in entry
    assert "  month = mar,\n" in entry


def test_a_parser_of_bibtex_takes_the_entries(cited: tuple[Site, str], hipss: Site) -> None:
    pages = [cited, *((hipss, path) for path in hipss.pages() if path.startswith("decisions/2"))]
    shown = [site.page(page).css_first("pre").text() for site, page in pages]
    entries = parse_string("\n".join(shown), "bibtex").entries  # raises for what it cannot read
    assert list(entries) == [page.split("/")[1] for _, page in pages]
    award = entries["2020-03-02-award"]
    assert [str(person) for person in award.persons["author"]] == ["{Wyeford Council}"]
    assert (award.fields["year"], award.fields["month"]) == ("2020", "March")
    assert Text.from_latex(award.fields["title"]).render_as("text").startswith("Award of 50% & more: £1 #")


def test_a_page_says_what_it_is_to_those_who_share_it(hipss: Site) -> None:
    head = hipss.page(VARIATION)
    told = {node.attributes["property"]: node.attributes["content"] for node in head.css("meta[property]")}
    assert told["og:title"] == "HIPSS contract varied for up to 12 months, 17 November 2022"
    assert told["og:url"] == head.css_first("link[rel=canonical]").attributes["href"]
    assert told["og:description"] == head.css_first("meta[name=description]").attributes["content"]
    assert (told["og:type"], told["og:locale"]) == ("article", "en_GB")


def test_titles_that_are_shared_carry_no_markup(make_site: MakeSite) -> None:
    record = 'title: A "b" <i>c</i>\ndate: 2020-01-01\ndecision_maker: Cabinet\ndecision: D.\n'
    site = make_site({"decisions/2020-01-01-a.yaml": record}, strict=False)
    node = site.page("decisions/2020-01-01-a/index.html").css_first('meta[property="og:title"]')
    assert node.attributes["content"] == 'A "b" <i>c</i>, 1 January 2020'


def test_related_decisions_share_something_and_are_not_in_the_chain(make_site: MakeSite) -> None:
    other = LIGHTING["decisions/2020-03-02-lighting-award.yaml"]
    assert isinstance(other, str)
    files = LIGHTING | {
        "decisions/2021-06-01-signs-award.yaml": other.replace("lighting", "signs").replace("2020-03-02", "2021-06-01"),
        "decisions/2021-07-01-parks.yaml": "title: Parks\ndate: 2021-07-01\ndecision_maker: Head of it\ndecision: D.\n",
        "decisions/tables/contracts.yaml": "lighting: Street lighting\nsigns: Road signs\n",
    }
    site = make_site(files)
    related = site.page("decisions/2020-03-02-lighting-award/index.html").css_first("h2#related + ul")
    items = [" ".join(item.text().split()) for item in related.css("li")]
    assert items == ["Street signs contract awarded, 1 June 2021: also about a contract with Lumen Limited"]
    assert site.page("decisions/2021-07-01-parks/index.html").css_first("#related") is None
    assert site.dead_links() == []


@pytest.mark.browser
@pytest.mark.parametrize("way", ["key", "touch"])
def test_a_word_of_the_trade_is_explained_without_scripts(
    browser: Any, cited: tuple[Site, str], serve: Any, way: str
) -> None:
    site, page = cited
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False, has_touch=True)
    tab = context.new_page()
    tab.goto(f"{serve(site.root)}/{page.removesuffix('index.html')}")
    meaning = tab.get_by_text(GLOSSARY["key"].meaning)
    button = tab.locator("summary[aria-label='What “key decision” means']")
    assert not meaning.is_visible()
    if way == "key":
        button.focus()
        tab.keyboard.press("Enter")
    else:
        button.tap()
    assert meaning.is_visible()
    box = meaning.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    context.close()


NOTES = {
    '<a href="../a/">in</a>': 0,
    '<a href="https://a.example/?a=1&amp;b=2" rel="noopener">out</a>': 1,
    '<a href="https://a.example/">one</a><a href="https://b.example/">two</a><a href="https://a.example/">one</a>': 2,
}


@pytest.mark.parametrize("html", NOTES)
def test_on_paper_links_to_other_sites_are_footnotes(html: str) -> None:
    printed = with_footnotes(html)
    assert printed.count("<li>") == NOTES[html]
    assert printed.count("<sup") == html.count("https://")
    assert re.sub(r'<sup class="on-paper">\[\d+\]</sup>|<div class="on-paper">.*</div>\n', "", printed) == html


def test_a_page_written_by_hand_has_them_too(make_site: MakeSite) -> None:
    words = "# About\n\nSee [the council](https://wyeford.example/) and [its map](#map).\n\n## Map\n"
    site = make_site(LIGHTING | {"docs/about.md": words})
    assert site.text("about/index.html", "div.on-paper") == "Addresses https://wyeford.example/"


@pytest.mark.browser
def test_footnotes_are_seen_on_paper_alone(browser: Any, hipss: Site, serve: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{serve(hipss.root)}/{VARIATION.removesuffix('index.html')}")
    notes = page.get_by_role("heading", name="Addresses")
    assert not notes.is_visible()
    page.emulate_media(media="print")
    assert notes.is_visible()
    context.close()
