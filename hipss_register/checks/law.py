"""Which law a decision or a contract is under, as far as the records tell; and what each rests on.

Everything here was checked against the statute or an official page, or says that a secondary source is all there is.
What nobody has checked is not printed as law.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hipss_register.checks.finding import Basis, Known
from hipss_register.history import History
from hipss_register.model import Contract, DecisionForm, Length

# What regulation 13 asks of officers is known from a secondary source alone.
EXECUTIVE = Basis("SI 2012/2089, regulations 12 and 13", Known.SECONDARY)
OTHER = Basis("SI 2014/2095, regulation 7", Known.STATUTE)
EITHER = Basis("SI 2012/2089, regulations 12 and 13, or SI 2014/2095, regulation 7", Known.SECONDARY)
OTHER_KEPT = Basis("SI 2014/2095, regulation 8", Known.SECONDARY)
KEY = Basis("SI 2012/2089, regulation 8", Known.STATUTE)
KEY_NOTICE = Basis("SI 2012/2089, regulations 9 to 11", Known.SECONDARY)
SCHEDULE_12A = Basis("Local Government Act 1972, Schedule 12A", Known.STATUTE)
REG_72 = Basis("Public Contracts Regulations 2015, regulation 72", Known.SECONDARY)
ACT_2023 = Basis("Procurement Act 2023, sections 74 to 77", Known.STATUTE)

ACT_BEGAN = dt.date(2025, 2, 24)
"""Contracts procured before this day are under the earlier regulations for their whole life."""


def law_of(form: DecisionForm) -> Basis:
    """The regulations that say what a record must contain; either, where it does not say whose function it was."""
    return {"executive": EXECUTIVE, "non-executive": OTHER, None: EITHER}[form.function]


RECORD_YEARS, PAPER_YEARS = 6, 4
"""How long the record of a non-executive decision, and its background papers, are to be kept open to the public."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a record and its background papers are to be open to the public at least, and on what that rests."""

    record: dt.date
    papers: dt.date
    basis: Basis


def kept_until(form: DecisionForm) -> Kept | None:
    """Until when a record is to be kept; None where the law is another or is not known, or the day is not.

    The years are counted from the day of the decision, the latest that it can be. For executive decisions nobody has
    checked what the law asks.
    """
    day = form.date.latest
    if form.function != "non-executive" or form.pending or not day:
        return None
    return Kept(_years_after(day, RECORD_YEARS), _years_after(day, PAPER_YEARS), OTHER_KEPT)


def _years_after(day: dt.date, years: int) -> dt.date:
    return Length(years=years).end_from(day) or day


@dataclass(frozen=True, slots=True)
class Procurement:
    """The law on changes to a contract. ``light`` are the contracts that need no change notice under the Act."""

    basis: Basis
    light: bool = False


def procurement_of(contract: Contract | None, history: History) -> Procurement | str | None:
    """The law on changes to a contract; in words, why it cannot be said; None where neither law applies."""
    regime = contract.regime if contract else None
    if regime in ("below threshold", "not a purchase"):
        return None
    if regime == "PCR 2015":
        return Procurement(REG_72)
    if regime == "Procurement Act 2023":
        return Procurement(ACT_2023)
    begun = _before_the_act(contract, history)
    if regime == "light touch" and begun is not None:
        return Procurement(REG_72) if begun else Procurement(ACT_2023, light=True)
    if regime == "light touch":
        return "the day on which the procurement began is not known"
    return "the table of contracts does not say under which law it was procured"


def _before_the_act(contract: Contract | None, history: History) -> bool | None:
    """Whether the contract was procured before the Act; an award before it shows that too. None if it is not known."""
    procured = contract.procured if contract else None
    if procured and procured.latest and procured.latest < ACT_BEGAN:
        return True
    if procured and procured.earliest and procured.earliest >= ACT_BEGAN:
        return False
    awards = [step.record.form.date for step in history.steps if step.event and step.event.event == "award"]
    awarded = max((day.latest for day in awards if day.latest), default=None)
    return True if awarded and awarded < ACT_BEGAN else None
