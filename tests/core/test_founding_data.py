"""The records of this repository: without a problem, and in exactly the words of the documents that they are from."""

import html
import re
from pathlib import Path

import pytest
from registers import problems_of

from hipss_register.model.decision import STATEMENTS
from hipss_register.read import Record, read_folder

FOUNDING = Path(__file__).parent.parent.parent / "decisions"
RECORDS = {record.id: record for record in read_folder(FOUNDING).records}
HELD = [record for record in RECORDS.values() if record.held]
FORM_ORDER = (
    "title",
    "date",
    "decision_maker",
    "authority",
    "wards",
    "consultation",
    "decision",
    "reasons",
    "considerations",
    "alternatives",
    "interests",
    "signature",
)
"""The order of the boxes on the council's form."""


def words_of_document(text: str) -> list[str]:
    """The words of a source document's form: without markup, the form's own heading and labels, bullets and rules."""
    text = re.sub(r"^## Record of .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"<b>[^<]*</b>", " ", text)
    text = re.sub(r"^--\t---$", "", text, flags=re.MULTILINE)
    return plain(html.unescape(re.sub(r"<[^>]*>", " ", text)))


def plain(text: str) -> list[str]:
    return text.replace("•", " ").split()


def said(record: Record, name: str) -> str:
    """A field in the record's own words."""
    form = record.form
    if name == "date":
        return form.date.words or ""
    if name == "decision_maker":
        assert form.decision_maker
        return " ".join(maker.name for maker in form.decision_maker.makers)
    if name == "wards":
        assert form.wards
        return " ".join(form.wards.wards)
    if name == "title":
        return form.title or ""
    return "\n".join(statement.words or "" for field, statement in form.statements() if field == name)


def test_reads_without_a_problem() -> None:
    assert problems_of(FOUNDING) == []
    assert (len(RECORDS), len(HELD)) == (6, 2)


@pytest.mark.parametrize("record", HELD, ids=lambda record: record.id)
class TestWords:
    @pytest.fixture
    def document(self, record: Record) -> str:
        (source,) = record.form.source
        return (FOUNDING / source.file).read_text(encoding="utf-8")

    def test_nothing_is_lost_and_nothing_is_invented(self, record: Record, document: str) -> None:
        assert [word for name in FORM_ORDER for word in plain(said(record, name))] == words_of_document(document)

    def test_every_label_is_the_one_printed(self, record: Record, document: str) -> None:
        printed = {label.strip().rstrip(":") for label in re.findall(r"<b>([^<]*)</b>", document)}
        assert set(record.form.labels.values()) <= printed
        assert len(printed) == len(FORM_ORDER) - 1  # a signature has no label

    def test_the_form_has_no_other_box(self, record: Record) -> None:
        assert set(FORM_ORDER) == {"title", "date", "decision_maker", "wards", *STATEMENTS}
        assert all(source.sha256 for source in record.form.source)
