"""The site's choices about rules, as ``mkdocs.yml`` gives them: left out or weighed otherwise, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hipss_register.checks.finding import Choice, Weight
from hipss_register.checks.rules import RULES
from hipss_register.model.refusal import did_you_mean

_FIELDS = {"off", "severity", "reason"}


class BadChoice(ValueError):
    """A choice that cannot be read; the message is one line for a webmaster."""


def read_choices(given: Mapping[str, Any] | None) -> dict[str, Choice]:
    """The choices by the rule's code, from ``{LATE: {off: true, reason: …}, …}``; raises `BadChoice`.

    Each must have a reason, which the site shows, and either ``off: true`` or a ``severity``.
    """
    if given is not None and not isinstance(given, Mapping):
        raise BadChoice("checks: fields were expected here, one for each rule by its code")
    return {str(code): _choice(str(code), choice) for code, choice in (given or {}).items()}


def _choice(code: str, given: Any) -> Choice:
    if code not in RULES:
        hint = did_you_mean(code, RULES)
        raise BadChoice(f"checks: there is no rule {code[:60]}{f' ({hint})' if hint else ''}")
    if not isinstance(given, Mapping) or set(given) - _FIELDS:
        raise BadChoice(f"checks: {code}: it has “off: true” or “severity”, and a “reason”")
    reason, off, severity = given.get("reason"), given.get("off", False), given.get("severity")
    if not isinstance(reason, str) or not reason.strip():
        raise BadChoice(f"checks: {code}: a reason is needed; the site shows it")
    if not isinstance(off, bool) or bool(off) == (severity is not None):
        raise BadChoice(f"checks: {code}: give either “off: true” or a severity")
    if severity is not None and severity not in set(Weight):
        raise BadChoice(f"checks: {code}: a severity is one of {', '.join(Weight)}")
    return Choice(reason.strip(), off, Weight(severity) if severity else None)
