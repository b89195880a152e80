"""Parts of records as plain values, and back without reading them again: for what was read once and found sound."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import lru_cache, partial
from typing import Any, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel

from hipss_register.model.base import FIELDS_SET, Model, Parts, Recurring
from hipss_register.model.dates import DateSpan
from hipss_register.model.lengths import Length

M = TypeVar("M", bound=Model)
_Make = Callable[[Any], Any]

_VALUES: dict[type, _Make] = {
    Decimal: Decimal,
    DateSpan: lru_cache(1 << 12)(DateSpan.parse),
    Length: lru_cache(1 << 10)(Length.parse),
}
"""What makes a value of the text that `plain` gives of it."""

_set_fields, _set_extra, _set_private = (
    vars(BaseModel)[f"__pydantic_{name}__"].__set__ for name in ("fields_set", "extra", "private")
)


def plain(part: Model) -> dict[str, Any]:
    """All that a part says, as values of JSON; what is left out is left out."""
    return part.model_dump(mode="json", exclude_unset=True)


class Reviver:
    """Makes parts of the plain values of others. Nothing is checked; of equal ``parts`` that recur one is held.

    Given other values than `plain` gave, it makes nonsense or raises an ArithmeticError, AttributeError, LookupError,
    TypeError or ValueError.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._makers: dict[type[Model], _Make] = {}

    def revive(self, model: type[M], given: dict[str, Any]) -> M:
        """The part of which `plain` gave these values."""
        return cast(M, self._maker_of(model)(given))

    def _maker_of(self, model: type[Model]) -> _Make:
        if model not in self._makers:
            make = _Mould(model, self._maker).part
            recurs = issubclass(model, Recurring)
            self._makers[model] = partial(self._held, model, make) if recurs else make
        return self._makers[model]

    def _held(self, model: type[Model], make: _Make, given: dict[str, Any]) -> Any:
        """The part that is written like this one; its own text, where it has nothing else, is quick to know it by."""
        text = given.get(model.shorthand) if len(given) == 1 else None
        if type(text) is not str:
            return self._parts.held(model, given, make)
        key = model, model.shorthand, text
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = make(given)
        return part

    def _maker(self, annotation: Any) -> _Make | None:
        """What makes a field's value; None if the plain value is the value."""
        kind, inner = get_origin(annotation), get_args(annotation)
        if isinstance(annotation, type) and issubclass(annotation, Model):
            return self._maker_of(annotation)
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return annotation
        if kind is tuple:
            return _tuple_of(self._maker(inner[0]))
        if kind is dict:
            return _dict_of(self._maker(inner[1]))
        return _VALUES.get(annotation) or next(filter(None, map(self._maker, inner)), None)


def _tuple_of(make: _Make | None) -> _Make:
    return (lambda values: tuple(map(make, values))) if make else tuple


def _dict_of(make: _Make | None) -> _Make | None:
    return (lambda values: {name: make(value) for name, value in values.items()}) if make else None


class _Mould:
    """Makes parts of one kind as the library makes them that checks what it is given."""

    def __init__(self, model: type[Model], maker: Callable[[Any], _Make | None]) -> None:
        fields = model.model_fields
        self._model = model
        self._left_out = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
        self._makers = {name: make for name, field in fields.items() if (make := maker(field.annotation))}
        self._known: dict[tuple[str, ...], tuple[set[str], list[tuple[str, _Make]]]] = {}

    def part(self, given: dict[str, Any]) -> Model:
        """The part that says what is given."""
        fields_set, to_make = self._known.get(names := tuple(given)) or self._learn(names)
        values = self._left_out | given
        for name, make in to_make:
            if values[name] is not None:
                values[name] = make(values[name])
        part = object.__new__(self._model)
        object.__setattr__(part, "__dict__", values)
        _set_fields(part, fields_set)
        _set_extra(part, None)
        _set_private(part, None)
        return part

    def _learn(self, names: tuple[str, ...]) -> tuple[set[str], list[tuple[str, _Make]]]:
        if not self._left_out.keys() >= set(names):
            raise LookupError
        fields_set = FIELDS_SET.setdefault(frozenset(names), set(names))
        self._known[names] = fields_set, [(name, self._makers[name]) for name in names if name in self._makers]
        return self._known[names]
