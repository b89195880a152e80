"""Small registers for tests: records from texts, and everything that is wrong with a folder."""

from pathlib import Path
from textwrap import dedent

from hipss_register.history import History, make_history
from hipss_register.linking import check_links, check_reading
from hipss_register.model import DecisionForm, Tables
from hipss_register.problems import Fault, Problem, placed
from hipss_register.read import Reading, Record, read_decision_text, read_folder
from hipss_register.read.shape import read_shape
from hipss_register.read.yaml_text import parse_yaml
from hipss_register.register import Register, make_register

CITED = "summary: Something\ndate: 2018-01\nknown_from: {url: https://council.example/1, title: A page}\n"
"""The least that a decision file may hold, in three lines."""


def all_of(reading: Reading) -> list[Problem]:
    """Every problem that a reading, its links and its sources have."""
    _, faults = check_reading(reading)
    return sorted({*reading.problems, *placed(faults, reading.locate)})


def problems_of(root: Path) -> list[Problem]:
    """Everything that is wrong with a decisions folder."""
    return all_of(read_folder(root))


def problems_in(text: str, record_id: str = "2018-01-a") -> list[str]:
    """Everything that is wrong with one decision's text, each as a line of print without the path."""
    _, problems = read_decision_text(text, "x", record_id)
    return [str(problem).removeprefix("x:") for problem in sorted(problems)]


def record(record_id: str, text: str) -> Record:
    """A record from its text, which must be sound."""
    found, problems = read_decision_text(dedent(text), f"decisions/{record_id}.yaml", record_id)
    assert found, [str(problem) for problem in problems]
    assert not problems, [str(problem) for problem in problems]
    return found


def cited(record_id: str, text: str = "") -> Record:
    """A cited record: its date from its id, and whatever else its text gives."""
    date = record_id[: 10 if record_id[8:10].isdigit() else 7]
    head = f"summary: {record_id}\ndate: {date}\nknown_from: {{url: https://council.example/1}}\n"
    return record(record_id, head + dedent(text))


def form_of(text: str) -> tuple[DecisionForm | None, list[Fault]]:
    """The shape of a text alone, without the rules that hold within a file."""
    return read_shape(DecisionForm, parse_yaml(dedent(text)).data, "x")


def linked(*records: Record, tables: Tables | None = None) -> Register:
    """The records as a register."""
    return make_register(records, tables or Tables())


def faults_of(*records: Record, tables: Tables | None = None) -> list[tuple[str, str]]:
    """What is wrong between the records: in which, and the code."""
    return [(Path(f.path).stem, f.code) for f in check_links(records, (), tables or Tables())]


def history_of(*records: Record, contract: str = "c") -> History:
    """The history of one contract that the records are about."""
    return make_history(linked(*records), contract)
