"""What the checks said in an earlier build, taken again, is what asking all of them gives."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from hipss_register.build import Edition
from hipss_register.checks import CheckSettings, Choice, Findings, check
from hipss_register.checks.engine import TABLES, Subject, asked
from hipss_register.checks.finding import Answer, Rule
from hipss_register.checks.world import World
from hipss_register.proof.provenance import read_provenance
from hipss_register.quick import kept_checking
from hipss_register.quick.kept_checking import KeptChecking
from hipss_register.quick.store import Store
from hipss_register.serving.memory import Memory
from tests.checks.registers import commit
from tests.quick.test_checking_while_serving import edition_of, said, world_of
from tests.site.edits import edited, mixed_register


def alone(edition: Edition, settings: CheckSettings) -> Findings:
    return check(world_of(edition, settings))


def taken(edition: Edition, file: Path, settings: CheckSettings) -> Findings:
    """As a build has it that begins with no more than the file."""
    return KeptChecking(Store(file)).check(world_of(edition, settings))


@pytest.mark.parametrize("seed", range(4))
def test_any_edits_are_answered_as_if_all_were_asked(tmp_path: Path, seed: int) -> None:
    rng, texts, root, file = random.Random(seed), mixed_register(12), tmp_path / "decisions", tmp_path / "kept.sqlite"
    for day in range(1, 13):
        edition = edition_of(root, texts)
        if rng.random() < 0.3:
            commit(tmp_path, f"2024-01-{day:02}")
        settings = CheckSettings(provenance=read_provenance(root, "decisions"))
        assert taken(edition, file, settings) == alone(edition, settings)
        texts = edited(texts, rng)


@pytest.fixture
def asked_about(monkeypatch: pytest.MonkeyPatch) -> list[Subject]:
    """What rules are asked of from here on."""
    subjects: list[Subject] = []

    def spy(world: World, about: Collection[Subject]) -> Iterator[tuple[Rule, Subject, Answer]]:
        subjects.extend(about)
        return asked(world, about)

    monkeypatch.setattr(kept_checking, "asked", spy)
    return subjects


def test_only_what_is_connected_with_an_edit_is_asked_again(tmp_path: Path, asked_about: list[Subject]) -> None:
    texts, root, settings = mixed_register(40), tmp_path / "decisions", CheckSettings()
    taken(edition_of(root, texts), tmp_path / "kept.sqlite", settings)
    name = next(name for name, text in sorted(texts.items()) if "event: award" in text)
    texts[name] = texts[name].replace("summary: ", "summary: Another, ", 1)
    asked_about.clear()
    taken(edition_of(root, texts), tmp_path / "kept.sqlite", settings)
    assert (Path(name).stem, None) in asked_about
    assert len(asked_about) < 20


def test_a_server_begins_with_what_was_kept(tmp_path: Path, asked_about: list[Subject]) -> None:
    texts, root, settings, file = mixed_register(40), tmp_path / "decisions", CheckSettings(), tmp_path / "kept.sqlite"
    taken(edition_of(root, texts), file, settings)
    memory = Memory()
    memory.checking.whole = lambda world: KeptChecking(Store(file)).heard(world)
    asked_about.clear()
    assert said(edition_of(root, texts, memory), memory.checking) == alone(edition_of(root, texts), settings)
    assert asked_about == [TABLES]


def test_other_settings_ask_everything(tmp_path: Path) -> None:
    edition, file = edition_of(tmp_path / "decisions", mixed_register(6)), tmp_path / "kept.sqlite"
    code = taken(edition, file, CheckSettings()).found[0].code
    off = CheckSettings({code: Choice("of no use here", off=True)})
    assert taken(edition, file, off) == alone(edition, off)


@pytest.mark.parametrize("value", ["no JSON", json.dumps([1]), json.dumps({"found": [["NO-RULE", [None, None], []]]})])
def test_what_is_not_as_it_was_kept_is_asked_anew(tmp_path: Path, value: str) -> None:
    edition, file, settings = (
        edition_of(tmp_path / "decisions", mixed_register(6)),
        tmp_path / "kept.sqlite",
        CheckSettings(),
    )
    taken(edition, file, settings)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE kept SET value = ?", (value,))
    assert taken(edition, file, settings) == alone(edition, settings)
