"""Problems and findings as lines for people and as data for programs: text, JSON, GitHub annotations, SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from hipss_register import __version__
from hipss_register.checks.finding import CannotTell, Finding, Read
from hipss_register.checks.rules import RULES
from hipss_register.problems import PROBLEM_KINDS, Locate, Problem, printable
from hipss_register.wording import say_count

LEVELS = ("error", "warning", "inconsistency", "gap", "question")
"""From the gravest to the lightest: problems with a file first, then what the decisions themselves leave open."""

_GITHUB = {"error": "error", "warning": "warning", "inconsistency": "warning", "gap": "warning", "question": "notice"}
_SARIF = {"error": "error", "warning": "warning", "inconsistency": "warning", "gap": "warning", "question": "note"}


@dataclass(frozen=True, slots=True)
class Item:
    """A problem or a finding with its line. ``line`` and ``column`` count from 1.

    A finding has its ``basis`` in words, and its ``data`` as `finding_data` gives them; a problem has a ``hint``.
    """

    path: str
    line: int
    column: int
    level: str
    code: str
    message: str
    hint: str = ""
    basis: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_finding(self) -> bool:
        """Whether it is about the decisions themselves and not about their files."""
        return bool(self.basis)

    def __str__(self) -> str:
        more = f"{self.level}; {self.basis}" if self.is_finding else self.hint
        return printable(f"{self.path}:{self.line}: {self.code} {self.message}{f' ({more})' if more else ''}")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything to tell: items by files and lines, those first that others depend on; what cannot be told, by checks.

    ``cannot_tell`` are plain values, as `cannot_tell_data` gives them; ``passed`` counts checks by their rule's code.
    """

    items: tuple[Item, ...]
    cannot_tell: tuple[Mapping[str, Any], ...]
    passed: Mapping[str, int]

    def gravest(self) -> str | None:
        """The gravest level that there is anything of."""
        return min({item.level for item in self.items}, key=LEVELS.index, default=None)

    @property
    def summary(self) -> str:
        """The counts, in a line."""
        problems = sum(not item.is_finding for item in self.items)
        return (
            f"{say_count(problems, 'problem')} in the files, {say_count(len(self.items) - problems, 'finding')}; "
            f"{say_count(sum(self.passed.values()), 'check')} passed, "
            f"{len(self.cannot_tell):,} cannot be computed"
        )


def make_report(
    items: Iterable[Item],
    cannot_tell: Iterable[Mapping[str, Any]],
    passed: Mapping[str, int],
    only: Callable[[str], bool] | None = None,
    first: Callable[[str], bool] | None = None,
) -> Report:
    """Sort everything; ``only`` says of a file whether to tell of it, ``first`` whether its problems come first."""
    chosen = (item for item in items if only is None or only(item.path))
    order = {code: n for n, code in enumerate(RULES)}
    return Report(
        tuple(sorted(sorted(chosen, key=_place), key=lambda i: i.is_finding or not (first and first(i.path)))),
        tuple(sorted(cannot_tell, key=lambda a: (order[a["code"]], a["decision"] or "", a["contract"] or ""))),
        {code: passed[code] for code in RULES if passed.get(code)},
    )


def _place(item: Item) -> tuple[str, int, int, str, str]:
    return item.path, item.line, item.column, item.code, item.message


def problem_item(problem: Problem) -> Item:
    """A problem as it is told."""
    line, column = max(problem.line, 1), max(problem.column, 1)
    return Item(problem.path, line, column, problem.severity.value, problem.code, problem.message, problem.hint)


def finding_item(finding: Finding, locate: Locate) -> Item:
    """A finding as it is told, with its line."""
    line, column = locate(finding.path, finding.loc)
    return Item(
        finding.path,
        line,
        column,
        finding.severity.value,
        finding.code,
        finding.message,
        basis=str(finding.basis),
        data=finding_data(finding),
    )


def as_text(report: Report) -> str:
    """One line for each, then the counts; problems come last, so that they stand beside the counts on a screen."""
    lines = sorted(report.items, key=lambda item: not item.is_finding)
    return "".join(f"{item}\n" for item in lines) + report.summary + "\n"


def as_github(report: Report) -> str:
    """Workflow commands, which GitHub shows beside the lines."""
    return "".join(f"{_annotation(item)}\n" for item in report.items)


def _annotation(item: Item) -> str:
    path = printable(item.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    text = str(item).replace("%", "%25")
    return f"::{_GITHUB[item.level]} file={path},line={item.line},col={item.column}::{text}"


def as_json(report: Report) -> str:
    """Everything as one JSON document."""
    document = {
        "problems": [_plain(item) | {"hint": item.hint} for item in report.items if not item.is_finding],
        "findings": [_plain(item) | dict(item.data) for item in report.items if item.is_finding],
        "cannot_tell": report.cannot_tell,
        "passed": report.passed,
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


def cannot_tell_data(answer: CannotTell) -> dict[str, Any]:
    """A check that cannot be computed, and why, as plain values."""
    return {
        "code": answer.code,
        "decision": answer.decision,
        "contract": answer.contract,
        "because": answer.because,
        "read": [_read_data(value) for value in answer.read],
    }


def _read_data(value: Read) -> dict[str, str | None]:
    return {"what": value.what, "value": value.value, "record": value.record}


def as_sarif(report: Report) -> str:
    """SARIF 2.1.0, as code hosts and editors read it."""
    codes = {code: n for n, code in enumerate(dict.fromkeys(item.code for item in report.items))}
    run = {
        "tool": {
            "driver": {
                "name": "hipss-register",
                "semanticVersion": __version__,
                "rules": [_sarif_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(item, codes[item.code]) for item in report.items],
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
