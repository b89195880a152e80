"""What a check can answer: a finding, that it found nothing, or that it cannot tell and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from hipss_register.problems import Loc

if TYPE_CHECKING:
    from hipss_register.proof.provenance import Provenance


class Weight(StrEnum):
    """What kind of finding it is. None of them says that anybody did wrong."""

    QUESTION = "question"
    """The records raise a question that they do not answer."""
    GAP = "gap"
    """Something that would be expected is not in the records that we have."""
    INCONSISTENCY = "inconsistency"
    """Two things that the records say do not agree."""


class Over(StrEnum):
    """What a rule is asked of."""

    DECISION = "decision"
    CONTRACT = "contract"
    TABLES = "tables"
    """The reference tables, and nothing else of the register."""


class Known(StrEnum):
    """How the basis of a rule in law is known."""

    STATUTE = "read in the law itself or in an official page"
    SECONDARY = "confirmed in a secondary source only"
    PRACTICE = "a rule of thumb, not law"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule rests on: a provision, or good practice; and how we know it."""

    words: str
    known: Known

    @property
    def is_law(self) -> bool:
        """Whether it is a provision of the law."""
        return self.known is not Known.PRACTICE

    def __str__(self) -> str:
        return self.words


RULE_OF_THUMB = Basis("rule of thumb", Known.PRACTICE)


class Read(NamedTuple):
    """One value that a rule read: what it is, as it is said, and the record that it came from, if one."""

    what: str
    value: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A rule's finding about the subject that it was asked of, before it is placed.

    ``record`` is where to look, if that is not the subject itself; ``loc`` the place in its file. ``also`` are further
    decisions on whose pages it belongs.
    """

    message: str
    read: tuple[Read, ...] = ()
    record: str | None = None
    loc: Loc = ()
    basis: Basis | None = None
    table: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """The third answer: neither yes nor no can be said, because of something that the records do not give."""

    because: str
    read: tuple[Read, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule was asked, could be computed, and found nothing."""


PASSED = Passed()
Answer = Found | Unknown | Passed
Asked = Callable[..., Iterator[Answer]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. Its docstring states it: the first paragraph what must hold, the rest how it is computed.

    The function is a generator over the answers for one subject; a rule that does not apply to it gives none. It is
    never asked of a decision that has still to be taken; with ``needs_record``, the answer for a decision whose record
    we do not hold is that it cannot be computed.
    """

    code: str
    title: str
    weight: Weight
    over: Over
    ask: Asked
    basis: Basis = RULE_OF_THUMB
    needs_record: bool = False

    def __hash__(self) -> int:
        """A rule is known by its code; every answer holds one."""
        return hash(self.code)

    @property
    def slug(self) -> str:
        """The name of its page."""
        return self.code.lower()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its docstring, paragraph by paragraph."""
        text = (self.ask.__doc__ or "").replace("'", "’")
        return tuple(" ".join(part.split()) for part in text.split("\n\n"))

    @property
    def statement(self) -> str:
        """What must hold."""
        return self.paragraphs[0]

    @property
    def how(self) -> tuple[str, ...]:
        """How it is computed."""
        return self.paragraphs[1:]


@dataclass(frozen=True, slots=True)
class Finding:
    """A question about the decisions themselves, for a person to answer.

    ``decision`` and ``contract`` are what it is about (either may be None); ``path`` and ``loc`` are the place to look.
    """

    rule: Rule
    severity: Weight
    decision: str | None
    contract: str | None
    path: str
    loc: Loc
    message: str
    read: tuple[Read, ...]
    basis: Basis
    also: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Its rule's code."""
        return self.rule.code

    @property
    def decisions(self) -> tuple[str, ...]:
        """Every decision on whose page it belongs."""
        return tuple(dict.fromkeys(filter(None, (self.decision, *self.also))))


class CannotTell(NamedTuple):
    """A check that could not be computed, and why."""

    rule: Rule
    decision: str | None
    contract: str | None
    because: str
    read: tuple[Read, ...] = ()

    @property
    def code(self) -> str:
        """Its rule's code."""
        return self.rule.code


@dataclass(frozen=True, slots=True)
class Choice:
    """What a site chose for one rule: to leave it out, or to weigh it otherwise; always with a reason."""

    reason: str
    off: bool = False
    severity: Weight | None = None


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What the checks depend on beside the records.

    ``provenance`` is what the version history tells, if it was read; ``folder`` what messages call the decisions
    folder.
    """

    choices: Mapping[str, Choice] = field(default_factory=dict)
    provenance: Provenance | None = None
    folder: str = "decisions"
