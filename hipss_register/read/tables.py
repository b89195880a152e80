"""Reference tables: one file each, read together, with the rules that hold among their entries."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from hipss_register.model import Tables
from hipss_register.model.base import nearest_id
from hipss_register.model.refusal import did_you_mean, nearest
from hipss_register.model.tables import THRESHOLDS
from hipss_register.names import NameBook
from hipss_register.problems import Fault, Problem, Severity
from hipss_register.read.files import MOST_TABLE_BYTES, TABLES, YAML, Folder, SourceFile, is_table, read_text
from hipss_register.read.rest import read_rest
from hipss_register.read.shape import read_shape
from hipss_register.read.yaml_text import YamlText, in_place, yaml_of
from hipss_register.wording import say_list

MISNAMED = "MISNAMED-TABLE"
"""The code of a problem with a file that is no table, but must be meant as one."""

Entry = tuple[str, str]
"""A table and the id of one of its entries."""


@dataclasses.dataclass(frozen=True, slots=True)
class TablesRead:
    """The tables as far as they can be read, and every problem of theirs.

    An entry with problems counts as there, with what can be read of it. ``open`` are the tables of which so little can
    be read that any name may be in them.
    """

    tables: Tables
    problems: tuple[Problem, ...] = ()
    open: frozenset[str] = frozenset()


def read_tables(folder: Folder) -> TablesRead:
    """The tables of the decisions folder. Never raises for what the files hold."""
    problems: list[Problem] = []
    texts: dict[str, tuple[str, YamlText]] = {}
    unread = set(_out_of_reach(folder))
    for file in folder.tables:
        if not _is_table(file, folder):
            problem, meant = _misnamed(file, folder)
            problems.append(problem)
            unread |= meant
        elif file.id in texts:
            problems.append(Problem(file.path, 0, 0, "SAME-ID", f"this is the same table as {texts[file.id][0]}"))
            unread.add(file.id)
        else:
            text, found = read_text(file, MOST_TABLE_BYTES)
            yaml_text, more = yaml_of(text, file.path) if text is not None else (YamlText(), [])
            problems += [*found, *more]
            texts[file.id] = file.path, yaml_text
    written = {name: yaml_text for name, (_, yaml_text) in texts.items()}
    unread |= {name for name, yaml_text in written.items() if not yaml_text.is_whole}
    tables, faults = _best_of(written, unread)
    for fault in faults:
        path, yaml_text = texts[str(fault.loc[0])]
        problems += in_place([dataclasses.replace(fault, path=path, loc=fault.loc[1:])], yaml_text)
    if "wards" in written and _names_may_lack(written["wards"], faults):
        unread.add("wards")
    return TablesRead(tables, tuple(problems), frozenset(unread))


def _is_table(file: SourceFile, folder: Folder) -> bool:
    """Whether a file has a table's name and stands where tables do."""
    return file.id in Tables.model_fields and file.real.suffix in YAML and is_table(file.path, folder.shown_as)


def _misnamed(file: SourceFile, folder: Folder) -> tuple[Problem, set[str]]:
    """What to say of a file that is no table but must be meant as one, and which table it may be meant as."""
    near = nearest(file.real.name.partition(".")[0], Tables.model_fields)
    message, hint = "there is no such table", f"did you mean {near}.yaml?"
    if not near:
        hint = f"the tables are {say_list([f'{table}.yaml' for table in Tables.model_fields])}"
    elif not is_table(file.path, folder.shown_as):
        message = f"a table belongs in {TABLES}/, and this has the name of one"
        hint = f"move it to {folder.shown_as}/{TABLES}/{near}.yaml"
    absent = Tables.model_fields.keys() - {other.id for other in folder.tables if _is_table(other, folder)}
    return Problem(file.path, 0, 0, MISNAMED, message, hint), {near} if near else absent


def _out_of_reach(folder: Folder) -> Iterator[str]:
    """The tables that are there, as far as can be told, but not among the folder's files."""
    for problem in folder.problems:
        path = PurePosixPath(problem.path)
        if problem.severity is Severity.ERROR and path == PurePosixPath(folder.shown_as, TABLES):
            yield from Tables.model_fields
        elif problem.severity is Severity.ERROR and path.parent == PurePosixPath(folder.shown_as, TABLES):
            yield path.stem


