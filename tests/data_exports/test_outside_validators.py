"""Outside tools, not our own code, accept every output, and refuse a broken sample of each."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from textwrap import dedent

import jsonschema_rs
import pytest

from tests.data_exports.conftest import Published, missing, python_with, run, standard, tool

# The tables


def frictionless(folder: Path) -> dict[str, list[str]]:
    """Which tables frictionless finds fault with, and why."""
    done = run(tool("frictionless"), "validate", "datapackage.json", "--json", cwd=folder)
    report = json.loads(done.stdout)
    assert report["stats"]["tasks"] == 11 or not report["valid"], "every table was looked at"
    faults = {task["name"]: [error["message"] for error in task["errors"]] for task in report["tasks"]}
    whole = {"package": [error["message"] for error in report["errors"]]}
    return {name: found for name, found in (faults | whole).items() if found}


def csvw(folder: Path) -> str:
    return run(tool("csvwvalidate"), "-v", "csvw.json", cwd=folder).stdout.strip()


def test_frictionless_accepts_the_tables(published: Published) -> None:
    assert frictionless(published / "data") == {}


def test_csvw_accepts_the_tables(published: Published) -> None:
    assert csvw(published / "data") == "OK"


BROKEN_TABLES = {
    "sums": ('"407290"', '"many"'),
    "links": ('"2018-01-hipss-award","varied by"', '"nowhere","varied by"'),
    "suppliers": ("action-for-children", ""),
    "events": ('"variation"', '"guess"'),
}
"""In each of these tables something is made wrong: a type, a reference, a key, a choice."""


def break_table(folder: Path, name: str) -> None:
    old, new = BROKEN_TABLES[name]
    text = (folder / f"{name}.csv").read_bytes().decode()
    assert old in text
    (folder / f"{name}.csv").write_bytes(text.replace(old, new).encode())


def test_frictionless_refuses_each_broken_table(founding_data: Published, tmp_path: Path) -> None:
    folder = shutil.copytree(founding_data / "data", tmp_path / "data")
    for name in BROKEN_TABLES:
        break_table(folder, name)
    assert frictionless(folder).keys() >= BROKEN_TABLES.keys()


@pytest.mark.parametrize("name", BROKEN_TABLES)
def test_csvw_refuses_a_broken_table(founding_data: Published, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(founding_data / "data", tmp_path / "data")
    break_table(folder, name)
    assert csvw(folder) != "OK"


# JSON and its schemas

KINDS = {"decisions": "decision", "contracts": "contract", "suppliers": "supplier", "years": "year"}
"""The schema of the documents in each folder."""


def json_faults(folder: Path) -> list[str]:
    """What the schemas find wrong with a folder's documents."""
    base = "https://schemas.example/"
    schemas = {file.stem: json.loads(file.read_text("utf-8")) for file in (folder / "schema").glob("*.json")}
    registry = jsonschema_rs.Registry([(f"{base}{name}.json", schema) for name, schema in schemas.items()])
    validators = {
        kind: jsonschema_rs.Draft202012Validator(
            {"$ref": f"{base}{kind}-document.json"}, registry=registry, validate_formats=True
        )
        for kind in (*KINDS.values(), "register")
    }
    documents = [folder / "register.json", *(f for name in KINDS for f in sorted((folder / name).glob("*.json")))]
    assert len(documents) > 5
    return [
        f"{path.name} {error.instance_path} {error.message[:200]}"
        for path in documents
        for error in validators[KINDS.get(path.parent.name, "register")].iter_errors(json.loads(path.read_bytes()))
    ]


def test_documents_match_their_schemas(published: Published) -> None:
    assert json_faults(published / "data") == []


BROKEN_DOCUMENTS = {
    "decisions/2018-01-hipss-award.json": {"status": "lost"},
    "decisions/2022-11-17-hipss-variation.json": {"record": {"date": "2018-01"}},
    "contracts/hipss.json": {"extra": 1},
    "suppliers/action-for-children.json": {"contracts": "hipss"},
    "years/2017.json": {"format": "0.9"},
    "register.json": {"decisions": {}},
}


