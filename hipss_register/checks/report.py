"""Problems and findings as lines for people and as data for programs: text, JSON, GitHub annotations, SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from hipss_register import __version__
from hipss_register.checks.engine import Findings
from hipss_register.checks.finding import Finding, Read
from hipss_register.checks.rules import RULES
from hipss_register.problems import PROBLEM_KINDS, Locate, Problem, printable
from hipss_register.wording import say_count

LEVELS = ("error", "warning", "inconsistency", "gap", "question")
"""From the gravest to the lightest: problems with a file first, then what the decisions themselves leave open."""

_GITHUB = {"error": "error", "warning": "warning", "inconsistency": "warning", "gap": "warning", "question": "notice"}
_SARIF = {"error": "error", "warning": "warning", "inconsistency": "warning", "gap": "warning", "question": "note"}


@dataclass(frozen=True, slots=True)
class Item:
    """A problem or a finding with its line. ``line`` and ``column`` count from 1."""

    path: str
    line: int
    column: int
    level: str
    code: str
    message: str
    hint: str = ""
    finding: Finding | None = None

    def __str__(self) -> str:
        more = f"{self.level}; {self.finding.basis}" if self.finding else self.hint
        return printable(f"{self.path}:{self.line}: {self.code} {self.message}{f' ({more})' if more else ''}")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything to tell, in the order of files and lines. ``cannot_tell`` and ``passed`` are counts of checks."""

    items: tuple[Item, ...]
    findings: Findings

    def gravest(self) -> str | None:
        """The gravest level that there is anything of."""
        return min((item.level for item in self.items), key=LEVELS.index, default=None)

    @property
    def summary(self) -> str:
        """The counts, in a line."""
        problems = sum(item.finding is None for item in self.items)
        return (
            f"{say_count(problems, 'problem')} in the files, {say_count(len(self.items) - problems, 'finding')}; "
            f"{say_count(sum(self.findings.passed.values()), 'check')} passed, "
            f"{len(self.findings.cannot_tell):,} cannot be computed"
        )


def make_report(
    problems: Iterable[Problem], findings: Findings, locate: Locate, only: Collection[str] | None = None
) -> Report:
    """Place and sort everything; ``only`` are the files to tell of, all if None."""
    items = [_problem_item(problem) for problem in problems] + [_finding_item(f, locate) for f in findings.found]
    chosen = (item for item in items if only is None or item.path in only)
    return Report(tuple(sorted(chosen, key=lambda i: (i.path, i.line, i.column, i.code, i.message))), findings)


def _problem_item(problem: Problem) -> Item:
    line, column = max(problem.line, 1), max(problem.column, 1)
    return Item(problem.path, line, column, problem.severity.value, problem.code, problem.message, problem.hint)


def _finding_item(finding: Finding, locate: Locate) -> Item:
    place = locate(finding.path, finding.loc)
    return Item(finding.path, *place, finding.severity.value, finding.code, finding.message, finding=finding)


def as_text(report: Report) -> str:
    """One line for each, then the counts."""
    return "".join(f"{item}\n" for item in report.items) + report.summary + "\n"


def as_github(report: Report) -> str:
    """Workflow commands, which GitHub shows beside the lines."""
    return "".join(f"{_annotation(item)}\n" for item in report.items)


def _annotation(item: Item) -> str:
    path = printable(item.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    text = str(item).replace("%", "%25")
    return f"::{_GITHUB[item.level]} file={path},line={item.line},col={item.column}::{text}"


def as_json(report: Report) -> str:
    """Everything as one JSON document."""
    findings = report.findings
    document = {
        "problems": [_plain(item) | {"hint": item.hint} for item in report.items if not item.finding],
        "findings": [_plain(item) | finding_data(item.finding) for item in report.items if item.finding],
        "cannot_tell": [
            {
                "code": answer.code,
                "decision": answer.decision,
                "contract": answer.contract,
                "because": answer.because,
                "read": [_read_data(value) for value in answer.read],
            }
            for answer in findings.cannot_tell
        ],
        "passed": {code: findings.passed[code] for code in RULES if code in findings.passed},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(item: Item) -> dict[str, Any]:
    return {
        "path": item.path,
        "line": item.line,
        "column": item.column,
        "severity": item.level,
        "code": item.code,
        "message": item.message,
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """What a finding is about, what it rests on, and what it read, as plain values."""
    return {
        "decision": finding.decision,
        "contract": finding.contract,
        "also": list(finding.also),
        "basis": {"words": finding.basis.words, "law": finding.basis.is_law, "known": finding.basis.known.value},
        "read": [_read_data(value) for value in finding.read],
    }


def _read_data(value: Read) -> dict[str, str | None]:
    return {"what": value.what, "value": value.value, "record": value.record}


def as_sarif(report: Report) -> str:
    """SARIF 2.1.0, as code hosts and editors read it."""
    codes = list(dict.fromkeys(item.code for item in report.items))
    run = {
        "tool": {
            "driver": {
                "name": "hipss-register",
                "semanticVersion": __version__,
                "rules": [_sarif_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(item, codes.index(item.code)) for item in report.items],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(code: str) -> dict[str, Any]:
    if rule := RULES.get(code):
        about = {
            "shortDescription": {"text": rule.statement},
            "help": {"text": "\n\n".join(rule.how) or rule.statement},
        }
        return {"id": code, "name": rule.title, **about, "properties": {"basis": str(rule.basis)}}
    kind = PROBLEM_KINDS[code]
    return {"id": code, "shortDescription": {"text": kind.meaning}, "help": {"text": kind.cure}}


def _sarif_result(item: Item, index: int) -> dict[str, Any]:
    text = f"{item.message} ({item.hint})" if item.hint else item.message
    place = {
        "artifactLocation": {"uri": quote(item.path)},
        "region": {"startLine": item.line, "startColumn": item.column},
    }
    return {
        "ruleId": item.code,
        "ruleIndex": index,
        "level": _SARIF[item.level],
        "message": {"text": printable(text)},
        "locations": [{"physicalLocation": place}],
        "properties": {"severity": item.level},
    }


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""Every form in which a report can be had."""
