"""What the models say of themselves: names, meanings, what may be written, and what it is read as."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from hipss_register.model import DecisionForm, Tables
from hipss_register.model.base import OneOrMore
from hipss_register.read.rules import NEEDED_IF_CITED, NEEDED_IF_HELD
from hipss_register.read.yaml_text import parse_yaml
from hipss_register.reference.examples import (
    EXAMPLES,
    PLAIN_TYPES,
    WAYS,
)
from hipss_register.wording import say_list

ModelType = type[BaseModel]


def title(model: ModelType) -> str:
    """The heading of a model's section: ``KnownFrom`` is "Known from"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()


def anchor(heading: str) -> str:
    """The anchor that MkDocs gives a heading of plain words."""
    return re.sub(r"[^a-z0-9_]+", "-", heading.lower()).strip("-")


def own_fields(model: ModelType) -> dict[str, FieldInfo]:
    """A model's fields in its own order, without those that several models have in common."""
    return {name: field for name, field in model.model_fields.items() if name in model.__annotations__}


def written(name: str, field: FieldInfo) -> str:
    """A field's name as the file has it."""
    return field.alias or name


def annotation_of(model: ModelType, name: str) -> Any:
    """A field's type as the model's source gives it, without "or nothing"."""
    return _without_none(get_type_hints(model, include_extras=True)[name])


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    (rest,) = (part for part in get_args(annotation) if part is not NoneType)
    return rest


def nested_models(model: ModelType) -> Iterator[ModelType]:
    """Every model that a model's fields are made of, each before the ones within it, in the order of the fields."""
    inherited = [name for name in model.model_fields if name not in own_fields(model)]
    for name in (*own_fields(model), *inherited):
        for inner in _models_in(annotation_of(model, name)):
            yield inner
            yield from nested_models(inner)


def _models_in(annotation: Any) -> Iterator[ModelType]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def form_parts() -> list[ModelType]:
    """The parts of a decision file that have fields of their own, in the form's order."""
    return list(dict.fromkeys(nested_models(DecisionForm)))


def table_parts() -> list[ModelType]:
    """The entries of the reference tables, and what they alone are made of."""
    return [model for model in dict.fromkeys(nested_models(Tables)) if model not in form_parts()]


def in_words(annotation: Any) -> str:
    """What may be written for a type, in plain words."""
    annotation = _without_none(annotation)
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
    base, (low, high) = _without_none(base), _bounds(extras)
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


def value_of(text: str) -> Any:
    """The plain value of an example, as the reader would have it."""
    return parse_yaml(f"example: {text}").data["example"]


def read_example(model: ModelType, name: str) -> str:
    """The example for a field, once the field has read it; raises if it cannot."""
    text = EXAMPLES.get(place := f"{model.__name__}.{name}")
    if text is None:
        raise LookupError(f"the field {place} has no example; add one to EXAMPLES in {__file__}")
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
