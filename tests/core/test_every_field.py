"""The example register whose one decision fills in every field: complete, sound, and the same after a round trip."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registers import problems_of

from hipss_register.model import DecisionForm, Model, Tables
from hipss_register.read import read_folder

DECISION = "2024-03-12-leisure-variation"


def models_in(value: Any) -> Iterator[Model]:
    """A value's models, at every depth."""
    if isinstance(value, Model):
        yield value
        for name in type(value).model_fields:
            yield from models_in(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from models_in(item)


def every_model(base: type[Model] = Model) -> Iterator[type[Model]]:
    for model in base.__subclasses__():
        yield model
        yield from every_model(model)


def test_has_no_problem(every_field: Path) -> None:
    assert problems_of(every_field) == []


def test_one_decision_sets_every_field_that_a_held_record_can_have(every_field: Path) -> None:
    (record,) = (r for r in read_folder(every_field).records if r.id == DECISION)
    assert record.form.model_fields_set == DecisionForm.model_fields.keys() - {"known_from"}


def test_every_field_of_every_part_is_set_somewhere(every_field: Path) -> None:
    reading = read_folder(every_field)
    parts = [part for whole in (*(r.form for r in reading.records), reading.tables) for part in models_in(whole)]
    missing = {
        f"{model.__name__}.{name}"
        for model in every_model()
        for name in model.model_fields.keys() & model.__annotations__.keys()
        if not any(name in part.model_fields_set for part in parts if isinstance(part, model))
    }
    assert missing == set()


def test_a_record_dumped_as_plain_values_is_read_again_the_same(every_field: Path) -> None:
    reading = read_folder(every_field)
    for record in reading.records:
        assert (
            DecisionForm.model_validate(record.form.model_dump(mode="json", by_alias=True, exclude_unset=True))
            == record.form
        )
    assert (
        Tables.model_validate(reading.tables.model_dump(mode="json", by_alias=True, exclude_unset=True))
        == reading.tables
    )
