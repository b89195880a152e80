"""The end that a contract had before the last change to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hipss_register.history import History, Step
from hipss_register.model import DateSpan

_BEFORE = {
    "award": "the award",
    "option exercised": "the option was used",
    "variation": "the variation",
    "extension": "the extension",
    "termination": "it was ended early",
}


@dataclass(frozen=True, slots=True)
class OldEnd:
    """The latest end before the last decision that moved it, and what moved it."""

    end: DateSpan
    before: str

    @property
    def last(self) -> dt.date | None:
        """The last day that it can have been."""
        return self.end.latest


def old_end(history: History) -> OldEnd | None:
    """The latest end before the last change of it; None if nothing has moved it, or nothing tells from where."""
    for step in reversed(history.steps):
        was, is_now = _end_before(step), step.after.end.value
        if step.in_force and was and was.latest and was != is_now and step.after.end != step.before.end:
            return OldEnd(was, _BEFORE.get(step.event.event if step.event else "", "the last change"))
    return None


def _end_before(step: Step) -> DateSpan | None:
    """As the record tells it; else as the parts that the record did not set come to; else as it was known before."""
    event = step.event
    if event and event.before and event.before.end and event.before.end.date:
        return event.before.end.date
    if event and event.event in ("variation", "extension", "option exercised"):
        others = [part.end.value for part in step.after.parts if part.runs and part.set_by != step.record.id]
        known = [end for end in others if end and end.latest]
        if known:
            return max(known, key=lambda end: end.latest or dt.date.min)
    return step.before.end.value