def test_each_broken_document_is_refused(founding_data: Published, tmp_path: Path) -> None:
    folder = shutil.copytree(founding_data / "data", tmp_path / "data")
    for path, change in BROKEN_DOCUMENTS.items():
        document = json.loads((folder / path).read_text("utf-8"))
        (folder / path).write_text(json.dumps(document | change), "utf-8")
    assert {fault.partition(" ")[0] for fault in json_faults(folder)} == {Path(path).name for path in BROKEN_DOCUMENTS}


def test_the_schemas_are_schemas(founding_data: Published) -> None:
    schemas = sorted((founding_data / "data/schema").glob("*.json"))
    assert len(schemas) == 11
    done = run(tool("check-jsonschema"), "--check-metaschema", *schemas)
    assert done.returncode == 0, done.stdout


def test_a_broken_schema_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": "title"}', "utf-8")
    assert run(tool("check-jsonschema"), "--check-metaschema", broken).returncode == 1


def test_files_as_yaml_readers_read_them_match_the_schema(
    founding_data: Published, founding: Path, every_field: Path
) -> None:
    roots = (founding, every_field)
    files = {"decision": [path for root in roots for path in sorted(root.glob("*.yaml"))]}
    for path in (path for root in roots for path in sorted((root / "tables").glob("*.yaml"))):
        files.setdefault(path.stem, []).append(path)
    for name, paths in files.items():
        done = run(tool("check-jsonschema"), "--schemafile", founding_data / f"data/schema/{name}.json", *paths)
        assert done.returncode == 0, done.stdout


def test_a_broken_file_does_not_match_the_schema(founding_data: Published, tmp_path: Path) -> None:
    broken = tmp_path / "2018-a.yaml"
    broken.write_text("summary: x\ndate: 13/10/2018\nknown_from: 2017-b\n", "utf-8")
    schema = founding_data / "data/schema/decision.json"
    assert run(tool("check-jsonschema"), "--schemafile", schema, broken).returncode == 1


def openapi(path: Path) -> bool:
    return run(tool("openapi-spec-validator"), path).returncode == 0


def test_openapi_accepts_the_description(published: Published) -> None:
    assert openapi(published / "data/openapi.json")


def test_openapi_refuses_a_broken_one(founding_data: Published, tmp_path: Path) -> None:
    description = json.loads((founding_data / "data/openapi.json").read_text("utf-8"))
    del description["paths"]["/data/decisions/{id}.json"]["get"]["responses"]
    broken = tmp_path / "openapi.json"
    broken.write_text(json.dumps(description | {"info": {}}), "utf-8")
    assert not openapi(broken)


# OCDS

MERGE = dedent("""
    import json, sys, zipfile, ocdsmerge
    schema = json.loads(zipfile.ZipFile(sys.argv[1]).read("standard-1__1__5/schema/release-schema.json"))
    merger = ocdsmerge.Merger(schema)
    records = json.load(open(sys.argv[2], encoding="utf-8"))["records"]
    for record in records:
        assert record["compiledRelease"] == merger.create_compiled_release(record["releases"]), record["ocid"]
        assert record["versionedRelease"] == merger.create_versioned_release(record["releases"]), record["ocid"]
    print(len(records))
""")


def merge(path: Path) -> int:
    """How many records ocdsmerge recomputes to the same; none if any differs."""
    done = run(python_with("ocdsmerge"), "-c", MERGE, standard(), path)
    return int(done.stdout) if done.returncode == 0 else 0


@pytest.fixture(scope="session")
def local_standard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The standard's schemas with references to one another on this disk, for a tool that would fetch them."""
    folder = tmp_path_factory.mktemp("standard")
    with zipfile.ZipFile(standard()) as packed:
        packed.extractall(folder)
        names = packed.namelist()
    schemas = folder / "standard-1__1__5" / "schema"
    for path in schemas.glob("*.json"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("https://standard.open-contracting.org/schema/1__1__5/", f"{schemas.as_uri()}/"))
    local = folder / "local.zip"
    with zipfile.ZipFile(local, "w") as packed:
        for name in names:
            packed.write(folder / name, name)
    return local


