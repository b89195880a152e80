"""The two records that the register began with come in word for word."""

import html
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from drafts import data_of, taken, words_of

from hipss_register.build import make_edition
from hipss_register.importing import Kept, Known, State, import_document, make_drafts, read_file
from hipss_register.read import read_decision_text
from hipss_register.read.yaml_text import parse_yaml

RECORDS = {
    "2017-10-13-officer-decision.md": "2017-10-13-hipss-specification",
    "2022-11-17-operational-decision.md": "2022-11-17-hipss-variation",
}
PRINTED = ("title", "date", "decision_maker", "authority", "wards", "consultation", "decision", "reasons")
PRINTED += ("considerations", "alternatives", "interests", "signature")
OURS = {"summary", "contracts", "links", "notes", "recorded", "source", "labels", "decision_maker"}
"""Fields of the committed files that are more than the form's own words."""


def known_without(root: Path, record_id: str) -> Known:
    register = make_edition(root, "decisions").book.register
    return Known(register.tables, tuple(r for r in register.records.values() if r.id != record_id))


def imported(founding: Path, source: str) -> dict[str, Any]:
    (draft,) = make_drafts(read_file(founding / "sources" / source)[1], Kept(f"sources/{source}", "0" * 64), Known())
    return data_of(draft)


def committed(founding: Path, source: str) -> dict[str, Any]:
    data: dict[str, Any] = parse_yaml((founding / f"{RECORDS[source]}.yaml").read_text("utf-8")).data
    return data


def plain(text: str) -> list[str]:
    """The words of a text, without the marks of lists, tables and headings."""
    return [word for word in text.split() if re.search(r"\w|£|^[.,;]$", word)]


@pytest.mark.parametrize("source", RECORDS)
class TestFoundingRecord:
    def test_fields_are_those_of_the_committed_file(self, founding: Path, source: str) -> None:
        draft, file = imported(founding, source), committed(founding, source)
        assert {name: value for name, value in draft.items() if name not in OURS} == {
            name: value for name, value in file.items() if name not in OURS
        }
        assert words_of(draft["decision_maker"]) == words_of(file["decision_maker"])
        assert draft["labels"].items() <= file["labels"].items()
        assert "unplaced" not in draft

    def test_every_word_of_the_source_is_in_the_draft_in_order_and_no_other(self, founding: Path, source: str) -> None:
        text = (founding / "sources" / source).read_text("utf-8")
        heading, body = text.strip().split("\n", 1)
        body = re.sub(r"<b>.*?</b>", " ", body)  # the labels
        body = html.unescape(re.sub(r"<[^>]*>", " ", body))
        draft = imported(founding, source)
        said = " ".join(words_of(draft[name]) for name in PRINTED if name in draft)
        assert plain(body) == plain(said)
        assert plain(heading) == plain(draft["source"]["title"])

    def test_labels_that_are_not_the_usual_ones_are_kept_as_printed(self, founding: Path, source: str) -> None:
        printed = re.findall(r"<b>(.*?):?</b>", (founding / "sources" / source).read_text("utf-8"))
        assert set(imported(founding, source)["labels"].values()) <= set(printed)

    def test_suggestions_taken_as_they_are_say_what_the_committed_file_says(self, founding: Path, source: str) -> None:
        known = known_without(founding, RECORDS[source])
        (draft,) = make_drafts(read_file(founding / "sources" / source)[1], Kept(f"sources/{source}", "0" * 64), known)
        data = parse_yaml(taken(draft.text)).data
        file = committed(founding, source)
        assert data["links"] == file["links"]
        assert data.get("recorded") == file.get("recorded")
        (suggested,), (event,) = data["contracts"], file["contracts"]
        assert suggested.items() <= event.items()
        assert set(event) - set(suggested) <= {"scope"}  # what was taken out of the specification is for a person
        record, problems = read_decision_text(taken(draft.text), "x", draft.id)
        assert record
        assert not problems

    def test_is_known_again_in_the_register_that_has_it(self, founding: Path, source: str, tmp_path: Path) -> None:
        root = tmp_path / "decisions"
        shutil.copytree(founding, root)
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        result = import_document(root / "sources" / source, root, known_without(root, ""))
        assert [(o.path.stem, o.state) for o in result.outcomes] == [(RECORDS[source], State.CHANGED)]
        assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_draft_without_its_suggestions_passes_the_checks(founding: Path, tmp_path: Path) -> None:
    for source in RECORDS:
        import_document(founding / "sources" / source, tmp_path, Known())
    assert make_edition(tmp_path, "decisions").problems == ()
    assert len(make_edition(tmp_path, "decisions").book.register.records) == len(RECORDS)
