"""Pages and lists of decisions as ModernGov shows them; forms of other shapes; several decisions in one document."""

from pathlib import Path
from typing import Any

import pytest
from drafts import data_of, drafts_of

from hipss_register.read import read_decision_text

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0067)https://councillors.example.gov.uk/ieDecisionDetails.aspx?ID=4788 -->
<html lang="en"><head><title>Decision - Meals | Riverside</title>
<script>var x = "<p>Decision: evil</p>";</script></head>
<body><form action="x"><div id="nav"><ul><li><a href="/">Home</a></li></ul></div>
<h1 class="mgMainTitleTxt">Decision details</h1>
<div class="mgContent">
<h2 class="mgSubTitleTxt">Procurement of community meals</h2>
<div class="mgPlanItemInForce">
<p><span class="mgLabel">Decision Maker: </span><a href="mgCommitteeDetails.aspx?ID=251">Cabinet</a></p>
<p><span class="mgLabel">Decision status: </span>Recommendations Approved</p>
<p><span class="mgLabel">Is Key decision?: </span>Yes</p>
<p><span class="mgLabel">Is subject to call in?: </span>No</p></div>
<h3 class="mgSubSubTitleTxt">Purpose:</h3>
<div class="mgWordPara"><p>To approve the procurement.</p></div>
<h3 class="mgSubSubTitleTxt">Decision:</h3>
<div class="mgWordPara"><p><b>That:</b></p>
<ol type="a"><li>meals be procured;</li><li>and<ul><li>one</li></ul></li></ol></div>
<h3 class="mgSubSubTitleTxt">Reasons for the decision:</h3>
<div class="mgWordPara"><p>The contract ends.</p>
<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2018</td><td>£1</td></tr></table></div>
<h3 class="mgSubSubTitleTxt">Alternative options considered:</h3>
<div class="mgWordPara"><p>None.</p></div>
<p><span class="mgLabel">Wards Affected: </span>Hilltop; Quayside;</p>
<p><span class="mgLabel">Lead officer: </span>Jo Bloggs</p>
<p><span class="mgLabel">Publication date: </span>29/09/2017</p>
<p><span class="mgLabel">Date of decision: </span>28/09/2017</p>
<p><span class="mgLabel">Effective from: </span>05/10/2017</p>
<h3 class="mgSubSubTitleTxt">Accompanying Documents:</h3>
<ul><li><a href="documents/s50/Report.pdf">Procurement of meals</a></li></ul>
</div></form></body></html>"""

LIST = """<!-- saved from url=(0060)https://councillors.example.gov.uk/mgDelegatedDecisions.aspx -->
<main><p>Use the search below.</p>
<table><thead><tr><th>Decision</th><th>Decision Maker</th><th>Date</th><th>Effective from</th><th>Key</th></tr></thead>
<tr><td><a href="ieDecisionDetails.aspx?ID=9001">Award of grass cutting</a></td><td>Head of Parks</td>
<td>21/02/2022</td><td>28/02/2022</td><td>No</td></tr>
<tr><td><a href="ieDecisionDetails.aspx?ID=9002">Lease of kiosk</a></td><td>Head of Property</td>
<td>23/02/2022</td><td></td><td>Yes</td></tr></table></main>"""


class TestModernGovPage:
    @pytest.fixture
    def page(self, tmp_path: Path) -> dict[str, Any]:
        (draft,) = drafts_of(tmp_path, "page.html", PAGE)
        assert draft.id == "2017-09-28-procurement-community-meals"
        return data_of(draft)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", "Procurement of community meals"),
            ("date", {"date": "2017-09-28", "words": "28/09/2017"}),
            ("published", {"date": "2017-09-29", "words": "29/09/2017"}),
            ("effective", {"date": "2017-10-05", "words": "05/10/2017"}),
            ("decision_maker", "Cabinet"),
            ("key", "yes"),
            ("call_in", "no"),
            ("wards", ["Hilltop", "Quayside"]),
            ("decision", "That:\n\na. meals be procured;\nb. and\n  • one\n"),
            ("reasons", "The contract ends.\n\n| Year | Cost |\n| --- | --- |\n| 2018 | £1 |\n"),
            ("alternatives", "None."),
            ("reference", {"ModernGov decision": "4788"}),
            (
                "documents",
                [
                    {
                        "title": "Procurement of meals",
                        "url": "https://councillors.example.gov.uk/documents/s50/Report.pdf",
                    }
                ],
            ),
            (
                "notes",
                [
                    "The document gives under “Decision status”: “Recommendations Approved”.",
                    "The document gives under “Purpose”: “To approve the procurement”.",
                ],
            ),
        ],
    )
    def test_field(self, page: dict[str, Any], field: str, value: Any) -> None:
        assert page[field] == value

    def test_a_person_is_left_for_a_person_to_decide_on(self, page: dict[str, Any]) -> None:
        (left,) = page["unplaced"]
        assert (left["label"], left["words"]) == ("Lead officer", "Jo Bloggs")

    def test_the_checker_refuses_it_until_then_and_takes_it_after(self, tmp_path: Path) -> None:
        (draft,) = drafts_of(tmp_path, "page.html", PAGE)
        _, problems = read_decision_text(draft.text, "x", draft.id)
        assert [problem.code for problem in problems] == ["UNPLACED"]
        assert draft.text.splitlines()[problems[0].line - 1] == "unplaced:"
        record, problems = read_decision_text(draft.text.partition("\nunplaced:")[0], "x", draft.id)
        assert record
        assert not problems


class TestModernGovList:
    def test_gives_a_cited_record_for_each_decision(self, tmp_path: Path) -> None:
        award, lease = drafts_of(tmp_path, "list.html", LIST)
        assert (award.id, lease.id) == ("2022-02-21-award-grass-cutting", "2022-02-23-lease-kiosk")
        for draft in (award, lease):
            record, problems = read_decision_text(draft.text, "x", draft.id)
            assert record
            assert not problems
            assert not record.held
        assert data_of(award) == {
            "summary": "Award of grass cutting",
            "reference": {"ModernGov decision": "9001"},
            "date": {"date": "2022-02-21", "words": "21/02/2022"},
            "effective": {"date": "2022-02-28", "words": "28/02/2022"},
            "decision_maker": "Head of Parks",
            "key": "no",
            "known_from": {
                "url": "https://councillors.example.gov.uk/ieDecisionDetails.aspx?ID=9001",
                "title": "The council's page of the decision",
            },
            "source": {"file": "sources/a.txt", "sha256": "0" * 64},
        }
        assert "# Empty in the document: Effective from." in lease.text

    def test_a_table_without_dates_or_makers_is_no_list(self, tmp_path: Path) -> None:
        assert (
            drafts_of(tmp_path, "a.html", "<table><tr><th>Title</th><th>Cost</th></tr><tr><td>a</td><td>b</td></tr>")
            == []
        )


HEAD = "Decision title: A lease\nDate of decision: 2024-03-05\nDecision maker: Cabinet\nDecision made: To let it.\n"


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        # labels as people type them
        ("a.txt", "TITLE: a\nDate: 2024\nDecision: b", "title", "a"),
        ("a.txt", HEAD + "Authority delegated decision : x", "authority", "x"),
        ("a.txt", HEAD + "Ward(s) affected: x", "wards", "x"),
        ("a.md", "**Decison title:** a\n\n**Date of decision**: 2024\n\n**Decision made:** b", "title", "a"),
        ("a.md", "# Decision title\n\na\n\n# Date of decision\n\n2024\n\n# Decision made\n\nb", "title", "a"),
        ("a.txt", "Decision title\n\na\n\nDecision made\n\nb", "decision", "b"),
        # values
        ("a.txt", HEAD.replace("2024-03-05", "13 th October 2017"), "date",
            {"date": "2017-10-13", "words": "13 th October 2017"}),
        ("a.html", "<p><b>Title</b> a</p><p><b>Date</b> 1<sup>st</sup> May 2024</p><p><b>Decision</b> b", "date",
            {"date": "2024-05-01", "words": "1st May 2024"}),
        ("a.txt", HEAD.replace("2024-03-05", "on expiry of call-in"), "date", {"words": "on expiry of call-in"}),
        ("a.txt", HEAD.replace("Cabinet", "Not known"), "decision_maker", {"words": "Not known"}),
        ("a.txt", HEAD + "Reasons: Not stated", "reasons", {"words": "Not stated"}),
        ("a.txt", HEAD + "Reasons: None declared", "reasons", "None declared"),
        ("a.txt", HEAD + "Ref: OD/24/1", "reference", {"Ref": "OD/24/1"}),
        # lines, paragraphs, lists and tables
        ("a.txt", HEAD + "Reasons: one\ntwo multi-\nword", "reasons", "one two multi-word"),
        ("a.txt", HEAD + "Reasons:\n\none\n\n- a\n- b\n\ntwo", "reasons", "one\n\n- a\n- b\n\ntwo\n"),
        ("a.txt", HEAD + "Reasons:\n1. a\n   a) b\n2. c", "reasons", "1. a\n  a) b\n2. c\n"),
        ("a.txt", HEAD + "Reasons:\n\n| a | b |\n|---|---|\n| 1 | 2 |", "reasons", "| a | b |\n| 1 | 2 |\n"),
        ("a.txt", HEAD + "Alternatives considered:\n- a\n- b", "alternatives", ["a", "b"]),
        ("a.txt", HEAD + "Alternatives considered:\n1. a\n2. b", "alternatives", ["1. a", "2. b"]),
        ("a.txt", HEAD + "Alternatives considered:\nThese:\n- a\n- b", "alternatives", "These:\n\n- a\n- b\n"),
        ("a.txt", HEAD + "Financial implications: Nil.\n\nLegal implications: Few.", "considerations",
            "Financial implications: Nil.\n\nLegal implications: Few.\n"),
        ("a.txt", HEAD + "Signed: A. Person\n\nDate: 6/3/2024", "signature", "Signed: A. Person\n\nDate: 6/3/2024\n"),
        # a box cut by the end of a page, and the second row of a label
        ("a.md", "Title:\ta\nDecision:\tthe sentence is\n\n\tcut. Here.", "decision", "the sentence is cut. Here."),
        ("a.md", "Title:\ta\nDecision:\tThis is one.\n\n\tThis is two.", "decision", "This is one.\n\nThis is two.\n"),
        # tables of forms
        ("a.html", "<table><tr><td>Title<td>a<td>Date<td>2024</tr><tr><td>Decision<td>b", "date", "2024"),
        ("a.html", "<table><tr><td><b>Title</b><p>in few words</p><td>a<tr><td>Decision<td>b", "title", "a"),
        ("a.html", "<table><tr><td><p><b>Title:</b> a</p><p><b>Date:</b> 2024</p><p><b>Decision:</b> b", "title", "a"),
        # nothing is lost in odd markup
        ("a.md", "Title:\ta <and> b\nDecision:\tc", "title", "a <and> b"),
        ("a.txt", HEAD + "Reasons: zero\u200bwidth soft\u00adhyphen no\u00a0break \uf0b7", "reasons",
            "zerowidth softhyphen no break •"),
    ],
)  # fmt: skip
def test_what_a_form_gives(tmp_path: Path, name: str, text: str, field: str, value: Any) -> None:
    (draft,) = drafts_of(tmp_path, name, text)
    assert data_of(draft)[field] == value


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("a.txt", "A covering note.\n\n" + HEAD, [("", "A covering note.")]),
        (
            "a.md",
            "**Title:** a\n\n**Date:** 2024\n\n**Decision:** b\n\n**Budget code:** X1\n\nmore",
            [("Budget code", "X1\n\nmore")],
        ),
        ("a.html", "<table><tr><td>Title<td>a<tr><td>Budget code<td>X1<tr><td>Decision<td>b", [("Budget code", "X1")]),
        ("a.txt", HEAD + "Ward: a\nWards affected: b", [("Wards affected", "b")]),
        ("a.txt", HEAD + "Key decision: perhaps", [("Key decision", "perhaps")]),
        ("a.txt", HEAD + "Contact officer: Jo Bloggs", [("Contact officer", "Jo Bloggs")]),
    ],
)
def test_what_has_no_field_is_kept_with_its_label(
    tmp_path: Path, name: str, text: str, left: list[tuple[str, str]]
) -> None:
    (draft,) = drafts_of(tmp_path, name, text)
    entries = data_of(draft)["unplaced"]
    assert [(entry.get("label", ""), entry["words"].rstrip("\n")) for entry in entries] == left
    assert all(entry["why"] and entry["place"] for entry in entries)
    _, problems = read_decision_text(draft.text, "x", draft.id)
    assert "UNPLACED" in [problem.code for problem in problems]


PAGE_OF = "<h3>Title</h3><p>A lease</p><h3>Date</h3><p>2024</p><h3>Decision</h3>{}"


@pytest.mark.parametrize(
    ("html", "decision", "remark"),
    [
        ("<p>To pay £5<sup>1</sup> for 3 m<sup>2</sup> of CO<sub>2</sub>.", "To pay £5¹ for 3 m² of CO₂.", ""),
        ("<p>By the 3<sup>rd</sup>.", "By the 3rd.", ""),
        ("<p>To let<del> never</del><ins> now</ins>.", "To let never now.", "Struck through in the document: “never”."),
        (
            "<p>To let it.<p hidden>No.<p style='display: none'>No.",
            "To let it.",
            "2 words of menus, page feet and what",
        ),
        ("<p>To let it.<img src=a.png alt='A plan'>", "To let it.", "Left out: a picture, “A plan”."),
        ("<p>To <x-word>let</x-word> it <for now>.", "To let it <for now>.", ""),
        ("<p>See <a href='#n1'>the note</a>.", "See the note.", ""),
        ("<p>See <a href='http://x.example/'>no\x1bte</a>.", "See note.", "“no te” leads to http://x.example/"),
        ("<p>To let it.<select><option>All</select>", "To let it.", "Left out: 1 word of menus"),
    ],
)
def test_a_page_is_read_as_it_shows(tmp_path: Path, html: str, decision: str, remark: str) -> None:
    (draft,) = drafts_of(tmp_path, "a.html", PAGE_OF.format(html))
    assert data_of(draft)["decision"] == decision
    comments = [line for line in draft.text.splitlines() if line.startswith("# ") and "summary" not in line]
    assert [remark in line for line in comments] == ([True] if remark else [])


@pytest.mark.parametrize("between", ["", "Record of officer decision\n\n", "Decision notice\n\n"])
def test_several_decisions_in_one_document(tmp_path: Path, between: str) -> None:
    second = HEAD.replace("A lease", "A sale")
    drafts = drafts_of(tmp_path, "a.txt", f"{HEAD}\n{between}{second}\n{between}{second}")
    assert [draft.id for draft in drafts] == ["2024-03-05-lease", "2024-03-05-sale", "2024-03-05-sale-2"]
    assert all("unplaced" not in data_of(draft) for draft in drafts)


@pytest.mark.parametrize(
    ("date", "remark"),
    [
        ("03/04/2024", "# Read as day, month, year: check it."),
        ("13/04/2024", ""),
        ("04/04/2024", ""),
        ("04/13/2024", "# Read as month, day, year: check it."),
        ("3 April 2024", ""),
    ],
)
def test_a_date_that_can_be_read_two_ways_is_marked(tmp_path: Path, date: str, remark: str) -> None:
    (draft,) = drafts_of(tmp_path, "a.txt", HEAD.replace("2024-03-05", date))
    assert (remark in draft.text.splitlines()) if remark else ("# Read as" not in draft.text)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Risks/finance/legal/equality considerations", "considerations"),
        ("Risk, finance, legal and equality consideration", "considerations"),
        ("Alternative option considered and rejected", "alternatives"),
        ("Declaration of interests made", "interests"),
    ],
)
def test_a_label_with_a_slip_in_it_opens_its_box_in_plain_text_too(tmp_path: Path, label: str, field: str) -> None:
    text = f"Decision title: Lease\nReasons for decision:\nIt ends.\n{label}: None at all\nConsultation: The family\n"
    data = data_of(drafts_of(tmp_path, "a.txt", text)[0])
    assert data["reasons"] == "It ends."
    assert data[field] == "None at all"
