"""Whatever stands in a file, reading gives a record or problems with their lines, and never raises."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from registers import all_of

from hipss_register.history import make_history
from hipss_register.problems import Problem
from hipss_register.read import read_decision_text, read_folder
from hipss_register.read.yaml_text import parse_yaml
from hipss_register.register import make_register

EVERY_FIELD = Path(__file__).parent.parent / "data" / "every-field"
AWARD, DECISION = "2019-06-leisure-award", "2024-03-12-leisure-variation"
FILES = {path.relative_to(EVERY_FIELD).as_posix(): path for path in sorted(EVERY_FIELD.rglob("*.yaml"))}
PLAIN = {name: parse_yaml(path.read_text()).data for name, path in FILES.items()}
TABLES_READ = read_folder(EVERY_FIELD).tables

FEW = settings().max_examples
"""As many examples as the profile asks for."""

Way = tuple[str | int, ...]


def ways(value: Any, way: Way = ()) -> Iterator[Way]:
    """The way to every value of a file."""
    yield way
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from ways(inner, (*way, key))


def replaced(value: Any, way: Way, new: Any) -> Any:
    """The values with another one in one place."""
    if not way:
        return new
    items = value.items() if isinstance(value, dict) else enumerate(value)
    made = {key: replaced(inner, way[1:], new) if key == way[0] else inner for key, inner in items}
    return made if isinstance(value, dict) else list(made.values())


PLACES = {name: [way for way in ways(data) if way] for name, data in PLAIN.items()}

odd = st.sampled_from(
    [
        "",
        " ",
        "\n",
        "~",
        "null",
        "yes",
        "none",
        "nil",
        "not stated",
        "withheld",
        "up to ",
        "+",
        " + ",
        "up to + up to",
        "3 + up to",
        "1 or 2",
        " to ",
        "not before",
        "not after 0000",
        "0000-00-00",
        "9999-99-99",
        "2018-00",
        "£",
        "-",
        "£-0",
        "0.0000",
        "0" * 400,
        "1" * 5000,
        "1e999999999",
        "inf",
        "nan",
        "\u00a0",
        "\u2007",
        "\u0660\u0661",
        "\u202e",
        "\x00",
        "\U0010ffff",
        "\ufffe",
        "<<",
        "!!python/none",
        "&a",
        "*a",
        "%",
        "---",
        "...",
        "? ",
        ": ",
        "- ",
        "#",
        "{",
        "[",
        "'",
        '"',
        "|",
        ">",
        "\t",
        "\r\n",
        "https://",
        "https://[",
        "https://a.b:x",
        "sources/",
        "sources/..",
        "a" * 300,
        "a-" * 100,
        "\u0130",
        "\ufb00.yaml",
    ]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates(dt.date(1, 1, 1))
    | st.datetimes()
    | st.binary(max_size=20)
    | st.text()
    | odd
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=9)
            | st.sampled_from(["words", "nothing", "date", "name", "to", "parts", "at most", "event", "contract"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    """Writes values out in each place, as anchors would be refused whatever they hold."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(data: Any) -> str:
    """The values as YAML."""
    return str(yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False))


def check(problems: list[Problem], lines: int) -> None:
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert str(problem).isprintable()
        assert problem.message


def read(text: str, record_id: str = DECISION) -> None:
    """Reads, links and folds the text, and checks what must hold of anything."""
    record, problems = read_decision_text(text, f"decisions/{record_id}.yaml", record_id)
    assert record or problems
    check(problems, text.count("\n") + 1)
    if record:
        register = make_register([record], TABLES_READ)
        for contract in register.touching:
            make_history(register, contract)


@st.composite
def mutated(draw: st.DrawFn, names: list[str], new: st.SearchStrategy[Any]) -> tuple[str, str]:
    """A file of the example with another value in one place."""
    name = draw(st.sampled_from(names))
    return name, dumped(replaced(PLAIN[name], draw(st.sampled_from(PLACES[name])), draw(new)))


DECISIONS = [f"{AWARD}.yaml", f"{DECISION}.yaml"]
TABLES = [name for name in FILES if name.startswith("tables/")]


@settings(max_examples=4 * FEW)
@given(mutated(DECISIONS, scalars))
def test_any_scalar_in_any_field_is_read_or_refused(file: tuple[str, str]) -> None:
    read(file[1], file[0].removesuffix(".yaml"))


@settings(max_examples=3 * FEW)
@given(mutated(DECISIONS, anything))
def test_anything_in_any_place_is_read_or_refused(file: tuple[str, str]) -> None:
    read(file[1], file[0].removesuffix(".yaml"))


@settings(max_examples=2 * FEW)
@given(st.sampled_from(sorted(PLAIN[f"{DECISION}.yaml"])), st.text() | odd)
def test_any_text_typed_after_any_field_is_read_or_refused(field: str, text: str) -> None:
    read(f"summary: S\ndate: 2024-03-12\nknown_from: x\n{field}: {text}\n".replace("\r", ""))


@pytest.mark.parametrize("name", DECISIONS)
def test_every_field_may_be_missing_or_empty(name: str) -> None:
    one_of_each = {tuple(step for step in way if isinstance(step, str)): way for way in PLACES[name]}
    for way in one_of_each.values():
        for new in ("", "x", [], {}, [[]], [{}], {"x": "y"}, ["x", "x"]):
            read(dumped(replaced(PLAIN[name], way, new)), name.removesuffix(".yaml"))


def read_with(name: str, content: bytes) -> None:
    """Reads the example with one file replaced, and links it all."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for other, path in FILES.items():
            (root / other).parent.mkdir(exist_ok=True)
            (root / other).write_bytes(content if other == name else path.read_bytes())
        reading = read_folder(root)
        problems = [problem for problem in all_of(reading) if not problem.code.startswith("SOURCE-")]
        assert all(str(problem).isprintable() for problem in problems)
        assert all(problem.path == f"decisions/{name}" for problem in reading.problems)
        make_register(reading.records, reading.tables)


@settings(max_examples=2 * FEW)
@given(mutated(TABLES, anything))
def test_anything_in_any_place_of_a_table_is_read_or_refused(file: tuple[str, str]) -> None:
    read_with(file[0], file[1].encode("utf-8", "surrogatepass"))


@given(st.sampled_from(list(FILES)), st.binary(max_size=200))
@example(f"{AWARD}.yaml", b"\xef\xbb\xbf\xef\xbb\xbfa: b")
@example(f"{AWARD}.yaml", b"\r\r\n\n\r")
@example("tables/wards.yaml", b"- a")
def test_any_bytes_as_a_file_are_read_or_refused(name: str, content: bytes) -> None:
    read_with(name, content)


@given(st.text(alphabet=":-?[]{},&*!|>'\"%@`# \n\tab~.<=", max_size=60))
def test_any_signs_as_yaml_are_read_or_refused(text: str) -> None:
    read(text)
    result = parse_yaml(text)
    assert all(place >= (1, 1) for place in result.places.values())


@given(st.binary(max_size=300), st.integers(0, 10_000))
def test_a_decision_with_bytes_put_in_is_read_or_refused(content: bytes, where: int) -> None:
    whole = FILES[f"{DECISION}.yaml"].read_bytes()
    where %= len(whole)
    text = (whole[:where] + content + whole[where:]).decode("utf-8", "replace")
    read(text.replace("\r", "\n"))
