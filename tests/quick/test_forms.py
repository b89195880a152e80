"""What a file was read as in an earlier run is just what reading it again would give."""

from __future__ import annotations

import json
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipss_register.model import DecisionForm, Model
from hipss_register.model.base import Parts
from hipss_register.model.plain import Reviver, plain
from hipss_register.problems import Problem
from hipss_register.quick import forms
from hipss_register.quick.forms import KeptForms
from hipss_register.quick.store import Store
from hipss_register.read import Reading, read_folder
from hipss_register.read.yaml_text import YamlText, yaml_of
from tests.site.conftest import write_tree
from tests.site.edits import Texts, edited, mixed_register

ROOT = Path(__file__).parent.parent.parent
FOLDERS = [ROOT / "decisions", *sorted((ROOT / "tests" / "data").iterdir()), ROOT / "tests" / "site" / "shapes"]


def told(value: Any) -> Any:
    """All of a value: what it is, what it gives and in which order, and what it leaves out."""
    if isinstance(value, Model):
        parts = [(name, told(part)) for name, part in vars(value).items()]
        return type(value), sorted(value.model_fields_set), value.model_extra, parts
    if isinstance(value, tuple):
        return tuple(map(told, value))
    if isinstance(value, dict):
        return [(name, told(part)) for name, part in value.items()]
    return type(value), str(value)


def told_of(reading: Reading) -> list[Any]:
    records = [(r.id, r.path, r.mark, r.unread, told(r.written)) for r in (*reading.records, *reading.partial)]
    return [records, reading.problems, reading.ids]


def read(root: Path, file: Path) -> Reading:
    return read_folder(root, "decisions", None, KeptForms(Store(file)))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_form_comes_back_as_it_was(folder: Path) -> None:
    records = read_folder(folder).records
    reviver = Reviver(Parts())
    assert records
    for record in records:
        back = reviver.revive(DecisionForm, json.loads(json.dumps(plain(record.form))))
        assert told(back) == told(record.form)
        assert back == record.form
        assert plain(back) == plain(record.form)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=6)
def test_any_edits_are_read_as_if_nothing_were_kept(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rng, texts, file = random.Random(seed), mixed_register(6), tmp_path_factory.mktemp("kept") / "records.sqlite"
    for _ in range(4):
        root = write_tree(tmp_path_factory.mktemp("decisions"), texts)
        assert told_of(read(root, file)) == told_of(read_folder(root))
        texts = edited(texts, rng)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, Path, Texts]:
    texts = mixed_register(4)
    root, file = write_tree(tmp_path / "decisions", texts), tmp_path / "records.sqlite"
    read(root, file)
    return root, file, texts


def test_what_is_kept_is_not_read(kept: tuple[Path, Path, Texts], monkeypatch: pytest.MonkeyPatch) -> None:
    root, file, texts = kept
    asked: list[str] = []

    def spy(text: str, path: str) -> tuple[YamlText, list[Problem]]:
        asked.append(path)
        return yaml_of(text, path)

    monkeypatch.setattr("hipss_register.read.yaml_of", spy)
    read(root, file)
    always = set(asked)  # those with something wrong in them
    name = next(name for name, text in texts.items() if "\nsummary: " in text)
    (root / name).write_text(texts[name].replace("\nsummary: ", "\nsummary: Another, ", 1))
    assert len(always) < len(texts) / 4
    assert f"decisions/{name}" not in always
    asked.clear()
    now = read(root, file)
    assert set(asked) == {*always, f"decisions/{name}"}
    assert told_of(now) == told_of(read_folder(root))


MISSHAPEN = [
    '{"no such field": "x"}',
    '{"date": 7}',
    '{"date": {"date": 7}}',
    "[1]",
    '"text"',
    '{"contracts": {"a": 1}}',
    '{"contracts": [{"cost": {"parts": [{"at_most": "no number"}]}}]}',
]


@pytest.mark.parametrize("value", MISSHAPEN)
def test_values_of_another_shape_are_read_again(kept: tuple[Path, Path, Texts], value: str) -> None:
    root, file, _ = kept
    store = Store(file)
    for record in read_folder(root).records:
        store.put(forms._key(record.path, record.mark), json.loads(value))
    store.save()
    assert told_of(read(root, file)) == told_of(read_folder(root))


@pytest.mark.parametrize("change", ["UPDATE kept SET value = replace(value, 'a', 'b')", "UPDATE kept SET mark = ''"])
def test_values_that_are_not_those_put_in_are_read_again(kept: tuple[Path, Path, Texts], change: str) -> None:
    root, file, _ = kept
    with sqlite3.connect(file) as database:
        database.execute(change)
    assert told_of(read(root, file)) == told_of(read_folder(root))


def test_a_value_with_what_is_no_text_is_kept_as_it_is(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept.sqlite")
    store.put("a file's name", ["2018-01-\udcff.yaml"])
    store.save()
    assert store.get("a file's name") == ["2018-01-\udcff.yaml"]
