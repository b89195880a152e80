"""The schema accepts what the reader accepts and refuses what the reader refuses, value by value and file by file."""

import functools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema_rs
import pytest
import yaml

from hipss_register.cli.init import STARTER
from hipss_register.data import documents as d
from hipss_register.data import paths, schema_files
from hipss_register.data.entities import decision_facts
from hipss_register.data.json_files import json_files
from hipss_register.data.schema import decision_schema, file_schema
from hipss_register.data.schema_files import FILE_SCHEMAS
from hipss_register.examples import EXAMPLES, WAYS
from hipss_register.fields import form_parts, value_of, written
from hipss_register.model import EVENT_KINDS, ContractEvent, DecisionForm, Tables
from hipss_register.read import read_decision_text
from hipss_register.read.rules import events_carry_their_fields, held_or_cited
from hipss_register.read.shape import read_shape
from hipss_register.read.yaml_text import parse_yaml
from hipss_register.reference.pages import stale_schemas
from tests.conftest import DATA
from tests.data_exports.conftest import publication
from tests.data_exports.standard import ROOT

WORDS = (
    "x", "2017", "2017-10", "2017-10-13", "2017-13", "2017-02-29", "2016-02-29", "1900-02-29", "2000-02-29", "2017-1-1",
    "13/10/2017", "1799", "2200", "2024-03-01 to 2024-06-30", "2024-06-30 or 2024-03-01", "not before 2024-04-01",
    "Not  After 2024", "not before2024", "2024 to 2025 to 2026", "2024-03-01  to  2024-06", "none", "None", "nil",
    "NIL",
    "not stated", "NOT  Known", "withheld", "not", "yes", "no", "Yes", "true", "on", "1", "0", "y", "3", "10", "11",
    "03",
    "-1", "3 years", "3 year", "18 months", "5 years 9 months", "5years, 9 months and 2 weeks", "0 years",
    "3 years 2 years", "201 years", "200 years", "3 + 1 + 1 years", "3 years + up to 2 years", "up to 12 months",
    "up to 3 + 1 years", "3 + 1", "3 years +", "3 years + 1 + 2 months", "407290", "£407,290", "£ 407,290.50", "407,29",
    "1,000,000,000,000,000", "12.34567", "£", "-5", "500k", "https://a.gov.uk/x?y=1#z", "http://a", "ftp://a.b",
    "https://u@a.b/", "https://a.b/ c", "HTTPS://A.B", "https://a.b:99999/", "https://a.b:443/", "https://é.uk", "a-b",
    "A-b", "a--b", "-a", "a_b", "a1", "a" * 81, "award", "decided", "pending", "executive", "GBP", "gbp", "2024-25",
    "2024-2025", "interim", "PCR 2015", "special urgency", "decision confirmed", "included", "two words",
    "line one\nline two", " spaced ", "", "0" * 64, "f" * 63,
)  # fmt: skip
MAPPINGS: tuple[dict[str, Any], ...] = (
    {}, {"x": "y"}, {"name": "Head"}, {"name": "b", "worked_out": "x"}, {"supplier": "a"},
    {"supplier": "b", "lots": "L"},
    {"nothing": "withheld", "paragraphs": ["3"]}, {"nothing": "withheld", "paragraphs": "3"}, {"nothing": "nil"},
    {"nothing": "nil", "words": "None"}, {"nothing": "not stated", "words": "w"},
    {"nothing": "nil", "paragraphs": ["3"]},
    {"words": "w"}, {"worked_out": "w"}, {"paragraphs": ["3"]}, {"date": "2017", "nothing": "nil"}, {"at most": "5"},
    {"at_most": "5"}, {"at most": "5", "about": "4"}, {"at most": "5", "worked_out": "w"},
    {"exactly": "5", "words": "w", "worked_out": "x"}, {"parts": ["5"]}, {"parts": ["5"], "nothing": "nil"},
    {"parts": []},
    {"parts": [], "words": "w"}, {"nothing": "nil", "parts": []}, {"length": "3 years", "up to": "yes"},
    {"length": "3 years", "up_to": "yes"}, {"up to": "no"}, {"options": ["1 year", "up to 1 year"]},
    {"options": "1 year"},
    {"start": "2017", "end": "none"}, {"date": "2017-01", "words": "w"}, {"record": "a"},
    {"record": "a", "url": "https://a.b"}, {"url": "https://a.b"}, {"title": "t"}, {"to": "a", "worked_out": "w"},
    {"varies": "a"}, {"varies": ["a", {"to": "b"}]}, {"varied by": "a"}, {"vary": "a"}, {"provision": "p"},
    {"reasons": "r"},
    {"rule": "special urgency", "reasons": "r"}, {"rule": "special urgency"}, {"subject": "yes", "deadline": "2024"},
    {"deadline": "2024"}, {"published": "2024"}, {"published": {"words": "w"}}, {"file": "f"},
    {"file": "f", "sha256": "0" * 64}, {"file": "f", "sha256": "0" * 65}, {"added": "a"}, {"reference": "r"},
    {"reference": "r", "date": "none"}, {"what": "w", "date": "2024"}, {"date": "2024"},
    {"makers": ["a", {"name": "b", "capacity": "interim"}]}, {"makers": {"name": "b"}}, {"makers": "b"},
    {"makers": "b", "nothing": "nil"}, {"parties": {"supplier": "b"}}, {"wards": "a", "other_areas": "b"},
    {"wards": [], "words": "w"}, {"wards": []}, {"since": "2024", "working_days": "5"},
    {"since": "2024", "amount": "5"},
)  # fmt: skip
HELD = {"title": "t", "date": "2017", "decision_maker": "m", "decision": "d"}


