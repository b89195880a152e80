"""What the data holds: every field, the same bytes each time, no formulas, true dates, and nothing invented."""

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.structure.files import File

from hipss_register.cli.export import export
from hipss_register.data import jsonld, paths
from hipss_register.data.atom import latest
from hipss_register.data.calendars import folded
from hipss_register.data.csv_files import line, safe
from hipss_register.data.files import DataFile
from hipss_register.data.formats import FORMATS, data_files
from hipss_register.data.links import page_data
from hipss_register.data.ocds.packages import why_none
from hipss_register.data.page import data_page_view
from hipss_register.data.publication import Publication
from hipss_register.data.tables import TABLES
from hipss_register.data.web import PageDates
from hipss_register.site.audit import Audit
from hipss_register.site.page import PageContent, PlannedPage
from hipss_register.site.pages import plan_pages
from hipss_register.site.render import Renderer
from tests.data_exports.conftest import SETTINGS, Published, publication
from tests.data_exports.everything import publication_of_everything
from tests.site.conftest import write_tree


def content(file: DataFile) -> bytes:
    return b"".join(file.chunks())


def rows(published: Published, table: str) -> list[dict[str, str]]:
    with (published / paths.table(table)).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# Complete

CARRIED = {
    "ocds": {
        "summary", "date", "decision", "reasons", "contracts.ceiling", "contracts.value", "contracts.cost",
        "contracts.saving", "contracts.income", "contracts.grant", "contracts.term", "tables.contracts.name",
        "tables.contracts.ocid", "tables.suppliers.name", "tables.suppliers.company", "tables.suppliers.charity",
        "tables.suppliers.url",
    },
    "atom": {"summary", "kind", "published", "decision_maker", "decision", "corrections", "tables.contracts.short"},
    "calendar": {"summary", "contracts.term", "tables.contracts.short", "tables.contracts.review"},
}  # fmt: skip


def part_of(path: str) -> str:
    """The field that a path leads into, as far down as the table above goes."""
    depth = 3 if path.startswith("tables.") else 2 if path.startswith("contracts.") else 1
    return ".".join(path.split(".")[:depth])


def text_of(name: str, pub, tmp_path: Path) -> str:
    made = [content(file) for file in FORMATS[name].files(pub)]
    if name != "sqlite":
        text = "\n".join(part.decode() for part in made)
        return re.sub(r"VALUE=DATE:(\d{4})(\d\d)(\d\d)", r"\1-\2-\3", text)
    path = tmp_path / "register.db"
    path.write_bytes(made[0])
    with sqlite3.connect(path) as database:
        return "\n".join(database.iterdump())


@pytest.mark.parametrize("withheld", [False, True], ids=["said", "withheld"])
@pytest.mark.parametrize("name", ["json", "csv", "sqlite"])
def test_every_field_reaches_the_formats_that_take_all(name: str, withheld: bool, tmp_path: Path) -> None:
    pub, marks = publication_of_everything(withheld)
    text = text_of(name, pub, tmp_path)
    assert len(marks) > 100
    assert [path for mark, path in marks.items() if mark not in text] == []


@pytest.mark.parametrize("name", CARRIED)
def test_the_other_formats_take_what_they_are_said_to_take(name: str, tmp_path: Path) -> None:
    pub, marks = publication_of_everything()
    text = text_of(name, pub, tmp_path)
    assert {part_of(path) for mark, path in marks.items() if mark in text} == CARRIED[name]
    assert FORMATS[name].lacks


# The same bytes each time


@pytest.mark.parametrize("register", ["founding", "every_field"])
def test_the_same_records_make_the_same_bytes(request: pytest.FixtureRequest, register: str) -> None:
    root = request.getfixturevalue(register)
    first = {file.path: content(file) for file in data_files(publication(root))}
    second = {file.path: content(file) for file in data_files(publication(root))}
    assert first == second


def test_a_file_can_be_read_twice(founding: Path) -> None:
    assert all(content(file) == content(file) for file in data_files(publication(founding)))


