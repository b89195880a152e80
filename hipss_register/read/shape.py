"""From plain values to the model, with every mistake as a code, a place and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hipss_register.model.base import Parts
from hipss_register.model.refusal import Refusal, did_you_mean
from hipss_register.problems import Fault, Loc

M = TypeVar("M", bound=BaseModel)

UNPLACED = "unplaced"
"""What a draft made from a document has beside the form's fields: words for which no field was found."""

_SHAPES = {
    "string_type": "text was expected",
    "tuple_type": "a list was expected",
    "list_type": "a list was expected",
    "dict_type": "fields and their values were expected",
    "model_type": "fields and their values were expected",
    "model_attributes_type": "fields and their values were expected",
}


_WORDS = {
    "bool_parsing": "yes or no was expected here",
    "bool_type": "yes or no was expected here",
    "int_parsing": "a whole number was expected here",
    "int_parsing_size": "a whole number was expected here",
    "int_type": "a whole number was expected here",
    "greater_than_equal": "a number of at least {ge} was expected here",
    "less_than_equal": "a number of at most {le} was expected here",
}
_FORMS = {
    "sha256": "64 digits and letters from a to f",
    "year": "a year, as 2024, or a financial year, as 2024-25",
    "currency": "the three capital letters of a currency, as GBP",
}


def read_shape(model: type[M], data: Any, path: str, parts: Parts | None = None) -> tuple[M | None, list[Fault]]:
    """The values as the model, or every fault that keeps them from being it; of equal ``parts`` one is held."""
    try:
        return model.model_validate(data, context=parts), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, list(dict.fromkeys(_fault(model, detail, path) for detail in details))


def _fault(model: type[BaseModel], detail: ErrorDetails, path: str) -> Fault:
    loc: Loc = tuple(part for part in detail["loc"] if part != "[key]")
    code, message, hint = _say(model, detail, loc)
    return Fault(code, path, loc, message, hint)


def _say(model: type[BaseModel], detail: ErrorDetails, loc: Loc) -> tuple[str, str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    refusal = context.get("error")
    if isinstance(refusal, Refusal):
        return refusal.code, refusal.message, refusal.hint
    if kind == "extra_forbidden" and loc == (UNPLACED,):
        count = len(detail["input"]) if isinstance(detail["input"], list) else 1
        said = "1 passage of the document has" if count == 1 else f"{count} passages of the document have"
        return "UNPLACED", f"{said} found no field", "put each where it belongs, then take “unplaced” out"
    if kind == "extra_forbidden":
        return (
            "UNKNOWN-KEY",
            f"there is no field “{loc[-1]}” here",
            did_you_mean(str(loc[-1]), _fields_at(model, loc[:-1])),
        )
    if kind == "missing":
        return "MISSING-FIELD", f"the field “{loc[-1]}” is missing", ""
    if kind in _SHAPES:
        return "WRONG-SHAPE", f"{_SHAPES[kind]} here", ""
    if kind in ("literal_error", "enum"):
        return _choice(str(detail["input"]), str(context.get("expected", "")))
    if kind in _WORDS:
        return "BAD-VALUE", _WORDS[kind].format(**context), ""
    if kind == "string_pattern_mismatch":
        return "BAD-VALUE", f"“{str(detail['input'])[:60]}” is not {_FORMS[str(loc[-1])]}", ""
    return "BAD-VALUE", f"{_named(loc)}{detail['msg'].removeprefix('Value error, ')}", ""


def _choice(given: str, expected: str) -> tuple[str, str, str]:
    choices = expected.replace("'", "").replace(" or ", ", ")
    return (
        "BAD-CHOICE",
        f"“{given[:60]}” is not one of: {choices}",
        did_you_mean(given, choices.split(", ")),
    )


def _named(loc: Loc) -> str:
    names = [part for part in loc if isinstance(part, str)]
    return f"“{names[-1]}”: " if names else ""


def _fields_at(model: type[BaseModel], loc: Loc) -> Iterable[str]:
    """The names of the fields that may stand at a place of the model."""
    here: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, str) and here:
            fields = {(field.alias or name): field for name, field in here.model_fields.items()}
            here = next(_models_in(fields[part].annotation), None) if part in fields else here
    return [field.alias or name for name, field in here.model_fields.items()] if here else ()


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
