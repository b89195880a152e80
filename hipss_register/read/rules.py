"""Rules that hold within one decision file, beyond the shape of each field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hipss_register.model import DecisionForm, When
from hipss_register.model.dates import PartialDate
from hipss_register.model.decision import STATEMENTS
from hipss_register.model.refusal import did_you_mean
from hipss_register.problems import Fault

_PREFIX = re.compile(r"(undated|\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:-|$)")
_EVERY_EVENT = {"contract", "event", "takes_effect"}

NEEDED_IF_HELD = ("title", "decision_maker", "decision")
"""What a record that we hold must have; while it is pending it has no decision yet."""
NEEDED_IF_CITED = ("summary",)
"""What a record that we know only from others must have."""

FormRule = Callable[[str, str, DecisionForm], Iterator[Fault]]


def check_form(path: str, record_id: str, form: DecisionForm) -> list[Fault]:
    """Every fault of one file that its fields' shapes alone do not show."""
    return [fault for rule in FORM_RULES for fault in rule(path, record_id, form)]


def held_or_cited(path: str, _id: str, form: DecisionForm) -> Iterator[Fault]:
    """A record that we hold has a title, a maker and, once taken, a decision; one that we do not has our summary."""
    needed = NEEDED_IF_HELD[: 2 if form.pending else 3] if form.held else NEEDED_IF_CITED
    for name in needed:
        if getattr(form, name) is None:
            hint = "" if form.held else "we do not hold this record (it has known_from), so say in our words what it is"
            yield Fault("MISSING-FIELD", path, (name,), f"the field “{name}” is missing", hint)


def name_begins_with_date(path: str, record_id: str, form: DecisionForm) -> Iterator[Fault]:
    """A decision's id begins with its date as far as known."""
    wanted = id_prefix(form.date)
    found = _PREFIX.match(record_id)
    if (found[1] if found else "") != wanted:
        name = f"not with {found[1]}" if found else "which has no date"
        yield Fault("NAME-DATE", path, ("date",), f"by its date, the file's name begins with {wanted}-, {name}")


def id_prefix(date: When) -> str:
    """What the id of a decision of that date begins with."""
    if date.date is None:
        return "undated"
    if date.date.single:
        return str(date.date.single)
    first, last = date.earliest, date.latest
    if first and last and (first.year, first.month) == (last.year, last.month):
        return str(PartialDate(first.year, first.month))
    year = (first or last or date.date.date.first).year
    return str(year)


def dates_in_order(path: str, _id: str, form: DecisionForm) -> Iterator[Fault]:
    """A decision is not recorded or published before it is taken."""
    for name in ("recorded", "published"):
        later: When | None = getattr(form, name)
        if later and later.latest and form.date.earliest and later.latest < form.date.earliest:
            yield Fault(
                "DATE-ORDER",
                path,
                (name,),
                f"it is {name} ({later.date}) before it is taken ({form.date.date})",
            )


def labels_name_fields(path: str, _id: str, form: DecisionForm) -> Iterator[Fault]:
    """A printed label belongs to a field of the form."""
    known = ("title", "date", "decision_maker", "wards", *STATEMENTS)
    for name in form.labels:
        if name not in known:
            yield Fault(
                "UNKNOWN-KEY",
                path,
                ("labels", name),
                f"there is no box “{name}”",
                did_you_mean(name, known),
            )


def known_from_gives_fields(path: str, _id: str, form: DecisionForm) -> Iterator[Fault]:
    """What a source gives is a field of the file."""
    fields = DecisionForm.model_fields
    for n, known in enumerate(form.known_from):
        for m, name in enumerate(known.gives):
            if name not in fields:
                hint = did_you_mean(name, fields)
                yield Fault(
                    "UNKNOWN-KEY",
                    path,
                    ("known_from", n, "gives", m),
                    f"there is no field “{name}”",
                    hint,
                )


def events_carry_their_fields(path: str, _id: str, form: DecisionForm) -> Iterator[Fault]:
    """An event has only the fields that the table of events gives it."""
    for n, event in enumerate(form.contracts):
        for name in sorted(event.model_fields_set - event.kind.carries - _EVERY_EVENT):
            hint = f"it may have: {', '.join(sorted(event.kind.carries))}"
            yield Fault(
                "NOT-FOR-EVENT",
                path,
                ("contracts", n, name),
                f"“{event.event}” does not carry “{name}”",
                hint,
            )


FORM_RULES: tuple[FormRule, ...] = (
    held_or_cited,
    name_begins_with_date,
    dates_in_order,
    labels_name_fields,
    known_from_gives_fields,
    events_carry_their_fields,
)
