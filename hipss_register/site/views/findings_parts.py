"""What the checks say of one decision or one contract, beside what else its page tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from hipss_register.checks import CannotTell, Finding, Findings, Rule
from hipss_register.site.book import Book
from hipss_register.site.views.checks import contracts_of


@dataclass(frozen=True, slots=True)
class FindingsPart:
    """What the checks say of one decision or one contract."""

    findings: tuple[Finding, ...] = ()
    reasons: tuple[tuple[str, tuple[Rule, ...]], ...] = ()
    """Why checks cannot be computed here, each with the rules that say so."""

    @property
    def cannot_tell(self) -> int:
        """How many checks cannot be computed here."""
        return sum(len(rules) for _, rules in self.reasons)

    def answers_about(self, decision: str | None, contract: str | None) -> Iterator[CannotTell]:
        """The checks that cannot be computed, as answers about that decision or contract."""
        return (CannotTell(rule, decision, contract, because) for because, rules in self.reasons for rule in rules)


class FindingsParts(Mapping[str, FindingsPart]):
    """What the checks say of each decision or each contract, put together for one when it is asked for."""

    def __init__(
        self, found: Iterable[tuple[str, Finding]], cannot_tell: Iterable[tuple[str | None, CannotTell]]
    ) -> None:
        self._about: dict[str, list[Finding | CannotTell]] = {}
        everything: Iterable[tuple[str | None, Finding | CannotTell]] = chain(found, cannot_tell)
        for key, said in everything:
            if key:
                self._about.setdefault(key, []).append(said)

    def __getitem__(self, key: str) -> FindingsPart:
        return _part(self._about[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._about)

    def __len__(self) -> int:
        return len(self._about)


def parts_by_decision(findings: Findings) -> FindingsParts:
    """What the checks say of each decision."""
    found = ((decision, finding) for finding in findings.found for decision in finding.decisions)
    return FindingsParts(found, ((answer.decision, answer) for answer in findings.cannot_tell))


def parts_by_contract(book: Book, findings: Findings) -> FindingsParts:
    """What the checks say of each contract, its decisions included."""
    found = ((contract, finding) for finding in findings.found for contract in contracts_of(book, finding))
    return FindingsParts(found, ((answer.contract, answer) for answer in findings.cannot_tell))


def _part(said: list[Finding | CannotTell]) -> FindingsPart:
    found = tuple(one for one in said if isinstance(one, Finding))
    groups: dict[str, dict[str, Rule]] = defaultdict(dict)
    for answer in said:
        if isinstance(answer, CannotTell):
            groups[answer.because][answer.code] = answer.rule
    return FindingsPart(found, tuple((because, tuple(rules.values())) for because, rules in groups.items()))
