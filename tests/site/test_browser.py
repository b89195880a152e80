"""What a person does, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import AWARD, LIGHTING, MakeSite, Site

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Any, hipss: Site, serve: Any) -> Iterator[tuple[Any, str]]:
    """A phone-sized page with JavaScript off, and the address of the register."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield context.new_page(), serve(hipss.root)
    context.close()


def test_follow_the_chain_back_and_forth_on_a_phone_without_scripts(phone: tuple[Any, str]) -> None:
    page, home = phone
    page.goto(f"{home}/decisions/2022-11-17-hipss-variation/")
    back = ["HIPSS contract awarded to Action for Children", "HIPSS specification revised", "Cabinet approves"]
    forth = ["HIPSS specification revised", "HIPSS contract awarded to Action for Children", "HIPSS contract varied"]
    for name in [*back, *forth]:
        page.locator("main a", has_text=name).first.click()
        assert name in page.locator("h1").inner_text().replace("\n", " ")
    assert page.url.endswith("/decisions/2022-11-17-hipss-variation/")


@pytest.mark.parametrize("address", ["", "decisions/2022-11-17-hipss-variation/", "contracts/hipss/", "decisions/"])
@pytest.mark.parametrize("width", [320, 390, 1200])
def test_no_page_scrolls_sideways_or_asks_another_host(
    browser: Any, hipss: Site, serve: Any, address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    home = serve(hipss.root)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{home}/{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(home)] == []
    assert errors == []
    context.close()


@pytest.mark.parametrize("address", ["", "decisions/2022-11-17-hipss-variation/", "contracts/hipss/", "decisions/"])
@pytest.mark.parametrize("width", [320, 390])
def test_text_of_twice_the_size_does_not_scroll_sideways_on_a_phone(
    browser: Any, hipss: Site, serve: Any, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
    page.goto(f"{serve(hipss.root)}/{address}")
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_name_from_right_to_left_does_not_turn_round_the_date_beside_it(
    browser: Any, make_site: MakeSite, serve: Any
) -> None:
    summary = {"decisions/2020-03-02-lighting-award.yaml": AWARD.replace("contract awarded", "شركة النور")}
    site = make_site({**LIGHTING, **summary})
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.goto(f"{serve(site.root)}/decisions/2022-05-09-lighting-variation/")
    name = page.locator("main dd a", has_text="شركة النور").first
    ends = name.evaluate("node => node.getBoundingClientRect().right")
    begins = name.locator("xpath=following::time[1]").evaluate("node => node.getBoundingClientRect().left")
    assert begins > ends
    page.close()


@pytest.mark.parametrize("address", ["contracts/hipss/", "contracts/hipss-tiss-2014/", "checks/not-held/"])
def test_no_line_begins_with_the_stop_or_bracket_after_a_date(
    browser: Any, hipss: Site, serve: Any, address: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{serve(hipss.root)}/{address}")
    followed = page.evaluate("""() => [...document.querySelectorAll("main :is(time, .day)")].flatMap(date => {
        const next = date.nextSibling;
        if (next?.nodeType !== Node.TEXT_NODE || !/^[.,;:)]/.test(next.data)) return [];
        const range = document.createRange();
        range.setStart(next, 0);
        range.setEnd(next, 1);
        const stop = range.getBoundingClientRect();
        return stop.width ? [[date.innerText, stop.top < [...date.getClientRects()].at(-1).bottom - 2]] : [];
    })""")
    assert followed
    assert [date for date, on_its_line in followed if not on_its_line] == []
    page.close()


def test_no_line_ends_within_a_date_or_a_foreign_sum(browser: Any, make_site: MakeSite, serve: Any) -> None:
    sums = AWARD.replace("term:", "value: {exactly: 1000, currency: SEK}, term:")
    site = make_site({**LIGHTING, "decisions/2020-03-02-lighting-award.yaml": sums})
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{serve(site.root)}/contracts/lighting/")
    whole = page.locator("main .day, main time")
    assert page.locator("main .day", has_text="1,000 SEK").count()
    lines = "nodes => nodes.filter(node => node.getClientRects().length !== 1 || node.offsetHeight > 40)"
    assert whole.evaluate_all(f"{lines}.map(node => node.innerText)") == []
    page.close()