@given(
    order=st.permutations([*TABLES, "sqlite"]), given_up=st.dictionaries(st.sampled_from([*TABLES]), st.integers(1, 2))
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tables_are_the_same_in_whatever_order_they_are_asked_for(
    founding_data: Published, order: list[str], given_up: dict[str, int]
) -> None:
    """Whether or not somebody asked for one before and read no more than its beginning."""
    pub = replace(founding_data.pub)
    files = {file.path: file for name in ("csv", "sqlite") for file in FORMATS[name].files(pub)}
    for name in order:
        path = paths.SQLITE if name == "sqlite" else paths.table(name)
        for _ in zip(range(given_up.get(name, 0)), files[path].chunks(), strict=False):
            pass
        assert content(files[path]) == (founding_data / path).read_bytes()


def test_the_files_that_the_data_page_lists_come_first(founding_data: Published) -> None:
    for form in FORMATS.values():
        listed = [file.listed for file in form.files(founding_data.pub)]
        assert listed == sorted(listed, reverse=True)


def test_no_two_files_have_one_path(published: Published) -> None:
    made = [file.path.casefold() for file in data_files(published.pub)]
    assert len(made) == len(set(made))


def test_nothing_of_this_machine_is_written(founding_data: Published) -> None:
    for path in founding_data.folder.rglob("*"):
        assert path.is_dir() or str(Path(__file__).parents[2]).encode() not in path.read_bytes()


# Tables


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44", "-2+3", "@SUM(A1)", " =1", "\t=1", "|x", "%x", ";x", ",x", "\uff1d1", "\uff20x", "\r=1"]
)
def test_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=1", "£5", "(x)", "2018-01", "", "’"])
def test_other_text_stays_as_it_is(cell: str) -> None:
    assert safe(cell) == cell


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")), min_size=1))
def test_a_line_reads_back_as_it_was_written(cells: list[str]) -> None:
    assert next(csv.reader(io.StringIO(line(cells), newline=""), strict=True)) == list(map(safe, cells))


def test_dates_keep_their_precision(founding_data: Published) -> None:
    found = {row["id"]: (row["date"], row["date_precision"]) for row in rows(founding_data, "decisions")}
    assert found["2018-01-hipss-award"] == ("2018-01", "month")
    assert found["2017-hipss-tiss-renewal"] == ("2017", "year")
    assert found["2017-10-13-hipss-specification"] == ("2017-10-13", "day")


def test_the_transparency_codes_columns_come_first() -> None:
    columns = [column.name for column in TABLES["contracts"].columns]
    asked = (
        "reference_number", "title", "department", "description", "supplier_names", "sum", "vat_not_recovered",
        "start_date", "end_date", "review_date", "invitation", "supplier_sme", "supplier_vcse", "supplier_registration",
    )  # fmt: skip
    assert [name for name in columns if name in asked] == list(asked)
    assert columns.index("supplier_registration") < columns.index("url")


def test_a_review_is_in_the_table_and_in_the_calendar(every_field: Path) -> None:
    pub = publication(every_field)
    files = {file.path: file for file in data_files(pub)}
    table = csv.DictReader(io.StringIO(content(files[paths.table("contracts")]).decode(), newline=""))
    leisure = next(row for row in table if row["id"] == "leisure")
    assert (leisure["review_date"], leisure["review_date_precision"]) == ("2028-09-30", "day")
    assert leisure["vat_not_recovered"] == "1200"
    calendar = content(files[paths.contract_calendar("leisure")]).decode().replace("\r\n ", "")
    event = next(part for part in calendar.split("BEGIN:VEVENT") if "UID:leisure-review@" in part)
    assert "DTSTART;VALUE=DATE:20280930\r\nDTEND;VALUE=DATE:20281001\r\n" in event
    assert "SUMMARY:Leisure: to be reviewed" in event


def test_what_is_worked_out_says_so(founding_data: Published) -> None:
    hipss = next(row for row in rows(founding_data, "contracts") if row["id"] == "hipss")
    assert hipss["end_date"] == "2024-03-31"
    assert hipss["end_date_from"] == "2022-11-17-hipss-variation"
    assert hipss["start_date_worked_out"]
    assert hipss["sum"] == ""
    assert hipss["sum_note"]


def test_the_four_kinds_of_nothing_are_apart(every_field: Path, tmp_path: Path) -> None:
    pub = publication(every_field)
    sums = content(next(file for file in data_files(pub) if file.path == paths.table("sums"))).decode()
    decisions = content(next(file for file in data_files(pub) if file.path == paths.table("decisions"))).decode()
    assert "[nil]" in sums
    assert "[withheld, paragraphs 3:" in sums
    assert "[not stated]" in decisions


