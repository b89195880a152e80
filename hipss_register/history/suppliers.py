"""Who supplies a contract: all whom a decision names, or lot by lot, where lots pass from one supplier to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hipss_register.history.inference import Fold, Shares
from hipss_register.history.state import Fact
from hipss_register.model import ContractEvent
from hipss_register.model.event import Party
from hipss_register.read import Record

_PASSED = "A lot passed from one supplier to another. The first is listed only if they still have another lot."
_DOUBT = "A lot passed to another supplier, and the records do not say who was left without one, so all are listed."


def with_suppliers(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """The suppliers that an event names are all there are; or those of its lots, if it is about some lots alone."""
    if not event.suppliers:
        return fold
    parties = event.suppliers.parties
    if not parties:
        none = event.suppliers.nothing or record.form.absent
        return replace(fold.change(suppliers=Fact(None, none, record.id)), shares={})
    shares = _shares(parties, event.lots)
    if not fold.state.suppliers.value or not _is_about_some_lots(event, shares):
        named = tuple(dict.fromkeys(party.supplier for party in parties))
        return replace(fold.change(suppliers=Fact.stated(named, record.id)), shares=shares)
    left, how = _passed(fold.shares, shares, event) if _is_transfer(event) else (fold.shares, ())
    return _joined(fold, record, left, shares, how)


def _is_transfer(event: ContractEvent) -> bool:
    return event.event == "supplier changed"


def _is_about_some_lots(event: ContractEvent, shares: Shares) -> bool:
    return bool(event.lots) or (_is_transfer(event) and None not in shares)


def _shares(parties: Iterable[Party], lots: Sequence[str]) -> Shares:
    """Who has which lot; whoever is given no lots has all of ``lots``."""
    shares: dict[str | None, dict[str, None]] = {}
    for party in parties:
        for lot in party.lots or lots or (None,):
            shares.setdefault(lot, {})[party.supplier] = None
    return {lot: tuple(those) for lot, those in shares.items()}


def _passed(held: Shares, new: Shares, event: ContractEvent) -> tuple[Shares, Sequence[str]]:
    """What was held, less the lots that passed to others where it is certain whose they were; and how we know."""
    before = event.before.suppliers.parties if event.before and event.before.suppliers else ()
    told, left = _shares(before, ()), dict(held)
    passed = doubted = False
    for lot, named in new.items():
        those = held.get(lot, ())
        may = {*those, *held.get(None, ())}.difference(named)
        were = _whose(may, {*told.get(lot, ()), *told.get(None, ())})
        left[lot] = tuple(one for one in those if one not in were)
        passed |= len(left[lot]) < len(those)
        # Whoever was given no lots has all, or some that no record names: what is left to them is not known.
        doubted |= bool(may) and not (were and were.issubset(those))
    return left, [_PASSED] * passed + [_DOUBT] * doubted


def _whose(may: set[str], told: set[str]) -> set[str]:
    """Whose a lot was: of those whose it may have been, those whom the record names, or else the only one."""
    if told:
        return may & told
    return may if len(may) == 1 else set()


def _joined(fold: Fold, record: Record, left: Shares, new: Shares, how: Sequence[str]) -> Fold:
    """Those who still have a lot, then those to whom the record gives one; still worked out, if any of it was."""
    shares = {lot: tuple(dict.fromkeys((*left.get(lot, ()), *new.get(lot, ())))) for lot in {**left, **new}}
    have = {supplier for those in shares.values() for supplier in those}
    earlier = fold.state.suppliers
    named = [supplier for those in new.values() for supplier in those]
    suppliers = tuple(one for one in dict.fromkeys((*(earlier.value or ()), *named)) if one in have)
    known = " ".join(filter(None, [earlier.worked_out, *(one for one in how if one not in earlier.worked_out)]))
    basis = (*earlier.sources, record.id)
    fact = Fact.inferred(suppliers, known, *basis) if known else Fact(suppliers, None, record.id, basis=basis)
    return replace(fold.change(suppliers=fact), shares=shares)
