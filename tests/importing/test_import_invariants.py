"""What holds of every document: no word is lost or doubled, nothing but a refusal is raised, and no clock or order."""

import re
from collections import Counter
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from hipss_register.importing import Document, Kept, Known, make_drafts
from hipss_register.importing.archive import read_archive
from hipss_register.importing.markup import read_markup
from hipss_register.importing.plain import read_markdown, read_plain
from hipss_register.model.refusal import Refusal
from hipss_register.read.yaml_text import parse_yaml

KEPT = Kept("sources/a.txt", "0" * 64)
MARKER = re.compile(r"\bw\d+z\b")
LABELS = ["Decision title", "Date of decision", "Decision maker", "Ward", "Decision made", "Reasons for decision"]
LABELS += ["Consultation", "Declarations of interest", "Budget code", "Lead officer", "Signed", "Decision made"]
PIECES = st.lists(
    st.tuples(
        st.sampled_from(["label", "label alone", "text", "bullet", "number", "row", "heading", "blank", "inner"]),
        st.sampled_from(LABELS),
    ),
    max_size=25,
)


def values(data: Any) -> list[str]:
    """Every text in a draft's fields."""
    if isinstance(data, dict):
        return [text for part in data.values() for text in values(part)]
    return [text for part in data for text in values(part)] if isinstance(data, list) else [str(data)]


def markers_in(document: Document) -> Counter[str]:
    """How often each marked word stands in the drafts of a document."""
    found: Counter[str] = Counter()
    for draft in make_drafts(document, KEPT, Known()):
        read = parse_yaml(draft.text)
        assert not read.mistakes
        data = {name: value for name, value in read.data.items() if name != "labels"}
        found.update(word for text in values(data) for word in MARKER.findall(text))
    return found


def plain_piece(n: int, kind: str, label: str) -> str:
    word = f"w{n}z"
    return {
        "label": f"{label}: {word}",
        "label alone": f"{label}\n{word}",
        "text": f"and {word} goes on",
        "bullet": f"- {word}",
        "number": f"{n + 1}. {word}",
        "row": f"{label}\t{word}",
        "heading": f"# {word}",
        "blank": "",
        "inner": f"\t{word}",
    }[kind]


def html_piece(n: int, kind: str, label: str) -> str:
    word = f"w{n}z"
    return {
        "label": f"<p><b>{label}:</b> {word}</p>",
        "label alone": f"<h3>{label}</h3>{word}",
        "text": f"<p>and {word} <i>goes</i> on",
        "bullet": f"<ul><li>{word}<ul><li>in</ul></ul>",
        "number": f"<ol type=i><li>{word}</ol>",
        "row": f"<table><tr><td>{label}<td>{word}<td>x</table>",
        "heading": f"<h2>{word}</h2>",
        "blank": "<p>&nbsp;</p>",
        "inner": f"<div><table><tr><td><p><b>{label}</b> {word}</table></div>",
    }[kind]


def each_once(document: Document, pieces: list[tuple[str, str]]) -> None:
    assume(make_drafts(document, KEPT, Known()))
    wanted = {f"w{n}z" for n, (kind, _) in enumerate(pieces) if kind != "blank"}
    assert markers_in(document) == Counter(wanted)


@given(PIECES)
def test_no_word_of_a_text_is_lost_or_doubled(pieces: list[tuple[str, str]]) -> None:
    each_once(read_plain("\n".join(plain_piece(n, *piece) for n, piece in enumerate(pieces))), pieces)


@given(PIECES)
def test_no_word_of_markdown_is_lost_or_doubled(pieces: list[tuple[str, str]]) -> None:
    each_once(read_markdown("\n".join(plain_piece(n, *piece) for n, piece in enumerate(pieces))), pieces)


@given(PIECES)
def test_no_word_of_a_page_is_lost_or_doubled(pieces: list[tuple[str, str]]) -> None:
    each_once(read_markup("".join(html_piece(n, *piece) for n, piece in enumerate(pieces))), pieces)


TAGS = ["<b>", "</b>", "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<li>", "<ul>", "</ul>", "<br>"]
TAGS += [
    "<script>",
    "</script>",
    "<h2>",
    "</h2>",
    "<a href='x'>",
    "</a>",
    "<!--",
    "-->",
    "<ol type=a start=9>",
    "&amp;",
]


@given(st.lists(st.sampled_from(TAGS + [f"{label}: " for label in LABELS]) | st.text(max_size=8), max_size=30))
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    for read in (read_markup, read_markdown, read_plain):
        try:
            drafts = make_drafts(read("".join(pieces)), KEPT, Known())
        except Refusal:
            continue
        assert all(not parse_yaml(draft.text).mistakes for draft in drafts)
        assert drafts == make_drafts(read("".join(pieces)), KEPT, Known())


HEADS = ["Content-Type: text/html", "Content-Type: multipart/related; boundary=x", "--x", "--x--", "", "=A0 =", "<p>x"]
HEADS += [
    'Content-Type: text/html; charset="no\0ne"',
    "Content-Transfer-Encoding: base64",
    "!!",
    "Content-Location: \0",
]
HEADS += [
    "Content-Transfer-Encoding: quoted-printable",
    "Content-Type: text/html; charset=hex",
    "Content-Type: \xff/;;",
]


@given(st.lists(st.sampled_from(HEADS) | st.text(max_size=8), max_size=12))
def test_any_saved_page_is_read_or_refused(lines: list[str]) -> None:
    try:
        drafts = make_drafts(read_archive("\n".join(lines).encode()), KEPT, Known())
    except Refusal:
        return
    assert all(not parse_yaml(draft.text).mistakes for draft in drafts)
