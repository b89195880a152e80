"""A made-up council's register with everything that makes checking hard: the findings are right, and there is no other.

A framework with contracts called off from it, a contract let in lots, an award called in and decided anew, a
correction, an approval that was raised, works ratified after the event, a contract let again under a newer law.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from hipss_register.checks import Findings
from hipss_register.checks.world import World
from hipss_register.site.views.authority import Balance, authority_view
from tests.checks.registers import edition_of, errors_in, findings_of, write_yaml
from tests.conftest import DATA

WYEFORD = DATA / "wyeford"


@pytest.fixture(scope="module")
def findings() -> Findings:
    return findings_of(WYEFORD, with_history=False)


def test_its_files_have_no_mistakes() -> None:
    assert errors_in(WYEFORD) == []


def test_the_findings_are_these_and_no_others(findings: Findings) -> None:
    assert [(f.code, f.decision) for f in findings.found] == [
        ("NO-PARAGRAPH", "2021-07-22-hall-sale"),  # the considerations and the buyer; the annex names its paragraph
        ("NO-PARAGRAPH", "2021-07-22-hall-sale"),
        ("KEY-WARDS", "2019-09-20-care-framework-award"),
        ("KEY-WARDS", "2021-02-01-bluebell-novation"),
        ("KEY-WARDS", "2024-06-10-roads-re-let"),
        ("NO-SUCCESSOR", "2023-02-14-payroll-renewal"),
        ("TWO-NAMES", "2016-04-14-waste-approval"),
        ("TWO-NAMES", "2021-02-01-bluebell-novation"),
        ("TWO-NAMES", "2023-09-07-waste-option"),
    ]


def balances() -> dict[tuple[str, str], Balance]:
    book = edition_of(WYEFORD).book
    world = World(book.register, book.histories, {})
    records = book.register.records.values()
    return {(r.id, balance.contract): balance for r in records for balance in authority_view(world, r).balances}


@pytest.mark.parametrize(
    ("decision", "contract", "ceiling", "used"),
    [
        # two contracts called off from the framework take up its ceiling together, then their options
        ("2019-11-04-care-call-offs", "care-north", 8_000_000, 2_700_000),
        ("2019-11-04-care-call-offs", "care-south", 8_000_000, 2_700_000),
        ("2022-10-10-care-options", "care-north", 8_000_000, 3_630_000),
        # the lots of a contract are added up, and the approval that was raised counts from then on
        ("2018-09-28-roads-lot-3", "roads", 6_000_000, 5_300_000),
        ("2022-08-24-roads-urgent-works", "roads", 9_000_000, 6_370_000),
        # the award that was called in and replaced is not counted twice
        ("2017-01-12-waste-call-in-decided", "waste", 30_000_000, 19_600_000),
        ("2023-09-07-waste-option", "waste", 30_000_000, 24_300_000),
    ],
)
def test_what_is_used_of_a_ceiling(decision: str, contract: str, ceiling: int, used: int) -> None:
    balance = balances()[decision, contract]
    assert balance.ceiling
    assert balance.used
    assert (balance.ceiling.figure, balance.used.figure) == (ceiling, Decimal(used))


CHANGES: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "call-offs over the framework's ceiling": (
        "2019-06-12-care-approval",
        {
            "contracts": [
                {"contract": "care-framework", "event": "approval to procure", "ceiling": {"at most": "2800000"}}
            ]
        },
        ("OVER-CEILING", "£3,630,000", "£2,800,000"),
    ),
    "another post than the one that may award": (
        "2019-11-04-care-call-offs",
        {"decision_maker": "Head of Homes"},
        ("OTHER-POST", "Corporate Director Adults and Wellbeing"),
    ),
    "a lot varied by more than half of what it was let for": (
        "2018-07-10-roads-lots-1-2",
        {
            "contracts": [
                {
                    "contract": "roads",
                    "event": "award",
                    "lots": ["Lot 1"],
                    "suppliers": "tarmac-north",
                    "value": "1800000",
                }
            ]
        },
        ("OVER-HALF", "52.8%"),
    ),
    "a cost that is an estimate": (
        "2022-06-30-roads-lot-1-variation",
        {
            "contracts": [
                {
                    "contract": "roads",
                    "event": "variation",
                    "lots": ["Lot 1"],
                    "term": {"start": "2022-09-01", "end": "2024-08-31"},
                    "cost": {"about": "950000"},
                    "ground": "PCR 2015 reg 72(1)(b)",
                    "notice": "2022/S 000-018181",
                }
            ]
        },
        ("COST-AND-CEILING", "about £950,000", "about 10.6%"),
    ),
    "the approval never raised": (
        "2020-06-18-roads-approval-amended",
        {"contracts": None},
        ("OVER-CEILING", "£6,250,000", "£6,000,000"),
    ),
    "published before it was decided": (
        "2022-10-06-roads-ratified",
        {"published": "2022-10-05"},
        ("DATES-CROSS", "comes after “published”"),
    ),
    "consultation asked for by the approval": (
        "2019-06-12-care-approval",
        {
            "contracts": [
                {
                    "contract": "care-framework",
                    "event": "approval to procure",
                    "may_award": "the Director of Adult Social Services, in consultation with the cabinet member",
                }
            ]
        },
        ("", ""),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_one_thing_otherwise_is_found(what: str, tmp_path: Path) -> None:
    name, fields, (code, *words) = CHANGES[what]
    root = Path(shutil.copytree(WYEFORD, tmp_path / "decisions"))
    path = root / f"{name}.yaml"
    data = {**yaml.load(path.read_text("utf-8"), yaml.BaseLoader), **fields}
    write_yaml(path, {key: value for key, value in data.items() if value is not None})
    before = {(f.code, f.message) for f in findings_of(WYEFORD, with_history=False).found}
    new = [
        (f.code, f.message) for f in findings_of(root, with_history=False).found if (f.code, f.message) not in before
    ]
    if code:
        assert [found for found, message in new if all(word in message for word in words)] == [code], new
    else:
        assert new == []


def test_two_ceilings_that_do_not_say_which_counts_cannot_be_computed(tmp_path: Path) -> None:
    root = Path(shutil.copytree(WYEFORD, tmp_path / "decisions"))
    path = root / "2020-06-18-roads-approval-amended.yaml"
    data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    write_yaml(path, {**data, "links": {"cites": "2018-02-15-roads-approval"}})
    said = findings_of(root, with_history=False)
    assert ("OVER-CEILING", "roads") not in {(f.code, f.contract) for f in said.found}
    assert "more than one approval sets a ceiling" in " ".join(
        a.because for a in said.cannot_tell if (a.code, a.contract) == ("OVER-CEILING", "roads")
    )
