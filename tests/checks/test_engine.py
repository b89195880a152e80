"""The machinery around the rules: choices of a site, the order of answers, law by date, days that count."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hipss_register.checks import CheckSettings, Choice, Weight, find
from hipss_register.checks.days import after_working_days, clear_days_between, is_working_day, working_days_between
from hipss_register.checks.law import ACT_2023, REG_72, Procurement, kept_until, procurement_of
from hipss_register.checks.options import BadChoice, read_choices
from hipss_register.history import State, make_history
from hipss_register.model import Contract
from hipss_register.point_in_time import as_known, states_over_time
from hipss_register.register import Register
from tests.checks.registers import edition_of, findings_of
from tests.core.registers import cited, linked, record

ROOT = Path(__file__).parent.parent.parent


class TestChoices:
    def test_a_rule_left_out_is_not_asked(self, founding: Path) -> None:
        settings = CheckSettings({"NOT-HELD": Choice("They are asked for.", off=True)})
        findings = findings_of(founding, settings)
        assert "NOT-HELD" not in {f.code for f in findings.found} | set(findings.passed)
        assert len(findings.found) == 6

    def test_a_rule_may_weigh_otherwise(self, founding: Path) -> None:
        settings = CheckSettings({"TWO-NAMES": Choice("It is harmless.", severity=Weight.QUESTION)})
        assert [f.severity for f in findings_of(founding, settings).found if f.code == "TWO-NAMES"] == ["question"]

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"LATES": {"off": True, "reason": "x"}}, "no rule LATES (did you mean LATE?)"),
            ({"LATE": {"off": True}}, "a reason is needed"),
            ({"LATE": {"off": True, "reason": " "}}, "a reason is needed"),
            ({"LATE": {"reason": "x"}}, "either"),
            ({"LATE": {"off": True, "severity": "gap", "reason": "x"}}, "either"),
            ({"LATE": {"severity": "grave", "reason": "x"}}, "question, gap, inconsistency"),
            ({"LATE": {"of": True, "reason": "x"}}, "it has"),
            ({"LATE": "off"}, "it has"),
            ({1: {"off": True, "reason": "x"}}, "no rule 1"),
            (["LATE"], "one for each rule"),
        ],
    )
    def test_must_be_well_formed(self, given: Any, words: str) -> None:
        with pytest.raises(BadChoice, match=r"^checks: ") as refused:
            read_choices(given)
        assert words in str(refused.value)
        assert "\n" not in str(refused.value)

    def test_are_read(self) -> None:
        assert read_choices({"LATE": {"off": True, "reason": " They give no date. "}}) == {
            "LATE": Choice("They give no date.", off=True)
        }
        assert read_choices(None) == {}


def test_find_gives_the_same_findings_in_the_same_order(founding: Path) -> None:
    book = edition_of(founding).book
    once, again = (find(book.register, book.histories, book.sources) for _ in range(2))
    assert once == again
    assert len(once) == 10


@pytest.mark.parametrize("form", ["json", "sarif", "text", "github"])
def test_output_does_not_depend_on_hash_seed_locale_or_time_zone(form: str) -> None:
    def run(**extra: str) -> bytes:
        environment = os.environ | {"PYTHONPATH": str(ROOT)} | extra
        command = [sys.executable, "-c", "from hipss_register.cli import main; main()", "check", "--format", form]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout

    assert run(PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC") == run(PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Asia/Tokyo")


HEAD = "title: T\ndecision_maker: Head of Parks\ndecision: Done.\n"
AWARD_2020 = "contracts: [{contract: c, event: award, term: 3 years}]"


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        ({"regime": "PCR 2015"}, Procurement(REG_72)),
        ({"regime": "Procurement Act 2023"}, Procurement(ACT_2023)),
        ({"regime": "light touch", "procured": "2025-02-23"}, Procurement(REG_72)),
        ({"regime": "light touch", "procured": "2025-02-24"}, Procurement(ACT_2023, light=True)),
        ({"regime": "light touch", "procured": "2025-02"}, Procurement(REG_72)),  # by the day of its award
        ({"regime": "below threshold"}, None),
        ({"regime": "not a purchase"}, None),
        ({}, "the table of contracts does not say under which law it was procured"),
    ],
)
def test_the_law_is_that_of_the_procurement(contract: dict[str, Any], expected: object) -> None:
    history = make_history(linked(cited("2020-01-02-a", AWARD_2020)), "c")
    assert procurement_of(Contract.model_validate({"name": "C", **contract}), history) == expected


def test_light_touch_of_an_unknown_day_cannot_be_placed() -> None:
    history = make_history(linked(), "c")
    assert procurement_of(Contract(name="C", regime="light touch"), history) == (
        "the day on which the procurement began is not known"
    )


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ("date: 2021-07-22\nfunction: non-executive", ("2027-07-21", "2025-07-21")),
        ("date: 2021-07\nfunction: non-executive", ("2027-07-30", "2025-07-30")),
        ("date: 2020-02-29\nfunction: non-executive", ("2026-02-28", "2024-02-28")),
        ("date: 2021-07-22\nfunction: executive", None),
        ("date: 2021-07-22", None),
    ],
)
def test_how_long_a_record_is_to_be_kept(fields: str, until: tuple[str, str] | None) -> None:
    kept = kept_until(record(f"{fields.split()[1]}-a", f"{HEAD}{fields}\n").form)
    assert (kept and (str(kept.record), str(kept.papers))) == until


class TestDays:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            ("2020-05-08", False),  # moved for VE day
            ("2020-05-04", True),  # where it otherwise would have been
            ("2022-06-03", False),  # the jubilee
            ("2022-09-19", False),  # the Queen's funeral
            ("2022-12-27", False),  # Christmas Day on a Sunday, observed
            ("2023-05-08", False),  # the coronation
            ("2024-03-29", False),  # Good Friday
            ("2024-03-18", True),  # St Patrick's Day is not kept in England
            ("2024-03-30", False),  # a Saturday
        ],
    )
    def test_english_bank_holidays(self, day: str, works: bool) -> None:
        assert is_working_day(dt.date.fromisoformat(day)) is works

    def test_counting(self) -> None:
        thursday, tuesday = dt.date(2024, 3, 28), dt.date(2024, 4, 2)
        assert working_days_between(thursday, tuesday) == 1
        assert after_working_days(thursday, 1) == tuesday
        assert working_days_between(tuesday, thursday) == 0
        assert clear_days_between(dt.date(2024, 1, 1), dt.date(2024, 1, 30)) == 28


class TestPointInTime:
    HEAD = "title: T\ndecision_maker: Head of Parks\ndecision: Done.\n"
    AWARD = (
        f"{HEAD}date: 2020-01-10\npublished: 2020-03-05\n"
        "contracts: [{contract: c, event: award, term: {start: 2020-04-01, end: 2021-03-31}}]"
    )
    CHANGE = (
        f"{HEAD}date: 2021-02\npublished: 2021-03-09\nlinks: {{varies: 2020-01-10-a}}\n"
        "contracts: [{contract: c, event: variation, term: {start: 2021-04-01, end: 2022-03-31}}]"
    )

    @pytest.mark.parametrize(
        ("day", "decided", "published", "perhaps"),
        [
            ("2020-01-09", [], [], ()),
            ("2020-01-10", ["2020-01-10-a"], [], ()),
            ("2020-03-05", ["2020-01-10-a"], ["2020-01-10-a"], ()),
            ("2021-02-15", ["2020-01-10-a"], ["2020-01-10-a"], ("2021-02-b",)),
            ("2021-03-08", ["2020-01-10-a", "2021-02-b"], ["2020-01-10-a"], ()),
        ],
    )
    def test_decided_by_then_and_published_by_then(
        self, day: str, decided: list[str], published: list[str], perhaps: tuple[str, ...]
    ) -> None:
        register = linked(record("2020-01-10-a", self.AWARD), record("2021-02-b", self.CHANGE))
        known = as_known(register.records.values(), dt.date.fromisoformat(day))
        assert [r.id for r in known.decided] == decided
        assert [r.id for r in known.published] == published
        assert known.perhaps_decided == perhaps

    def over_time(self, register: Register, shown: dict[str, dt.date] | None = None) -> list[tuple[object, ...]]:
        def end(state: State | None) -> str | None:
            return str(state.end.value) if state else None

        return [
            (str(s.day), s.exact, [what.value for what, _ in s.why], end(s.decided), end(s.known))
            for s in states_over_time(register, make_history(register, "c"), shown)
        ]

    def test_a_contract_over_time(self) -> None:
        register = linked(record("2020-01-10-a", self.AWARD), record("2021-02-b", self.CHANGE))
        assert self.over_time(register) == [
            ("2020-01-10", True, ["decided"], "2021-03-31", None),
            ("2020-03-05", True, ["published by the council"], "2021-03-31", "2021-03-31"),
            ("2021-02-28", False, ["decided"], "2022-03-31", "2021-03-31"),
            ("2021-03-09", True, ["published by the council"], "2022-03-31", "2022-03-31"),
        ]

    def test_published_in_another_order_than_decided(self) -> None:
        later = self.AWARD.replace("published: 2020-03-05", "published: 2021-06-01")
        register = linked(record("2020-01-10-a", later), record("2021-02-b", self.CHANGE))
        assert self.over_time(register)[2:] == [
            ("2021-03-09", True, ["published by the council"], "2022-03-31", "2022-03-31"),
            ("2021-06-01", True, ["published by the council"], "2022-03-31", "2022-03-31"),
        ]

    def test_where_the_council_gives_no_day_it_is_known_from_when_the_register_showed_it(self) -> None:
        silent = self.AWARD.replace("published: 2020-03-05\n", "")
        register = linked(record("2020-01-10-a", silent), record("2021-02-b", self.CHANGE))
        assert self.over_time(register, {"2020-01-10-a": dt.date(2022, 1, 1), "2021-02-b": dt.date(2022, 1, 1)}) == [
            ("2020-01-10", True, ["decided"], "2021-03-31", None),
            ("2021-02-28", False, ["decided"], "2022-03-31", None),
            ("2021-03-09", True, ["published by the council"], "2022-03-31", "2022-03-31"),
            ("2022-01-01", True, ["first shown in this register"], "2022-03-31", "2022-03-31"),
        ]

    def test_what_nobody_dated_is_in_neither(self) -> None:
        register = linked(record("2020-01-10-a", self.AWARD.replace("published: 2020-03-05\n", "")))
        known = as_known(register.records.values(), dt.date(2030, 1, 1))
        assert [r.id for r in known.published] == []
        assert known.perhaps_published == ("2020-01-10-a",)
