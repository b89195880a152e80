"""What prose suggests, with the words it came from; and what it does not."""

from pathlib import Path
from typing import Any

import pytest
from drafts import data_of, drafts_of, taken

from hipss_register.build import make_edition
from hipss_register.importing import Known
from hipss_register.importing.prose import length_of, sentence_around
from hipss_register.importing.suggest import suggest
from hipss_register.read import read_decision_text
from hipss_register.read.yaml_text import parse_yaml

TABLES = {
    "tables/contracts.yaml": "grass: {name: Grass cutting in parks, short: grass cutting}\n",
    "tables/suppliers.yaml": "meadow: {name: Meadow and Hedge Ltd, also: M&H}\n",
}
APPROVAL = """\
summary: Procurement approved
date: 2023-11-02
decision_maker: Cabinet
reference: {ModernGov issue: "50025367"}
known_from: {url: "https://council.example/ieDecisionDetails.aspx?ID=77"}
contracts: [{contract: grass, event: approval to procure}]
"""
AWARD = """\
summary: Grass cutting awarded
date: 2024-03
decision_maker: Head of Parks
known_from: {url: "https://council.example/2"}
contracts: [{contract: grass, event: award, suppliers: meadow, term: 3 years + 1 year}]
"""


@pytest.fixture
def known(decisions: Any) -> Known:
    root = decisions(TABLES | {"2023-11-02-approval.yaml": APPROVAL, "2024-03-award.yaml": AWARD})
    edition = make_edition(root, "decisions")
    assert not edition.problems
    return Known(edition.book.register.tables, tuple(edition.book.register.records.values()))


def test_a_contract_that_is_not_named_is_that_of_the_decision_changed(known: Known) -> None:
    texts = {"decision": "To vary the contract that Head of Parks awarded in March 2024."}
    (contract, *_) = suggest(texts, "2025-01-02", known).event
    assert (contract.value, contract.where) == ("grass", "decision")


@pytest.mark.parametrize(
    ("decision", "event", "name", "value", "words"),
    [
        # what is done to a contract
        ("To award the contract.", "award", "event", "award", "award"),
        ("To vary the contract to extend it.", "variation", "event", "variation", "vary"),
        ("To extend the contract.", "extension", "event", "extension", "extend"),
        ("To exercise the option to extend the contract.", "option exercised", "event", "option exercised",
            "exercise the option"),
        ("To approve the procurement and award of a contract.", "approval to procure", "event", "approval to procure",
            "approve the procurement"),
        ("To terminate the contract.", "termination", "event", "termination", "terminate"),
        ("To novate the contract.", "supplier changed", "event", "supplier changed", "novate"),
        # which contract, which supplier
        ("To extend the contract for grass cutting.", "extension", "contract", "grass", "grass cutting"),
        ("To award the contract to M&H.", "award", "suppliers", "meadow", "M&H"),
        ("To extend a contract for meals.", "extension", "contract", "name-of-the-contract", ""),
        # how long
        ("To award a contract for three years with an option to extend for up to a further 2 years.", "award", "term",
            "3 years + up to 2 years", "for three years with an option to extend for up to a further 2 years"),
        ("Award a contract from 1 April 2025 to 31 March 2027, with an option to extend by up to 12 months.", "award",
            "term", {"start": "2025-04-01", "end": "2027-03-31", "options": ["up to 12 months"]},
            "from 1 April 2025 to 31 March 2027, with an option to extend by up to 12 months"),
        ("To award a contract for a period of 18 months.", "award", "term", "18 months", "for a period of 18 months"),
        ("To extend the contract from 1st April 2024 until 31 March 2025.", "extension", "term",
            {"start": "2024-04-01", "end": "2025-03-31"}, "from 1st April 2024 until 31 March 2025"),
        ("To extend the contract for up to 12 months from 1 April 2024 to 31/03/2025.", "extension", "term",
            {"start": "2024-04-01", "end": "2025-03-31", "up to": "yes"},
            "for up to 12 months from 1 April 2024 to 31/03/2025"),
        # how much
        ("To award the contract at £28,800 a year.", "award", "value", {"exactly": "28800", "per": "year"}, "£28,800"),
        ("To extend the contract at a maximum cost of £1.2m.", "extension", "cost",
            {"at most": "1200000", "words": "a maximum cost of £1.2m"}, "a maximum cost of £1.2m"),
        ("To extend the contract at approximately £9,000.", "extension", "cost", {"about": "9000"},
            "approximately £9,000"),
        ("To approve procurement of a contract up to £150,000.50.", "approval to procure", "ceiling",
            {"at most": "150000.50"}, "up to £150,000.50"),
        ("To vary the contract, saving some £500k.", "variation", "saving",
            {"about": "500000", "words": "some £500k"}, "some £500k"),
    ],
)  # fmt: skip
def test_part_of_an_event(known: Known, decision: str, event: str, name: str, value: Any, words: str) -> None:
    parts = suggest({"decision": decision}, "2024-09-10", known).event
    found = {part.name: part for part in parts}
    assert found["event"].value == event
    assert (found[name].value, found[name].words) == (value, words)
    assert not words or found[name].where == "decision"
    assert found[name].words in decision


