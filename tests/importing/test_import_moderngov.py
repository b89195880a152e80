"""Pages of ModernGov with the markup that the system makes, as a browser saves them."""

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from drafts import data_of, drafts_of

from hipss_register.build import make_edition
from hipss_register.cli import main
from hipss_register.read import read_decision_text

PAGES = Path(__file__).parent / "pages"


def saved(folder: Path, name: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Each draft that a page gives: its id, text and fields."""
    return [(d.id, d.text, data_of(d)) for d in drafts_of(folder, name, (PAGES / name).read_bytes())]


class TestDecisionPage:
    @pytest.fixture
    def page(self, tmp_path: Path) -> tuple[str, str, dict[str, Any]]:
        (draft,) = saved(tmp_path, "moderngov-decision.html")
        return draft

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            # the title stands outside the part that ModernGov calls the content
            ("title", "Repair of the footbridge at Mill Meadow (Phase 2)"),
            ("reference", {"ModernGov decision": "21067", "ModernGov issue": "40311"}),
            ("date", {"date": "2024-05-21", "words": "21/05/2024"}),
            ("published", {"date": "2024-05-22", "words": "22/05/2024"}),
            ("effective", {"date": "2024-05-31", "words": "31/05/2024"}),
            ("decision_maker", "Head of Bridges & Structures"),
            ("key", "yes"),
            ("call_in", "yes"),
            ("wards", ["Mill Meadow", "Quayside"]),
            ("consultation", "The parish council."),
            # lines that Word broke are whole, a footnote's mark is no figure of the sum, an ordinal is one word
            (
                "decision",
                "The contract for the footbridge is let to Stone and Timber Limited for a sum not exceeding"
                " £86,400¹.\n\nThe work begins on the 3rd of June 2024.\n",
            ),
            ("reasons", "(1) The deck is worn.\n\n(2) A flood is likely.\n"),
            ("alternatives", "To close the bridge."),
            # without the sizes of files, and with the address as an address is written
            (
                "documents",
                [
                    {
                        "title": "Bridge report",
                        "url": "https://democracy.wyeford.example/documents/s7942/Bridge%20report.pdf",
                    },
                    {"title": "Plan", "url": "https://democracy.wyeford.example/documents/s7943/Plan.pdf"},
                ],
            ),
        ],
    )
    def test_field(self, page: tuple[str, str, dict[str, Any]], field: str, value: Any) -> None:
        assert page[2][field] == value

    def test_what_is_around_the_page_is_counted_and_persons_are_kept_for_a_person(
        self, page: tuple[str, str, dict[str, Any]]
    ) -> None:
        _, text, data = page
        assert [(one["label"], one["words"]) for one in data["unplaced"]] == [
            ("Contact", "Jo Bloggs, Engineer Email: jo@wyeford.example"),
            ("Report author", "Jo Bloggs"),
        ]
        assert "# Left out: 3 pieces of the page around its main content." in text
        assert "tracker" not in text

    def test_a_page_without_a_maker_has_the_meeting_suggested(self, tmp_path: Path) -> None:
        html = (PAGES / "moderngov-decision.html").read_text("utf-8")
        label = '<p><span  class="mgLabel" >Decision Maker: </span>Head of Bridges &#38; Structures</p>'
        (draft,) = drafts_of(tmp_path, "a.html", html.replace(label, ""))
        assert "# Suggested, from “Decided at meeting”: decision_maker: Cabinet\n" in draft.text
        assert "decision_maker" not in data_of(draft)


class TestList:
    def test_its_dates_are_those_of_publication(self, tmp_path: Path) -> None:
        repair, lease = saved(tmp_path, "moderngov-decisions.html")
        assert [draft_id for draft_id, _, _ in (repair, lease)] == [
            "undated-repair-footbridge-mill-meadow",
            "undated-lease-kiosk",
        ]
        for draft_id, text, data in (repair, lease):
            assert data["date"] == "not known"
            assert read_decision_text(text, "x", draft_id)[1] == []
        assert repair[2]["summary"] == "Repair of the footbridge at Mill Meadow"
        assert repair[2]["published"] == {"date": "2024-05-22", "words": "22/05/2024"}
        assert repair[2]["reference"] == {"ModernGov decision": "21067"}
        assert "# Suggested, from the day of its publication: date: not after 2024-05-22\n" in repair[1]
        assert lease[2]["notes"] == ["The document gives under “Call-ins”: “Not for call-in”."]

    def test_without_its_address_it_is_not_accepted_until_that_is_given(self, tmp_path: Path) -> None:
        page, folder = PAGES / "moderngov-officer-decisions.html", tmp_path / "decisions"
        command = ["import", str(page), "--decisions", str(folder)]
        result = CliRunner().invoke(main, command)
        assert "find a place for 1 passage" in result.stdout
        assert "import it again with --saved-from" in next(folder.glob("*.yaml")).read_text("utf-8")
        address = "https://democracy.wyeford.example/mgListOfficerDecisions.aspx"
        CliRunner().invoke(main, [*command, "--force", "--saved-from", address])
        edition = make_edition(folder, "decisions")
        assert edition.errors == 0
        (record,) = edition.book.register.records.values()
        assert record.form.known_from[0].url == "https://democracy.wyeford.example/ieDecisionDetails.aspx?ID=21049"

    def test_an_address_that_is_none_is_refused(self, tmp_path: Path) -> None:
        page = PAGES / "moderngov-officer-decisions.html"
        result = CliRunner().invoke(main, ["import", str(page), "--decisions", str(tmp_path), "--saved-from", "here"])
        assert result.exit_code == 2
        assert "cannot be the address of a page" in result.stderr
        assert not list(tmp_path.iterdir())


def test_a_page_saved_in_one_file_is_read_with_its_address(tmp_path: Path) -> None:
    page = MIMEMultipart("related")
    page["Snapshot-Content-Location"] = "https://democracy.wyeford.example/ieDecisionDetails.aspx?ID=21067"
    html = (PAGES / "moderngov-decision.html").read_text("utf-8").replace("<!-- saved from", "<!-- not saved from")
    page.attach(MIMEText(html, "html", "utf-8"))
    page.attach(MIMEImage(b"GIF89a", "gif"))
    file = tmp_path / "Decision.mhtml"
    file.write_bytes(page.as_bytes())
    result = CliRunner().invoke(main, ["import", str(file), "--decisions", str(tmp_path / "d")])
    assert result.exit_code == 0, result.output
    (draft,) = (tmp_path / "d").glob("*.yaml")
    (whole,) = drafts_of(tmp_path, "a.html", (PAGES / "moderngov-decision.html").read_bytes())
    mine, theirs = yaml.safe_load(draft.read_text("utf-8")), yaml.safe_load(whole.text)
    assert mine.pop("source")["file"] == "sources/decision.mhtml.txt"
    theirs.pop("source")
    assert mine == theirs
    assert (tmp_path / "d" / "sources" / "decision.mhtml.txt").read_bytes() == file.read_bytes()


def test_a_message_without_a_page_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(b"Subject: x\n\nHello.\n")
    result = CliRunner().invoke(main, ["import", str(tmp_path / "a.mht"), "--decisions", str(tmp_path / "d")])
    assert result.exit_code == 1
    assert "UNREADABLE there is no page in it" in result.stderr
