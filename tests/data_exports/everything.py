"""A register in which every field of the model holds a value found nowhere else, so that one can see where it goes."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from itertools import count
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from hipss_register.data.publication import Publication
from hipss_register.fields import ModelType, annotation_of, written
from hipss_register.model import DecisionForm, Tables
from hipss_register.model.base import Address, Id, Line, Said, Text
from hipss_register.model.decision import KnownFrom, LinkName
from hipss_register.model.event import EventName
from hipss_register.model.kinds import LINK_KINDS
from hipss_register.model.money import Amount, Figure
from hipss_register.model.term import Duration
from hipss_register.model.when import Span
from hipss_register.read import Record
from hipss_register.register import make_register
from hipss_register.site.book import make_book
from tests.data_exports.conftest import SETTINGS

OTHER = "2001-01-other"
REFERENCES = {"contract": "c1", "supplier": "s1", "record": OTHER, "to": OTHER, "framework": "c2"}
_SETTLED = ("nothing", "paragraphs", "because")


class Filler:
    """Fills a model's fields; ``marks`` says which field each value that can be known again stands in."""

    def __init__(self, withheld: bool = False) -> None:
        self.marks: dict[str, str] = {}
        self._withheld = withheld
        self._numbers = count(1)

    def fill(self, annotation: Any, path: str) -> Any:
        """A value for a field."""
        annotation = next(p for p in get_args(annotation) if p is not NoneType) if _optional(annotation) else annotation
        if (plain := self._plain(annotation, path)) is not None:
            return plain
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            base = (
                next((p for p in get_args(parts[0]) if p is not NoneType), parts[0])
                if _optional(parts[0])
                else parts[0]
            )
            if base is str:
                return self._formed(path)
            return "3" if base is int else self.fill(base, path)
        if origin is tuple:
            return [self.fill(parts[0], path)]
        if origin is dict:
            kinds = LINK_KINDS if parts[0] == LinkName else None
            return {"cites": OTHER} if kinds else {self._word(f"{path}.key"): self.fill(parts[1], path)}
        if origin is Literal:
            return parts[0]
        return next(iter(annotation)).value if issubclass(annotation, StrEnum) else self.model(annotation, path)

    def _plain(self, annotation: Any, path: str) -> Any:
        name = path.rpartition(".")[2]
        number = next(self._numbers)
        made = {
            Line: lambda: self._word(path),
            Text: lambda: self._word(path),
            Id: lambda: REFERENCES.get(name) or self._mark(f"i{number}-id", path),
            Address: lambda: self._mark(f"https://council.example/{number}x", path),
            Figure: lambda: self._mark(str(7_000_000 + number), path),
            Duration: lambda: self._mark(f"{number + 100} weeks", path),
            Span: lambda: self._mark(str(dt.date(1900, 1, 2) + dt.timedelta(days=number * 30)), path),
            EventName: lambda: "variation",
            bool: lambda: "yes",
            str: lambda: self._formed(path),
        }
        return next((make() for known, make in made.items() if annotation == known), None)

    def _formed(self, path: str) -> str:
        name = path.rpartition(".")[2]
        if name == "currency":
            return "EUR"
        form = "{:064x}" if name == "sha256" else "{:04}-25"
        return self._mark(form.format(1000 + next(self._numbers)), path)

    def _word(self, path: str) -> str:
        return self._mark(f"q{next(self._numbers)}z", path)

    def _mark(self, value: str, path: str) -> str:
        self.marks[value] = path
        return value

    def model(self, model: ModelType, path: str = "") -> dict[str, Any]:
        """Every field of a model that can be filled beside the others."""
        filled = {}
        for name, field in model.model_fields.items():
            if not _left_out(model, name, self._withheld and bool(path)):
                place = f"{path}.{name}".lstrip(".")
                filled[written(name, field)] = self.fill(annotation_of(model, name), place)
        return filled | ({"nothing": "withheld"} if issubclass(model, Said) and self._withheld else {})


def _optional(annotation: Any) -> bool:
    return NoneType in get_args(annotation)


def _left_out(model: ModelType, name: str, withheld: bool) -> bool:
    if issubclass(model, Said):
        own = name not in Said.model_fields
        return (own and name != "words") or name in ("nothing", "worked_out") if withheld else name in _SETTLED
    if model is Amount:
        return name in ("exactly", "about", "at_least")
    return name in ("nothing", "record") if model is KnownFrom else False


def publication_of_everything(withheld: bool = False) -> tuple[Publication, dict[str, str]]:
    """The register, and the field that each of its values stands in."""
    filler = Filler(withheld)
    data = filler.model(DecisionForm)
    if withheld:
        data["date"] = "2024-03"
        filler.marks = {mark: path for mark, path in filler.marks.items() if not path.startswith("date.")}
    form = DecisionForm.model_validate(data)
    other = DecisionForm.model_validate(
        {"summary": "s", "date": "2001-01", "known_from": {"url": "https://a.example/"}}
    )
    marks = filler.marks
    tables = Tables.model_validate(dict(_tables(Filler(), marks)))
    records = [Record("2024-01-all", "x", form), Record(OTHER, "y", other)]
    return Publication(make_book(make_register(records, tables), {}), SETTINGS), marks


def _tables(filler: Filler, marks: dict[str, str]) -> Iterator[tuple[str, Any]]:
    filler._numbers = count(2000)
    for name in Tables.model_fields:
        entry = get_args(annotation_of(Tables, name))[1]
        key = {"contracts": "c1", "suppliers": "s1"}.get(name, "e1")
        filled = filler.model(entry, f"tables.{name}")
        if name == "contracts":
            filled["follows"]["contract"] = "c2"
            yield name, {key: filled, "c2": "Another"}
        else:
            yield name, {key: filled}
    marks.update(filler.marks)
