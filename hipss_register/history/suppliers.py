"""Who supplies a contract: all whom a decision names, or lot by lot, where lots pass to another supplier or end."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hipss_register.history.inference import Fold, Shares
from hipss_register.history.state import Fact
from hipss_register.model import ContractEvent, Nothing
from hipss_register.model.event import Party
from hipss_register.read import Record

_PASSED = "A lot passed from one supplier to another. The first is listed only if they still have another lot."
_DOUBT = "A lot passed to another supplier, and the records do not say who was left without one, so all are listed."
ENDED = (
    "A part of the contract ended early. Whoever has no other part is no longer listed; the others are taken to go on."
)
WHOSE = "A part of the contract ended early, and the records do not say which of these had it, so all are listed."
_UNNAMED = "The records that we have do not name the supplier of every lot, so the list may not be whole."


def with_suppliers(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """The suppliers that an event names are all there are; or those of its lots, if it is about some lots alone."""
    if not event.suppliers:
        return fold
    nothing = event.suppliers.nothing or record.form.absent
    shares = shares_of(event.suppliers.parties, event.lots)
    if not fold.shares or not _is_about_some_lots(event, shares):
        named = tuple(dict.fromkeys(party.supplier for party in event.suppliers.parties))
        fact = Fact.stated(named, record.id) if named else Fact(None, nothing, record.id)
        return fold.change(suppliers=fact)._replace(shares=shares)
    left, how = _passed(fold.shares, shares, event) if _is_transfer(event) else (fold.shares, ())
    shares = {lot: tuple(dict.fromkeys((*left.get(lot, ()), *shares.get(lot, ())))) for lot in {**left, **shares}}
    return fold.change(suppliers=listed(shares, fold.state.suppliers, how, record, nothing))._replace(shares=shares)


def _is_transfer(event: ContractEvent) -> bool:
    return event.event == "supplier changed"


def _is_about_some_lots(event: ContractEvent, shares: Shares) -> bool:
    return bool(event.lots) or (_is_transfer(event) and None not in shares)


def shares_of(parties: Collection[Party], lots: Sequence[str]) -> Shares:
    """Who has which lot; whoever is given no lots has all of ``lots``. If nobody is named, nobody is known to."""
    shares: dict[str | None, dict[str, None]] = {} if parties else {lot: {} for lot in lots or (None,)}
    for party in parties:
        for lot in party.lots or lots or (None,):
            shares.setdefault(lot, {})[party.supplier] = None
    return {lot: tuple(those) for lot, those in shares.items()}


def _passed(held: Shares, new: Shares, event: ContractEvent) -> tuple[Shares, Sequence[str]]:
    """What was held, less the lots that passed to others where it is certain whose they were; and how we know."""
    before = event.before.suppliers.parties if event.before and event.before.suppliers else ()
    told, left = shares_of(before, ()), dict(held)
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


def listed(
    shares: Shares, earlier: Fact[tuple[str, ...]], how: Sequence[str], record: Record, nothing: Nothing
) -> Fact[tuple[str, ...]]:
    """Everyone who has a lot, those first who were listed; what was once worked out of the list stays so."""
    have = dict.fromkeys(supplier for those in shares.values() for supplier in those)
    listed = tuple(one for one in dict.fromkeys((*(earlier.value or ()), *have)) if one in have)
    if not listed:
        return Fact(None, nothing, record.id)
    notes = [note for note in (_PASSED, _DOUBT, ENDED, WHOSE) if note in earlier.worked_out or note in how]
    notes += [_UNNAMED] * (not all(shares.values()))
    basis = earlier.sources if earlier.sources[-1:] == (record.id,) else (*earlier.sources, record.id)
    return Fact(listed, None, None if notes else record.id, " ".join(notes), basis)