def cove(path: Path, local: Path, work: Path) -> dict[str, object]:
    """What libcoveocds finds; it ends well whatever it finds, so its report is read."""
    work.mkdir(exist_ok=True)
    done = run(tool("libcoveocds"), "--schema-version", "1.1", "--standard-zip", local, path, cwd=work)
    report = json.loads(done.stdout)
    names = (
        "validation_errors",
        "additional_fields",
        "all_additional_fields",
        "additional_closed_codelist_values",
        "additional_open_codelist_values",
        "additional_checks",
        "deprecated_fields",
    )
    return {name: report[name] for name in names if report[name]}


@pytest.mark.parametrize("name", ["releases", "records"])
def test_libcoveocds_finds_nothing(published: Published, local_standard: Path, tmp_path: Path, name: str) -> None:
    assert cove(published / f"data/ocds/{name}.json", local_standard, tmp_path / "work") == {}


def test_ocdsmerge_recomputes_every_record(published: Published) -> None:
    path = published / "data/ocds/records.json"
    assert merge(path) == len(json.loads(path.read_text("utf-8"))["records"]) > 0
    assert all(merge(one) == 1 for one in sorted((published / "data/ocds/contracts").glob("*.json"))[:3])


def test_broken_ocds_is_refused(founding_data: Published, local_standard: Path, tmp_path: Path) -> None:
    package = json.loads((founding_data / "data/ocds/releases.json").read_text("utf-8"))
    package["releases"][0] |= {"date": "January 2018", "tag": ["guess"]}
    broken = tmp_path / "releases.json"
    broken.write_text(json.dumps(package), "utf-8")
    assert cove(broken, local_standard, tmp_path / "work").keys() >= {"validation_errors"}
    package = json.loads((founding_data / "data/ocds/records.json").read_text("utf-8"))
    package["records"][0]["compiledRelease"]["contracts"][0]["period"]["endDate"] = "2030-01-01T00:00:00Z"
    broken.write_text(json.dumps(package), "utf-8")
    assert merge(broken) == 0


# Feeds, calendars, the database

FEEDS = 'require "rss"; ARGV.each { |path| RSS::Parser.parse(File.read(path, encoding: "UTF-8"), true) }'


def ruby_accepts(paths: list[Path]) -> bool:
    ruby = tool("ruby")
    if run(ruby, "-e", 'require "rss"').returncode:
        missing("Ruby's library rss")
    return run(ruby, "-e", FEEDS, *paths).returncode == 0


def test_ruby_accepts_the_feeds(published: Published) -> None:
    feeds = sorted((published / "data/feeds").rglob("*.atom"))
    assert len(feeds) > 2
    assert ruby_accepts(feeds)


@pytest.mark.parametrize("element", ["id", "updated", "title"])
def test_ruby_refuses_a_broken_feed(founding_data: Published, tmp_path: Path, element: str) -> None:
    text = (founding_data / "data/feeds/decisions.atom").read_text("utf-8")
    broken = tmp_path / "broken.atom"
    broken.write_text(re.sub(f"(<entry>.*?)<{element}>.*?</{element}>", r"\1", text, count=1, flags=re.DOTALL), "utf-8")
    assert not ruby_accepts([broken])


def test_xmllint_reads_the_feeds(published: Published) -> None:
    feeds = sorted((published / "data/feeds").rglob("*.atom"))
    assert run(tool("xmllint"), "--noout", *feeds).returncode == 0


@pytest.mark.parametrize(("old", "new"), [("</feed>", ""), ("</title>", "</titel>"), ("<entry>", "<entry>&nbsp;")])
def test_xmllint_refuses_a_broken_feed(founding_data: Published, tmp_path: Path, old: str, new: str) -> None:
    text = (founding_data / "data/feeds/decisions.atom").read_text("utf-8")
    assert old in text
    broken = tmp_path / "broken.atom"
    broken.write_text(text.replace(old, new, 1), "utf-8")
    assert run(tool("xmllint"), "--noout", broken).returncode != 0


SITEMAP = Path(__file__).with_name("sitemap.rng")


