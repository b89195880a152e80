"""JSON Schemas (2020-12) of the decision file and of the reference tables, for editors and for checking.

pydantic's own schema does not know the short ways of writing a part, so the models' fields are walked here. Scalars may
be text, numbers or yes/no as a YAML reader guesses them, since the register reads all of them as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from hipss_register.data import patterns
from hipss_register.data.short_forms import more_ways
from hipss_register.examples import EXAMPLES
from hipss_register.fields import ModelType, annotation_of, in_one_line, meaning, value_of, without_none, written
from hipss_register.fields import title as title_of
from hipss_register.model import DecisionForm, Nothing, Tables
from hipss_register.model.base import MOST_ID, Address, Id, Line, OneOrMore, Said, Text
from hipss_register.model.decision import KnownFrom, LinkName
from hipss_register.model.event import ContractEvent, EventName
from hipss_register.model.kinds import EVENT_KINDS, LINK_KINDS
from hipss_register.model.money import QUALIFIERS, Amount, Figure
from hipss_register.model.term import Duration
from hipss_register.model.when import Span
from hipss_register.read.rules import NEEDED_IF_CITED, NEEDED_IF_HELD

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EMPTY = {"type": "array", "maxItems": 0}
_SCALAR = ["string", "number", "boolean"]

PLAIN: tuple[tuple[Any, Schema], ...] = (
    (Line, {"type": _SCALAR, "pattern": patterns.LINE}),
    (Text, {"type": _SCALAR, "pattern": patterns.TEXT}),
    (Id, {"type": ["string", "integer"], "pattern": patterns.ID, "maxLength": MOST_ID}),
    (Address, {"type": "string", "pattern": patterns.ADDRESS}),
    (Figure, {"type": ["string", "number"], "pattern": patterns.whole(patterns.FIGURE)}),
    (Duration, {"type": "string", "pattern": patterns.whole(patterns.LENGTH)}),
    (
        Span,
        {"type": ["string", "integer"], "pattern": patterns.whole(patterns.SPAN), "minimum": 1800, "maximum": 2199},
    ),
    (EventName, {"oneOf": [{"const": kind.name, "description": kind.meaning} for kind in EVENT_KINDS.values()]}),
    (
        bool,
        {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": patterns.YES_NO}, {"enum": [0, 1, "0", "1"]}]},
    ),
    (str, {"type": "string"}),
)


class SchemaMaker:
    """Collects the definitions that one schema needs."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def of(self, annotation: Any) -> Schema:
        """What may be written for a type; what may be left out is no matter here."""
        annotation = without_none(annotation)
        plain = next((schema for known, schema in PLAIN if annotation == known), None)
        if plain is not None:
            return dict(plain)
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._annotated(parts[0], parts[1:])
        if origin is tuple:
            return {"type": "array", "items": self.of(parts[0])}
        if origin is dict:
            return self._pairs(*parts)
        return self._choice_or_part(annotation)

    def _annotated(self, base: Any, extras: Sequence[Any]) -> Schema:
        if OneOrMore in extras:
            several = self.of(base)
            return {"anyOf": [several["items"], several]}
        limits = [limit for extra in extras for limit in getattr(extra, "metadata", ())]
        found = {
            name: getattr(limit, name) for limit in limits for name in ("ge", "le", "pattern") if hasattr(limit, name)
        }
        if without_none(base) is int:
            digits = {
                "type": "string",
                "pattern": patterns.whole("|".join(map(str, range(found["ge"], found["le"] + 1)))),
            }
            return {"anyOf": [{"type": "integer", "minimum": found["ge"], "maximum": found["le"]}, digits]}
        return {"type": "string", "pattern": found["pattern"]} if found.get("pattern") else self.of(base)

    def _pairs(self, key: Any, value: Any) -> Schema:
        values = self.of(value)
        if key == LinkName:
            kinds = {
                kind.name: {**values, "description": f"This decision {kind.meaning}."} for kind in LINK_KINDS.values()
            }
            return {"type": "object", "properties": kinds, "additionalProperties": False}
        names = {name: self.of(key)[name] for name in ("pattern", "maxLength") if name in self.of(key)}
        return {"type": "object", "propertyNames": names, "additionalProperties": values}

    def _choice_or_part(self, annotation: Any) -> Schema:
        if get_origin(annotation) is Literal:
            return {"enum": list(get_args(annotation))}
        if issubclass(annotation, StrEnum):
            return {"enum": [member.value for member in annotation]}
        return self.part(annotation)

    def part(self, model: ModelType) -> Schema:
        """A reference to the definition of a part, which is added if it is not there."""
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            ways = [*self.short(model), self.fields(model)]
            text = {"title": title_of(model), "description": in_one_line(model.__doc__)}
            self.definitions[name] = text | (ways[0] if len(ways) == 1 else {"anyOf": ways})
        return {"$ref": f"#/$defs/{name}"}

    def short(self, model: ModelType) -> list[Schema]:
        """The short ways of writing a part."""
        nothing: list[Schema] = []
        if issubclass(model, Said):
            nothing = [
                {"enum": [kind.value for kind in Nothing]},
                {"type": "string", "pattern": patterns.whole(patterns.NOTHING)},
            ]
        if ways := more_ways(model, self):
            return [*nothing, *ways]
        name = getattr(model, "shorthand", "")
        return [*nothing, *self._short_field(annotation_of(model, name))] if name else nothing

    def _short_field(self, annotation: Any) -> list[Schema]:
        if isinstance(annotation, type) and hasattr(annotation, "shorthand"):
            return self.short(annotation)
        return [self.of(annotation)]

    def fields(self, model: ModelType) -> Schema:
        """A part written out in full."""
        properties = {written(name, field): self._field(model, name) for name, field in model.model_fields.items()}
        required = [written(name, field) for name, field in model.model_fields.items() if field.is_required()]
        schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        if required:
            schema["required"] = required
        rules = list(_rules(model))
        return schema | ({"allOf": rules} if rules else {})

    def _field(self, model: ModelType, name: str) -> Schema:
        schema = self.of(annotation_of(model, name))
        schema["description"] = meaning(model, name)
        owner = next(base for base in model.__mro__ if name in getattr(base, "__annotations__", {}))
        example = EXAMPLES.get(f"{owner.__name__}.{name}")
        return schema | ({"examples": [value_of(example)]} if example else {})


