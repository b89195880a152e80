"""What a decision does to a contract, as labels and values in the order in which a reader asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from hipss_register.model import ContractEvent, Term
from hipss_register.wording import say_length, say_list, say_when, upper_first

Value = object


def event_facts(event: ContractEvent) -> Iterator[tuple[str, Value]]:
    """Each thing that an event sets, with its label; values are of the model's own types or text."""
    if event.suppliers:
        yield "Supplier", event.suppliers
    if event.lots:
        yield "Lots", say_list(event.lots)
    if event.term:
        yield "Term", say_term(event.term)
    if event.takes_effect:
        yield "Takes effect", event.takes_effect
    for role, money in event.money():
        yield role.label, money
    if event.route:
        yield "How the supplier is found", event.route
    if event.may_award:
        yield "Who may award", event.may_award
    yield from _scope(event)
    if event.ground:
        yield "Legal ground", event.ground.provision
    if event.notice:
        yield "Notice", event.notice.reference


def _scope(event: ContractEvent) -> Iterator[tuple[str, Value]]:
    if event.scope and event.scope.added:
        yield "Put in", say_list(event.scope.added)
    if event.scope and event.scope.removed:
        yield "Taken out", say_list(event.scope.removed)


def say_term(term: Term) -> Value:
    """A term in one line: 3 years, with an option of up to 2 years."""
    if term.nothing:
        return term.nothing
    said = [part for part in (_trial(term), _length(term), _dates(term)) if part]
    options = [say_length(option.length, option.up_to) for option in term.options]
    if options:
        said.append(f"with {'an option' if len(options) == 1 else 'options'} of {say_list(options, 'then')}")
    return upper_first(", ".join(said)) or term.words or ""


def _trial(term: Term) -> str:
    return f"a trial of {say_length(term.trial)}" if term.trial else ""


def _length(term: Term) -> str:
    if term.length:
        return say_length(term.length, term.up_to)
    return ""


def _dates(term: Term) -> str:
    start = f"from {say_when(term.start)}" if term.start and term.start.date else ""
    if term.end and term.end.nothing:
        end = "with no end"
    else:
        end = f"{'up to' if term.up_to else 'to'} {say_when(term.end)}" if term.end and term.end.date else ""
    return " ".join(part for part in (start, end) if part)
