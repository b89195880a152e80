"""Every edit of every record since it was first published, from the version history; or what of it cannot be known."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hipss_register.proof.changes import OURS, FieldChange, changes_between
from hipss_register.proof.git import FileChange, GitSilent, Log, read_blobs, read_log, run_git

SHALLOW = "the copy that the site was built from holds only the latest part of the version history"


@dataclass(frozen=True, slots=True)
class Edit:
    """One commit that touched a record's file.

    ``place`` is its position among all commits, for “before” and “after”. ``changes`` is None where one of the two
    versions cannot be read. The day is the one that the commit itself gives.
    """

    commit: str
    day: dt.date
    place: int
    path: str
    changes: tuple[FieldChange, ...] | None = ()
    renamed_from: str = ""

    @property
    def adds_correction(self) -> bool:
        """Whether it adds a note that says what was changed."""
        return add_correction(self.changes or ())

    @property
    def needs_note(self) -> bool:
        """Whether it changes more than our own notes."""
        return need_note(self.changes or ())


def add_correction(changes: Iterable[FieldChange]) -> bool:
    """Whether a note that says what was changed is among some changes."""
    return any(change.loc[0] == "corrections" and change.before is None for change in changes)


def need_note(changes: Iterable[FieldChange]) -> bool:
    """Whether some changes are of more than our own notes."""
    return any(change.loc[0] not in OURS for change in changes)


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """The commits that touched one record's file, oldest first; the first of them published it.

    ``beginning_known`` is false in a shallow clone, where the first that we see need not be the first.
    ``uncommitted`` says that the file differs from the last commit, and ``unsaved`` in what fields.
    """

    edits: tuple[Edit, ...]
    beginning_known: bool = True
    uncommitted: bool = False
    unsaved: tuple[FieldChange, ...] = ()

    @property
    def first(self) -> Edit:
        """The commit that first published the file, as far as known."""
        return self.edits[0]

    @property
    def later(self) -> tuple[Edit, ...]:
        """Every commit after it."""
        return self.edits[1:]

    @property
    def edits_needing_note(self) -> tuple[Edit, ...]:
        """The later commits that changed more than our own notes."""
        return tuple(edit for edit in self.later if edit.needs_note)

    def is_misdated(self, edit: Edit) -> bool:
        """Whether a commit before it gives a later day, so that one of the two cannot be true.

        A day between them may only be that of another time zone.
        """
        before = (other.day for other in self.edits if other.place < edit.place)
        return any(day > edit.day + dt.timedelta(days=1) for day in before)

    def published_before(self, edit: Edit) -> bool:
        """Whether the file was first published by a commit before that one."""
        return self.first.place < edit.place


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the version history tells of each record, by the path of its file.

    ``because`` says what cannot be known and why; it is empty when the whole history was read.
    """

    because: str = ""
    head: str = ""
    histories: Mapping[str, RecordHistory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Touch:
    """One commit that touched a file that is still there: ``before`` is its content until then, if it had any."""

    change: FileChange
    place: int
    before: str | None


Chains = Mapping[str, tuple[Touch, ...]]
"""For each record file that is still there, by its path below the folder, the commits that touched it."""


def read_provenance(root: Path, shown_as: str = "decisions") -> Provenance:
    """Read the history of every file below the decisions folder. Never raises: what git does not say is told."""
    try:
        log = read_log(root)
        return provenance_of(log, chains_of(log), root, shown_as)
    except GitSilent as silent:
        return Provenance(str(silent))


class ProvenanceMemory:
    """Reads the version history, and remembers it while the commit stays: only files that were written to are compared.

    ``states`` gives what the file system said of each record's file, None where it must be looked at again.
    """

    def __init__(self, states: Callable[[], Mapping[str, object]]) -> None:
        self._states_now = states
        self._seen: tuple[Path, bytes] | None = None
        self._log = Log("", False, ())
        self._chains: Chains = {}
        self._states: Mapping[str, object] = {}
        self._known = Provenance()

    def read(self, root: Path, shown_as: str) -> Provenance:
        """The same as `read_provenance`."""
        try:
            return self._read(root, shown_as)
        except GitSilent:
            self._seen = None
            return read_provenance(root, shown_as)

    def _read(self, root: Path, shown_as: str) -> Provenance:
        seen = root, run_git(root, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
        before, self._states = self._states, self._states_now()
        if seen != self._seen:
            self._log, before = read_log(root), {}
            self._chains = chains_of(self._log)
        stale = {path: chain for path, chain in self._chains.items() if not self._same(f"{shown_as}/{path}", before)}
        if stale or seen != self._seen:
            read = provenance_of(self._log, stale, root, shown_as)
            histories = self._known.histories if seen == self._seen else {}
            self._known = replace(read, histories={**histories, **read.histories})
        self._seen = seen
        return self._known

    def _same(self, path: str, before: Mapping[str, object]) -> bool:
        state = self._states.get(path)
        return state is not None and state == before.get(path)


def provenance_of(log: Log, chains: Chains, root: Path, shown_as: str) -> Provenance:
    """What the log tells of some files, with what each edit changed; raises `GitSilent`."""
    differing = {path for path, touches in chains.items() if _differs(root / path, touches[-1].change.blob or "")}
    # The contents of files that were never changed need not be read.
    edited = [chains[path] for path in chains if len(chains[path]) > 1 or path in differing]
    texts = read_blobs(root, {touch.change.blob for touches in edited for touch in touches if touch.change.blob})
    histories = {
        f"{shown_as}/{path}": RecordHistory(
            tuple(_edit(touch, texts) for touch in touches),
            not log.shallow,
            path in differing,
            _unsaved(root / path, texts.get(touches[-1].change.blob or "", "")) if path in differing else (),
        )
        for path, touches in chains.items()
    }
    return Provenance(SHALLOW if log.shallow else "", log.head, histories)


def _unsaved(file: Path, committed: str) -> tuple[FieldChange, ...]:
    """What a file has otherwise than when it was last committed; nothing where one of the two cannot be read."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    return changes_between(committed, text) or ()


def _is_record(path: str) -> bool:
    return path.endswith((".yaml", ".yml")) and not path.startswith(("tables/", "sources/"))


def chains_of(log: Log) -> Chains:
    """For each file that is still there, the commits that touched it; a renamed file keeps its history."""
    chains: dict[str, list[Touch]] = {}
    places = {commit: n for n, commit in enumerate(dict.fromkeys(change.commit for change in log.changes))}
    for change in _renames_first(log.changes):
        if not (_is_record(change.path) or _is_record(change.was)):
            continue
        so_far = chains.pop(change.was, [])
        if change.blob is None:
            continue
        before = so_far[-1].change.blob if so_far else None
        chains[change.path] = [*so_far, Touch(change, places[change.commit], before)]
    return {path: tuple(chains[path]) for path in sorted(chains)}


def _renames_first(changes: Iterable[FileChange]) -> list[FileChange]:
    """The changes of each commit with renames before additions, so that a new file in an old place begins anew."""
    order = {commit: n for n, commit in enumerate(dict.fromkeys(change.commit for change in changes))}
    return sorted(changes, key=lambda change: (order[change.commit], change.was == change.path, change.path))


def _edit(touch: Touch, texts: Mapping[str, str]) -> Edit:
    change, before = touch.change, touch.before
    renamed = change.was if change.was != change.path else ""
    changes: tuple[FieldChange, ...] | None = ()
    if before and change.blob and before != change.blob:
        known = before in texts and change.blob in texts
        changes = changes_between(texts[before], texts[change.blob]) if known else None
    return Edit(change.commit, change.day, touch.place, change.path, changes, renamed)


def _differs(file: Path, blob: str) -> bool:
    """Whether a file is not what git has; a file that cannot be read is told of elsewhere."""
    try:
        raw = file.read_bytes()
    except OSError:
        return False
    digest = hashlib.sha256() if len(blob) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(raw))
    digest.update(raw)
    return digest.hexdigest() != blob
