"""Finding decisions: the index that the build writes, and what a person does with it in a browser."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipss_register.build import make_edition
from hipss_register.keeping.kept import Make, Thing, anew
from hipss_register.register import make_register
from hipss_register.site.book import Book, make_book
from hipss_register.site.finder import make_finder
from hipss_register.site.finder.terms import RecordTerms, terms
from tests.corpus import write_corpus

from .conftest import LIGHTING, MakeSite, Site, build_project, write_project

READINGS = {
    "£407,290": ["407290"],
    "£407,290.00": ["407290"],
    "407290": ["407290"],
    "£2.5m": ["2500000"],
    "2.5 million": ["2500000"],
    "£500k": ["500000"],
    "£33,940.83": ["33940.83"],
    "12 months": ["12", "months"],
    "17 November 2022": ["2022-11-17"],
    "13 th October 2017": ["2017-10-13"],
    "the 1st of April, 2023": ["the", "2023-04-01"],
    "17/11/2022": ["2022-11-17"],
    "2022-11-17": ["2022-11-17"],
    "March 2024": ["2024-03"],
    "Mar 2024": ["2024-03"],
    "31/13/2022": ["31/13/2022"],
    "2017-10-13-hipss-specification": ["2017-10-13", "hipss", "specification"],
    "IId=50025367": ["iid", "50025367"],
    "SC/2022/017": ["sc", "2022", "017"],
    "reg 72(1)(a)": ["reg", "72", "1", "a"],
    "children’s café": ["childrens", "cafe"],
    "01432 260000": ["01432", "260000"],
    "  ": [],
}


@pytest.mark.parametrize("text", READINGS)
def test_a_text_is_read_as_terms(text: str) -> None:
    assert list(terms(text)) == READINGS[text]


QUESTIONS = st.text(alphabet="aé×’ 0123456789,./-£kmtharc\u0301ﬁ", max_size=60) | st.sampled_from(list(READINGS))


@given(before=QUESTIONS, question=QUESTIONS, after=QUESTIONS)
def test_a_record_is_found_by_every_term_of_a_passage_in_it(before: str, question: str, after: str) -> None:
    assert RecordTerms().of(f"{before} | {question} | {after}") >= set(terms(question))


CHUNKS = re.findall(
    r"\S+", "9 9th of march, sept. March2024 may £2.5 million k 12/03/2021 2021-03 x-9 ’ ½ ² \u00b4 (1st) 1,000 bn."
)


@given(text=st.lists(st.sampled_from(CHUNKS), max_size=8).map(" ".join))
def test_a_record_read_chunk_by_chunk_has_the_terms_of_its_text_read_whole(text: str) -> None:
    found, whole = RecordTerms().of(text), set(terms(text))
    parts_of_dates = {part for term in whole for part in (term[:4], term[:7])}
    assert found >= whole
    assert {term for term in found - whole if re.search("[0-9]", term)} <= parts_of_dates


@pytest.mark.parametrize("question", ["November", "2022", "November 2022", "17 November 2022", "2022-11"])
def test_a_date_is_found_by_its_month_and_year(question: str) -> None:
    assert RecordTerms().of("Taken on 17/11/2022.") >= set(terms(question))


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Book:
    root = tmp_path_factory.mktemp("thousand") / "decisions"
    write_corpus(root, 1000)
    return make_edition(root, "decisions").book


def finder_files(book: Book) -> dict[str, bytes]:
    return {path: give() for path, give in make_finder(book, "decisions/{}/", "contracts/{}/").items()}


def test_the_same_register_makes_the_same_bytes(thousand: Book) -> None:
    assert finder_files(thousand) == finder_files(thousand)


def test_words_of_decisions_are_kept_while_others_come_and_go(thousand: Book) -> None:
    kept: dict[str, Thing] = {}

    def keep(name: str, make: Make, *, stored: bool = True) -> Thing:
        return kept.get(name) or kept.setdefault(name, anew(name, make))

    records = list(thousand.register.records.values())
    fewer = make_book(make_register([*records[:100], *records[105:-5]], thousand.register.tables), {})
    make_finder(fewer, "decisions/{}/", "contracts/{}/", keep)
    before = len(kept)
    files = make_finder(thousand, "decisions/{}/", "contracts/{}/", keep)
    assert {path: give() for path, give in files.items()} == finder_files(thousand)
    assert len(kept) - before <= 4 < before


def test_no_file_grows_with_the_text_of_the_register(thousand: Book) -> None:
    weights = {path: len(gzip.compress(data)) for path, data in finder_files(thousand).items()}
    assert max(weights.values()) < 20_000
    assert sum(weights.values()) < 1_000_000


def test_every_decision_has_its_card_and_its_place_in_each_column(thousand: Book) -> None:
    files = {path.rsplit("/", 1)[-1]: json.loads(data) for path, data in finder_files(thousand).items()}
    cards = [card for n in range(50) for card in files[f"cards-{n}.json"]]
    assert [card[0] for card in cards] == [record.id for record in thousand.newest_first()]
    for name, values in files["index.json"]["choices"].items():
        values = values or files[f"{name}-names.json"]
        held = [value for entry in files[f"{name}.json"] for value in (entry if isinstance(entry, list) else [entry])]
        assert [held.count(n) for n in range(len(values))] == [count for _, _, count in values]


def test_a_small_site_has_the_index_at_both_kinds_of_address(make_site: MakeSite) -> None:
    site = make_site(LIGHTING, use_directory_urls=False)
    assert json.loads(site.read("find/index.json"))["link"] == "decisions/{}.html"


# What a person does --------------------------------------------------------------------------------------------------

DIVERSE: dict[str, str] = {
    "decisions/2020-03-02-lighting-award.yaml": (
        "title: Award of the street lighting contract\ndate: 2020-03-02\ndecision_maker: Cabinet\n"
        "kind: cabinet decision\nwards: [Alder, Beech]\n"
        "key: yes\ndecision: To award the contract for £1.25m.\nreasons: Lamps are failing.\n"
        "contracts: [{contract: lighting, event: award, suppliers: lumen, value: 1250000,"
        " term: {start: 2020-04-01, length: 3 years}}]\n"
    ),
    "decisions/2022-05-09-lighting-variation.yaml": (
        "title: Variation of the lighting contract\ndate: 2022-05-09\ndecision_maker: Director of Places\n"
        "kind: officer decision\nwards: [Alder]\nkey: no\nreference: {Issue: AB/50025367}\n"
        "decision: To vary the contract until 31 March 2024 at a cost of up to £407,290.\n"
        "contracts: [{contract: lighting, event: variation, cost: {at most: 407290},"
        " term: {start: 2023-04-01, end: 2024-03-31}}]\nlinks: {varies: 2020-03-02-lighting-award}\n"
    ),
    "decisions/2021-01-library.yaml": (
        "title: Library opening hours <img src=x onerror=alert(1)>\ndate: 2021-01\ndecision_maker: Cabinet\n"
        "kind: cabinet decision\nwards: [Beech]\ndecision: To open libraries on Sundays.\n"
    ),
    "decisions/2019-cited.yaml": (
        "summary: Procurement of lighting approved\ndate: 2019\nknown_from: 2020-03-02-lighting-award\n"
    ),
    "decisions/tables/contracts.yaml": "lighting: Street lighting\n",
    "decisions/tables/suppliers.yaml": "lumen: Lumen Limited\n",
}
LIBRARY, VARIED, AWARDED, CITED = "Library opening hours", "Variation of", "Award of", "Procurement of"
FOUND = {
    "words=lamps": [AWARDED],
    "words=LAMP": [AWARDED],
    "words=libary": [LIBRARY],
    "words=sundya": [LIBRARY],
    "words=lib": [LIBRARY],
    "words=£407,290": [VARIED],
    "words=407290": [VARIED],
    "words=£1.25m": [AWARDED],
    "words=1,250,000": [AWARDED],
    "words=March 2024": [VARIED],
    "words=31/03/2024": [VARIED],
    "words=January 2021": [LIBRARY],
    "words=50025367": [VARIED],
    "words=2021-01-library": [LIBRARY],
    "words=the contract of the lighting": [VARIED, AWARDED],
    "words=lighting": [VARIED, AWARDED, CITED],
    "words=the": [VARIED, AWARDED],
    "words=zzzz": [],
    "words=how much does lighting cost?": [VARIED],
    "words=lamps on sundays": [LIBRARY, AWARDED],
    "words=lamps zzzz": [AWARDED],
    "words=lighting&sort=oldest": [CITED, AWARDED, VARIED],
    "year=2021": [LIBRARY],
    "maker=cabinet": [LIBRARY, AWARDED],
    "ward=alder": [VARIED, AWARDED],
    "ward=beech&maker=cabinet&year=2020": [AWARDED],
    "ward=nowhere": [],
    "kind=officer-decision": [VARIED],
    "contract=lighting": [VARIED, AWARDED],
    "supplier=lumen": [VARIED, AWARDED],
    "record=cited": [CITED],
    "key=yes": [AWARDED],
    "from=2021-01-20&to=2021-02-01": [LIBRARY],
    "to=2019-06-01": [CITED],
    "from=2022-05-10": [],
    "min=400000&max=500000": [VARIED],
    "min=400000": [VARIED, AWARDED],
    "sort=sum": [AWARDED, VARIED, LIBRARY, CITED],
    "sort=oldest": [CITED, AWARDED, LIBRARY, VARIED],
    "page=99": [VARIED, LIBRARY, AWARDED, CITED],
}


@pytest.fixture(scope="module")
def diverse(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_project(write_project(tmp_path_factory.mktemp("diverse"), DIVERSE), strict=False)


class Reader:
    """A person at the list of decisions."""

    def __init__(self, page: Any, home: str) -> None:
        self.page, self.home = page, home
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def go(self, question: str = "") -> None:
        parts = (part.partition("=") for part in question.split("&") if part)
        query = "&".join(f"{name}={quote(value)}" for name, _, value in parts)
        self.page.goto(f"{self.home}/decisions/{'?' if query else ''}{query}", wait_until="networkidle")

    @property
    def names(self) -> list[str]:
        shown = self.page.locator("[data-find-found] h3, [data-find-latest] h3").locator("visible=true")
        return [re.sub(r" (the|opening hours).*", r" \1", name) for name in shown.all_inner_texts()]

    @property
    def status(self) -> str:
        return str(self.page.locator("[data-find-status]").inner_text())


@pytest.fixture
def reader(browser: Any, diverse: Site, serve: Callable[[Path], str]) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    reader = Reader(context.new_page(), serve(diverse.root))
    yield reader
    assert reader.faults == []
    assert [url for url in reader.asked if not url.startswith(reader.home)] == []
    context.close()


def begins(names: list[str], expected: list[str]) -> bool:
    return len(names) == len(expected) and all(name.startswith(e) for name, e in zip(names, expected, strict=True))


@pytest.mark.browser
@pytest.mark.parametrize("question", FOUND)
def test_a_question_finds_what_a_person_expects(reader: Reader, question: str) -> None:
    reader.go(question)
    assert begins(reader.names, FOUND[question]), reader.names
    number = len(FOUND[question])
    said = f"{number} decision{'s' * (number != 1)} found." if number else "No decision matches."
    assert said in reader.status


@pytest.mark.browser
def test_a_misspelling_is_said_to_be_read_as_another_word(reader: Reader) -> None:
    reader.go("words=libary")
    assert "No record has “libary”. This looks for “library” instead." in reader.status


@pytest.mark.browser
def test_decisions_with_only_some_of_the_words_are_said_to_have_no_more(reader: Reader) -> None:
    reader.go("words=lamps on sundays")
    assert "No decision has all of these words. These have the most of them." in reader.status
    reader.go("words=lamps zzzz")
    assert "No record has “zzzz”." in reader.status
    reader.go("words=lamps zzzz&from=2035")
    assert reader.status == (
        "No record has “zzzz”. No decision has all of these words. "
        "No decision matches. Remove a filter, or use other words."
    )


@pytest.mark.browser
def test_the_form_makes_an_address_that_can_be_sent_and_gone_back_from(reader: Reader) -> None:
    page = reader.page
    reader.go()
    page.get_by_label("Words").fill("lighting")
    page.get_by_role("button", name="Show decisions").click()
    page.get_by_text("3 decisions found.").wait_for()
    page.get_by_text("More filters").click()
    page.get_by_label("Decision maker").select_option(label="Cabinet (1)")
    page.get_by_role("button", name="Show decisions").click()
    page.get_by_text("1 decision found.").wait_for()
    assert urlsplit(page.url).query == "words=lighting&maker=cabinet"
    page.go_back()
    page.get_by_text("3 decisions found.").wait_for()
    assert page.get_by_label("Decision maker").input_value() == ""
    page.go_back()
    page.locator("[data-find-latest]").wait_for()
    assert begins(reader.names, [VARIED, LIBRARY, AWARDED, CITED])
    page.go_forward()
    page.get_by_text("3 decisions found.").wait_for()
    page.get_by_role("link", name="Remove Words: lighting").click()
    page.locator("[data-find-latest]").wait_for()
    assert urlsplit(page.url).query == ""


@pytest.mark.browser
def test_each_choice_shows_how_many_it_would_leave(reader: Reader) -> None:
    reader.go("kind=cabinet-decision")
    reader.page.get_by_text("More filters").click()
    for name, counted in (("year", "2021 (1)"), ("kind", "Cabinet decision (2)"), ("ward", "Beech (2)")):
        reader.page.locator(f"#{name} option").filter(has_text=counted).wait_for(state="attached")
    options = {name: reader.page.locator(f"#{name} option").all_inner_texts() for name in ("year", "kind", "ward")}
    assert options["year"] == ["Any", "2021 (1)", "2020 (1)"]
    assert options["kind"] == ["Any", "Cabinet decision (2)", "Officer decision (1)"]
    assert options["ward"] == ["Any", "Alder (1)", "Beech (2)"]


@pytest.mark.browser
def test_the_script_shows_a_decision_as_the_page_does(reader: Reader) -> None:
    reader.go()
    static = reader.page.locator("[data-find-latest] .res > li")
    shown = [" ".join(text.split()) for text in static.all_inner_texts()]
    links = [link.evaluate("a => a.href") for link in static.locator("a").all()]
    assert f"{reader.home}/contracts/lighting/" in links
    reader.go("sort=newest")
    scripted = reader.page.locator("[data-find-found] .res > li")
    assert [" ".join(text.split()) for text in scripted.all_inner_texts()] == shown
    assert [link.evaluate("a => a.href") for link in scripted.locator("a").all()] == links


@pytest.mark.browser
@pytest.mark.parametrize("text", READINGS)
def test_the_browser_reads_a_question_as_the_build_reads_a_record(reader: Reader, text: str) -> None:
    reader.go()
    read = reader.page.evaluate(
        "async (text) => { const m = await import('../assets/register/finder-words.js');"
        " const index = await (await fetch('../find/index.json')).json();"
        " m.useIndex(index.words); return m.terms(text) }",
        text,
    )
    assert read == list(terms(text))


@pytest.mark.browser
def test_the_search_of_the_home_page_leads_to_the_list(reader: Reader) -> None:
    reader.page.goto(reader.home)
    reader.page.get_by_label("Search the decisions").fill("lamps")
    reader.page.keyboard.press("Enter")
    reader.page.get_by_text("1 decision found.").wait_for()
    assert begins(reader.names, [AWARDED])


@pytest.mark.browser
def test_an_index_that_cannot_be_fetched_leaves_the_list_of_the_page(reader: Reader) -> None:
    reader.page.route("**/find/**", lambda route: route.abort())
    reader.go("year=2021")
    assert "could not be fetched" in reader.status
    assert begins(reader.names, [VARIED, LIBRARY, AWARDED, CITED])
    reader.faults.clear()
