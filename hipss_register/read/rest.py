"""What can be read of a file in which something cannot: all but the smallest parts that stand in the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from hipss_register.model import DecisionForm
from hipss_register.model.base import ID_FORM, MOST_ID
from hipss_register.problems import Fault, Loc
from hipss_register.read.shape import read_shape

Kept = Mapping[Loc, Sequence[int]]
"""For each list of a file of which something was left out, the numbers of what was kept."""

M = TypeVar("M", bound=BaseModel)

_ALIASES = re.compile(r"^aliases[ \t]*:(.*(?:\n(?!\w).*)*)", re.MULTILINE)
_BETWEEN_IDS = re.compile(r"[\s,\[\]\"'#]+")


NO_DATE = {"date": "not known"}
"""No record can be without a date; what needs one says nothing of one that is not known."""

ALL_FIELDS = frozenset(DecisionForm.model_fields)
"""What is unread of a record of whose file nothing can be read."""


def read_old_ids(text: str, path: str) -> DecisionForm | None:
    """A form of nothing but the old ids that a file that is no YAML seems to give; None if it seems to give none.

    With it, nobody who names one of them is told that there is no such decision.
    """
    words = [word for part in _ALIASES.findall(text) for word in _BETWEEN_IDS.split(part)]
    ids = [word for word in words if ID_FORM.fullmatch(word) and len(word) <= MOST_ID]
    return read_shape(DecisionForm, NO_DATE | {"aliases": ids}, path)[0] if ids else None


def read_rest(
    model: type[M], data: dict[str, Any], faults: Iterable[Fault], path: str, needed: Mapping[str, Any] | None = None
) -> tuple[M | None, Kept]:
    """The form without what the faults are about, and what was kept of its lists; None if nothing is left of it.

    Where a part cannot be without what is wrong in it, the part is left out too. ``needed`` are values to take for
    fields that the form itself cannot be without.
    """
    always = dict(needed or {})
    whole, gone = always | data, set[Loc]()
    kept: dict[Loc, Sequence[int]] = {}
    form, left = None, list(faults)
    while form is None:
        more = {_smallest(whole, as_written(fault.loc, kept), gone) for fault in left}
        if not more or () in more:
            return None, {}
        gone |= more
        kept = {}
        form, left = read_shape(model, always | _without(whole, gone, kept), path)
    return form, kept


def as_written(loc: Loc, kept: Kept) -> Loc:
    """A place in what is left as the place in the file."""
    there: Loc = ()
    for part in loc:
        numbers = kept.get(there, ())
        there = (*there, numbers[part] if isinstance(part, int) and part < len(numbers) else part)
    return there


def _smallest(data: Any, loc: Loc, gone: set[Loc]) -> Loc:
    """The innermost place on the way to ``loc`` that the file has and that is still there to be left out."""
    here: Loc = ()
    for part in loc:  # the model spells out what a file may leave out, so a part may have no place
        if _has(data, part):
            here, data = (*here, part), data[part]
    while here in gone:
        here = here[:-1]
    return here


def _has(data: Any, part: str | int) -> bool:
    return part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))


def _without(data: Any, gone: set[Loc], kept: dict[Loc, Sequence[int]], here: Loc = ()) -> Any:
    if isinstance(data, dict):
        return {
            key: _without(value, gone, kept, (*here, key)) for key, value in data.items() if (*here, key) not in gone
        }
    if isinstance(data, list):
        numbers = [n for n in range(len(data)) if (*here, n) not in gone]
        if len(numbers) < len(data):
            kept[here] = numbers
        return [_without(data[n], gone, kept, (*here, n)) for n in numbers]
    return data