def values() -> Iterator[Any]:
    """Values that may stand in a field, most of them wrong for most fields."""
    yield from WORDS
    yield from MAPPINGS
    yield from ([word] for word in WORDS[:24])
    yield from ([mapping] for mapping in MAPPINGS)
    yield from ([], [[]], ["a", "b"], [{"exactly": "5"}, "6"], [{"supplier": "b", "share": "L"}, "c"])


@pytest.fixture(scope="module")
def schemas() -> Any:
    """A validator for each schema of a file that people write."""
    return functools.cache(lambda name: jsonschema_rs.Draft202012Validator(file_schema(name)))


def reader_accepts(data: Any) -> bool:
    form, _ = read_shape(DecisionForm, data, "x")
    return form is not None and not [*held_or_cited("x", "x", form), *events_carry_their_fields("x", "x", form)]


def table_reader_accepts(table: str, data: Any) -> bool:
    return read_shape(Tables, {table: data}, "x")[0] is not None


@pytest.mark.parametrize("name", DecisionForm.model_fields)
def test_a_field_takes_the_same_values(schemas: Any, name: str) -> None:
    field = written(name, DecisionForm.model_fields[name])
    for value in values():
        data = {**HELD, field: value}
        assert schemas("decision").is_valid(data) == reader_accepts(data), value


@pytest.mark.parametrize("name", ContractEvent.model_fields)
def test_a_field_of_an_event_takes_the_same_values(schemas: Any, name: str) -> None:
    for value in values():
        data = {**HELD, "contracts": [{"contract": "c", "event": "variation", name: value}]}
        assert schemas("decision").is_valid(data) == reader_accepts(data), value


@pytest.mark.parametrize("event", EVENT_KINDS)
def test_an_event_carries_the_same_fields(schemas: Any, event: str) -> None:
    for name in ContractEvent.model_fields:
        example = EXAMPLES.get(f"ContractEvent.{name}") or EXAMPLES[f"MoneyRoles.{name}"]
        data = {**HELD, "contracts": [{"contract": "c", name: value_of(example), "event": event}]}
        assert schemas("decision").is_valid(data) == reader_accepts(data), name


@pytest.mark.parametrize("table", Tables.model_fields)
def test_a_field_of_a_table_takes_the_same_values(schemas: Any, table: str) -> None:
    entry = get_args(get_type_hints(Tables, include_extras=True)[table])[1]
    for name, field in entry.model_fields.items():
        for value in values():
            data = {"a": {"name": "n", written(name, field): value}}
            assert schemas(table).is_valid(data) == table_reader_accepts(table, data), (name, value)


@pytest.mark.parametrize("key", ["a", "A", "a b", "a" * 81, ""])
def test_an_entry_has_the_same_ids(schemas: Any, key: str) -> None:
    assert schemas("suppliers").is_valid({key: "n"}) == table_reader_accepts("suppliers", {key: "n"})


