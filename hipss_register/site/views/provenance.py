"""Where a record comes from and how its file was edited, in words."""

from __future__ import annotations

from dataclasses import dataclass

from hipss_register.model import DecisionForm
from hipss_register.proof.provenance import Edit, Provenance, RecordHistory
from hipss_register.read import Record


@dataclass(frozen=True, slots=True)
class EditView:
    """One edit, as the page shows it. ``words`` are its changes, one in a line."""

    edit: Edit
    words: tuple[str, ...]
    noted: bool | None
    """Whether a note says why; None where none is needed."""
    misdated: bool
    """Whether its commit gives a day that cannot be right."""


@dataclass(frozen=True, slots=True)
class ProvenanceView:
    """The history of a record's file. ``because`` says what of it cannot be known; empty if it is all here."""

    because: str
    first: Edit | None
    edits: tuple[EditView, ...]
    uncommitted: bool
    unsaved: tuple[str, ...]
    """What was changed since the last commit, one in a line."""
    beginning_known: bool


def provenance_view(provenance: Provenance | None, record: Record) -> ProvenanceView:
    """Gather what is known of the edits of one record."""
    because = provenance.because if provenance else "the version history was not read"
    history = provenance.histories.get(record.path) if provenance else None
    if not history:
        return ProvenanceView(because or "the file has not been committed yet", None, (), False, (), False)
    edits = tuple(_edit_view(edit, record.form, history.is_misdated(edit)) for edit in history.later)
    unsaved = tuple(str(change) for change in history.unsaved)
    return ProvenanceView(because, _first(history), edits, history.uncommitted, unsaved, history.beginning_known)


def _first(history: RecordHistory) -> Edit | None:
    return history.first if history.beginning_known else None


def _edit_view(edit: Edit, form: DecisionForm, misdated: bool) -> EditView:
    words: list[str] = [f"The file was renamed; it was {edit.renamed_from}"] if edit.renamed_from else []
    if edit.changes is None:
        words.append("What was changed cannot be told: one of the two versions cannot be read")
    elif not edit.changes and not edit.renamed_from:
        words.append("No field was changed, only how the file is written")
    words += [str(change) for change in edit.changes or ()]
    dated = not misdated and any(note.date and note.date.exact == edit.day for note in form.corrections)
    return EditView(edit, tuple(words), (edit.adds_correction or dated) if edit.needs_note else None, misdated)
