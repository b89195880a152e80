"""Every layout as outside judges see it, and as it is used without sight, a pointer, colour, scripts or a screen."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from .conftest import Site, build_project, write_project
from .long_contract import long_contract
from .tools import axe, faults_of, html_checker

LAYOUTS = {
    "home": "",
    "list": "decisions/",
    "results": "decisions/?words=contract&record=held&from=2017-01-01&max=9000000",
    "no results": "decisions/?words=zzz&year=1999",
    "held decision": "decisions/2022-11-17-hipss-variation/",
    "cited decision": "decisions/2018-01-hipss-award/",
    "every field": "every-field/decisions/2024-03-12-leisure-variation/",
    "contracts": "contracts/",
    "contract": "contracts/hipss/",
    "contract with what was known when": "every-field/contracts/leisure/",
    "contract with a long history": "long/contracts/transport/",
    "bundle": "contracts/hipss/bundle/",
    "groups": "decision-makers/",
    "group": "years/2017/",
    "supplier": "suppliers/action-for-children/",
    "long list": "paged/years/2020/",
    "names over pages": "paged/wards/",
    "checks": "checks/",
    "check": "checks/past-approval/",
    "check that cannot be computed": "checks/other-post/",
    "checks by contract": "paged/checks/by-contract/",
    "checks of a department": "checks/departments/not-stated/",
    "data": "data/",
    "text": "about/",
    "long text": "problems/",
    "not found": "404.html",
}
"""Every layout by its address: of this repository's own register, or of one beside it for what that does not have."""


@pytest.fixture(scope="session")
def judge() -> str:
    return axe()


@pytest.fixture(scope="session")
def sites(hipss: Site, tmp_path_factory: pytest.TempPathFactory, every_field: Path) -> Site:
    """This repository's own register, and in folders below it those of the other layouts."""
    root = tmp_path_factory.mktemp("sites")
    shutil.copytree(hipss.root, root, dirs_exist_ok=True)
    fields = {f"decisions/{p.relative_to(every_field)}": p.read_bytes() for p in every_field.rglob("*") if p.is_file()}
    for name, files in {"every-field": fields, "long": long_contract(), "paged": _paged()}.items():
        site = build_project(write_project(tmp_path_factory.mktemp(name), files), strict=False)
        shutil.copytree(site.root, root / name)
    return Site(root)


def _paged() -> dict[str, str]:
    """Decisions of one year in more wards than a page lists, on more contracts than the page of all checks lists."""
    record = "title: Decision {0}\ndate: 2020-01-02\ndecision_maker: Cabinet\ndecision: D.\nwards: Ward {0}\n"
    event = "contracts: {{contract: c{0}, event: award}}\n"
    files = {f"decisions/2020-01-02-{n}.yaml": (record + event * (n < 25)).format(n) for n in range(160)}
    return files | {"decisions/tables/contracts.yaml": "".join(f"c{n}: Contract {n}\n" for n in range(25))}


@pytest.fixture
def open_page(browser: Any, sites: Site, serve: Callable[[Path], str]) -> Iterator[Callable[..., Any]]:
    """Opens a layout and waits for its scripts."""
    contexts = []

    def start(address: str, width: int = 1200, **context: Any) -> Any:
        contexts.append(
            browser.new_context(
                viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce", **context
            )
        )
        page = contexts[-1].new_page()
        page.goto(f"{serve(sites.root)}/{address}", wait_until="load")
        if "?" in address and context.get("java_script_enabled", True):
            page.locator("[data-find-found] h2").wait_for()
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe_finds_nothing(open_page: Any, judge: str, layout: str) -> None:
    page = open_page(LAYOUTS[layout])
    assert faults_of(page, judge) == []


