"""What the checks say of this repository's own decisions: all that they should, worded fairly, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipss_register.checks import Findings
from tests.checks.registers import findings_of

VARIATION, SPECIFICATION = "2022-11-17-hipss-variation", "2017-10-13-hipss-specification"


@pytest.fixture(scope="module")
def findings(founding: Path) -> Findings:
    return findings_of(founding, with_history=False)


def test_are_these_and_no_others(findings: Findings) -> None:
    assert [(f.code, f.decision, f.contract) for f in findings.found] == [
        ("NO-INSTRUMENT", VARIATION, None),
        ("COST-AND-CEILING", VARIATION, "hipss"),
        ("PAST-APPROVAL", VARIATION, "hipss"),
        ("NO-RECORD", VARIATION, "hipss"),
        ("NOT-HELD", "2014-05-hipss-tiss-award", None),
        ("NOT-HELD", "2017-hipss-tiss-renewal", None),
        ("NOT-HELD", "2017-09-28-hipss-procurement-approval", None),
        ("NOT-HELD", "2018-01-hipss-award", None),
        ("NO-GROUND", VARIATION, "hipss"),
        ("TWO-NAMES", VARIATION, None),
    ]


def test_say_nothing_of_the_record_of_2017(findings: Findings) -> None:
    assert not [f.code for f in findings.found if SPECIFICATION in f.decisions]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("NO-RECORD", ("no record of the use of the option", "31 March 2021", "31 March 2023")),
        ("PAST-APPROVAL", ("12 months past 31 March 2023", "up to 5 years from 1 April 2018")),
        ("COST-AND-CEILING", ("at most £407,290", "16.3%", "£2,500,000", "HIPSS and TISS", "value of the award")),
        ("NO-GROUND", ("does not say on which ground", "regulation 72", "no notice")),
        ("NO-INSTRUMENT", ("tells what went before", "names no scheme")),
        ("TWO-NAMES", ("“Countrywide”", "“All wards”")),
    ],
)
def test_say_what_an_auditor_would(findings: Findings, code: str, words: tuple[str, ...]) -> None:
    message = next(f.message for f in findings.found if f.code == code)
    assert [word for word in words if word not in message] == []


def test_the_share_of_the_award_cannot_be_computed(findings: Findings) -> None:
    said = {a.code: a.because for a in findings.cannot_tell if a.decision == VARIATION or a.contract == "hipss"}
    assert "the value of the award is not known" in said["OVER-HALF"]
    assert "no record that we have gives the value of the award" in said["OVER-CEILING"]


def test_name_the_law_only_where_it_is_one(findings: Findings) -> None:
    law = {f.code: str(f.basis) for f in findings.found if f.basis.is_law}
    assert law == {"NO-GROUND": "Public Contracts Regulations 2015, regulation 72"}
