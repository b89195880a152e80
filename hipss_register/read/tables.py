"""Reference tables: one file each, read together, with the rules that hold among their entries."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from hipss_register.model import Tables
from hipss_register.model.base import ID_FORM
from hipss_register.model.refusal import did_you_mean
from hipss_register.names import NameBook
from hipss_register.problems import Fault, Problem
from hipss_register.read.files import MOST_TABLE_BYTES, SourceFile, read_text
from hipss_register.read.shape import read_shape
from hipss_register.read.yaml_text import YamlText, in_place, yaml_of


def read_tables(files: tuple[SourceFile, ...]) -> tuple[Tables, list[Problem]]:
    """The tables, and every problem of theirs. An entry with problems counts as there, known by its id alone."""
    problems: list[Problem] = []
    texts: dict[str, tuple[str, YamlText]] = {}
    for file in files:
        if file.id not in Tables.model_fields:
            hint = did_you_mean(file.id, Tables.model_fields)
            problems.append(Problem(file.path, 0, 0, "STRAY-FILE", "there is no such table", hint))
        elif file.id in texts:
            problems.append(Problem(file.path, 0, 0, "SAME-ID", f"this is the same table as {texts[file.id][0]}"))
        else:
            text, found = read_text(file, MOST_TABLE_BYTES)
            yaml_text, more = yaml_of(text, file.path) if text is not None else (YamlText(), [])
            problems += [*found, *more]
            texts[file.id] = file.path, yaml_text
    data = {name: yaml_text.data for name, (_, yaml_text) in texts.items() if isinstance(yaml_text.data, dict)}
    tables, faults = _best_of(data)
    for fault in faults:
        path, yaml_text = texts[str(fault.loc[0])]
        problems += in_place([dataclasses.replace(fault, path=path, loc=fault.loc[1:])], yaml_text)
    return tables, problems


def _best_of(data: dict[str, dict[str, Any]]) -> tuple[Tables, list[Fault]]:
    tables, faults = read_shape(Tables, data, "")
    if tables is None:
        faulty = {(str(fault.loc[0]), str(fault.loc[1])) for fault in faults}
        sound = {
            name: {
                entry: {"name": entry} if (name, entry) in faulty else value
                for entry, value in entries.items()
                if (name, entry) not in faulty or ID_FORM.fullmatch(entry)
            }
            for name, entries in data.items()
        }
        tables = Tables.model_validate(sound)
    return tables, [
        *faults,
        *_one_name_one_entry(tables),
        *_contracts_are_there(tables),
        *_no_contract_follows_itself(tables),
    ]


def _one_name_one_entry(tables: Tables) -> Iterator[Fault]:
    """No two entries of a table go by the same name."""
    for name in ("decision_makers", "wards"):
        for entry, owner, words in NameBook(getattr(tables, name)).clashes:
            yield Fault("SAME-NAME", "", (name, entry), f"“{words}” is also a name of {owner}")


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