def test_the_html_checker_finds_nothing(sites: Site) -> None:
    pages = [str(sites.root / path) for path in sites.pages() if not path.startswith("paged/decisions/2")]
    said = subprocess.run([*html_checker(), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert said.stderr.replace(str(sites.root), "").splitlines() == []


def contrast(*colours: str) -> float:
    """WCAG 2.2's ratio of two computed colours; as large as can be if one of them is not opaque."""
    if any(colour.startswith("rgba") for colour in colours):
        return 21.0
    lights = []
    for colour in colours:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_keyboard_reaches_everything_in_sight_and_in_order(open_page: Any, layout: str) -> None:
    page = open_page(LAYOUTS[layout], 390)
    stops = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0).length"
    )
    seen = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            "(() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);"
            " return {all: [...document.querySelectorAll('*')].indexOf(e), tag: e.tagName,"
            " inside: r.width > 0 && r.left >= -1 && r.right <= innerWidth + 1 && r.bottom > 0 && r.top < innerHeight,"
            " marked: s.outlineStyle !== 'none' || s.boxShadow !== 'none', colours: [s.color, s.backgroundColor]} })()"
        )
        assert focus["inside"], focus
        assert focus["marked"], focus
        assert contrast(*focus["colours"]) >= 4.5, focus
        seen.append(focus["all"])
    assert seen == sorted(set(seen)), "each stop once, in the order of the page"


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_scrolls_sideways_at_400_per_cent(open_page: Any, layout: str) -> None:
    page = open_page(LAYOUTS[layout], 320, device_scale_factor=4)
    page.add_style_tag(content="html { font-size: 110% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    dates = "[...document.querySelectorAll('main time, main .day')].filter(e => e.getClientRects().length > 1)"
    assert page.evaluate(f"{dates}.map(e => e.textContent)") == [], "a date is on one line"


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_wider_text_spacing_hides_nothing(open_page: Any, layout: str) -> None:
    """WCAG 2.2, 1.4.12: line height 1.5, after paragraphs 2, letters 0.12, words 0.16 times the size of the text."""
    page = open_page(LAYOUTS[layout], 390)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        " p { margin-block-end: 2em !important }"
    )
    cut = page.evaluate(
        "[...document.querySelectorAll('main *, header *')].filter(e => getComputedStyle(e).overflow === 'hidden'"
        " && !e.matches('.visually-hidden, thead, svg, svg *')"
        " && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML)"
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
@pytest.mark.parametrize("address", ["decisions/2022-11-17-hipss-variation/", "contracts/hipss/", "decisions/"])
def test_standing_is_told_without_colour(open_page: Any, address: str) -> None:
    page = open_page(address, forced_colors="active")
    styles = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('main .tag')].map(e =>"
        " [e.className, getComputedStyle(e).borderTopStyle + e.textContent.trim().split(' ')[0]]))"
    )
    assert len(set(styles.values())) == len(styles)
    assert all(style for style in styles.values())


@pytest.mark.browser
@pytest.mark.parametrize("address", ["decisions/2022-11-17-hipss-variation/", "contracts/hipss/"])
def test_a_record_prints(open_page: Any, address: str) -> None:
    page = open_page(address, color_scheme="dark")
    page.emulate_media(media="print")
    assert not page.locator("nav >> visible=true").count()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.browser
@pytest.mark.parametrize(
    "layout",
    [
        "held decision",
        "every field",
        "contract",
        "contract with what was known when",
        "contract with a long history",
        "bundle",
    ],
)
def test_sheets_are_filled_and_no_heading_ends_one(open_page: Any, layout: str) -> None:
    page = open_page(LAYOUTS[layout])
    heads = {"".join(unicodedata.normalize("NFKC", text).split()) for text in page.locator("thead").all_text_contents()}
    headings = {" ".join(name.split()) for name in page.locator("main :is(h2, h3)").all_text_contents()}
    first_fact = page.locator("main dl dt").first.inner_text()
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = [unicodedata.normalize("NFKC", sheet.extract_text()).splitlines() for sheet in printed.pages]
    assert first_fact in " ".join(sheets[0])
    assert headings.isdisjoint(sheet[-1].strip() for sheet in sheets)
    ends = ["".join("".join(sheet).split()) for sheet in sheets]
    assert not [head for head in heads for end in ends if end.endswith(head)]


@pytest.mark.browser
@pytest.mark.parametrize("address", ["contracts/hipss/", LAYOUTS["contract with a long history"]])
def test_the_picture_of_a_term_stands_on_the_first_sheet(open_page: Any, address: str) -> None:
    printed = PdfReader(BytesIO(open_page(address).pdf(prefer_css_page_size=True)))
    assert "A solid circle is a decision" in unicodedata.normalize("NFKC", printed.pages[0].extract_text())


@pytest.mark.browser
def test_what_belongs_together_is_on_one_sheet_and_a_total_on_one_only(open_page: Any) -> None:
    page = open_page(LAYOUTS["contract with a long history"])
    texts = page.evaluate(
        "[...document.querySelectorAll('main :is(.tl, .findings) > li')].map(item =>"
        " [...item.querySelectorAll(':scope > :is(h3, p)')].map(e => e.textContent).join(''))"
    )
    wholes = {"".join(unicodedata.normalize("NFKC", text).split()) for text in texts}
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = ["".join(unicodedata.normalize("NFKC", sheet.extract_text()).split()) for sheet in printed.pages]
    assert wholes
    assert not [whole for whole in wholes if not any(whole in sheet for sheet in sheets)]
    assert sum(sheet.count("Totalvalueofthecontract") for sheet in sheets) == 1
    assert re.search(r"31March2013note\d", "".join(sheets)), "a bare number would be read as part of the year"


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_can_be_read_without_scripts(open_page: Any, layout: str) -> None:
    page = open_page(LAYOUTS[layout], java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert not page.locator("form >> visible=true").count(), "a form that needs a script is not shown without one"