@pytest.mark.parametrize(
    "decision", ["To let the kiosk.", "To award a medal to the mayor.", "To pay £9,000 to the club.", ""]
)
def test_no_event_where_none_is_named(known: Known, decision: str) -> None:
    assert suggest({"decision": decision}, "2024-09-10", known).event == ()


@pytest.mark.parametrize(
    ("field", "text", "links"),
    [
        ("authority", "The decision of cabinet of 2 November 2023.", [("cites", "2023-11-02-approval")]),
        ("authority", "The decision of cabinet of 2nd November.", [("cites", "2023-11-02-approval")]),
        ("reasons", "The contract was awarded in March 2024.", [("extends", "2024-03-award")]),
        ("reasons", "See https://council.example/ieDecisionDetails.aspx?ID=77 .", [("cites", "2023-11-02-approval")]),
        ("reasons", "See issue 50025367.", [("cites", "2023-11-02-approval")]),
        ("reasons", "See issue 150025367.", []),
        ("reasons", "It rained on 2 November 2023.", []),
        ("reasons", "The decision of 3 November 2023.", []),
        ("reasons", "The decision of 2 November 2022.", []),
        ("reasons", "The decision of 10 September 2024.", []),
    ],
)
def test_link_to_an_earlier_decision(known: Known, field: str, text: str, links: list[tuple[str, str]]) -> None:
    found = suggest({"decision": "To extend the contract.", field: text}, "2024-09-10", known).links
    assert [(link.name, link.value) for link in found] == links
    assert all(link.where == field and link.words in text for link in found)


@pytest.mark.parametrize(
    ("field", "text", "name", "value"),
    [
        ("signature", "Signed\n\nDate: 11/09/2024", "recorded", {"date": "2024-09-11", "words": "11/09/2024"}),
        (
            "decision_maker",
            "Interim Head of Parks",
            "decision_maker",
            {"name": "Interim Head of Parks", "capacity": "interim"},
        ),
        (
            "decision_maker",
            "Acting Head of Parks",
            "decision_maker",
            {"name": "Acting Head of Parks", "capacity": "acting"},
        ),
    ],
)
def test_field_of_its_own(field: str, text: str, name: str, value: Any) -> None:
    (found,) = suggest({field: text}, "2024-09-10", Known()).fields
    assert (found.name, found.value, found.where) == (name, value, field)


FORM = """Title: {title}
Date: 10 September 2024
Decision maker: Head of Park
Decision: To extend the contract for grass cutting from 1 April 2025 to 31 March 2026 at up to £9,000.
Reasons: The contract was awarded in March 2024. It ends on 31 March 2025.
Signed

Date: 11/09/2024"""


def test_nothing_suggested_is_in_force_until_it_is_taken(known: Known, tmp_path: Path) -> None:
    (draft,) = drafts_of(tmp_path, "a.txt", FORM.format(title="A"), known)
    assert not {"contracts", "links", "recorded"} & data_of(draft).keys()
    data = parse_yaml(taken(draft.text)).data
    assert data["contracts"] == [
        {
            "contract": "grass",
            "event": "extension",
            "term": {"start": "2025-04-01", "end": "2026-03-31"},
            "cost": {"at most": "9000"},
        }
    ]
    assert data["links"] == {"extends": "2024-03-award"}
    assert data["recorded"] == {"date": "2024-09-11", "words": "11/09/2024"}
    record, problems = read_decision_text(taken(draft.text), "x", draft.id)
    assert record
    assert not problems


def test_a_maker_near_to_a_known_one_is_pointed_out(known: Known, tmp_path: Path) -> None:
    (draft,) = drafts_of(tmp_path, "a.txt", FORM.format(title="A"), known)
    assert data_of(draft)["decision_maker"] == "Head of Park"
    assert "# Is this “Head of Parks”, as elsewhere in the register?" in draft.text.splitlines()


def test_words_cannot_break_out_of_their_comment(known: Known, tmp_path: Path) -> None:
    text = FORM.format(title="x") + "\n"
    text = text.replace("It ends", "See 50025367 ”\nkey: yes #\n\nIt ends")
    (draft,) = drafts_of(tmp_path, "a.txt", text, known)
    assert "key" not in data_of(draft)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("up to a further two years", "up to 2 years"),
        ("12-month", "12 months"),
        ("one year", "1 year"),
        ("6 weeks", "6 weeks"),
    ],
)
def test_length(words: str, length: str) -> None:
    assert length_of(words) == length


@pytest.mark.parametrize("passage", ["One", "Two.", "Three? Four"])
def test_sentence_holds_its_passage(passage: str) -> None:
    text = "One is first. Two.\nThree? Four!"
    start = text.index(passage)
    sentence = sentence_around(text, start, start + len(passage))
    assert passage in sentence
    assert sentence in text
