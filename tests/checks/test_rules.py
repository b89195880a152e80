"""Every check, on registers in which it finds something, finds nothing, and cannot tell."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from hipss_register.checks import GROUPS, RULES, Rule
from hipss_register.checks.finding import Known
from tests.checks.cases import CANNOT, CASES, FOUND, PASSED, TABLES, Case, Fields, held
from tests.checks.registers import commit, errors_in, findings_of, write_register, write_yaml


def write_case(case: Case, tmp_path: Path) -> Path:
    root = write_register(tmp_path / "decisions", case.files, case.tables)
    if case.edits is not None:
        commit(tmp_path)
        for n, (name, data) in enumerate(case.edits, 3):
            write_yaml(root / f"{name}.yaml", data)
            commit(tmp_path, day=f"2024-01-{n:02}")
    return root


# In one case, the register must lack the record that a decision is known from.
UNSOUND = "2019-01-01-gone"
NOT_NEUTRAL = re.compile(r"unlawful|illegal|void\b|breach|fail|wrong|improper|blame|should have")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_says_what_it_should(case: Case, tmp_path: Path) -> None:
    root = write_case(case, tmp_path)
    assert errors_in(root) == [] or UNSOUND in str(case.files)
    findings = findings_of(root, with_history=case.edits is not None)
    said = {
        FOUND: [f.message for f in findings.found if f.code == case.code],
        CANNOT: [a.because for a in findings.cannot_tell if a.code == case.code],
        PASSED: [""] * findings.passed.get(case.code, 0),
    }
    assert said[case.answer], said
    assert case.answer == FOUND or not said[FOUND]
    for finding in findings.found:
        assert not NOT_NEUTRAL.search(finding.message.casefold())
        assert finding.message.endswith(".")
        assert finding.read, finding.code
        assert finding.path.startswith("decisions/")


def test_every_rule_has_a_case_of_each_kind() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for case in CASES:
        kinds[case.code].add(case.answer)
    assert kinds == {code: {FOUND, PASSED, CANNOT} for code in RULES}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
class TestTable:
    def test_states_what_must_hold_and_how_it_is_computed(self, rule: Rule) -> None:
        assert rule.statement.endswith(".")
        assert rule.how

    def test_is_neutral(self, rule: Rule) -> None:
        words = " ".join((rule.title, *rule.paragraphs)).casefold()
        assert not NOT_NEUTRAL.search(words)

    def test_has_a_code_that_an_address_can_have(self, rule: Rule) -> None:
        assert re.fullmatch(r"[A-Z]+(-[A-Z]+)*", rule.code)

    def test_says_how_its_basis_is_known(self, rule: Rule) -> None:
        assert (rule.basis.words == "rule of thumb") == (rule.basis.known is Known.PRACTICE)


def test_no_code_stands_twice() -> None:
    assert sum(len(rules) for rules in GROUPS.values()) == len(RULES)


@pytest.mark.parametrize(
    "fields",
    [
        {"call_in": {"subject": "yes", "requested": "2020-03-13", "deadline": "2020-03-12", "outcome": "not accepted"}},
        {"call_in": "no"},
        {"urgency": {"rule": "call-in waived", "reasons": "The river rises."}},
        {"call_in": "yes"},
    ],
    ids=["not accepted", "not subject to it", "waived", "not called in"],
)
def test_nothing_is_asked_of_a_call_in_that_stops_nothing(fields: Fields, tmp_path: Path) -> None:
    root = write_register(tmp_path / "decisions", {"2020-03-02-a": held(**fields)}, TABLES)
    assert errors_in(root) == []
    findings = findings_of(root)
    answers = [answer for answer in (*findings.found, *findings.cannot_tell) if answer.code == "CALL-IN-LATE"]
    assert (answers, findings.passed.get("CALL-IN-LATE", 0)) == ([], 0)


def ratified(links: Fields) -> dict[str, Fields]:
    """A decision whose record states no authority, and a later one with links."""
    later = held(date="2020-04-06", title="What the head did in March", decision_maker="Cabinet", links=links)
    return {"2020-03-02-a": held(authority=None), "2020-04-06-b": later}


def test_no_authority_names_the_decision_that_ratified_it_later(tmp_path: Path) -> None:
    root = write_register(tmp_path / "decisions", ratified({"ratifies": "2020-03-02-a"}), TABLES)
    assert errors_in(root) == []
    [finding] = [finding for finding in findings_of(root).found if finding.code == "NO-AUTHORITY"]
    assert finding.message == (
        "The record does not say by what authority the decision was taken. "
        "It was ratified later, by “What the head did in March”."
    )
    assert [(one.value, one.record) for one in finding.read][1:] == [("6 April 2020", "2020-04-06-b")]
    assert finding.severity == "gap"


def test_no_authority_names_no_decision_that_only_mentions_it(tmp_path: Path) -> None:
    root = write_register(tmp_path / "decisions", ratified({"cites": "2020-03-02-a"}), TABLES)
    [finding] = [finding for finding in findings_of(root).found if finding.code == "NO-AUTHORITY"]
    assert "ratified" not in finding.message
