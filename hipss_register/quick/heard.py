"""What rules said, as plain values that are the same again when they come back."""

from __future__ import annotations

from typing import Any

from hipss_register.checks.engine import Heard
from hipss_register.checks.finding import Basis, CannotTell, Finding, Known, Read, Rule, Weight
from hipss_register.checks.rules import RULES


def as_data(heard: Heard) -> dict[str, Any]:
    """Plain values to keep."""
    return {
        "found": [[rule.code, subject, _finding(finding)] for rule, subject, finding in heard.found],
        "cannot_tell": [[rule.code, subject, _cannot_tell(said)] for rule, subject, said in heard.cannot_tell],
        "passed": heard.passed,
    }


def from_data(data: Any) -> Heard | None:
    """Back from plain values; None if they are others."""
    heard = Heard()
    try:
        heard.passed.update(data["passed"])
        for code, (decision, contract), values in data["found"]:
            heard.found.append((RULES[code], (decision, contract), _finding_of(RULES[code], *values)))
        for code, (decision, contract), values in data["cannot_tell"]:
            heard.cannot_tell.append((RULES[code], (decision, contract), _cannot_tell_of(RULES[code], *values)))
    except (TypeError, ValueError, KeyError):
        return None
    return heard


def _finding(one: Finding) -> list[Any]:
    basis = None if one.basis is one.rule.basis else (one.basis.words, one.basis.known)
    about = one.severity, one.decision, one.contract, one.path, one.loc
    return [*about, one.message, _reads(one.read), basis, one.also]


def _finding_of(
    rule: Rule,
    severity: str,
    decision: str | None,
    contract: str | None,
    path: str,
    loc: list[str | int],
    message: str,
    read: list[list[Any]],
    basis: list[str] | None,
    also: list[str],
) -> Finding:
    rests_on = Basis(basis[0], Known(basis[1])) if basis else rule.basis
    about = Weight(severity), decision, contract, path, tuple(loc)
    return Finding(rule, *about, message, _reads_of(read), rests_on, tuple(also))


def _cannot_tell(one: CannotTell) -> list[Any]:
    return [one.decision, one.contract, one.because, _reads(one.read)]


def _cannot_tell_of(
    rule: Rule, decision: str | None, contract: str | None, because: str, read: list[list[Any]]
) -> CannotTell:
    return CannotTell(rule, decision, contract, because, _reads_of(read))


def _reads(read: tuple[Read, ...]) -> list[Any]:
    return [(one.what, one.value, one.record) for one in read]


def _reads_of(read: list[list[Any]]) -> tuple[Read, ...]:
    return tuple(Read(*one) for one in read)
