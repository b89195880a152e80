"""How complete the records are, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hipss_register.model import Nothing, Statement
from hipss_register.model.decision import LABELS, STATEMENTS
from hipss_register.read import Record


@dataclass(frozen=True, slots=True)
class FieldRow:
    """How often the records that we hold fill in one field. The four ways add up to the number of records."""

    label: str
    stated: int
    nil: int
    withheld: int
    not_stated: int

    @property
    def score(self) -> int:
        """The share of records that answer it in some way, in whole per cent, rounded down."""
        answered = self.stated + self.nil + self.withheld
        whole = answered + self.not_stated
        return answered * 100 // whole if whole else 0


def completeness(records: Iterable[Record]) -> list[FieldRow]:
    """For each box of the form, how the records that we hold fill it in."""
    held = [record for record in records if record.held and not record.form.pending]
    names = ("title", "date", "decision_maker", "wards", *STATEMENTS)
    rows = []
    for name in names:
        states = Counter(_state(getattr(record.form, name)) for record in held)
        rows.append(FieldRow(LABELS[name], states["stated"], states["nil"], states["withheld"], states["not stated"]))
    return rows


def _state(value: object) -> str:
    said = value[0] if isinstance(value, tuple) and value else value
    nothing = getattr(said, "nothing", None)
    if said is None or isinstance(said, tuple) or nothing in (Nothing.NOT_STATED, Nothing.NOT_KNOWN):
        return "not stated"
    if nothing is Nothing.WITHHELD:
        return "withheld"
    return "nil" if nothing is Nothing.NIL or (isinstance(said, Statement) and said.nil) else "stated"