# OCDS


@pytest.mark.parametrize(("change", "told"), [({"ocid_prefix": ""}, "ocid prefix"), ({"site_url": ""}, "site_url")])
def test_without_what_it_needs_there_is_no_ocds_and_a_reason(founding: Path, change: dict[str, str], told: str) -> None:
    pub = publication(founding, replace(SETTINGS, **change))
    assert list(FORMATS["ocds"].files(pub)) == []
    assert told in why_none(pub)


def test_a_contract_with_an_ocid_of_its_own_needs_no_prefix(every_field: Path) -> None:
    pub = publication(every_field, replace(SETTINGS, ocid_prefix=""))
    package = json.loads(content(next(file for file in FORMATS["ocds"].files(pub) if file.path == paths.RECORDS)))
    assert [record["ocid"] for record in package["records"]] == ["ocds-abc123-leisure-2019"]


def hipss_releases(published: Published) -> list[dict]:
    package = json.loads((published / paths.contract_ocds("hipss")).read_text("utf-8"))
    return package["records"][0]["releases"]


def test_the_founding_chain_is_told_as_the_records_tell_it(founding_data: Published) -> None:
    made = hipss_releases(founding_data)
    assert [(release["id"], release["tag"]) for release in made] == [
        ("2017-09-28-hipss-procurement-approval-r1", ["planning"]),
        ("2017-10-13-hipss-specification-r1", ["planningUpdate"]),
        ("2018-01-hipss-award-r1", ["award", "contract"]),
        ("2022-11-17-hipss-variation-before-r1", ["contractUpdate"]),
        ("2022-11-17-hipss-variation-r1", ["contractAmendment"]),
    ]
    assert made[2]["date"] == "2018-01-31T23:59:59Z"
    assert "date" not in made[2]["awards"][0], "January 2018 is no OCDS date"
    assert "period" not in made[2]["contracts"][0], "no record states a day of the first term"
    assert made[3]["contracts"][0]["period"] == {"endDate": "2023-03-31T23:59:59Z"}
    assert made[4]["contracts"][0]["period"]["endDate"] == "2024-03-31T23:59:59Z"
    assert not any("value" in contract for release in made for contract in release.get("contracts", ()))
    assert "amount" not in made[0]["planning"]["budget"], "the ceiling covers two services"


def test_a_correction_makes_another_release(founding: Path, tmp_path: Path) -> None:
    root = shutil.copytree(founding, tmp_path / "decisions")
    before = content(next(f for f in data_files(publication(root)) if f.path == paths.RELEASES))
    with (root / "2022-11-17-hipss-variation.yaml").open("a", encoding="utf-8") as stream:
        stream.write("\ncorrections: {date: 2026-01-05, what: We had left out a word.}\n")
    pub = publication(root)
    after = content(next(f for f in data_files(pub) if f.path == paths.RELEASES))
    old, new = ({release["id"] for release in json.loads(text)["releases"]} for text in (before, after))
    assert old - new == {"2022-11-17-hipss-variation-r1", "2022-11-17-hipss-variation-before-r1"}
    assert new - old == {"2022-11-17-hipss-variation-r2", "2022-11-17-hipss-variation-before-r2"}
    feed = content(next(f for f in data_files(pub) if f.path == paths.FEED)).decode()
    assert "<updated>2026-01-05T23:59:59Z</updated>" in feed
    assert "Corrected in the register (5 January 2026): We had left out a word." in feed


@pytest.mark.parametrize(
    ("ended", "tag", "status"),
    [("s", ["contractAmendment"], [None]), ("[s, t]", ["contractTermination"], ["terminated"])],
)
def test_a_contract_of_which_a_part_ends_is_not_terminated(
    tmp_path: Path, ended: str, tag: list[str], status: list[str | None]
) -> None:
    known = "summary: A\nknown_from: {url: https://council.example/1}\n"
    event = "contracts: {{contract: c, event: {}, suppliers: {}}}\n"
    award = "date: 2018-01-02\n" + known + event.format("award", "[s, t]")
    write_tree(
        tmp_path,
        {
            "tables/contracts.yaml": "c: {name: C}\n",
            "tables/suppliers.yaml": "s: {name: S}\nt: {name: T}\n",
            "2018-01-02-a.yaml": award,
            "2019-01-02-b.yaml": "date: 2019-01-02\nlinks: {varies: 2018-01-02-a}\n"
            + known
            + event.format("termination", ended),
        },
    )
    file = next(file for file in FORMATS["ocds"].files(publication(tmp_path)) if file.path == paths.RELEASES)
    release = next(one for one in json.loads(content(file))["releases"] if one["id"] == "2019-01-02-b-r1")
    assert release["tag"] == tag
    assert [contract.get("status") for contract in release["contracts"]] == status


