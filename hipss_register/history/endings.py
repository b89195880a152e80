"""What a termination ends: the whole contract, or no more than some of its lots or the part of some suppliers."""

from __future__ import annotations

from dataclasses import dataclass

from hipss_register.history.inference import Fold, Shares
from hipss_register.history.suppliers import ENDED, WHOSE, listed, shares_of, with_suppliers
from hipss_register.model import ContractEvent
from hipss_register.read import Record


@dataclass(frozen=True, slots=True)
class _Part:
    """What ends: ``whose`` part in each lot, under None in all of theirs; and ``lots`` that end whoever has them."""

    whose: Shares
    lots: tuple[str, ...]

    @property
    def all_lots(self) -> frozenset[str]:
        """The lots that are named with or without a supplier."""
        return frozenset((*self.lots, *(lot for lot in self.whose if lot)))


def without_ended(fold: Fold, record: Record, event: ContractEvent) -> Fold:
    """Who supplies the contract after a termination, and what of it is over.

    One that names neither lots nor a part of those who are listed ends the whole, with whom it was to the end. One that
    names some suppliers ends their part, for a decision that ends all has no reason to name but a few of them.
    """
    named = event.suppliers.parties if event.suppliers else ()
    part = _Part(shares_of(named, event.lots) if named else {}, event.lots)
    present = set(fold.state.suppliers.value or ())
    if not part.all_lots and (not part.whose or present.issubset(part.whose.get(None, ()))):
        return with_suppliers(fold, record, event)._replace(over=frozenset({None}))
    left = {lot: tuple(one for one in those if one not in _out(lot, those, part)) for lot, those in fold.shares.items()}
    over = (fold.over - {None}) | {lot for lot in (*left, *part.all_lots) if lot and not left.get(lot)}
    left = {lot: those for lot, those in left.items() if those or lot not in over}
    if not left and _knows_no_other_lot(fold, over):
        return fold._replace(over=frozenset({None}))
    how = [ENDED] * (left != fold.shares) + [WHOSE] * (len(present) > 1 and _is_doubtful(fold.shares, part))
    if how and left:
        nothing = fold.state.suppliers.nothing or record.form.absent
        fold = fold.change(suppliers=listed(left, fold.state.suppliers, how, record, nothing))
    return fold._replace(shares=left, over=over)


def _out(lot: str | None, those: tuple[str, ...], part: _Part) -> tuple[str, ...]:
    """Whose part of a lot ends, of those who have it."""
    named = part.whose.get(lot, ()) or (those if lot in part.lots else ())
    return (*named, *part.whose.get(None, ()))


def _knows_no_other_lot(fold: Fold, over: frozenset[str | None]) -> bool:
    lots = {lot for part in fold.state.parts for lot in part.lots} | {lot for lot in fold.shares if lot}
    return bool(lots) and lots <= over


def _is_doubtful(held: Shares, part: _Part) -> bool:
    """Whether somebody may be left without a part of whom that is not certain."""
    everyone = {one for those in held.values() for one in those}
    strangers = any(set(those).difference(held.get(lot, ()) if lot else everyone) for lot, those in part.whose.items())
    return strangers or bool(held.get(None) and part.all_lots.difference(part.whose))