def _rules(model: ModelType) -> list[Schema]:
    if model is DecisionForm:
        return [
            {
                "if": {
                    "required": ["known_from"],
                    "properties": {"known_from": {"not": {"type": "array", "maxItems": 0}}},
                },
                "then": {"required": list(NEEDED_IF_CITED)},
                "else": {"required": list(NEEDED_IF_HELD)},
            }
        ]
    if model is ContractEvent:
        return [_event_rule(name) for name in EVENT_KINDS]
    if model is Amount:
        return [{"oneOf": [{"required": [name]} for name in QUALIFIERS]}]
    if model is KnownFrom:
        return [{"oneOf": [{"required": ["record"]}, {"required": ["url"]}]}]
    return _value_or_nothing(model) if issubclass(model, Said) else []


def _event_rule(event: str) -> Schema:
    """An event has only the fields that the table of events gives it."""
    listed = frozenset[str]().union(*(kind.carries for kind in EVENT_KINDS.values()))
    wrong = [name for name in ContractEvent.model_fields if name in listed - EVENT_KINDS[event].carries]
    return {
        "if": {"properties": {"event": {"const": event}}, "required": ["event"]},
        "then": {"properties": dict.fromkeys(wrong, False)},
    }


def _value_or_nothing(model: type[Said]) -> list[Schema]:
    """Either a value or one of the kinds of nothing; what goes with "withheld" only beside that."""
    values = _written(model, [name for name in model.model_fields if name not in Said.model_fields])
    some = [{"required": [name], "properties": {name: {"minItems": 1}}} for name in values]
    withheld = {"properties": {"nothing": {"const": "withheld"}}, "required": ["nothing"]}
    silent = {"properties": {"nothing": {"enum": ["not stated", "not known"]}}, "required": ["nothing"]}
    return [
        {
            "if": {"required": ["nothing"]},
            "then": {"properties": {name: _EMPTY for name in values if name != "words"}},
            "else": {"anyOf": some},
        },
        {"if": silent, "then": {"properties": {"words": _EMPTY}}},
        {"if": {"anyOf": [{"required": ["paragraphs"]}, {"required": ["because"]}]}, "then": withheld},
    ]


def _written(model: ModelType, names: Sequence[str]) -> list[str]:
    return [written(name, model.model_fields[name]) for name in names]


def decision_schema() -> Schema:
    """The schema of a decision file."""
    maker = SchemaMaker()
    body = maker.fields(DecisionForm)
    head = {"$schema": DIALECT, "title": "Decision file", "description": in_one_line(DecisionForm.__doc__)}
    return {**head, **body, "$defs": dict(sorted(maker.definitions.items()))}


def table_schema(name: str) -> Schema:
    """The schema of one reference table: its entries by id."""
    maker = SchemaMaker()
    hint = get_type_hints(Tables, include_extras=True)[name]
    body = maker.of(hint)
    head = {"$schema": DIALECT, "title": f"Table of {name.replace('_', ' ')}"}
    head["description"] = meaning(Tables, name)
    return {**head, **body, "$defs": dict(sorted(maker.definitions.items()))}


def file_schema(name: str) -> Schema:
    """The schema of the decision file or of a reference table."""
    return decision_schema() if name == "decision" else table_schema(name)
