"""The drawings of a contract's page: what is drawn, what is not made up, and that no words run into each other."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from hipss_register.history import make_history
from hipss_register.model import Tables
from hipss_register.read import read_decision_text
from hipss_register.register import make_register
from hipss_register.site.pictures import money_picture, term_picture
from hipss_register.site.pictures.pins import spread
from hipss_register.site.pictures.text import Run, text_width, wrap

from .conftest import LIGHTING

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"fig--wide": 15, "fig--narrow": 15.5}
CLASSES = re.compile(r"^([gv]-[a-z]+|fig|fig--wide|fig--narrow|fig--tall)$")


def held(date: str, event: str, extra: str = "", title: str = "Something decided") -> str:
    return f"title: {title}\ndate: {date}\ndecision_maker: Director\ndecision: Do it\n{_event(event, extra)}"


def cited(date: str, event: str, extra: str = "") -> str:
    return (
        f"summary: Decided\ndate: {date}\n{_event(event, extra)}\nknown_from: {{url: https://a.gov.uk/b, title: A}}\n"
    )


def _event(event: str, extra: str) -> str:
    return f"contracts:\n  - {{contract: c, event: {event}{', ' if extra else ''}{extra}}}\n"


def history_of(*records: tuple[str, str]):
    read = []
    for record_id, text in records:
        record, problems = read_decision_text(text, f"{record_id}.yaml", record_id)
        assert record, problems
        assert not problems
        read.append(record)
    return make_history(make_register(read, Tables()), "c")


def draw(*records: tuple[str, str], names: Tables | None = None) -> list[ET.Element]:
    history = history_of(*records)
    numbers = {step.record.id: n for n, step in enumerate(history.steps, 1)}
    return drawings(term_picture(history, numbers, names or Tables()))


def draw_money(*records: tuple[str, str], names: Tables | None = None) -> list[ET.Element]:
    return drawings(money_picture(history_of(*records), names or Tables()))


def drawings(markup: str) -> list[ET.Element]:
    """Both drawings, each after the checks that every drawing must pass."""
    both = list(ET.fromstring(f"<div>{markup}</div>"))
    assert [one.get("class", "").removesuffix(" fig--tall") for one in both] in (
        [],
        ["fig fig--wide", "fig fig--narrow"],
    )
    ids = [element.get("id") for one in both for element in one.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for one in both:
        check_drawing(one)
    return both


def check_drawing(svg: ET.Element) -> None:
    title, desc = svg[0], svg[1]
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text
    assert desc.text
    for element in svg.iter():
        assert "style" not in element.attrib
        assert element.tag != f"{SVG}script"
        assert not any(name.startswith("on") for name in element.attrib)
        assert all(CLASSES.match(name) for name in element.get("class", "").split())
        assert not re.search(r"\d\.\d\d|nan|inf|e-", " ".join(numbers_of(element)))
    width, height = (float(n) for n in svg.get("viewBox", "").split()[2:])
    boxes = text_boxes(svg)
    for left, top, right, bottom, words in boxes:
        assert left >= -0.1, words
        assert top >= -0.1, words
        assert right <= width + 0.1, words
        assert bottom <= height + 0.1, words
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def numbers_of(element: ET.Element) -> list[str]:
    return [element.get(name, "") for name in ("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "viewBox")]


def text_boxes(svg: ET.Element) -> list[tuple[float, float, float, float, str]]:
    """From the height of capitals to the base, by our own measure of words."""
    size = SIZES[svg.get("class", "").split()[1]]
    boxes = []
    for text in svg.iter(f"{SVG}text"):
        strong = "g-muted" not in text.get("class", "")
        width = text_width(text.text or "", size, strong) + sum(text_width(t.text or "", size, False) for t in text)
        x, y = float(text.get("x", "")), float(text.get("y", ""))
        left = {"end": x - width, "middle": x - width / 2}.get(text.get("text-anchor", ""), x)
        boxes.append((left, y - size * 0.75, left + width, y, "".join(text.itertext())))
    return boxes


def count(svg: ET.Element, class_: str) -> int:
    return sum(class_ in element.get("class", "").split() for element in svg.iter())


def words_of(svg: ET.Element) -> str:
    return " | ".join(box[4] for box in text_boxes(svg)).replace("\u00a0", " ")


AWARD = ("2020-01-06-a", held("2020-01-06", "award", "term: {start: 2020-04-01, length: 2 years, options: [1 year]}"))
LATER = ("2022-11-17-v", held("2022-11-17", "variation", "term: {start: 2023-04-01, end: 2024-03-31, up to: yes}"))
CHAIN = (
    AWARD,
    LATER,
    ("2020-02-b", cited("2020-02", "specification revised")),
    ("undated-x", held("not stated", "specification revised")),
)


def award(term: str) -> tuple[str, str]:
    return "2020-01-06-a", held("2020-01-06", "award", f"term: {term}")


def test_nothing_to_draw():
    history = history_of(("undated-a", held("not stated", "award", "term: 3 years")))
    assert term_picture(history, {"undated-a": 1}, Tables()) == ""
    assert term_picture(history_of(), {}, Tables()) == ""


def test_a_chain_with_an_option_that_no_record_supports():
    wide, narrow = draw(*CHAIN)
    for svg in (wide, narrow):
        assert sum("url(#" in element.get("fill", "") for element in svg.iter()) == 1
        assert (count(svg, "g-bb"), count(svg, "g-a"), count(svg, "g-c"), count(svg, "g-d")) == (1, 1, 1, 0)
        assert (count(svg, "g-missing"), count(svg, "g-end")) == (1, 1)
        assert "Option to extend, no record" in words_of(svg)
        assert "Latest end before the variation:" in words_of(svg)
        assert "31 Mar 2023" in words_of(svg)
        assert "1 Apr 2023 up to 31 Mar 2024" in words_of(svg)
        [undated] = [element for element in svg.iter() if element.text == "Dates not known"]
        assert "g-halo" in undated.get("class", "").split(), "the line of today may run behind it"
    told = wide[1].text or ""
    assert "last day 31 March 2023 (worked out); no record that it was used." in told
    assert "last day 31 March 2024 at the latest" in told
    assert "a decision that must exist: option used, by 31 March 2022." in told


def test_nothing_is_hatched_but_what_no_record_supports():
    used = ("2021-11-02-o", cited("2021-11-02", "option exercised", "term: {start: 2022-04-01, length: 1 year}"))
    for svg in draw(AWARD, used, LATER):
        assert (count(svg, "g-hatch"), count(svg, "g-bb"), count(svg, "g-d")) == (0, 0, 1)
        assert svg.find(f".//{SVG}pattern") is None


def test_an_option_that_is_left_is_thin_and_empty():
    for svg in draw(AWARD):
        assert (count(svg, "g-unused"), count(svg, "g-d"), count(svg, "g-end")) == (1, 0, 0)
        assert "Option to extend, not used" in words_of(svg)


@pytest.mark.parametrize(
    ("term", "words", "teeth"),
    [
        ("{start: 2020-04-01}", "from 1 Apr 2020, end not stated", 6),
        ("{end: 2023-03-31}", "to 31 Mar 2023, start not stated", 6),
        ("{start: 2020-04-01, end: none}", "from 1 Apr 2020, no end date", 2),
        ("{start: 2020-04-01, end: withheld}", "from 1 Apr 2020, end withheld", 6),
        ("{start: 2020-04-01, end: not before 2022-03-31}", "begins 1 Apr 2020, ends not before 31 Mar 2022", 6),
        ("{start: not after 2020-04-01, end: 2022-03-31}", "begins not after 1 Apr 2020, ends 31 Mar 2022", 6),
    ],
)
def test_an_end_that_is_not_known_is_left_open(term: str, words: str, teeth: int):
    for svg in draw(award(term)):
        bars = [element.get("d", "") for element in svg.iter() if element.get("class") == "g-a"]
        assert [bar.count("l") for bar in bars] == [teeth]
        assert words in words_of(svg).replace(" | ", " ")


@pytest.mark.parametrize("term", ["3 years", "not stated", "{length: 3 years, end: none}"])
def test_a_part_without_any_date_has_words_and_no_bar(term: str):
    for svg in draw(award(term)):
        assert not any(count(svg, class_) for class_ in ("g-a", "g-maybe"))
        assert "Initial term" in words_of(svg)


@pytest.mark.parametrize(
    ("term", "sure", "maybe"),
    [
        ("{start: 2020-04, end: 2022-03-31}", 1, 1),
        ("{start: 2020-04, end: 2023}", 1, 2),
        ("{start: 2020-04-01, end: 2022-03-31 or 2023-03-31}", 1, 1),
        ("{start: 2020, end: 2020}", 0, 1),
        ("{start: not before 2020-04-01, end: 2022-03-31}", 0, 1),
        ("{start: not before 2020-04-01, end: not after 2022-03-31}", 0, 1),
        ("{start: 2020-04-01, end: not after 2022-03-31}", 0, 1),
        ("{start: not before 2020-04-01}", 0, 1),
        ("{end: not after 2022-03-31}", 0, 1),
        ("{start: not before 2020-04-01, end: none}", 0, 1),
    ],
)
def test_what_is_in_doubt_is_not_drawn_as_sure(term: str, sure: int, maybe: int):
    for svg in draw(award(term)):
        assert (count(svg, "g-a"), count(svg, "g-maybe")) == (sure, maybe)


@pytest.mark.parametrize(
    ("record_id", "date", "feet", "dotted"),
    [
        ("2021-03-04-x", "2021-03-04", 1, 0),
        ("2021-03-x", "2021-03", 2, 0),
        ("2021-x", "2021", 2, 0),
        ("2021-x", "2021-03-01 to 2021-06-30", 2, 0),
        ("2021-x", "2021-03-01 or 2021-06-30", 2, 1),
        ("2021-x", "not before 2021-03-01", 2, 1),
        ("2021-x", "not after 2021-03-01", 2, 1),
        ("undated-x", "not stated", 0, 0),
    ],
)
def test_a_decision_stands_at_its_date_as_far_as_known(record_id: str, date: str, feet: int, dotted: int):
    for svg in draw(AWARD, (record_id, held(date, "specification revised"))):
        assert (count(svg, "g-foot") - 1, count(svg, "g-open"), count(svg, "g-held")) == (feet, dotted, 2)


def test_a_decision_not_taken_yet_is_neither_held_nor_cited():
    coming = ("2026-01-05-p", "stage: pending\n" + held("2026-01-05", "option exercised", "term: 1 year"))
    for svg in draw(AWARD, coming):
        assert (count(svg, "g-pending"), count(svg, "g-held"), count(svg, "g-unused")) == (1, 1, 1)


def test_a_decision_without_a_number_is_left_out():
    assert "g-held" not in term_picture(history_of(AWARD), {}, Tables())


def test_a_record_that_acts_twice_has_one_pin():
    twice = AWARD[1] + "  - {contract: c, event: specification revised}\n"
    assert [count(svg, "g-held") for svg in draw((AWARD[0], twice))] == [1, 1]


def long_chain() -> list[tuple[str, str]]:
    options = "options: [1 year, 1 year, up to 2 years]"
    term = f"term: {{start: 2009-04-01, trial: 6 months, length: 3 years, {options}}}"
    records = [("2009-03-02-a", held("2009-03-02", "award", term))]
    for n, year in enumerate(range(2013, 2021)):
        event = "variation" if n % 2 else "extension"
        sums = f"term: {{start: {year}-10-01, length: {9 + n} months}}, cost: {100_000 * n}"
        records.append((f"{year}-02-11-v", held(f"{year}-02-11", event, sums)))
    for n in range(21):
        date = f"20{10 + n // 5}-{1 + n % 9:02}-{1 + n:02}"
        records.append((f"{date}-s", held(date, "specification revised")))
    return records


def test_thirty_decisions_stay_apart():
    for svg in draw(*long_chain()):
        heads = list(svg.iter(f"{SVG}circle"))
        assert len(heads) == 30
        places = [(float(e.get("cx", "")), float(e.get("cy", "")), float(e.get("r", ""))) for e in heads]
        for one, other in combinations(places, 2):
            assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 >= (one[2] + other[2]) ** 2
        assert sum(one.get("d", "").count("M") for one in svg.iter() if one.get("class") == "g-stem") == 30


def test_numbers_of_three_figures_have_room():
    history = history_of(*long_chain())
    numbers = {step.record.id: n for n, step in enumerate(history.steps, 90)}
    assert [len(list(svg.iter(f"{SVG}circle"))) for svg in drawings(term_picture(history, numbers, Tables()))] == [
        30,
        30,
    ]


def test_many_on_one_day_and_a_number_of_three_figures():
    history = history_of(AWARD, *((f"2020-02-03-s{n}", held("2020-02-03", "specification revised")) for n in range(11)))
    numbers = {step.record.id: n for n, step in enumerate(history.steps, 95)}
    assert [len(list(svg.iter(f"{SVG}circle"))) for svg in drawings(term_picture(history, numbers, Tables()))] == [
        12,
        12,
    ]


@pytest.mark.parametrize("years", [1, 2, 5, 12, 60, 190])
def test_years_have_room(years: int):
    for svg in draw(award(f"{{start: 2020-03-01, length: {years} years}}")):
        named = [words for *_, words in text_boxes(svg) if re.fullmatch(r"\d{4}", words)]
        assert named
        assert int(named[0]) - 2020 < 50


HOSTILE = "</desc><script>alert('1')</script> \"&amp; <b>"


def test_names_are_only_ever_text():
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    record = held("2020-01-06", "award", f"lots: [{quoted}], term: {{start: 2020-04-01, length: 2 years}}", quoted)
    names = Tables.model_validate({"contracts": {"c": {"name": HOSTILE}}})
    for svg in draw(("2020-01-06-a", record), names=names):
        assert HOSTILE in (svg[0].text or "")
        assert HOSTILE in (svg[1].text or "")
    money = held(
        "2020-01-06", "award", f"value: [{{exactly: 5, covers: {quoted}}}, {{exactly: 7, per: {quoted}}}]", quoted
    )
    more = ("2020-01-07-a", held("2020-01-07", "variation", "cost: 9"))
    for svg in draw_money(("2020-01-06-a", money), more, names=names):
        assert HOSTILE in (svg[0].text or "")


@pytest.mark.parametrize("lot", ["x" * 300, "lot " * 90, "東京都" * 60, "é\u0301" * 200])
def test_long_names_are_wrapped_or_cut(lot: str):
    record = held("2020-01-06", "award", f"lots: ['{lot}'], term: {{start: 2020-04-01, length: 2 years}}")
    assert len(draw(("2020-01-06-a", record))) == 2


def test_the_same_records_make_the_same_bytes_and_no_day_of_the_build():
    history = history_of(*CHAIN)
    first = term_picture(history, {"2022-11-17-v": 4}, Tables())
    assert first == term_picture(history_of(*CHAIN), {"2022-11-17-v": 4}, Tables())
    wide = drawings(first)[0]
    days = {name: wide.get(f"data-{name}") for name in ("first-day", "last-day", "left", "right")}
    assert days == {"first-day": "2020-01-01", "last-day": "2024-06-30", "left": "26", "right": "734"}


def test_two_pictures_of_one_contract_can_share_a_page():
    history = history_of(AWARD)
    both = term_picture(history, {}, Tables()) + term_picture(history, {}, Tables(), uid="term-then")
    ids = re.findall(r' id="([^"]+)"', both)
    assert len(ids) == len(set(ids)) == 8


def test_an_end_known_to_the_year_has_a_line_on_each_side():
    extension = ("2023-02-01-v", held("2023-02-01", "extension", "term: {end: 2024-12-31}"))
    earlier = award("{start: 2020-04-01, end: 2023}")
    assert [count(svg, "g-end") for svg in draw(earlier, extension)] == [2, 2]


def test_an_early_end_is_drawn_beside_the_end_before_it():
    ended = ("2021-05-03-t", held("2021-05-03", "termination", "term: {end: 2021-08-31}"))
    for svg in draw(AWARD, ended):
        assert "Latest end before it was ended early: 31 Mar 2022" in words_of(svg).replace(" | ", " ")
        assert "31 Aug 2021" in words_of(svg)


SUMS = (
    ("2020-01-05-a", cited("2020-01-05", "award", "term: 3 years")),
    ("2020-01-06-b", held("2020-01-06", "variation", "cost: {at most: 407290}, saving: {about: 500000}")),
    ("2021-01-05-c", held("2021-01-05", "variation", "cost: 12000, value: withheld, grant: {at least: 5000}")),
    ("2022-01-05-d", held("2022-01-05", "variation", "cost: {exactly: 520, per: week, quantity: 40}, income: -300")),
)


def test_each_sort_of_sum_is_drawn_in_its_own_way():
    for svg in draw_money(*SUMS):
        assert (count(svg, "v-line"), count(svg, "v-est"), count(svg, "v-known"), count(svg, "v-miss")) == (2, 1, 2, 2)
        words = words_of(svg)
        for said in ("At most £407,290", "About £500,000", "Withheld", "At least £5,000", "−£300", "Not known"):
            assert said in words
        assert "£520 per week, 40 expected (not to this scale)" in words.replace(" | ", " ")
        assert "not to be added together" in (svg[1].text or "")


def test_bars_of_money_are_to_one_scale():
    one = ("2020-01-06-b", held("2020-01-06", "variation", "cost: 100000"))
    other = ("2021-01-06-b", held("2021-01-06", "variation", "cost: 400000"))
    for svg in draw_money(one, other):
        paths = [e.get("d", "") for e in svg.iter() if e.get("class") == "v-known"]
        ends = [[float(n) for n in re.findall(r"[MH]([\d.]+)", path)] for path in paths]
        small, large = (end[1] - end[0] for end in ends)
        assert large == pytest.approx(4 * small, rel=0.01)


@pytest.mark.parametrize(
    "money", ["cost: 5", "cost: not stated, saving: withheld", "cost: none, saving: none", "lots: a"]
)
def test_fewer_than_two_sums_make_no_picture(money: str):
    assert draw_money(("2020-01-06-b", held("2020-01-06", "variation", money))) == []


def test_sums_below_nothing_leave_room_for_every_word():
    less = ("2020-01-06-b", held("2020-01-06", "award", "term: 3 years, cost: -900000"))
    words = "'about the same as the year before, within the budget of the directorate'"
    rest = ("2021-01-06-b", held("2021-01-06", "variation", f"cost: -5, value: withheld, grant: {{words: {words}}}"))
    for svg in draw_money(less, rest):
        width = float(svg.get("viewBox", "").split()[2])
        paths = [e.get("d", "") for e in svg.iter() if e.get("class") in ("v-known", "v-miss")]
        assert max(float(x) for path in paths for x in re.findall(r"[MH]([\d.]+)", path)) <= width


def test_spread_keeps_order_distance_and_bounds():
    places = spread([5, 5, 5, 90, 91], 10, 0, 100)
    assert places == sorted(places)
    assert all(b - a >= 9.999 for a, b in pairwise(places))
    assert places[0] >= 0
    assert places[-1] <= 100


def test_words_are_wrapped_between_words_but_never_within_a_date():
    lines = wrap((Run("the end was 31\u00a0Mar\u00a02023"),), 15, 120)
    assert [run.text for line in lines for run in line] == ["the end was", "31\u00a0Mar\u00a02023"]


WORDS_ON_TODAY = """svg => {
    const line = svg.querySelector(".g-today");
    const there = line.getBoundingClientRect();
    const crossed = [...svg.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < there.right && box.right > there.left && box.top < there.bottom && box.bottom > there.top;
    });
    return crossed.map((text) => [text.classList[text.classList.length - 1],
        Boolean(line.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)]);
}"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("today", "told", "lines"),
    [
        ("2021-10-01", "Today, 1 October 2021, is the thick line.", 2),
        ("2019-12-31", "Today, 31 December 2019, is before the first year shown.", 0),
        ("2040-01-01", "Today, 1 January 2040, is after the last year shown.", 0),
    ],
)
def test_the_readers_browser_marks_today(browser: Any, serve: Any, make_site: Any, today: str, told: str, lines: int):
    context = browser.new_context(timezone_id="Europe/London")
    page = context.new_page()
    page.clock.set_fixed_time(f"{today}T12:00:00Z")
    page.goto(f"{serve(make_site(LIGHTING).root)}/contracts/lighting/")
    assert told in " ".join(page.locator("figcaption").first.inner_text().split())
    assert page.locator(".g-today").count() == lines
    if lines:
        box = page.locator(".fig--wide").bounding_box()
        mark = page.locator(".fig--wide .g-today").bounding_box()
        shown = page.locator(".fig--wide").evaluate("svg => [Number(svg.dataset.left), Number(svg.dataset.right)]")
        left, right = (box["x"] + box["width"] * at / 760 for at in shown)
        through = (mark["x"] + mark["width"] / 2 - left) / (right - left)
        assert abs(through - 639 / 1643) < 0.01, "the first of October 2021 on a scale from 2020 to June 2024"
        words = page.locator(".fig--wide").evaluate(WORDS_ON_TODAY)
        assert {class_ for class_, _ in words} == {"g-on", "g-halo"}, "it meets words in a bar, and words beside one"
        assert all(over for _, over in words), "words are drawn over the line"
    context.close()
