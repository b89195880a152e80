"""Chains of decisions made at random, with their balances worked out a second time in the simplest way."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from hipss_register.checks import check
from hipss_register.checks.world import World
from hipss_register.history import make_history
from hipss_register.model import Tables
from hipss_register.site.views.authority import authority_view
from tests.core.registers import linked, record

START = (2020, 4)
CEILING = 500_000


@dataclass(frozen=True)
class Change:
    """A use of the next option, or a variation; months longer, and a cost if it is known."""

    option: bool
    months: int
    cost: int | None


@dataclass(frozen=True)
class Chain:
    months: int
    options: tuple[int, ...]
    value: int | None
    changes: tuple[Change, ...]


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    options = tuple(draw(st.lists(st.integers(1, 24), max_size=3)))
    left = list(options)
    changes = []
    for _ in range(draw(st.integers(0, 5))):
        cost = draw(st.one_of(st.none(), st.integers(0, 300_000)))
        if left and draw(st.booleans()):
            changes.append(Change(True, left.pop(0), cost))
        else:
            changes.append(Change(False, draw(st.integers(1, 24)), cost))
            left = []  # a variation of the term leaves no option after it
    value = draw(st.one_of(st.none(), st.integers(0, 600_000)))
    return Chain(draw(st.integers(1, 60)), options, value, tuple(changes))


def last_day(months: int) -> dt.date:
    """The last day of so many months from April 2020, counted on the fingers."""
    year, month = START
    for _ in range(months - 1):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def first_day_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def texts(chain: Chain) -> list[tuple[str, str]]:
    """The chain as decision files: an approval, an award, and each change."""
    head = "title: T\ndecision_maker: Head of Parks\ndecision: Done.\n"
    approval = (
        f"{head}date: 2020-01-01\ncontracts: [{{contract: c, event: approval to procure, "
        f"ceiling: {{at most: {CEILING}}}, term: {{start: 2020-04-01, length: 5 years}}}}]\n"
    )
    options = ", ".join(f"{months} months" for months in chain.options)
    value = "" if chain.value is None else f", value: {chain.value}"
    award = (
        f"{head}date: 2020-02-01\nlinks: {{awards under: 2020-01-01-a}}\n"
        f"contracts: [{{contract: c, event: award{value}, "
        f"term: {{start: 2020-04-01, length: {chain.months} months, options: [{options}]}}}}]\n"
    )
    files = [("2020-01-01-a", approval), ("2020-02-01-b", award)]
    end = last_day(months := chain.months)
    for n, change in enumerate(chain.changes, 1):
        months += change.months
        start, end = first_day_after(end), last_day(months)
        event, link = ("option exercised", "exercises option in") if change.option else ("variation", "varies")
        cost = "not stated" if change.cost is None else f"{{at most: {change.cost}}}"
        text = (
            f"{head}date: 2020-03-{n:02}\nlinks: {{{link}: 2020-02-01-b}}\n"
            f"contracts: [{{contract: c, event: {event}, cost: {cost}, term: {{start: {start}, end: {end}}}}}]\n"
        )
        files.append((f"2020-03-{n:02}-c", text))
    return files


def simple_balances(chain: Chain) -> list[tuple[int | None, int, dt.date]]:
    """After the award and each change: all that is used, if known; the known costs; and the last day."""
    total, known, months = chain.value, 0, chain.months
    balances = [(total, known, last_day(months))]
    for change in chain.changes:
        months += change.months
        total = None if total is None or change.cost is None else total + change.cost
        known += change.cost or 0
        balances.append((total, known, last_day(months)))
    return balances


@given(chains())
def test_agree_with_the_simplest_way_to_work_them_out(chain: Chain) -> None:
    register = linked(
        *(record(name, text) for name, text in texts(chain)),
        tables=Tables.model_validate({"contracts": {"c": {"name": "C", "regime": "PCR 2015"}}}),
    )
    histories = {"c": make_history(register, "c")}
    world = World(register, histories, {})
    decisions = list(register.records.values())[1:]
    expected = simple_balances(chain)

    for decision, (total, known, end) in zip(decisions, expected, strict=True):
        (balance,) = authority_view(world, decision).balances
        assert balance.used
        assert balance.ceiling
        assert balance.used.figure == total
        assert balance.left == (None if total is None else CEILING - total)
        assert balance.used.at_least >= known
        assert balance.end == end
        assert balance.past_limit == (end > dt.date(2025, 3, 31))

    found = {f.code: f.decision for f in check(world).found}
    over = [d.id for d, (t, k, _) in zip(decisions, expected, strict=True) if max(t or 0, k) > CEILING]
    past = [d.id for d, (_, _, e) in zip(decisions, expected, strict=True) if e > dt.date(2025, 3, 31)]
    assert found.get("OVER-CEILING") == (over[0] if over else None)
    assert found.get("PAST-APPROVAL") == (past[0] if past else None)
    assert not {"TERMS-JOIN", "OPTION-OVERUSED", "NO-RECORD"} & set(found)
