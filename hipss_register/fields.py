"""The fields of the models: their names, their types and what they mean, for documentation, schemas and tables."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hipss_register.model import DecisionForm, Tables
from hipss_register.read.yaml_text import parse_yaml

ModelType = type[BaseModel]


def in_one_line(text: str | None) -> str:
    """A docstring as a sentence or two."""
    return " ".join((text or "").replace("``", "`").split())


def title(model: ModelType) -> str:
    """The heading of a model's section: ``KnownFrom`` is "Known from"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()


def own_fields(model: ModelType) -> dict[str, FieldInfo]:
    """A model's fields in its own order, without those that several models have in common."""
    return {name: field for name, field in model.model_fields.items() if name in model.__annotations__}


def written(name: str, field: FieldInfo) -> str:
    """A field's name as the file has it."""
    return field.alias or name


def annotation_of(model: ModelType, name: str) -> Any:
    """A field's type as the model's source gives it, without "or nothing"."""
    return without_none(_hints(model)[name])


@functools.cache
def _hints(model: ModelType) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def without_none(annotation: Any) -> Any:
    """A type without "or nothing"."""
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
    in_form = set(form_parts())
    return [model for model in dict.fromkeys(nested_models(Tables)) if model not in in_form]


def value_of(text: str) -> Any:
    """The plain value of an example, as the reader would have it."""
    return parse_yaml(f"example: {text}").data["example"]


def meaning(model: ModelType, name: str) -> str:
    """What a field means: what stands below it in the source of the model, or of the one that it comes from."""
    owner = next(base for base in model.__mro__ if name in inspect.get_annotations(base))
    return in_one_line(docs_below(owner)[name])


def docs_below(owner: type) -> dict[str, str]:
    """What the source of a class says below each of its members."""
    return _docs_in(owner.__module__)[owner.__name__]


@functools.cache
def _docs_in(module: str) -> dict[str, dict[str, str]]:
    """The same for every class of a module, by name."""
    classes = ast.parse(inspect.getsource(sys.modules[module])).body
    return {found.name: _docs_of(found) for found in classes if isinstance(found, ast.ClassDef)}


def _docs_of(found: ast.ClassDef) -> dict[str, str]:
    docs: dict[str, str] = {}
    for member, below in pairwise(found.body):
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            if isinstance(member, ast.Assign):
                docs[ast.unparse(member.targets[0])] = str(below.value.value)
            elif isinstance(member, ast.AnnAssign):
                docs[ast.unparse(member.target)] = str(below.value.value)
    return docs
