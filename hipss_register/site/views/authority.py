"""The chain of authority of a decision: by what power, under what ceilings, how much of them is used, by which post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hipss_register.checks.authority import is_authorised
from hipss_register.checks.powers import Ceiling, Limit, Used, ceiling_at, limit_at, percent, used_under
from hipss_register.checks.world import World
from hipss_register.history import History, Step
from hipss_register.history.days import exact
from hipss_register.model import Statement
from hipss_register.read import Record
from hipss_register.register import Linked
from hipss_register.wording import say_figure

POWER_LINKS = ("authorised by", "awards under", "implements", "exercises option in", "varies", "extends", "revises")
"""The links by which a decision rests on an earlier one, the strongest first."""
_MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class PowerStep:
    """One decision in the chain of authority: how the next one rests on it, and what limits it set."""

    record: Record
    link: Linked | None
    money: tuple[str, ...]
    may_decide: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What a decision takes up of the ceilings that it is under, for one contract."""

    contract: str
    ceiling: Ceiling | None
    used: Used | None
    limit: Limit | None
    end: dt.date | None

    @property
    def left(self) -> Decimal | None:
        """What is left under the ceiling after the decision; below nothing if it is passed; None if it is not known."""
        if self.ceiling is None or self.used is None or self.used.figure is None:
            return None
        return self.ceiling.figure - self.used.figure

    @property
    def said(self) -> str:
        """How much is used, in words."""
        if self.ceiling is None or self.used is None:
            return "No ceiling is recorded"
        if self.used.figure is None:
            known = f"At least {say_figure(self.used.at_least)}. " if self.used.at_least else ""
            return f"{known}The whole cannot be computed: {self.used.because}"
        return f"{say_figure(self.used.figure)}, {percent(self.used.figure, self.ceiling.figure)} of the ceiling"

    @property
    def past_limit(self) -> bool | None:
        """Whether the contract now ends after the last day approved; None if that is not known."""
        if not self.limit or not self.limit.day or not self.end:
            return None
        return self.end > self.limit.day


@dataclass(frozen=True, slots=True)
class AuthorityView:
    """By what power a decision was taken, as far as the records tell."""

    stated: Statement | None
    """The authority in the record's own words."""
    chain: tuple[PowerStep, ...]
    """The decisions that it rests on, the earliest first."""
    balances: tuple[Balance, ...]
    posts: tuple[tuple[str, str, bool | None], ...]
    """For each post that decided: its name, who was authorised, and whether they agree (None: cannot be told)."""

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.stated or self.chain or any(balance.ceiling or balance.limit for balance in self.balances))


def has_authority(world: World, record: Record) -> bool:
    """Whether there is anything to show of a decision's authority, without gathering it all."""
    return bool(record.form.authority or _strongest(world, record)) or authority_view(world, record).known


def authority_view(world: World, record: Record) -> AuthorityView:
    """Gather the chain of authority of one decision."""
    chain = tuple(_chain(world, record))
    return AuthorityView(
        record.form.authority, chain, tuple(_balances(world, record)), tuple(_posts(world, record, chain))
    )


def _chain(world: World, record: Record) -> Iterator[PowerStep]:
    steps: list[PowerStep] = []
    seen = {record.id}
    here: Record | None = record
    while here and len(steps) < _MOST_STEPS:
        link = _strongest(world, here)
        here = world.register.records[link.target] if link and link.target not in seen else None
        if here:
            seen.add(here.id)
            steps.append(_step(here, link))
    return reversed(steps)


def _strongest(world: World, record: Record) -> Linked | None:
    links = [link for link in world.register.links_from.get(record.id, ()) if link.kind.name in POWER_LINKS]
    return min(links, key=lambda link: POWER_LINKS.index(link.kind.name), default=None)


def _step(record: Record, link: Linked | None) -> PowerStep:
    ceilings = [event.ceiling for event in record.form.contracts if event.ceiling]
    money = tuple(f"{say_figure(part.figure)}" for ceiling in ceilings for part in ceiling.parts)
    return PowerStep(record, link, money, tuple(e.may_award for e in record.form.contracts if e.may_award))


def _balances(world: World, record: Record) -> Iterator[Balance]:
    for event in record.form.contracts:
        history = world.histories.get(event.contract)
        step = _step_at(history, record) if history else None
        if history and step and step.event is event:
            used = used_under(world, event.contract, step) if step.after.awarded else None
            end = exact(step.after.end)
            yield Balance(
                event.contract,
                ceiling_at(world, event.contract, step),
                used,
                limit_at(world, event.contract, step),
                end,
            )


def _step_at(history: History, record: Record) -> Step | None:
    return next((step for step in history.steps if step.record is record and step.event), None)


def _posts(world: World, record: Record, chain: tuple[PowerStep, ...]) -> Iterator[tuple[str, str, bool | None]]:
    may = next((step.may_decide[0] for step in reversed(chain) if step.may_decide), "")
    for maker in record.form.makers:
        direct = any(
            link.kind.name in ("authorised by", "awards under") for link in world.register.links_from.get(record.id, ())
        )
        yield maker.name, may, is_authorised(world, maker.name, may) if may and direct else None
