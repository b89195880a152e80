"""Checking on each save: the same report as checking everything, whatever is changed and whatever is kept."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hipss_register.checks import CheckSettings, Choice
from hipss_register.checks.report import as_json, cannot_tell_data
from hipss_register.quick import Store, open_store, quick_check
from hipss_register.quick.store import _mark
from tests.checks.cases import AWARD_ID, EXTRA, TABLES, award, change, held
from tests.checks.registers import commit, edition_of, findings_of, git, write_register, write_yaml
from tests.corpus import write_corpus

SETTINGS = CheckSettings()


def kept_in(root: Path) -> Store:
    return Store(root.parent / "kept.sqlite")


def report(root: Path, store: Store | None, settings: CheckSettings = SETTINGS) -> str:
    return as_json(quick_check(root, settings, store))


def some_file(root: Path, rng: random.Random) -> Path:
    return rng.choice(sorted(path for path in root.rglob("*.yaml") if path.parent.name != "tables"))


Edit = Callable[[Path, random.Random], None]


def changing(**fields: object) -> Edit:
    def edit(root: Path, rng: random.Random) -> None:
        path = some_file(root, rng)
        data = yaml.safe_load(path.read_text("utf-8"))
        write_yaml(path, {**data, **fields} if isinstance(data, dict) else fields)

    return edit


def link_to_another(root: Path, rng: random.Random) -> None:
    changing(links={"cites": some_file(root, rng).stem})(root, rng)


def known_from_another(root: Path, rng: random.Random) -> None:
    changing(known_from={"record": some_file(root, rng).stem})(root, rng)


def spoilt_and_leading_to_another(root: Path, rng: random.Random) -> None:
    to = rng.choice([some_file(root, rng).stem, "2001-old", "2001-nowhere"])
    other = rng.choice([{"links": {"cites": to}}, {"known_from": to}, {"aliases": to}])
    changing(date=rng.choice(["soon", "2018-01-01"]), cost="much", **other)(root, rng)


def take_out(root: Path, rng: random.Random) -> None:
    some_file(root, rng).unlink()


def rename(root: Path, rng: random.Random) -> None:
    path = some_file(root, rng)
    path.rename(path.with_stem(f"{path.stem}-x"))


def copy(root: Path, rng: random.Random) -> None:
    path = some_file(root, rng)
    (path.parent / f"{path.stem}-again.yaml").write_bytes(path.read_bytes())


def same_id(root: Path, rng: random.Random) -> None:
    path = some_file(root, rng)
    (root / "elsewhere").mkdir(exist_ok=True)
    (root / "elsewhere" / path.name).write_bytes(path.read_bytes())


def spoil(root: Path, rng: random.Random) -> None:
    some_file(root, rng).write_text(rng.choice(["title: [", "", "x", "title: T\ndate: 2020-99"]), "utf-8")


def unreadable_with_an_old_id(root: Path, rng: random.Random) -> None:
    old = rng.choice([some_file(root, rng).stem, "2001-old", "2001-nowhere"])
    some_file(root, rng).write_text(f"aliases: {old}\ntitle: [", "utf-8")


def old_id_of_another(root: Path, rng: random.Random) -> None:
    changing(aliases=rng.choice([some_file(root, rng).stem, "2001-old"]))(root, rng)


def table(root: Path, rng: random.Random) -> None:
    path = rng.choice(sorted((root / "tables").glob("*.yaml")))
    if (root.parent / "before.yaml").exists():
        return
    data = yaml.safe_load(path.read_text("utf-8"))
    entry = rng.choice(sorted(data))
    what = rng.choice(["name", "also", "gone", "regime", "follows"])
    old = data[entry] if isinstance(data[entry], dict) else {"name": data[entry]}
    new: dict[str, object] = {
        "name": {**old, "name": "Another name"},
        "also": {**old, "also": "Countrywide"},
        "gone": {},
        "regime": {**old, "regime": "PCR 2015"},
        "follows": {**old, "follows": rng.choice(sorted(data))},
    }[what]
    write_yaml(path, {**data, entry: new} if new else {name: value for name, value in data.items() if name != entry})


def spoil_table(root: Path, rng: random.Random) -> None:
    """Make a table one that cannot be read, in whole or in part; or mend the one that is."""
    before = root.parent / "before.yaml"
    path = rng.choice(sorted((root / "tables").glob("*.yaml")))
    if before.exists():
        name, _, text = before.read_text("utf-8").partition("\n")
        before.unlink()
        (root / "tables" / name).write_text(text, "utf-8")
        return
    text = path.read_text("utf-8")
    before.write_text(f"{path.name}\n{text}", "utf-8")
    path.write_text(rng.choice(["a: [", "", text + "---\na: A\n", text + "empty:\n", "a: {nmae: A}\n"]), "utf-8")


def commit_it(root: Path, rng: random.Random) -> None:
    commit(root.parent, f"2024-01-{rng.randint(1, 28):02}")


EDITS: tuple[Edit, ...] = (
    changing(reasons="As set out in the report."),
    changing(date="2031-01-02"),
    changing(date="2040-01-02", wards="Countrywide"),
    changing(wards="Westhope 1", published="2031-05-05"),
    changing(source="sources/a.txt"),
    changing(corrections="Copied wrongly."),
    changing(links={"cites": "2001-nowhere"}),
    changing(contracts=[{"contract": "nothing", "event": "award", "suppliers": "nobody"}]),
    changing(date="soon", wards=["Westhope 1", "Nowhere"], source="sources/a.txt"),
    changing(links={"cities": "2001-old"}, contracts=[{"contract": "nothing", "event": "variation"}]),
    link_to_another,
    known_from_another,
    spoilt_and_leading_to_another,
    spoilt_and_leading_to_another,
    spoilt_and_leading_to_another,
    take_out,
    rename,
    copy,
    same_id,
    spoil,
    unreadable_with_an_old_id,
    old_id_of_another,
    table,
    table,
    spoil_table,
    spoil_table,
    commit_it,
    commit_it,
)


@pytest.mark.parametrize("seed", range(3))
def test_is_the_same_as_asking_everything_anew(seed: int, tmp_path: Path) -> None:
    rng, root = random.Random(seed), tmp_path / "decisions"
    write_corpus(root, 24, seed)
    (root / "sources").mkdir()
    report(root, kept_in(root))
    for _ in range(16):
        edit = rng.choice(EDITS)
        edit(root, rng)
        assert report(root, kept_in(root)) == report(root, None), edit


@pytest.mark.parametrize("kind", ["corpus", "edited", "chain"])
def test_is_what_the_site_says(kind: str, tmp_path: Path) -> None:
    root = tmp_path / "decisions"
    if kind == "corpus":
        write_corpus(root, 40, 7)
    elif kind == "edited":
        write_corpus(root, 40, 7)
        rng = random.Random(7)
        for edit in EDITS:
            edit(root, rng)
    else:
        write_register(root, {AWARD_ID: award(), "2020-03-02-change": change(on=EXTRA), "2020-03-02-b": held()}, TABLES)
        commit(tmp_path)
        write_yaml(root / f"{AWARD_ID}.yaml", {**award(), "reasons": "Other reasons."})
        commit(tmp_path)
    told, site = quick_check(root, SETTINGS), findings_of(root)
    found = [item for item in told.items if item.is_finding]
    assert sorted((f.code, f.path, f.message) for f in found) == sorted((f.code, f.path, f.message) for f in site.found)
    assert dict(told.passed) == dict(site.passed)
    assert sorted(map(json.dumps, told.cannot_tell)) == sorted(
        json.dumps(cannot_tell_data(a)) for a in site.cannot_tell
    )
    problems = edition_of(root).problems
    assert [(i.path, i.line, i.code, i.message) for i in told.items if not i.is_finding] == [
        (problem.path, max(problem.line, 1), problem.code, problem.message) for problem in problems
    ]


@pytest.mark.parametrize("name", ["contracts", "suppliers", "wards"])
def test_of_a_table_that_cannot_be_read_only_that_is_told_until_it_is_mended(name: str, tmp_path: Path) -> None:
    root = tmp_path / "decisions"
    write_corpus(root, 40, 7)
    table = root / "tables" / f"{name}.yaml"
    sound = table.read_text("utf-8")

    def problems() -> list[tuple[str, str]]:
        told = json.loads(report(root, kept_in(root)))["problems"]
        return [(problem["path"], problem["code"]) for problem in told]

    assert problems() == []
    for _ in range(2):
        table.write_text("a: [", "utf-8")
        assert problems() == [(f"decisions/tables/{name}.yaml", "BAD-YAML")]
    table.write_text("a: A\n", "utf-8")
    assert {code for _, code in problems()} >= {f"UNKNOWN-{name.upper()[:-1]}"}
    table.write_text(sound, "utf-8")
    assert problems() == []


def test_a_link_to_an_old_id_waits_while_nothing_of_its_file_can_be_read(tmp_path: Path) -> None:
    earlier, later = held(aliases="2001-old"), held(date="2020-03-03", links={"cites": "2001-old"})
    root = write_register(tmp_path / "decisions", {"2020-03-02-a": earlier, "2020-03-03-b": later}, TABLES)
    broken = root / "2020-03-02-a.yaml"
    sound = broken.read_text("utf-8")

    def problems(text: str) -> list[tuple[str, str]]:
        broken.write_text(text, "utf-8")
        told = report(root, kept_in(root))
        assert told == report(root, None)
        return [(Path(problem["path"]).stem, problem["code"]) for problem in json.loads(told)["problems"]]

    for _ in range(2):
        assert problems(sound) == []
        assert problems(sound + "links: [") == [("2020-03-02-a", "BAD-YAML")]
    without = sound.replace("2001-old", "2001-other")
    assert problems(without + "links: [") == [("2020-03-02-a", "BAD-YAML"), ("2020-03-03-b", "DANGLING-LINK")]
    assert problems(without) == [("2020-03-03-b", "DANGLING-LINK")]
    assert problems(sound) == []


LATER = {"2031-01-02-z": held(date="2031-01-02", decision="Something else altogether, to be done by others.")}
ELSEWHERE: dict[str, tuple[dict[str, Any], str]] = {
    "another name of a place": ({"2020-03-09-c": held(date="2020-03-09", wards="All wards")}, "TWO-NAMES"),
    "a later decision": (LATER, "NO-SUCCESSOR"),
    "the same decision": ({"2020-03-02-w": held(wards="Countrywide", title="Again")}, "SAME-DECISION"),
    "the law of a contract": ({"tables/contracts": {"grass": {"name": "G", "regime": "PCR 2015"}}}, "NO-GROUND"),
    "a supplier of nearly the same name": (
        {"tables/suppliers": {"meadow": "Meadow and Hedge Ltd", "hedge": "Meadow and Hedge Limited"}},
        "SAME-SUPPLIER",
    ),
    "a threshold": (
        {"tables/thresholds": {"key-decision": {"name": "K", "steps": [{"since": "2019-01-01", "amount": "1000"}]}}},
        "KEY-SUM",
    ),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_what_happens_elsewhere_is_noticed(what: str, tmp_path: Path) -> None:
    files = {
        AWARD_ID: award(),
        "2020-03-05-change": {**change(date="2020-03-05", on={**EXTRA, "cost": "5000"}), "key": "no"},
        "2020-03-02-v": held(wards="Countrywide", decision="To mend the swings in the park by the quay."),
        "2020-03-02-a": held(),
    }
    root = write_register(tmp_path / "decisions", files, {**TABLES, "contracts": {"grass": "Cutting grass"}})
    written, code = ELSEWHERE[what]

    def codes() -> set[str]:
        return {finding["code"] for finding in json.loads(report(root, kept_in(root)))["findings"]}

    assert code not in codes()
    for name, data in written.items():
        write_yaml(root / f"{name}.yaml", data)
    assert code in codes()


def test_a_document_that_changes_is_noticed(tmp_path: Path) -> None:
    root = write_register(tmp_path / "decisions", {"2020-03-02-a": held(source="sources/a.txt")}, {})
    for text, told in (("One.", False), ("", True), ("Two.", False)):
        (root / "sources").mkdir(exist_ok=True)
        (root / "sources" / "a.txt").write_text(text, "utf-8")
        assert ("EMPTY-FILE" in report(root, kept_in(root))) is told


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_register(
        tmp_path / "decisions", {"2020-03-02-a": held(interests=None), "2020-03-03-b": held(date="2020-03-03")}, TABLES
    )


def rows(root: Path) -> sqlite3.Connection:
    return sqlite3.connect(root.parent / "kept.sqlite")


def test_what_was_kept_is_used(root: Path) -> None:
    report(root, kept_in(root))
    with rows(root) as database:
        for key, value in database.execute("SELECT key, value FROM kept").fetchall():
            doctored = value.replace("any interest was declared", "anything at all was kept")
            database.execute("UPDATE kept SET mark = ?, value = ? WHERE key = ?", (_mark(key, doctored), doctored, key))
    assert "anything at all was kept" in report(root, kept_in(root))
    write_yaml(root / "2020-03-02-a.yaml", held(interests=None, reasons="Others than those of the decision itself."))
    assert "anything at all was kept" not in report(root, kept_in(root))


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE kept SET value = '{}'",
        "UPDATE kept SET value = '[' || value",
        "UPDATE kept SET mark = ''",
        "UPDATE kept SET key = key || 'x'",
        "DROP TABLE kept",
        "DROP TABLE kept; CREATE TABLE kept (key INTEGER)",
    ],
)
def test_what_was_spoilt_is_as_good_as_none(spoil: str, root: Path) -> None:
    expected = report(root, None)
    report(root, kept_in(root))
    with rows(root) as database:
        database.executescript(spoil)
    assert report(root, kept_in(root)) == expected
    assert report(root, kept_in(root)) == expected


@pytest.mark.parametrize("value", ["null", "[]", "{}", '{"items": 1}', '{"items": [[1]], "phases": {"x": ""}}', "7"])
def test_values_of_another_shape_are_as_good_as_none(value: str, root: Path) -> None:
    expected = report(root, None)
    report(root, kept_in(root))
    with rows(root) as database:
        for (key,) in database.execute("SELECT key FROM kept").fetchall():
            database.execute("UPDATE kept SET mark = ?, value = ? WHERE key = ?", (_mark(key, value), value, key))
    assert report(root, kept_in(root)) == expected


def test_a_file_that_is_no_store_is_replaced(root: Path) -> None:
    (root.parent / "kept.sqlite").write_bytes(b"not a database at all" * 99)
    assert report(root, kept_in(root)) == report(root, None)
    with rows(root) as database:
        report(root, kept_in(root))
        assert database.execute("SELECT count(*) FROM kept").fetchone()[0] > 2


def test_nowhere_to_keep_anything_is_no_hindrance(root: Path) -> None:
    (root.parent / "file").write_text("x", "utf-8")
    assert report(root, Store(root.parent / "file" / "kept.sqlite")) == report(root, None)


def test_what_is_no_longer_used_is_let_go(root: Path) -> None:
    for n in range(9):
        write_yaml(root / "2020-03-02-a.yaml", held(reasons=f"The reasons as they stood on day {n} of the month."))
        report(root, kept_in(root))
    with rows(root) as database:
        assert database.execute("SELECT count(*) FROM kept").fetchone()[0] < 20


def test_what_a_site_chose_is_not_mixed_up(root: Path) -> None:
    off = CheckSettings({"INTERESTS-BLANK": Choice("We know.", off=True)})
    for settings in (SETTINGS, off, SETTINGS, off):
        assert report(root, kept_in(root), settings) == report(root, None, settings)


def test_edits_told_by_the_history_are_noticed(root: Path) -> None:
    def edits() -> list[str]:
        findings = json.loads(report(root, kept_in(root)))["findings"]
        return [finding["message"] for finding in findings if finding["code"] == "EDIT-NOT-NOTED"]

    commit(root.parent)
    assert edits() == []
    write_yaml(root / "2020-03-02-a.yaml", held(reasons="Others than those of the decision itself."))
    assert edits() == ["The file was changed since it was last committed, and no note says why."]
    commit(root.parent)
    assert "after it was first published" in edits()[0]
    git(root.parent, "reset", "--quiet", "--soft", "HEAD~1")
    assert "since it was last committed" in edits()[0]
    write_yaml(root / "2020-03-02-a.yaml", held(reasons="Others still.", corrections="We had misread the reasons."))
    assert edits() == []


def test_folders_do_not_share_what_is_kept(tmp_path: Path) -> None:
    assert open_store(tmp_path / "a")._file != open_store(tmp_path / "b")._file
    assert not open_store(tmp_path / "a")._file.is_relative_to(tmp_path / "a")
