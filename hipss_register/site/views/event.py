"""What a decision does to a contract, as labels and values in the order in which a reader asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from hipss_register.model import ContractEvent
from hipss_register.wording import say_list

Value = object


def event_facts(event: ContractEvent) -> Iterator[tuple[str, Value]]:
    """Each thing that an event sets, with its label; values are of the model's own types or text."""
    if event.suppliers:
        yield "Supplier", event.suppliers
    if event.lots:
        yield "Lots", say_list(event.lots)
    if event.term:
        yield "Term", event.term
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
        yield "Legal ground", event.ground
    if event.notice:
        yield "Notice", event.notice
    yield from _before(event)


def _scope(event: ContractEvent) -> Iterator[tuple[str, Value]]:
    if event.scope and event.scope.added:
        yield "Put in", say_list(event.scope.added)
    if event.scope and event.scope.removed:
        yield "Taken out", say_list(event.scope.removed)
    if event.scope and event.scope.words:
        yield "What changes, in the record’s words", event.scope.words


def _before(event: ContractEvent) -> Iterator[tuple[str, Value]]:
    """What the record says of the contract as it stood."""
    if event.before and event.before.suppliers:
        yield "Earlier supplier", event.before.suppliers
    if event.before and event.before.end:
        yield "Earlier end date", event.before.end
    if event.before and event.before.value:
        yield "Earlier value", event.before.value
