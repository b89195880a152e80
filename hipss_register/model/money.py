"""Money as records give it: exact, at most, about; in all or per period; by lot, year or supplier; or not at all."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from hipss_register.model.base import Id, Line, Model, Said, nothing_in
from hipss_register.model.kinds import MoneyRole, MoneySort
from hipss_register.model.refusal import Refusal

_FIGURE = re.compile(r"£?\s?(-?\d{1,3}(?:,\d{3}){1,4}|-?\d{1,15})(\.\d{1,4})?", re.ASCII)
QUALIFIERS = ("exactly", "at most", "about", "at least")
_FIGURES = {name: name.replace(" ", "_") for name in QUALIFIERS}


def parse_figure(text: object) -> Decimal:
    """Read ``250000``, ``250,000.50`` or ``£250,000``; raises `Refusal` for anything else."""
    if isinstance(text, Decimal):
        return text
    match = _FIGURE.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match:
        raise Refusal(
            "BAD-MONEY",
            f"“{str(text).strip()[:60]}” is not an amount of money",
            suggest_figure(str(text)),
        )
    return Decimal(match[1].replace(",", "") + (match[2] or ""))


_QUALIFIED = (
    (re.compile(r"\b(about|some|around|approx|approximately|estimated?|circa)\b"), "about"),
    (re.compile(r"\b(up to|at most|max|maximum|no more than)\b"), "at most"),
    (re.compile(r"\b(at least|min|minimum|no less than)\b"), "at least"),
)


def qualifier_in(words: str) -> str:
    """Which of about, at most and at least a word or two of plain English mean; empty if none of them."""
    return next((name for pattern, name in _QUALIFIED if pattern.search(words.lower()[:60])), "")


PERIOD = re.compile(r"\s?(?:per|a|each) (year|annum|month|week|day|hour|place)\b|\s?p\.?a\.?(?!\w)", re.IGNORECASE)
"""What follows a sum that is a rate."""


def period_of(match: re.Match[str]) -> str:
    """What a rate is for, as ``per`` has it, from a match of `PERIOD`."""
    return {None: "year", "annum": "year"}.get(match[1], str(match[1]).lower())


_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}


def suggest_figure(text: str) -> str:
    """A hint for amounts written as a person would say them, with "about", "up to" and "a year" kept."""
    text = text.lower()[:60]  # more is no amount, and to search it for one would take the square of its length
    if re.search(r"\b(withheld|exempt)\b", text):
        return "if it is withheld, write {nothing: withheld, paragraphs: [3]}, with the paragraph's number"
    said = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*(k|m|bn|thousand|million|billion)?\b", text, re.ASCII)
    qualifier, period = qualifier_in(text), PERIOD.match(text, said.end()) if said else None
    if not said or not (said[2] or qualifier or period):
        return "write it in digits, as 250000 or £250,000"
    figure = Decimal(said[1].replace(",", "")).scaleb(_SCALES.get(said[2], 0))
    written, per = f"{figure.normalize():f}", f", per: {period_of(period)}" if period else ""
    if qualifier:
        return f"did you mean {{{qualifier}: {written}{per}}}?"
    return f"a rate is written as {{exactly: {written}{per}}}" if per else f"did you mean {written}?"


Figure = Annotated[
    Decimal,
    BeforeValidator(parse_figure),
    PlainSerializer(lambda figure: f"{figure:f}", return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {"type": "string", "pattern": r"^£?\s?-?[\d,]+(\.\d{1,4})?$"},
            ]
        }
    ),
]


class Amount(Model):
    """One figure, and everything the record says that bears on what it means."""

    shorthand: ClassVar[str] = "exactly"

    exactly: Figure | None = None
    """The sum in pounds, when the record gives it as exact."""
    at_most: Annotated[Figure | None, Field(alias="at most")] = None
    """The sum in pounds that it may not pass: "up to", "a maximum of"."""
    about: Figure | None = None
    """The sum in pounds, when the record gives it as an estimate: "some £500k"."""
    at_least: Annotated[Figure | None, Field(alias="at least")] = None
    """The sum in pounds below which it will not fall."""
    per: Line | None = None
    """What the figure is a rate for, if it is one: year, week, hour, place."""
    quantity: Figure | None = None
    """How many of ``per`` the record expects, where it gives a rate and a volume but no total."""
    over: Line | None = None
    """The time that the figure covers, in words: "12 months", "up to five years"."""
    covers: Line | None = None
    """What the figure covers, where it is more or less than the contract: "lamps and signs"."""
    lot: Line | None = None
    """The lot that the figure is for."""
    year: Annotated[str | None, Field(pattern=r"^[0-9]{4}(-[0-9]{2})?$")] = None
    """The financial year that the figure is for, as 2024-25, or the calendar year."""
    supplier: Id | None = None
    """The supplier that the figure is for."""
    vat: Literal["included", "excluded", "only"] | None = None
    """Whether value added tax is in the figure, or is all of it; absent when the record does not say."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "GBP"
    """The currency's three letters (ISO 4217)."""
    words: Line | None = None
    """The record's own words for the figure, where they add something: "some £500k"."""

    @model_validator(mode="after")
    def _one_figure(self) -> Amount:
        given = [name for name, field in _FIGURES.items() if getattr(self, field) is not None]
        if len(given) != 1:
            raise Refusal(
                "BAD-MONEY",
                f"an amount has one of {', '.join(QUALIFIERS)}, this has {' and '.join(given) or 'none'}",
            )
        return self

    @property
    def qualifier(self) -> str:
        """Which of exactly, at most, about and at least it is."""
        return self._given()[0]

    @property
    def figure(self) -> Decimal:
        """The sum in its currency, whatever its qualifier."""
        return self._given()[1]

    def _given(self) -> tuple[str, Decimal]:
        """Whichever of the figures it has, and as what: ``_one_figure`` sees to it that there is one."""
        for name, field in _FIGURES.items():
            if (figure := getattr(self, field)) is not None:
                return name, figure
        raise AssertionError("an amount has a figure")

    def sort(self, role: MoneyRole) -> MoneySort:
        """Whether it is a limit, an estimate or an amount: three sorts that are never added together."""
        if self.qualifier in ("at most", "at least") or role.limit:
            return MoneySort.LIMIT
        return MoneySort.ESTIMATE if self.qualifier == "about" or self.quantity else MoneySort.AMOUNT


class Money(Said):
    """What a record says of a sum: one figure, several (by lot, year or supplier), or one of the kinds of nothing."""

    shorthand: ClassVar[str] = "parts"

    parts: tuple[Amount, ...] = ()
    """The figures; a part with no lot, year or supplier is the total."""
    words: Line | None = None
    """The record's own words, where it gives no figure that can be written down."""

    @model_validator(mode="before")
    @classmethod
    def _as_parts(cls, given: Any) -> Any:
        if isinstance(given, list):
            return {"parts": given}
        own = {"nothing", "parts", "paragraphs", "because"}
        if isinstance(given, str) and not nothing_in(given):
            return {"parts": [given]}
        if isinstance(given, dict) and given and not own & given.keys() and given.keys() - {"words", "worked_out"}:
            rest = {key: given[key] for key in given.keys() - {"worked_out"}}
            return {"parts": [rest], **{key: given[key] for key in given.keys() & {"worked_out"}}}
        return given
