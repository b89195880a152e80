"""A reference table, or an entry of one, that cannot be read: what depends on it waits, and nothing else does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from registers import CITED, problems_of

from hipss_register.build import make_edition
from hipss_register.read.files import MOST_TABLE_BYTES

Write = Callable[..., Path]

A = "2018-01-a.yaml"
NAMES = CITED + "wards: V\ncontracts: [{contract: d, event: award, suppliers: t, value: [{exactly: 1, supplier: t}]}]\n"
TABLES = {"contracts": "UNKNOWN-CONTRACT", "suppliers": "UNKNOWN-SUPPLIER", "wards": "UNKNOWN-WARD"}
"""What is said of a record that names what is not in a table."""
SOUND = {f"tables/{name}.yaml": "c: C\n" for name in TABLES}

UNREADABLE = {
    "c: [": "BAD-YAML",
    "c: C\n---\nd: D\n": "MANY-DOCUMENTS",
    "c: C\n...\n]": "BAD-YAML",
    "c: &d C": "NO-ALIASES",
    "c: !d C": "NO-TAGS",
    "c: C\u200b": "CONTROL-CHARACTER",
    "c:\n\tname: C": "TAB",
    "- c": "WRONG-SHAPE",
    "c": "WRONG-SHAPE",
    "# c": "EMPTY-FILE",
    "": "EMPTY-FILE",
}


def codes(root: Path) -> list[str]:
    return [problem.code for problem in problems_of(root)]


def test_names_that_are_in_no_table_are_told_while_it_can_be_read(decisions: Write) -> None:
    told = codes(decisions({**SOUND, A: NAMES}))
    assert sorted(told) == ["UNKNOWN-CONTRACT", "UNKNOWN-SUPPLIER", "UNKNOWN-SUPPLIER", "UNKNOWN-WARD"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("text", UNREADABLE, ids=ascii)
def test_of_a_table_that_cannot_be_read_only_that_is_told(decisions: Write, table: str, text: str) -> None:
    found = problems_of(decisions({**SOUND, A: NAMES, f"tables/{table}.yaml": text}))
    assert [p.code for p in found if p.path.endswith(f"{table}.yaml")] == [UNREADABLE[text]]
    assert {p.code for p in found if p.path.endswith(A)} == {*TABLES.values()} - {TABLES[table]}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "name", ["tables/{}.yaml.txt", "tables/x{}.yaml", "tables/names.yaml", "{}.yaml", "table/{}.yml"]
)
def test_of_a_table_that_goes_by_another_name_only_that_is_told(decisions: Write, table: str, name: str) -> None:
    root = decisions({**SOUND, A: NAMES, name.format(table): "c: C\n"})
    (root / "tables" / f"{table}.yaml").unlink()
    found = problems_of(root)
    assert [p.path for p in found if p.code == "MISNAMED-TABLE"] == [f"decisions/{name.format(table)}"]
    assert {p.code for p in found if p.path.endswith(A)} == {*TABLES.values()} - {TABLES[table]}


def test_an_unknown_table_beside_all_others_hides_nothing(decisions: Write) -> None:
    told = codes(decisions({**SOUND, A: NAMES, "tables/names.yaml": "c: C\n"}))
    assert {"MISNAMED-TABLE", *TABLES.values()} == {*told}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_no_text_or_too_large_or_no_file_is_waited_for(decisions: Write, table: str) -> None:
    root = decisions({**SOUND, A: NAMES})
    file = root / "tables" / f"{table}.yaml"
    file.write_bytes(b"c: \xff\n")
    assert "NOT-UTF8" in codes(root)
    assert TABLES[table] not in codes(root)
    with file.open("wb") as stream:
        stream.truncate(MOST_TABLE_BYTES + 1)
    assert "TOO-LARGE" in codes(root)
    assert TABLES[table] not in codes(root)
    for target, code in (("nowhere.yaml", "UNREADABLE"), (root.parent / "outside.yaml", "OUTSIDE")):
        file.unlink()
        file.symlink_to(target)
        assert code in codes(root)
        assert TABLES[table] not in codes(root)
    file.unlink()
    (root / "tables" / f"{table}.yml").write_text("c: C\n")
    assert TABLES[table] in codes(root)
    file.write_text("c: C\n")
    assert "SAME-ID" in codes(root)
    assert TABLES[table] not in codes(root)


def test_a_folder_of_tables_that_leads_out_is_waited_for(decisions: Write) -> None:
    root = decisions({A: NAMES})
    (root.parent / "elsewhere").mkdir()
    (root / "tables").symlink_to(root.parent / "elsewhere")
    assert codes(root) == ["OUTSIDE"]


def test_a_table_that_is_not_there_is_not_waited_for(decisions: Write) -> None:
    assert sorted(set(codes(decisions({A: NAMES})))) == ["UNKNOWN-CONTRACT", "UNKNOWN-SUPPLIER"]


def test_what_is_wrong_with_the_tables_is_told_first(decisions: Write) -> None:
    root = decisions(
        {**SOUND, A: NAMES + "key: ja\n", "tables/contracts.yaml": "c: [", "tables/suppliers.yaml": "t: T"}
    )
    told = [problem.code for problem in make_edition(root, "decisions").problems]
    assert told == ["BAD-YAML", "UNKNOWN-WARD", "BAD-CHOICE"]


ENTRIES = [
    # a table of one of the kinds, and what is told: what names an entry that cannot be read waits, all else does not
    ("contracts", "d:\n", "EMPTY-VALUE"),
    ("contracts", "d: {nmae: D}\n", "UNKNOWN-KEY"),
    ("contracts", "D: The contract\n", "BAD-ID"),
    ("contracts", "e:\n", "EMPTY-VALUE UNKNOWN-CONTRACT"),
    ("contracts", "e: {nmae: E}\n", "UNKNOWN-CONTRACT UNKNOWN-KEY"),
    ("contracts", "d: D\nd: E\n", "DUPLICATE-KEY"),
    ("contracts", "d: {name: D, regime: x, follows: f}\n", "BAD-CHOICE UNKNOWN-CONTRACT"),
    ("contracts", "d:\ne: {name: E, follows: d}\n", "EMPTY-VALUE"),
    ("suppliers", "t:\n", "EMPTY-VALUE"),
    ("suppliers", "t: {name: T, sme: maybe}\n", "BAD-CHOICE"),
    ("suppliers", "u: {name: T, sme: maybe}\n", "BAD-CHOICE UNKNOWN-SUPPLIER UNKNOWN-SUPPLIER"),
    # whatever a ward's names may be, a record may mean it; of one whose names can be read that is known
    ("wards", "w:\n", "EMPTY-VALUE"),
    ("wards", "w: [V]\n", "WRONG-SHAPE"),
    ("wards", "w: {name: W, allso: V}\n", "UNKNOWN-KEY"),
    ("wards", "w: {name: W, also: [[V]]}\n", "WRONG-SHAPE"),
    ("wards", "w: W\nw: V\n", "DUPLICATE-KEY"),
    ("wards", "W: V\n", "BAD-ID"),
    ("wards", "w: {name: V, since: soon}\n", "BAD-DATE"),
    ("wards", "w: {name: W, also: V, since: soon}\n", "BAD-DATE"),
    ("wards", "w: {name: W, since: soon}\n", "BAD-DATE UNKNOWN-WARD"),
    # what can be read of an entry is asked; its id is not taken for its name
    ("wards", "x: {name: V, since: soon}\ny: {name: V, until: soon}\n", "BAD-DATE BAD-DATE SAME-NAME"),
    ("wards", "w: {nmae: X}\nx: {name: V, also: w}\n", "UNKNOWN-KEY"),
]


@pytest.mark.parametrize(("table", "text", "told"), ENTRIES)
def test_only_what_names_an_entry_that_cannot_be_read_waits(decisions: Write, table: str, text: str, told: str) -> None:
    others = {"tables/contracts.yaml": "d: D\n", "tables/suppliers.yaml": "t: T\n", "tables/wards.yaml": "v: V\n"}
    assert sorted(codes(decisions({**others, A: NAMES, f"tables/{table}.yaml": text}))) == told.split()
