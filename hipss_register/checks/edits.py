"""Rules about edits to a record's file after it was first published, from the version history."""

from __future__ import annotations

from collections.abc import Iterator

from hipss_register.checks.finding import PASSED, Answer, Found, Read, Unknown
from hipss_register.checks.world import World
from hipss_register.proof.provenance import Edit, RecordHistory, add_correction, need_note
from hipss_register.read import Record
from hipss_register.wording import say_day, say_list


def edits_are_noted(world: World, record: Record) -> Iterator[Answer]:
    """Every edit to a published record has a note that says what was changed and why.

    An edit is a commit that changes any field after the one that first published the file. Its note is an entry under
    “corrections”, added by the same commit or dated on its day; the day of a commit that follows one with a later day
    is not believed. Changes to our notes, to corrections themselves and to
    old addresses need none, nor does a change that leaves every field as it was. A file that differs from its last
    commit counts as edited too, so that the note can be written before the edit is committed.
    """
    history = _history(world, record)
    yield from _with_unknown(world, history, _unnoted(record, history))


def _history(world: World, record: Record) -> RecordHistory | None:
    provenance = world.settings.provenance
    return provenance.histories.get(record.path) if provenance else None


def _with_unknown(world: World, history: RecordHistory | None, findings: list[Found]) -> Iterator[Answer]:
    """The findings; and where the history is not there or not whole, that the rest cannot be computed."""
    yield from findings
    if because := _cannot(world, history):
        yield Unknown(because)
    elif not findings:
        yield PASSED


def _cannot(world: World, history: RecordHistory | None) -> str:
    """Why it cannot be said that there is no more than was found; empty if it can."""
    provenance = world.settings.provenance
    if provenance is None or provenance.because:
        return provenance.because if provenance else "the version history was not read"
    if history is None:
        return "the file has not been committed yet"
    unread = next((edit for edit in history.later if edit.changes is None), None)
    return f"what the edit of {say_day(unread.day)} changed cannot be told" if unread else ""


def _unnoted(record: Record, history: RecordHistory | None) -> list[Found]:
    edits = history.edits_needing_note if history else ()
    unsaved = history.unsaved if history else ()
    found = [
        Found(
            f"The file was changed {_when(history, edit)}, after it was first published, and no note says why.",
            _read(edit, record),
        )
        for edit in edits
        if history and not edit.adds_correction and (history.is_misdated(edit) or not _dated(record, edit))
    ]
    if need_note(unsaved) and not add_correction(unsaved):
        fields = say_list([change.label for change in unsaved])
        read = (Read("Changed", fields, record.id), Read("Commit", "not committed yet", record.id))
        found.append(Found("The file was changed since it was last committed, and no note says why.", read))
    return found


def _when(history: RecordHistory, edit: Edit) -> str:
    day = say_day(edit.day)
    return (
        f"on {day} by its commit, which an edit of a later day comes before"
        if history.is_misdated(edit)
        else f"on {day}"
    )


def _dated(record: Record, edit: Edit) -> bool:
    return any(note.date and note.date.exact == edit.day for note in record.form.corrections)


def _read(edit: Edit, record: Record) -> tuple[Read, ...]:
    fields = say_list([change.label for change in edit.changes or ()])
    return (Read("Changed", fields, record.id), Read("Commit", edit.commit[:12], record.id))


def records_relied_on_stay(world: World, record: Record) -> Iterator[Answer]:
    """A record that a later decision rests on stays as it was when the later one was published.

    A later decision rests on it when its file has a link to it, other than a mere mention. The edit is looked at when
    it came after the commit that first published the later decision’s file.
    """
    history = _history(world, record)
    yield from _with_unknown(world, history, _relied_on(world, record, history))


def _relied_on(world: World, record: Record, history: RecordHistory | None) -> list[Found]:
    found = []
    for edit in history.edits_needing_note if history else ():
        later = tuple(dict.fromkeys(_resting_on(world, record, edit)))
        if later:
            names = say_list([f"“{world.name(source)}”" for source in later])
            when = _when(history, edit) if history else ""
            message = f"The file was changed {when}, after {names}, which rests on it, was published."
            if len(later) > 1:
                message = message.replace("which rests on it, was", "which rest on it, were")
            found.append(Found(message, _read(edit, record), also=later))
    return found


def _resting_on(world: World, record: Record, edit: Edit) -> Iterator[str]:
    """The later decisions that rest on a record and were published when it was edited."""
    for link in world.register.links_to.get(record.id, ()):
        later = _history(world, world.register.records[link.source])
        if link.kind.name != "cites" and later and later.published_before(edit):
            yield link.source
