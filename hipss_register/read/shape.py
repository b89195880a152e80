"""From plain values to the model, with every mistake as a code, a place and a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hipss_register.examples import EXAMPLES
from hipss_register.model.base import Parts
from hipss_register.model.decision import LABELS
from hipss_register.model.money import qualifier_in
from hipss_register.model.refusal import Refusal, did_you_mean, nearest
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
_TABLES = {"contract": "contracts", "supplier": "suppliers"}
"""The fields that hold an id of a table. Which id was meant by a name is not to be guessed from the name alone."""
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
        misspelt = meant_fields(model, [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"])
        told = [detail for detail in details if detail["type"] != "missing" or detail["loc"] not in misspelt]
        return None, list(dict.fromkeys(_fault(model, detail, path) for detail in told))


def meant_fields(model: type[BaseModel], unknown: Iterable[Loc]) -> set[Loc]:
    """The fields that the unknown ones are taken to be: what is there under a wrong name is not missing as well."""
    return {(*loc[:-1], meant) for loc in unknown if (meant := _field_meant(model, loc))}


def _fault(model: type[BaseModel], detail: ErrorDetails, path: str) -> Fault:
    loc: Loc = tuple(part for part in detail["loc"] if part != "[key]")
    code, message, hint = _say(model, detail, loc)
    return Fault(code, path, loc, message, hint)


def _say(model: type[BaseModel], detail: ErrorDetails, loc: Loc) -> tuple[str, str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    refusal = context.get("error")
    if isinstance(refusal, Refusal):
        table = _TABLES.get(str(loc[-1])) if refusal.code == "BAD-ID" else None
        where = f" The ids are in tables/{table}.yaml" if table else ""
        return refusal.code, refusal.message, (refusal.hint + where).strip()
    if kind == "extra_forbidden" and loc == (UNPLACED,):
        count = len(detail["input"]) if isinstance(detail["input"], list) else 1
        said = "1 passage of the document has" if count == 1 else f"{count} passages of the document have"
        return "UNPLACED", f"{said} found no field", "put each where it belongs, then take “unplaced” out"
    if kind == "extra_forbidden":
        meant = _field_meant(model, loc)
        return "UNKNOWN-KEY", f"there is no field “{loc[-1]}” here", f"did you mean {meant}?" if meant else ""
    if kind == "missing":
        return "MISSING-FIELD", f"the field “{loc[-1]}” is missing", ""
    if kind in _SHAPES:
        fields = [part for part in loc if isinstance(part, str)]
        example = EXAMPLES.get(f"{model.__name__}.{fields[0]}") if len(fields) == 1 else None
        return "WRONG-SHAPE", f"{_SHAPES[kind]} here", f"as in {loc[0]}: {example}" if example else ""
    if kind in ("literal_error", "enum"):
        return _choice(str(detail["input"]), str(context.get("expected", "")))
    if kind in _WORDS:
        return "BAD-VALUE", _WORDS[kind].format(**context), ""
    if kind == "string_pattern_mismatch":
        return "BAD-VALUE", f"“{str(detail['input'])[:60]}” is not {_FORMS[str(loc[-1])]}", ""
    return "BAD-VALUE", f"{_named(loc)}{detail['msg'].removeprefix('Value error, ')}", ""


_CALLED = {"title": "name", "link": "url", "website": "url", "address": "url"}
_MOST_LOOKED_AT = 100
_YES_OR_NO = {
    word: f"did you mean {answer}?"
    for answer, words in (("yes", ("y", "true", "1")), ("no", ("n", "false", "0")))
    for word in words
}


def _choice(given: str, expected: str) -> tuple[str, str, str]:
    choices = expected.replace("'", "").replace(" or ", ", ")
    hint = did_you_mean(given, choices.split(", ")) or (
        _YES_OR_NO.get(given.casefold(), "") if "yes" in choices else ""
    )
    return "BAD-CHOICE", f"“{given[:60]}” is not one of: {choices}", hint


def _named(loc: Loc) -> str:
    names = [part for part in loc if isinstance(part, str)]
    return f"“{names[-1]}”: " if names else ""


def _field_meant(model: type[BaseModel], loc: Loc) -> str:
    """The field that an unknown one is taken to be: one spelt much like it, or that the form or plain English calls so.

    Empty if there is none.
    """
    given, fields = str(loc[-1]), list(_fields_at(model, loc[:-1]))
    if near := nearest(given, fields):
        return near
    labels = {label: field for field, label in LABELS.items() if field in fields}
    if label := nearest(given, labels):
        return labels[label]
    words = re.findall("[a-z]+", given.casefold()[:_MOST_LOOKED_AT])
    called = dict.fromkeys([qualifier_in(given), *words, *(_CALLED.get(word, "") for word in words)])
    meant = [name for name in called if name in fields]
    return meant[0] if len(meant) == 1 else ""


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
