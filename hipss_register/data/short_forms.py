"""Short ways of writing that a model's own validators read, beside those that its ``shorthand`` gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hipss_register.data import patterns
from hipss_register.model import Makers, Money, Option, Suppliers, Term, Wards
from hipss_register.model.base import Line
from hipss_register.model.decision import Maker
from hipss_register.model.event import Party
from hipss_register.model.money import Amount

if TYPE_CHECKING:
    from hipss_register.data.schema import SchemaMaker

Schema = dict[str, Any]


def more_ways(model: type[Any], maker: SchemaMaker) -> list[Schema]:
    """Every short way of writing a part that has more than its ``shorthand``; empty for the others."""
    ways: dict[type[Any], Callable[[], list[Schema]]] = {
        Option: lambda: [_text(patterns.OPTION)],
        Term: lambda: [_text(patterns.TERM)],
        Makers: lambda: _one_or_more(maker.part(Maker)),
        Wards: lambda: _one_or_more(maker.of(Line)),
        Suppliers: lambda: _one_or_more(maker.part(Party)),
        Money: lambda: [*_one_or_more(maker.part(Amount)), _amount_in_money(maker)],
    }
    return next((make() for part, make in ways.items() if part is model), [])


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": patterns.whole(pattern)}


def _one_or_more(member: Schema) -> list[Schema]:
    return [member, {"type": "array", "items": member, "minItems": 1}]


def _amount_in_money(maker: SchemaMaker) -> Schema:
    """A single figure written as the money itself may say how it was worked out."""
    full = maker.fields(Amount)
    worked_out = maker.fields(Money)["properties"]["worked_out"]
    return full | {"properties": full["properties"] | {"worked_out": worked_out}}
