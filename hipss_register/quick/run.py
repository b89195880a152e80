"""One run: what each file says of itself, into which parts they fall, and what the checks say of each part."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hipss_register.checks import CheckSettings
from hipss_register.checks.report import Report, make_report, problem_item
from hipss_register.checks.world import Surroundings, surroundings_of
from hipss_register.keeping.made_by import digest, made_by
from hipss_register.model import Tables
from hipss_register.names import NameBook
from hipss_register.proof.git import GitSilent, Log, read_log
from hipss_register.proof.provenance import Chains, Provenance, chains_of, provenance_of
from hipss_register.quick.answers import Answered, Batch, answer, answer_tables
from hipss_register.quick.digests import Tabled, file_digest, file_key, part_digest
from hipss_register.quick.facts import Facts, facts_of
from hipss_register.quick.parts import Part, parts_of
from hipss_register.quick.store import Store
from hipss_register.read import Reading, Record, read_decision, same_ids
from hipss_register.read.files import SourceFile, is_table, list_folder
from hipss_register.read.tables import TablesRead, read_tables


@dataclass(frozen=True)
class _Now:
    """What one run goes by.

    ``log`` is the version history, or why it is silent; ``base`` a digest of what bears on every answer.
    """

    root: Path
    tables: Tables
    open_tables: frozenset[str]
    settings: CheckSettings
    log: Log | str
    chains: Chains
    base: str


@dataclass(frozen=True)
class _Files:
    """Every decision file by its path: its digest, its facts, and the record if it was read in this run."""

    by_path: Mapping[str, SourceFile]
    digests: Mapping[str, str]
    facts: Mapping[str, Facts]
    fresh: dict[str, Record | None]

    def record(self, path: str) -> Record | None:
        """The record of a file, read now if it was not before."""
        if path not in self.fresh:
            self.fresh[path] = read_decision(self.by_path[path])[0]
        return self.fresh[path]


def quick_check(
    root: Path, settings: CheckSettings, store: Store | None = None, only: Callable[[str], bool] | None = None
) -> Report:
    """What is wrong in the files, and what the records leave open: in those files alone that ``only`` says, if given.

    With a store, only what can have changed since the last run is read and asked again; the report is the same. The
    version history is read here, whatever ``settings`` hold.
    """
    folder = list_folder(root, settings.folder)
    read_in = read_tables(folder)
    tables, problems = read_in.tables, read_in.problems
    now = _now(root, read_in, settings)
    files = _read(now, {file.path: file for file in folder.decisions}, store)
    around = surroundings_of((fact.seen for fact in files.facts.values()), NameBook(tables.wards))
    answers = [*_answers(now, files, around, store)]
    locate = Reading(root, files={file.path: file for file in folder.tables}).locate
    answers.append(answer_tables(tables, now.settings, locate))
    if store:
        store.save()
    told = {*problems, *folder.problems, *same_ids(folder)}
    told |= {problem for fact in files.facts.values() for problem in fact.told()}
    items = [problem_item(problem) for problem in told] + [item for one in answers for item in one.items]
    passed: Counter[str] = Counter()
    for one in answers:
        passed.update(one.passed)
    cannot_tell = (said for one in answers for said in one.cannot_tell)
    return make_report(items, cannot_tell, passed, only, lambda path: is_table(path, settings.folder))


def _now(root: Path, read_in: TablesRead, settings: CheckSettings) -> _Now:
    try:
        log: Log | str = read_log(root)
    except GitSilent as silent:
        log = str(silent)
    chains = chains_of(log) if isinstance(log, Log) else {}
    base = digest(made_by(), settings.folder, settings.choices, log if isinstance(log, str) else log.shallow)
    return _Now(root, read_in.tables, read_in.open, settings, log, chains, base)


def _read(now: _Now, by_path: Mapping[str, SourceFile], store: Store | None) -> _Files:
    """The facts of each file: as they were kept if it is still the same, else by reading it."""
    digests = {path: file_digest(file) for path, file in by_path.items()}
    facts: dict[str, Facts] = {}
    fresh: dict[str, Record | None] = {}
    for path, file in by_path.items():
        key = file_key(now.base, digests[path]) if digests[path] else ""
        kept = _back(Facts.from_data, store.get(key)) if store and key else None
        if kept is None:
            fresh[path], found = read_decision(file)
            kept = facts_of(file.id, fresh[path], found)
            # A file that is written to meanwhile is not kept under what it was.
            if store and key and file_digest(file) == digests[path]:
                store.put(key, kept.as_data())
        facts[path] = kept
    return _Files(by_path, digests, facts, fresh)


def _back(make: Callable[[Any], Any], data: Any) -> Any:
    """A kept value as what it was; None if it is no such thing."""
    try:
        return None if data is None else make(data)
    except (TypeError, ValueError, AttributeError, KeyError):
        return None


def _answers(now: _Now, files: _Files, around: Surroundings, store: Store | None) -> Iterator[Answered]:
    """What the checks say of every part: as it was kept if nothing that it depends on has changed, else anew."""
    tabled = Tabled(now.tables)
    stale: dict[Part, str] = {}
    for part in parts_of(files.facts, now.tables.contracts):
        key = _key(now, files, part, tabled, around) if store else ""
        kept = _back(Answered.from_data, store.get(key)) if store else None
        if kept is not None and _still_so(kept, around):
            yield kept
        else:
            stale[part] = key
    for (_, key), one in zip(stale.items(), answer(_batch(now, files, around, list(stale))), strict=True):
        if store and not one.wanting:
            store.put(key, one.as_data())
        yield one


def _key(now: _Now, files: _Files, part: Part, tabled: Tabled, around: Surroundings) -> str:
    start = len(now.settings.folder) + 1
    own = [(files.digests[path], files.facts[path], now.chains.get(path[start:], ())) for path in part.files]
    around_it = tabled.of(part, (facts for _, facts, _ in own), around)
    return part_digest(digest(now.base, tabled.whole, sorted(now.open_tables)), around_it, own, now.root)


def _still_so(kept: Answered, around: Surroundings) -> bool:
    return all(around.phase(dt.date.fromisoformat(day)).value == phase for day, phase in kept.phases.items())


def _batch(now: _Now, files: _Files, around: Surroundings, parts: list[Part]) -> Batch:
    wanted = {path for part in parts for path in part.files}
    paths = [path for path in files.by_path if path in wanted]
    return Batch(
        root=now.root,
        parts=parts,
        files={path: files.by_path[path] for path in paths},
        records={path: files.record(path) for path in paths},
        tables=now.tables,
        open_tables=now.open_tables,
        settings=replace(now.settings, provenance=_provenance(now, paths)),
        around=around,
        names=[name for fact in files.facts.values() for name in (fact.id, *fact.aliases)],
    )


def _provenance(now: _Now, paths: list[str]) -> Provenance:
    """The edits of some files."""
    if isinstance(now.log, str):
        return Provenance(now.log)
    start = len(now.settings.folder) + 1
    chains = {path[start:]: now.chains[path[start:]] for path in paths if path[start:] in now.chains}
    try:
        return provenance_of(now.log, chains, now.root, now.settings.folder)
    except GitSilent as silent:
        return Provenance(str(silent))
