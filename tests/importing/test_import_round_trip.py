"""A form made with each format's real writer comes back as the same record."""

import functools
from pathlib import Path

import pytest
from drafts import data_of, drafts_of
from outside import needed

from hipss_register.model.base import Nothing
from hipss_register.read import read_decision_text
from hipss_register.read.yaml_text import parse_yaml

needed("mammoth", "mammoth")
needed("pdfplumber", "pdfplumber")

import renderings  # noqa: E402 - only once its packages are known to be here
from renderings import BOXES, RENDERINGS, Form, as_word, shown  # noqa: E402

NOTHINGS = [kind.value for kind in Nothing if kind is not Nothing.NIL]
ROOT = Path(__file__).parent.parent.parent
LONG = " ".join(f"Sentence number {n} of a long box speaks of swings & slides." for n in range(1, 120))


@functools.cache
def records() -> dict[str, Form]:
    """Every record that the register and the tests' own registers hold. What is only cited has no document."""
    found: dict[str, Form] = {}
    for path in sorted([*(ROOT / "decisions").glob("*.yaml"), *(ROOT / "tests" / "data").glob("*/*.yaml")]):
        data = parse_yaml(path.read_text("utf-8")).data
        if "known_from" not in data:
            found[path.stem] = {name: value for name, value in data.items() if value not in NOTHINGS}
    return found


FORMS: dict[str, Form] = {
    **records(),
    "least": {"title": "A lease", "date": "2024-03-05", "decision_maker": "Cabinet", "decision": "To let the kiosk."},
    "over pages": {
        "title": "Swings for Hilltop <and> Quayside",
        "date": "5 March 2024",
        "decision_maker": "Head of Parks",
        "wards": "Hilltop",
        "decision": "To buy swings, at £9,000 (50% now).",
        "reasons": f"{LONG}\n\n{LONG}",
        "interests": "None declared",
    },
    "awkward words": {
        "title": "Yes: “no” – 100% of #1",
        "date": "1st April 2024",
        "decision_maker": "Director of Children's Services",
        "decision": "See annex & notes: a < b; c > d.",
        "reasons": "- not a list, but a dash first\n\nDecision makers agreed.\n\n• one\n• two: three",
        "considerations": "None.",
        "alternatives": "• Do nothing.\n• Something else: cheaper, worse.",
    },
}
EXCEPT = {
    ("awkward words", "text"),
    ("awkward words", "markdown"),
    ("over pages", "pdf"),
    *(("2024-03-12-leisure-variation", rendering) for rendering in ("pdf", "pdf prose", "text", "markdown")),
}
"""Where only the words come back, and not each paragraph: a dash at the head of a line is a list in plain text, and at
the end of a page that is also the end of a sentence nothing tells whether the paragraph goes on."""


def said(data: Form) -> dict[str, str]:
    """What a decision file's fields say that a form has a box for, or that stands above or below its boxes."""
    texts = {name: shown(data[name]) for name in (*BOXES, "kind", "signature") if name in data}
    return texts | {f"reference: {key}": value for key, value in data.get("reference", {}).items()}


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("form", FORMS)
def test_round_trip(tmp_path: Path, form: str, rendering: str) -> None:
    ending, render = RENDERINGS[rendering]
    (draft,) = drafts_of(tmp_path, f"record{ending}", render(FORMS[form]))
    data = data_of(draft)
    wanted, got = said({"kind": "officer decision", **FORMS[form]}), said(data)
    if (form, rendering) in EXCEPT:
        wanted, got = ({k: v.split() for k, v in one.items()} for one in (wanted, got))
    assert got == wanted
    # On a single page nothing shows that the title at its edge is a running one: it is kept for a person.
    left = [entry["words"] for entry in data.get("unplaced", ())]
    assert left in ([], ["Riverside Council"] if rendering.startswith("pdf") else [])
    _, problems = read_decision_text(draft.text, "x", draft.id)
    assert [problem.code for problem in problems] == ["UNPLACED"] * len(left)


def test_all_of_the_styles_that_word_brings_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (usual,) = drafts_of(tmp_path, "a.docx", as_word(FORMS["awkward words"]))
    monkeypatch.setattr(renderings, "template", lambda: None)
    (whole,) = drafts_of(tmp_path, "b.docx", as_word(FORMS["awkward words"]))
    assert whole == usual


def test_only_what_it_says_is_excepted() -> None:
    assert {form for form, _ in EXCEPT} <= set(FORMS)
    assert {rendering for _, rendering in EXCEPT} <= set(RENDERINGS)
