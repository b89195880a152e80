"""What the models say of themselves in the documentation: what may be written, and what it is read as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from hipss_register import examples
from hipss_register.examples import EXAMPLES, WAYS
from hipss_register.fields import ModelType, title, value_of, without_none
from hipss_register.model import DecisionForm
from hipss_register.model.base import OneOrMore
from hipss_register.read.rules import NEEDED_IF_CITED, NEEDED_IF_HELD
from hipss_register.reference.words import PLAIN_TYPES
from hipss_register.wording import say_list


def anchor(heading: str) -> str:
    """The anchor that MkDocs gives a heading of plain words."""
    return re.sub(r"[^a-z0-9_]+", "-", heading.lower()).strip("-")


def in_words(annotation: Any) -> str:
    """What may be written for a type, in plain words."""
    annotation = without_none(annotation)
    for known, words in PLAIN_TYPES:
        if annotation == known:
            return words
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated_in_words(parts[0], parts[1:])
    if origin is tuple:
        return f"a list: {in_words(parts[0])}"
    if origin is dict:
        return f"one or more pairs: {in_words(parts[0])}, a colon, then {in_words(parts[1])}"
    return _choice_or_part(annotation)


def _annotated_in_words(base: Any, extras: Sequence[Any]) -> str:
    if OneOrMore in extras:
        return f"one, or a list: {in_words(get_args(base)[0])}"
    base, (low, high) = without_none(base), _bounds(extras)
    return f"a whole number from {low} to {high}" if base is int and high else in_words(base)


def _bounds(extras: Sequence[Any]) -> tuple[Any, Any]:
    limits = [limit for extra in extras if isinstance(extra, FieldInfo) for limit in extra.metadata]
    least = next((limit.ge for limit in limits if hasattr(limit, "ge")), None)
    return least, next((limit.le for limit in limits if hasattr(limit, "le")), None)


def _choice_or_part(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return _choices(get_args(annotation))
    if issubclass(annotation, StrEnum):
        return _choices([member.value for member in annotation])
    heading = title(annotation)
    return f"see [{heading}](#{anchor(heading)})"


def _choices(values: Sequence[str]) -> str:
    return say_list([f"`{value}`" for value in values], "or")


def needed(model: ModelType, name: str) -> str:
    """Whether the field must be there, in words; empty when it need not."""
    if model is DecisionForm and name in NEEDED_IF_HELD:
        return "**Needed in a record that we hold.**"
    if model is DecisionForm and name in NEEDED_IF_CITED:
        return "**Needed in a cited record.**"
    return "**Needed.**" if model.model_fields[name].is_required() else ""


def read_example(model: ModelType, name: str) -> str:
    """The example for a field, once the field has read it; raises if it cannot."""
    text = EXAMPLES.get(place := f"{model.__name__}.{name}")
    if text is None:
        raise LookupError(f"the field {place} has no example; add one to EXAMPLES in {examples.__file__}")
    field: TypeAdapter[Any] = TypeAdapter(model.model_fields[name].rebuild_annotation())
    field.validate_python(value_of(text))
    return text


def read_as(model: ModelType, text: str) -> str:
    """A short way of writing a part, written out in full."""
    part = model.model_validate(value_of(text))
    return flow(part.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def flow(value: Any) -> str:
    """A value in one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if re.fullmatch(r"[\w£][^,\[\]{}#:\"']*", str(value)) else f'"{value}"'


def ways_of_writing(model: ModelType) -> Sequence[str]:
    """The short ways of writing a part."""
    short = getattr(model, "shorthand", "")
    return WAYS.get(model.__name__) or ([EXAMPLES[f"{model.__name__}.{short}"]] if short else [])