def sitemap_accepted(path: Path) -> bool:
    return run(tool("xmllint"), "--noout", "--relaxng", SITEMAP, path).returncode == 0


def test_xmllint_accepts_the_site_map(site: Path) -> None:
    assert sitemap_accepted(site / "sitemap.xml")


@pytest.mark.parametrize("site", ["founding"], indirect=True)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"<loc>https", "<loc>httpx"),
        (r"<lastmod>2\d{3}-", "<lastmod>year-"),
        (r"<loc>.*?</loc>", ""),
        (r"</urlset>", ""),
        (r"sitemaps\.org/schemas/sitemap/0\.9", "sitemaps.org/schemas/sitemap/1.0"),
    ],
)
def test_xmllint_refuses_a_broken_site_map(site: Path, tmp_path: Path, old: str, new: str) -> None:
    text, made = re.subn(old, new, (site / "sitemap.xml").read_text("utf-8"), count=1)
    assert made
    broken = tmp_path / "sitemap.xml"
    broken.write_text(text, "utf-8")
    assert not sitemap_accepted(broken)


CALENDARS = dedent("""
    import sys
    from datetime import date, datetime
    from icalendar import Calendar
    for path in sys.argv[1:]:
        raw = open(path, "rb").read()
        assert raw.endswith(b"\\r\\n") and b"\\n" not in raw.replace(b"\\r\\n", b""), "lines end in CRLF"
        assert all(len(line) <= 75 for line in raw.split(b"\\r\\n")), "lines are folded"
        calendar = Calendar.from_ical(raw)
        assert not calendar.errors, calendar.errors
        events = calendar.walk("VEVENT")
        assert events and calendar["VERSION"] == "2.0" and calendar["PRODID"]
        assert len({str(event["UID"]) for event in events}) == len(events), "each event has an id of its own"
        for event in events:
            assert not event.errors, event.errors
            assert isinstance(event["DTSTAMP"].dt, datetime) and event["DTSTAMP"].dt.tzinfo
            assert type(event["DTSTART"].dt) is date and event["DTEND"].dt > event["DTSTART"].dt
""")


def calendars_accepted(paths: list[Path]) -> bool:
    return run(python_with("icalendar"), "-c", CALENDARS, *paths).returncode == 0


def test_icalendar_accepts_the_calendars(published: Published) -> None:
    calendars = sorted((published / "data/calendars").rglob("*.ics"))
    assert calendars
    assert calendars_accepted(calendars)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DTSTART;VALUE=DATE:2024", "DTSTART;VALUE=DATE:year"),
        ("UID:hipss-end", "UID:hipss-tiss-2014-end"),
        ("\r\n", "\n"),
    ],
)
def test_icalendar_refuses_a_broken_one(founding_data: Published, tmp_path: Path, old: str, new: str) -> None:
    text = (founding_data / "data/calendars/contracts.ics").read_bytes().decode()
    assert old in text
    broken = tmp_path / "broken.ics"
    broken.write_bytes(text.replace(old, new).encode())
    assert not calendars_accepted([broken])


def sqlite(path: Path, *statements: str) -> str:
    done = run(tool("sqlite3"), path, *statements)
    return done.stdout.strip() + done.stderr.strip()


def test_sqlite_finds_the_database_sound(published: Published) -> None:
    path = published / "data/register.db"
    assert sqlite(path, "PRAGMA integrity_check") == "ok"
    assert sqlite(path, "PRAGMA foreign_key_check") == ""
    assert sqlite(path, "SELECT count(*) FROM decisions") == str(len(published.pub.book.register.records))
    assert int(sqlite(path, "SELECT count(*) FROM decisions_search WHERE decisions_search MATCH 'contract'")) > 0


def test_sqlite_finds_a_broken_reference(founding_data: Published, tmp_path: Path) -> None:
    path = shutil.copy(founding_data / "data/register.db", tmp_path)
    sqlite(path, "PRAGMA foreign_keys = OFF; DELETE FROM contracts")
    assert "events" in sqlite(path, "PRAGMA foreign_key_check")
