"""What rules said, as plain values that are the same again when they come back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from hipss_register.checks.engine import Heard, Subject
from hipss_register.checks.finding import Basis, CannotTell, Finding, Known, Read, Rule, Weight
from hipss_register.checks.rules import RULES

T = TypeVar("T")


def as_data(heard: Heard) -> dict[str, Any]:
    """Plain values to keep."""
    return {
        "found": [[rule.code, subject, _finding(finding)] for rule, subject, finding in heard.found],
        "cannot_tell": [[rule.code, *subject, said.because, said.read] for rule, subject, said in heard.cannot_tell],
        "passed": heard.passed,
    }


def _finding(one: Finding) -> list[Any]:
    basis = None if one.basis is one.rule.basis else (one.basis.words, one.basis.known)
    about = one.severity, one.decision, one.contract, one.path, one.loc
    return [*about, one.message, one.read, basis, one.also]


class Back:
    """Brings back what was kept. Of equal texts, and of equal values that were read, one is held.

    ``texts`` are those that are held already.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._held: dict[Any, Any] = {text: text for text in texts}

    def heard(self, data: Any) -> Heard | None:
        """Back from plain values; None if they are others."""
        heard = Heard()
        try:
            heard.passed.update(data["passed"])
            for code, about, values in data["found"]:
                heard.found.append((RULES[code], self._subject(*about), self._finding(RULES[code], *values)))
            for code, decision, contract, because, read in data["cannot_tell"]:
                rule, subject = RULES[code], self._subject(decision, contract)
                said = CannotTell(rule, *subject, self._once(because), self._reads(read))
                heard.cannot_tell.append((rule, subject, said))
        except (TypeError, ValueError, KeyError):
            return None
        return heard

    def _subject(self, decision: str | None, contract: str | None) -> Subject:
        return self._once(decision), self._once(contract)

    def _finding(
        self,
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
        about = Weight(severity), *self._subject(decision, contract), self._once(path), tuple(loc)
        return Finding(rule, *about, message, self._reads(read), rests_on, tuple(map(self._once, also)))

    def _reads(self, read: list[list[Any]]) -> tuple[Read, ...]:
        held = self._held  # a value that was read is equal to its parts
        return tuple(held.get(tuple(one)) or self._once(Read(*map(self._once, one))) for one in read)

    def _once(self, one: T) -> T:
        held: T = self._held.setdefault(one, one)
        return held
