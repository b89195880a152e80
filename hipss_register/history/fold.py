"""The fold: a contract's events, in order of time, into the state after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from hipss_register.history.effects import EFFECTS
from hipss_register.history.endings import without_ended
from hipss_register.history.inference import Fold
from hipss_register.history.money import Tally
from hipss_register.history.state import History, MoneyEntry, ScopeChange, Step
from hipss_register.history.suppliers import with_suppliers
from hipss_register.model import ContractEvent, Effect
from hipss_register.read import Record
from hipss_register.register import Register, standings_among

Entry = tuple[Record, ContractEvent | None]
_UNDOING = frozenset({Effect.REVOKED, Effect.SUPERSEDED, Effect.SUSPENDED, Effect.RELEASED})


def make_history(register: Register, contract: str) -> History:
    """Fold the events of one contract, in order of time, into the state after each."""
    entries = register.touching.get(contract, ())
    steps: list[Step] = []
    folds, undone = [Fold()], frozenset[str]()
    for n, (record, event) in enumerate(entries):
        before = folds[n].state
        if not record.form.pending and _undoes(register, record):
            undone_before, undone = undone, _undone_by_then(register, entries[: n + 1])
            _fold_again(folds, entries, undone_before ^ undone, undone)
        folds.append(_fold(folds[n], record, event, undone))
        steps.append(Step(record, event, not record.form.pending, before, folds[-1].state))
    return History(contract, tuple(steps), folds[-1].implied)


def _fold_again(folds: list[Fold], entries: Sequence[Entry], changed: frozenset[str], undone: frozenset[str]) -> None:
    """Make the folds before each entry anew from the first that now counts, or no longer does."""
    first = next((n for n, (record, _) in enumerate(entries) if record.id in changed), len(folds))
    for n in range(first, len(folds) - 1):
        folds[n + 1] = _fold(folds[n], *entries[n], undone)


def _undoes(register: Register, record: Record) -> bool:
    return any(link.kind.effect in _UNDOING for link in register.links_from.get(record.id, ()))


def _undone_by_then(register: Register, entries: Sequence[Entry]) -> frozenset[str]:
    """The records whose events no longer count once the last of the entries is taken."""
    records = {record.id: record for record, _ in entries}
    acting = {record.id for record, event in entries if event}
    links = {i: tuple(ln for ln in register.links_to.get(i, ()) if ln.source in records) for i in records}
    undone = set()
    for record_id, standing in standings_among(records, links).items():
        replaced = standing.effect is Effect.SUPERSEDED and any(link.source in acting for link in standing.by)
        if replaced or standing.effect in (Effect.REVOKED, Effect.SUSPENDED):
            undone.add(record_id)
    return frozenset(undone)


def _fold(fold: Fold, record: Record, event: ContractEvent | None, undone: frozenset[str]) -> Fold:
    if event is None or record.form.pending or record.id in undone:
        return fold
    return _apply(fold, record, event)


def _apply(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    fold = (without_ended if event.event == "termination" else with_suppliers)(fold, record, event)
    fold = EFFECTS[event.event](fold, record, event)
    fold = _with_scope(fold, record, event)
    sums = [MoneyEntry(record.id, event.event, role, money, event.lots) for role, money in event.money()]
    tally = replace(fold.tally, absent=record.form.absent) if event.event == "award" else fold.tally
    fold = fold._replace(tally=reduce(Tally.add, sums, tally))
    return fold.change(money=(*fold.state.money, *sums), total=fold.tally.total(fold.state.awarded))


def _with_scope(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    if not event.scope:
        return fold
    change = ScopeChange(record.id, event.scope.added, event.scope.removed)
    return fold.change(scope=(*fold.state.scope, change))