def _best_of(texts: Mapping[str, YamlText], unread: Collection[str]) -> tuple[Tables, list[Fault]]:
    data = {name: text.data for name, text in texts.items() if isinstance(text.data, dict)}
    tables, faults = read_shape(Tables, data, "")
    if tables is None:
        tables = read_rest(Tables, data, faults, "")[0] or Tables()
    stubs = _stubs(texts, tables)
    tables = _with(tables, stubs)
    return tables, [
        *faults,
        *_one_name_one_entry(tables, stubs),
        *_thresholds_are_read(tables),
        *(_contracts_are_there(tables) if "contracts" not in unread else ()),
        *_no_contract_follows_itself(tables),
    ]


def _stubs(texts: Mapping[str, YamlText], tables: Tables) -> Collection[Entry]:
    """The entries of which not even a name can be read. One whose id is none goes by the id that is nearest."""
    found: dict[Entry, None] = {}
    for name, text in texts.items():
        if text.is_whole:
            written = [str(loc[0]) for loc in text.places if len(loc) == 1] if text.mistakes else text.data
            missing = (nearest_id(entry) for entry in written if entry not in getattr(tables, name))
            found |= {(name, entry): None for entry in missing if entry and entry not in getattr(tables, name)}
    return found


def _with(tables: Tables, stubs: Iterable[Entry]) -> Tables:
    """The tables with entries that are known by their ids alone."""
    more: dict[str, dict[str, Any]] = {}
    for name, entry in stubs:
        more.setdefault(name, {})[entry] = {"name": entry}
    added = Tables.model_validate(more)
    return tables.model_copy(update={name: getattr(tables, name) | getattr(added, name) for name in more})


def _names_may_lack(wards: YamlText, faults: Iterable[Fault]) -> bool:
    """Whether some of the names that wards go by cannot be read, or may be misspelt."""
    return bool(wards.mistakes) or any(
        fault.loc[0] == "wards" and (fault.code == "UNKNOWN-KEY" or fault.loc[2:3] in ((), ("name",), ("also",)))
        for fault in faults
    )


def _one_name_one_entry(tables: Tables, stubs: Collection[Entry]) -> Iterator[Fault]:
    """No two entries of a table go by the same name; the ``stubs`` are entries whose name is not known."""
    for name in ("decision_makers", "wards"):
        for entry, owner, words in NameBook(getattr(tables, name)).clashes:
            if (name, entry) not in stubs and (name, owner) not in stubs:
                yield Fault("SAME-NAME", "", (name, entry), f"“{words}” is also a name of {owner}")


def _thresholds_are_read(tables: Tables) -> Iterator[Fault]:
    """Each threshold is one that a check reads; under another name it would be passed over without a word."""
    for entry in tables.thresholds:
        if entry not in THRESHOLDS:
            hint = did_you_mean(entry, THRESHOLDS) or f"those that are read are {say_list(list(THRESHOLDS))}"
            yield Fault("UNKNOWN-THRESHOLD", "", ("thresholds", entry), f"no check reads “{entry}”", hint)


def _contracts_are_there(tables: Tables) -> Iterator[Fault]:
    """The contracts that a contract refers to are in the table."""
    for entry, contract in tables.contracts.items():
        for field, other in (
            ("follows", contract.follows and contract.follows.contract),
            ("framework", contract.framework),
        ):
            if other and other not in tables.contracts:
                hint = did_you_mean(other, tables.contracts)
                yield Fault(
                    "UNKNOWN-CONTRACT", "", ("contracts", entry, field), f"there is no contract “{other}”", hint
                )


def _no_contract_follows_itself(tables: Tables) -> Iterator[Fault]:
    """Of two contracts only one follows the other."""
    safe: set[str] = set()
    for entry in tables.contracts:
        way: dict[str, None] = {}
        here: str | None = entry
        while here in tables.contracts and here not in safe and here not in way:
            way[here] = None
            follows = tables.contracts[here].follows
            here = follows.contract if follows else None
        if here in way:
            message = f"by way of what it follows, {here} would follow itself"
            yield Fault("LINK-CYCLE", "", ("contracts", here, "follows"), message)
        safe.update(way)
