"""A large register in a real browser: found, followed, printed and weighed.

Its size is 1,000 decisions, or what ``REGISTER_SIZE`` says: ``REGISTER_SIZE=10000`` with this file alone repeats all of
it at the size that the register promises to stay quick at. The site is built once for all tests, or taken from the
folder that ``REGISTER_SITE`` names, if it holds that corpus.
"""

from __future__ import annotations

import gzip
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.corpus import corpus

from .conftest import Site, build_project, write_project

SIZE = int(os.environ.get("REGISTER_SIZE", "1000"))
DECISION_BYTES = 8_000
PAGE_BYTES = 100_000
FIRST_LIST_BYTES = 90_000
ALL_FILTERS_BYTES = 125_000


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of each decision's file, by its id."""
    found = {Path(name).stem: text for name, text in corpus(SIZE) if not name.startswith("tables/")}
    assert len(found) == SIZE
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    if built := os.environ.get("REGISTER_SITE"):
        return Site(Path(built))
    files = {f"decisions/{name}": text for name, text in corpus(SIZE)}
    return build_project(write_project(tmp_path_factory.mktemp("large"), files), strict=False)


def weight(path: Path) -> int:
    """What a host sends for a file, compressed as hosts commonly do."""
    return len(gzip.compress(path.read_bytes(), 6))


def test_no_page_is_heavy(site: Site) -> None:
    weights = {path: weight(site.root / path) for path in site.pages()}
    decisions = {path: size for path, size in weights.items() if path.startswith("decisions/") and path.count("/") == 2}
    assert len(decisions) == SIZE
    assert max(decisions.values()) < DECISION_BYTES
    assert max(weights.values()) < PAGE_BYTES
    assert max((site.root / path).stat().st_size for path in weights) < 5 * PAGE_BYTES


class Visitor:
    """A person with a phone, and all that their browser asked for and complained of."""

    def __init__(self, page: Any, home: str, root: Path) -> None:
        self.page, self.home, self.root = page, home, root
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))

    def go(self, address: str = "") -> None:
        self.page.goto(f"{self.home}/{address}", wait_until="networkidle")

    def found(self) -> int:
        status = self.page.locator("[data-find-status]")
        status.filter(has_text=re.compile("found|matches")).wait_for()
        number = re.search(r"([\d,]+) decisions? found", status.inner_text())
        return int(number[1].replace(",", "")) if number else 0

    def weight(self) -> int:
        """What all that was asked for weighs together, each file once."""
        paths = {urlsplit(url).path for url in self.asked}
        return sum(weight(self.root / (path.lstrip("/") + "index.html" * path.endswith("/"))) for path in paths)


@pytest.fixture
def visitor(browser: Any, site: Site, serve_with_headers: Callable[[Path], str]) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    visitor = Visitor(context.new_page(), serve_with_headers(site.root), site.root)
    yield visitor
    assert visitor.said == [], "nothing is refused by the policy, and no script fails"
    assert [url for url in visitor.asked if not url.startswith(visitor.home)] == []
    assert context.cookies() == []
    context.close()


def held(texts: dict[str, str], pattern: str) -> int:
    return sum(re.search(pattern, text, re.MULTILINE) is not None for text in texts.values())


@pytest.mark.browser
def test_filters_find_what_the_files_say(visitor: Visitor, texts: dict[str, str]) -> None:
    years = Counter(name[:4] for name in texts)
    year, count = years.most_common(1)[0]
    visitor.go(f"decisions/?year={year}")
    assert visitor.found() == count
    visitor.go("decisions/?kind=cabinet-decision")
    assert visitor.found() == held(texts, r"^kind: cabinet decision$")
    visitor.go("decisions/?record=cited")
    assert visitor.found() == held(texts, r"^known_from: ")
    visitor.go(f"decisions/?from={year}-03-01&to={year}-03-31")
    assert visitor.found() == sum(name.startswith(f"{year}-03") for name in texts)
    visitor.go("decisions/?min=3500000&max=3700000")
    sums = [int(figure) for text in texts.values() for figure in re.findall(r"(?:value|about|at most): (\d+)", text)]
    assert visitor.found() == sum(3_500_000 <= figure <= 3_700_000 for figure in sums)


@pytest.mark.browser
def test_words_find_what_the_files_say(visitor: Visitor, texts: dict[str, str]) -> None:
    name = next(name for name, text in texts.items() if "title: " in text)
    visitor.go(f"decisions/?words={name}")
    assert visitor.found() < 5
    first = visitor.page.locator("[data-find-found] h3 a").first
    assert first.get_attribute("href").endswith(f"/decisions/{name}/"), "its own reference comes first"
    visitor.go("decisions/?words=TUPE")
    assert visitor.found() == held(texts, r"\bTUPE\b")
    visitor.go("decisions/?words=tupee")
    assert "This looks for “tupe” instead" in visitor.page.locator("[data-find-status]").inner_text()
    assert visitor.found() == held(texts, r"\bTUPE\b")