@pytest.mark.parametrize("left_out", [*HELD, "summary"])
def test_the_same_fields_are_needed(schemas: Any, left_out: str) -> None:
    cited = {"summary": "s", "date": "2017", "known_from": "2018-a"}
    for data in (HELD, cited):
        data = {name: value for name, value in data.items() if name != left_out}
        assert schemas("decision").is_valid(data) == reader_accepts(data)


def test_every_way_of_writing_in_the_documentation_is_accepted(schemas: Any) -> None:
    fields = {"When": "recorded", "Makers": "decision_maker", "Wards": "wards", "Statement": "reasons", "Money": "cost"}
    for part, field in fields.items():
        for way in WAYS[part]:
            assert schemas("decision").is_valid({**HELD, field: value_of(way)}), way


def test_files_of_the_registers_are_accepted(schemas: Any, founding: Path, every_field: Path) -> None:
    for root in (founding, every_field):
        for path in root.glob("*.yaml"):
            assert list(schemas("decision").iter_errors(parse_yaml(path.read_text("utf-8")).data)) == []
        for path in root.glob("tables/*.yaml"):
            assert list(schemas(path.stem).iter_errors(parse_yaml(path.read_text("utf-8")).data)) == []


def test_every_field_has_a_description() -> None:
    definitions = decision_schema()["$defs"]
    for model in form_parts():
        names = {written(name, field) for name, field in model.model_fields.items()}
        ways = definitions[model.__name__].get("anyOf", [definitions[model.__name__]])
        (full,) = [way["properties"] for way in ways if names == set(way.get("properties", ()))]
        assert all(full[name]["description"] for name in names), model


@pytest.mark.parametrize("name", FILE_SCHEMAS)
def test_the_copies_beside_the_decisions_are_current(founding: Path, name: str) -> None:
    assert (founding / f".schema/{name}.json").read_bytes() == schema_files.place(name).read_bytes(), (
        f"renew it: cp {schema_files.FOLDER.name}/{name}.json decisions/.schema/"
    )


def test_the_schemas_that_come_with_the_software_are_current() -> None:
    assert stale_schemas() == {}, "renew them: python -m hipss_register.reference docs/"


def test_a_schema_that_is_out_of_date_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_files, "FOLDER", shutil.copytree(schema_files.FOLDER, tmp_path / "schemas"))
    (tmp_path / "schemas" / "wards.json").write_text("{}", "utf-8")
    (tmp_path / "schemas" / "year-document.json").unlink()
    assert [path.stem for path in stale_schemas()] == ["wards", "year-document"]


@pytest.mark.parametrize("root", [ROOT / "decisions", STARTER / "decisions"], ids=["founding", "starter"])
def test_every_file_names_its_schema(root: Path) -> None:
    files = sorted(root.rglob("*.yaml"))
    assert files
    for path in files:
        place = path.read_text("utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        name = path.stem if path.parent.name == "tables" else "decision"
        assert (path.parent / place).resolve() == (root / f".schema/{name}.json").resolve()


@pytest.mark.parametrize(
    "root", [ROOT / "decisions", DATA / "every-field", DATA / "wyeford"], ids=lambda root: root.name
)
def test_json_as_yaml_is_the_same_record(root: Path) -> None:
    pub = publication(root)
    for record in pub.records:
        said = json.loads(d.dumped_decision(decision_facts(pub, record), record.form))["record"]
        text = yaml.dump(said, Dumper=yaml.CSafeDumper, allow_unicode=True)
        again, problems = read_decision_text(text, record.path, record.id)
        assert not problems, [str(problem) for problem in problems]
        assert again == record


def test_entries_as_yaml_are_the_same_tables(every_field: Path) -> None:
    pub = publication(every_field)
    (file,) = (file for file in json_files(pub) if file.path == paths.REGISTER)
    register = json.loads(b"".join(file.chunks()))
    said = {table: {part["id"]: part["entry"] for part in register[table]} for table in Tables.model_fields}
    read = parse_yaml(yaml.dump(said, Dumper=yaml.CSafeDumper, allow_unicode=True))
    assert read_shape(Tables, read.data, "tables") == (pub.book.register.tables, [])


def test_there_is_a_schema_for_each_table() -> None:
    assert set(FILE_SCHEMAS) == {"decision", *Tables.model_fields}
