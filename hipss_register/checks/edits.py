"""Rules about edits to a record's file after it was first published, from the version history."""

from __future__ import annotations

from collections.abc import Iterator

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown, World
from hipss_register.proof.provenance import Edit, Provenance, RecordHistory
from hipss_register.read import Record
from hipss_register.wording import say_day, say_list


def _histories(world: World) -> Iterator[tuple[Record, RecordHistory]]:
    provenance = world.settings.provenance
    for record in world.register.records.values():
        history = provenance.histories.get(record.path) if provenance else None
        if history:
            yield record, history


def _cannot(provenance: Provenance | None) -> str:
    return provenance.because if provenance else "the version history was not read"


def edits_are_noted(world: World) -> Iterator[Answer]:
    """Every edit to a published record has a note that says what was changed and why.

    An edit is a commit that changes any field after the one that first published the file. Its note is an entry under
    “corrections”, added by the same commit or dated on its day. Changes to our notes, to corrections themselves and to
    old addresses need none, nor does a change that leaves every field as it was.
    """
    yield from _with_unknown(world, _unnoted(world))


def _with_unknown(world: World, found: Iterator[Answer]) -> Iterator[Answer]:
    """The findings; and where the history is not there or not whole, that the rest cannot be computed."""
    findings = list(found)
    yield from findings
    if because := _cannot(world.settings.provenance):
        yield Unknown(because)
    elif not findings:
        yield PASSED


def _unnoted(world: World) -> Iterator[Answer]:
    for record, history in _histories(world):
        for edit in history.edits_needing_note:
            if not edit.adds_correction and not _dated(record, edit):
                message = (
                    f"The file was changed on {say_day(edit.day)}, after it was first published, and no note says why."
                )
                yield Found(message, _read(edit, record), record.id)


def _dated(record: Record, edit: Edit) -> bool:
    return any(note.date and note.date.exact == edit.day for note in record.form.corrections)


def _read(edit: Edit, record: Record) -> tuple[Read, ...]:
    fields = say_list([change.label for change in edit.changes or ()])
    return (Read("Changed", fields, record.id), Read("Commit", edit.commit[:12], record.id))


def records_relied_on_stay(world: World) -> Iterator[Answer]:
    """A record that a later decision rests on stays as it was when the later one was published.

    A later decision rests on it when its file has a link to it, other than a mere mention. The edit is looked at when
    it came after the commit that first published the later decision’s file.
    """
    yield from _with_unknown(world, _relied_on(world))


def _relied_on(world: World) -> Iterator[Answer]:
    histories = {record.id: history for record, history in _histories(world)}
    for record, history in _histories(world):
        for edit in history.edits_needing_note:
            later = [
                link.source
                for link in world.register.links_to.get(record.id, ())
                if link.kind.name != "cites"
                and link.source in histories
                and histories[link.source].published_before(edit)
            ]
            if later:
                names = say_list([f"“{world.name(source)}”" for source in dict.fromkeys(later)])
                message = (
                    f"The file was changed on {say_day(edit.day)}, after {names}, which rests on it, was published."
                )
                yield Found(message, _read(edit, record), record.id, also=tuple(later))