@pytest.mark.browser
def test_a_filtered_list_is_made_sent_gone_back_from_and_followed(visitor: Visitor, texts: dict[str, str]) -> None:
    page = visitor.page
    visitor.go("decisions/")
    page.get_by_text("More filters").click()
    maker = page.get_by_label("Decision maker").locator("option").nth(1)
    name, number = maker.inner_text().rsplit(" (", 1)
    page.get_by_label("Decision maker").select_option(index=1)
    page.get_by_role("button", name="Show decisions").click()
    assert (
        visitor.found()
        == int(number.rstrip(")").replace(",", ""))
        == held(texts, rf"^decision_maker: {re.escape(name)}$")
    )
    contract = page.get_by_label("Contract")
    contract.focus()
    page.locator("#contract-names option").first.wait_for(state="attached")
    suggested = page.locator("#contract-names option").first
    label, count = suggested.get_attribute("value"), suggested.get_attribute("label")
    contract.fill(label)
    page.get_by_role("button", name="Show decisions").click()
    page.get_by_role("link", name=f"Remove Contract: {label}").wait_for()
    assert f"{visitor.found()} decision" in count
    address = page.url
    page.locator("[data-find-found] h3 a").first.click()
    assert page.locator("h1").is_visible()
    page.go_back()
    page.get_by_role("link", name=f"Remove Contract: {label}").wait_for()
    assert page.url == address
    assert contract.input_value() == label
    page.go_back()
    page.get_by_role("link", name=f"Remove Contract: {label}").wait_for(state="detached")
    assert visitor.found() == int(number.rstrip(")").replace(",", ""))


@pytest.mark.browser
def test_a_long_list_goes_over_pages(visitor: Visitor) -> None:
    visitor.go("decisions/?sort=oldest")
    pages = -(-visitor.found() // 20)
    first = visitor.page.locator("[data-find-found] h3").first.inner_text()
    visitor.page.get_by_role("link", name=f"Page {pages}").click()
    visitor.page.get_by_text(f"Page {pages} of {pages}.").wait_for()
    visitor.page.get_by_role("link", name="Previous page").click()
    visitor.page.get_by_text(f"Page {pages - 1} of {pages}.").wait_for()
    visitor.page.get_by_role("link", name="Page 1", exact=True).click()
    visitor.page.get_by_text(f"Page 1 of {pages}.").wait_for()
    assert visitor.page.locator("[data-find-found] h3").first.inner_text() == first


HEAVY = ["words=contract", "words=council+support+service", "words=contarct+suport", "min=1&sort=sum"]


@pytest.mark.browser
@pytest.mark.parametrize("question", HEAVY)
def test_a_first_list_and_all_its_filters_weigh_little(visitor: Visitor, question: str) -> None:
    visitor.go(f"decisions/?{question}")
    assert visitor.found() > SIZE // 100
    assert visitor.weight() < FIRST_LIST_BYTES
    visitor.page.get_by_text("More filters").click()
    visitor.page.locator("#maker option").nth(1).wait_for(state="attached")
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.weight() < ALL_FILTERS_BYTES


@pytest.mark.browser
def test_the_list_is_worked_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("decisions/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "#words")
    page.keyboard.type("TUPE")
    page.keyboard.press("Enter")
    assert visitor.found() > 0
    assert page.evaluate("document.activeElement.hasAttribute('data-find-status')"), "a reader hears what was found"
    press_until(page, "Tab", "[data-find-found] h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/decisions/[^?/]+/$"))
    page.go_back()
    assert visitor.found() > 0
    press_until(page, "Shift+Tab", "details > summary")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "#kind")
    page.locator("#kind option").nth(1).wait_for(state="attached")
    page.keyboard.press("ArrowDown")
    press_until(page, "Shift+Tab", "button")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Remove Kind of decision").wait_for()


def press_until(page: Any, key: str, selector: str) -> None:
    for _ in range(400):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} never comes to {selector}")


@pytest.mark.browser
@pytest.mark.parametrize("facet", ["Years", "Decision makers", "Wards", "Kinds of decision", "Suppliers", "Contracts"])
def test_every_way_to_browse_leads_to_a_decision_without_scripts(
    browser: Any, site: Site, serve: Callable[[Path], str], facet: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{serve(site.root)}/decisions/")
    page.locator("main h3 a", has_text=facet).click()
    page.locator("main :is(.facets, .res) a").last.click()
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").click()
    page.locator("main a[href*='/decisions/'], main .res h3 a").last.click()
    assert page.get_by_role("heading", name=re.compile("The record|What we know of it")).is_visible()
    context.close()


@pytest.mark.browser
def test_every_decision_is_on_the_pages_of_its_year(site: Site, texts: dict[str, str]) -> None:
    listed = {
        Path(urlsplit(link.attributes["href"]).path).name
        for path in site.pages()
        if path.startswith("years/")
        for link in site.page(path).css(".res h3 a")
    }
    assert listed == set(texts)


@pytest.mark.browser
@pytest.mark.parametrize("way", ["decision", "contract", "list"])
def test_pages_print(visitor: Visitor, texts: dict[str, str], way: str) -> None:
    contract = re.search(r"contract: (\S+)", texts[max(texts)])
    assert contract
    visitor.go(
        {"decision": f"decisions/{max(texts)}/", "contract": f"contracts/{contract[1]}/", "list": "decisions/"}[way]
    )
    visitor.page.emulate_media(media="print", color_scheme="dark")
    assert not visitor.page.locator("nav >> visible=true").count()
    assert not visitor.page.locator("form >> visible=true").count()
    assert visitor.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert visitor.page.pdf(format="A4").startswith(b"%PDF")