# Feeds, calendars, pages


def test_an_entry_is_updated_when_a_later_decision_changes_it(founding_data: Published) -> None:
    feed = (founding_data / paths.FEED).read_text("utf-8")
    award = next(part for part in feed.split("<entry>") if "2018-01-hipss-award/</id>" in part)
    assert "<published>2018-01-31T23:59:59Z</published>" in award
    assert "<updated>2022-11-17T23:59:59Z</updated>" in award
    assert "Varied by: HIPSS contract varied for up to 12 months, 17 November 2022." in award


@pytest.fixture(scope="module")
def thousand_decisions(thousand: Path) -> Publication:
    return publication(thousand)


def test_a_feed_holds_the_latest_changes(thousand_decisions: Publication) -> None:
    pub = thousand_decisions
    shown = latest(pub, pub.records, 100)
    assert len(shown) == 100
    feed = content(next(f for f in data_files(pub) if f.path == paths.FEED)).decode()
    assert feed.count("<entry>") == 100


@pytest.mark.parametrize("name", ["json", "csv", "sqlite", "ocds"])
def test_large_files_are_made_in_small_pieces(thousand_decisions: Publication, name: str) -> None:
    main = next(file for file in FORMATS[name].files(thousand_decisions) if file.path == FORMATS[name].main)
    sizes = [len(piece) for piece in main.chunks()]
    assert sum(sizes) > 1_000_000
    assert max(sizes) < sum(sizes) / 4


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_folded_line_unfolds(text: str) -> None:
    made = folded([f"SUMMARY:{text}"])
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert made.replace(b"\r\n ", b"").decode() == f"SUMMARY:{text}\r\n"


def test_without_an_address_there_are_no_feeds_but_all_else(founding: Path) -> None:
    pub = publication(founding, replace(SETTINGS, site_url=""))
    made = {file.path for file in data_files(pub)}
    assert paths.REGISTER in made
    assert paths.SQLITE in made
    assert not any(path.endswith((".atom", ".ics")) for path in made)
    assert b'"url":null' in content(next(file for file in data_files(pub) if file.path == paths.REGISTER))


HOSTILE = "</script><script>alert(1)</script> & <!-- \u2028"


def test_json_ld_cannot_leave_its_block(decisions) -> None:
    pub = publication(
        decisions(
            {"2018-01-a.yaml": f"summary: '{HOSTILE[:-1]}'\ndate: 2018-01\nknown_from: {{url: https://a.example/}}\n"}
        )
    )
    text = jsonld.decision_jsonld(pub, "2018-01-a")
    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text)["@graph"][0]["name"] == HOSTILE[:-1].strip()


def test_json_ld_makes_no_false_claim(founding_data: Published) -> None:
    for record in founding_data.pub.records:
        work, crumbs = json.loads(jsonld.decision_jsonld(founding_data.pub, record.id))["@graph"]
        assert (work["@type"], crumbs["@type"]) == ("CreativeWork", "BreadcrumbList")
    assert json.loads(jsonld.contract_jsonld(founding_data.pub, "hipss"))["@graph"][0]["@type"] == "WebPage"


def every_page(data: Published) -> Iterator[PlannedPage]:
    audit = Audit(data.pub.book)
    return plan_pages(data.pub.book, audit, audit)


def test_every_page_offers_data_that_is_there(founding_data: Published) -> None:
    there = {file.path for file in data_files(founding_data.pub)}
    offered = {p.address: page_data(founding_data.pub, p.address, there).links for p in every_page(founding_data)}
    assert {link.path for links in offered.values() for link in links} <= there
    assert [link.path for link in offered["contracts/hipss.md"]] == [
        paths.contract("hipss"),
        paths.contract_ocds("hipss"),
        paths.contract_calendar("hipss"),
        paths.contract_feed("hipss"),
    ]
    assert all(offered[f"decisions/{record.id}.md"] for record in founding_data.pub.records)


