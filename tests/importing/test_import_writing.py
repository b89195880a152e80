"""Decision files as text: what is written is read back, in the form's order, and the same bytes each time."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipss_register.model import DecisionForm
from hipss_register.read import read_decision_text
from hipss_register.read.yaml_text import parse_yaml
from hipss_register.writing import decision_text, form_order
from hipss_register.writing.ids import suggested_id
from hipss_register.writing.near import near_names

FOUNDING = sorted((Path(__file__).parent.parent.parent / "decisions").glob("*.yaml"))
SEEN = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]).filter(
    lambda char: not 0xE0000 <= ord(char) <= 0xE0FFF and char not in "\u034f\u115f\u1160\u3164\uffa0\ufeff"
)
LINES = st.text(SEEN, min_size=1, max_size=40).map(str.strip).filter(bool)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=3).map("\n\n".join)
PLAIN_TRAPS = [
    "no",
    "null",
    "~",
    "<<",
    "#",
    "%",
    "@x",
    "`",
    "'",
    '"',
    "010",
    "1e3",
    "2024-01-01",
    "{",
    "]",
    "&a",
    "*a",
    "!x",
    "|",
    ">",
    "=",
    "...",
    "---",
    "\\",
]
AWKWARD = st.sampled_from([*PLAIN_TRAPS, "- a", "a: b", "a #b", "? x", "key: |\n  text", " x", "x\n y", "\n\nx"])
VALUES = st.recursive(
    LINES | PARAGRAPHS | AWKWARD,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(LINES, inner, min_size=1, max_size=3),
    max_leaves=6,
)


def same(value: Any) -> Any:
    """The value as the model takes it: the end of a text's last line does not count."""
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, dict):
        return {name: same(part) for name, part in value.items()}
    return [same(part) for part in value]


@given(st.dictionaries(st.sampled_from(list(DecisionForm.model_fields)), VALUES, min_size=1, max_size=5))
def test_what_is_written_is_read_back(fields: dict[str, Any]) -> None:
    text = decision_text(fields)
    read = parse_yaml(text)
    assert not read.mistakes
    assert same(read.data) == same(fields)
    assert decision_text(dict(reversed(fields.items()))) == text
    assert list(read.data) == sorted(fields, key=form_order)


@pytest.mark.parametrize("path", FOUNDING, ids=lambda path: path.stem)
def test_the_founding_records_are_read_back(path: Path) -> None:
    text = path.read_text("utf-8")
    data = parse_yaml(text).data
    record, _ = read_decision_text(text, "x", path.stem)
    again, problems = read_decision_text(decision_text(data), "x", path.stem)
    assert not problems
    assert record
    assert again == record


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"title": "It's 100%: yes"}, "title: 'It''s 100%: yes'\n"),
        ({"key": "no", "date": "2024-01"}, "date: 2024-01\nkey: no\n"),
        ({"reasons": "One.\n\nTwo."}, "reasons: |\n  One.\n\n  Two.\n"),
        ({"date": {"date": "2024-01-01", "words": "1/1/24"}}, "date: {date: 2024-01-01, words: 1/1/24}\n"),
        ({"wards": ["a", "b"]}, "wards:\n  - a\n  - b\n"),
        ({"links": {"varies": "x"}, "title": "t"}, "title: t\n\nlinks:\n  varies: x\n"),
    ],
)
def test_layout(fields: dict[str, Any], text: str) -> None:
    assert decision_text(fields) == text


def test_remarks_stand_below_their_field_and_say_nothing_to_the_reader() -> None:
    text = decision_text({"title": "t", "date": "2024"}, {"title": ["date: 2025"]}, ["top"])
    assert text == "# top\ntitle: t\n# date: 2025\ndate: 2024\n"


@pytest.mark.parametrize(
    ("date", "title", "made"),
    [
        ("2024-03-05", "Award of the contract for cutting grass", "2024-03-05-award-contract-cutting-grass"),
        ("2024-03", "Decision to vary the HIPSS service (HIPSS)", "2024-03-hipss-vary"),
        ("2024", "Children's Services", "2024-childrens"),
        ({"date": "2024-03-01 to 2024-03-09"}, "x", "2024-03-x"),
        ("not stated", "x", "undated-x"),
        ("5 March", "x", "undated-x"),
        ("2024", "the of", "2024-decision"),
        ("2024", "Décision", "2024-decision"),
    ],
)
def test_id(date: Any, title: str, made: str) -> None:
    assert suggested_id(date, title) == made
    assert suggested_id(date, title, [made, f"{made}-2"]) == f"{made}-3"


@given(st.text(max_size=200))
def test_any_title_makes_an_id_that_the_reader_takes(title: str) -> None:
    record_id = suggested_id("2024-03-05", title)
    _, problems = read_decision_text("summary: x\ndate: 2024-03-05\nknown_from: 2024-a\n", "x", record_id)
    assert not problems
    assert DecisionForm.model_validate({"date": "2024", "aliases": record_id}).aliases == (record_id,)


@pytest.mark.parametrize(
    ("words", "known", "near"),
    [
        ("Head of Park", ["Head of Parks", "Cabinet"], ["Head of Parks"]),
        ("head of  parks", ["Head of Parks", "Head of Park"], []),
        ("Head of Parks", ["Cabinet", "Director of Finance"], []),
    ],
)
def test_near_names(words: str, known: list[str], near: list[str]) -> None:
    assert near_names(words, known) == near