def test_every_document_is_offered_by_a_page(founding_data: Published) -> None:
    there = {file.path for file in data_files(founding_data.pub)}
    pages = every_page(founding_data)
    offered = {link.path for page in pages for link in page_data(founding_data.pub, page.address, there).links}
    listed = {file.path for file in data_files(founding_data.pub) if file.listed}
    assert there - offered - listed == {paths.ROBOTS}


def test_the_data_page_links_to_what_it_lists(founding_data: Published) -> None:
    pub = founding_data.pub
    view = data_page_view(pub)
    page = PageContent(paths.PAGE, "Data", "", "data.html", paths.PAGE, view, contents=view.contents)
    linked: list[str] = []
    html = Renderer(pub.book, SETTINGS).render(page, lambda address: linked.append(address) or address)
    assert {file.path for file in data_files(pub) if file.listed} <= set(linked)
    assert all(f'id="{name}"' in html for name in FORMATS)
    assert f"{SETTINGS.site_url}{paths.REGISTER}" in html


def test_page_dates_are_those_of_the_records(founding_data: Published) -> None:
    day_of = PageDates(founding_data.pub).get
    shown = {page.address for page in every_page(founding_data)}
    audit = {address for address in shown if address.startswith("checks/") or address.endswith("/bundle.md")}
    assert {address for address in {*shown, paths.PAGE} if day_of(address)} == (shown - audit) | {paths.PAGE}
    assert str(day_of("contracts/hipss-tiss-2014.md")) == "2017-12-31"
    assert str(day_of("index.md")) == "2022-11-17"


@pytest.mark.parametrize("site_url", ["https://r.example/", "https://r.example/sub/", "https://r.example/sub/page"])
@pytest.mark.parametrize("directories", [True, False])
def test_pages_are_where_mkdocs_puts_them(site_url: str, directories: bool) -> None:
    settings = replace(SETTINGS, site_url=site_url, use_directory_urls=directories)
    for address in ("index.md", "data/index.md", "decisions/index.md", "decisions/2018-a.md", "years/a b/2.md"):
        theirs = urljoin(site_url, File(address, None, "", directories).url)
        assert settings.canonical(address) == theirs


# The command


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_what_the_site_has(
    founding: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text(
        "site_name: R\nsite_url: https://r.example/\nplugins:\n- hipss-register:\n    ocid_prefix: ocds-213czf\n",
        "utf-8",
    )
    done = CliRunner().invoke(export, [name, "-o", "out", "--decisions", str(founding)])
    assert done.exit_code == 0, done.output
    settings = replace(SETTINGS, site_name="R", organisation="", contact="", licence="", site_url="https://r.example/")
    wanted = {file.path: content(file) for file in FORMATS[name].files(publication(founding, settings))}
    written_files = {p.relative_to("out").as_posix(): p.read_bytes() for p in Path("out").rglob("*") if p.is_file()}
    assert written_files.keys() == wanted.keys()
    assert {path for path in wanted if wanted[path] != written_files[path]} <= {
        "data/register.json",
        "data/findings.csv",
        "data/register.db",
    }
    printed = CliRunner().invoke(export, [name, "--decisions", str(founding)])
    assert printed.stdout_bytes == written_files[FORMATS[name].main]


def test_the_command_says_why_there_is_nothing(founding: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, told in {"ocds": "site_url", "atom": "site_url", "calendar": "site_url"}.items():
        done = CliRunner().invoke(export, [name, "--decisions", str(founding)])
        assert done.exit_code == 1
        assert told in done.output


def test_the_command_writes_nothing_from_records_with_mistakes(decisions, tmp_path: Path) -> None:
    root = decisions({"2018-01-a.yaml": "summary: x\ndate: 2018-13\n"})
    done = CliRunner().invoke(export, ["json", "-o", str(tmp_path / "out"), "--decisions", str(root)])
    assert done.exit_code == 1
    assert "BAD-DATE" in done.output
    assert not (tmp_path / "out").exists()
