"""Reading, folding and checking again what was known a moment ago gives what doing so anew gives."""

from __future__ import annotations

import random
import shutil
from collections.abc import Collection
from pathlib import Path

import pytest

from hipss_register.build import Edition, make_edition
from hipss_register.checks import CheckSettings, Choice, Findings, check
from hipss_register.checks.engine import Heard, Subject, hear
from hipss_register.checks.world import World
from hipss_register.proof.provenance import read_provenance
from hipss_register.read import ReadingMemory
from hipss_register.read.files import SourceFile
from hipss_register.serving import checking
from hipss_register.serving.checking import CheckingMemory
from hipss_register.serving.editions import Editions
from hipss_register.serving.memory import Memory
from hipss_register.site.book import Book
from tests.checks.registers import commit
from tests.site.conftest import write_tree
from tests.site.edits import Texts, edited, mixed_register

SETTINGS = CheckSettings()


def parts_of_book(book: Book) -> dict[str, object]:
    """All of a book that can be compared, and the orders in which its records and groups stand."""
    names = {"makers", "wards"}  # made from the tables alone
    register = {name: value for name, value in vars(book.register).items() if name not in names}
    orders = [list(book.register.records), list(book.sources), list(book.register.touching), list(book.histories)]
    return vars(book) | register | {"register": None, "orders": [*orders, *map(list, book.groups.values())]}


def edition_of(root: Path, texts: Texts, memory: Memory | None = None) -> Edition:
    shutil.rmtree(root, ignore_errors=True)
    write_tree(root, texts)
    return memory.editions.make(root, "decisions") if memory else make_edition(root, "decisions")


def said(edition: Edition, memory: CheckingMemory | None, settings: CheckSettings = SETTINGS) -> Findings:
    return (memory.check if memory else check)(world_of(edition, settings))


def world_of(edition: Edition, settings: CheckSettings) -> World:
    book = edition.book
    return World(book.register, book.histories, book.sources, settings)


@pytest.mark.parametrize("seed", range(4))
def test_any_edits_are_answered_as_if_all_were_asked(tmp_path: Path, seed: int) -> None:
    rng, texts = random.Random(seed), mixed_register(12)
    memory = Memory()
    for _ in range(12):
        now = edition_of(tmp_path / "decisions", texts, memory)
        alone = edition_of(tmp_path / "decisions", texts)
        assert now.problems == alone.problems
        answers = said(now, memory.checking)
        if not now.errors:
            assert parts_of_book(now.book) == parts_of_book(alone.book)
            assert answers == said(alone, None)
        texts = edited(texts, rng)


@pytest.mark.parametrize("broken", [None, "date: [", "date: 2020-01-02\nsummary: A\nnonsense: 1\n"], ids=str)
def test_what_leads_to_a_file_is_checked_again_when_the_file_goes_or_cannot_be_read(
    tmp_path: Path, broken: str | None
) -> None:
    whole, memory = mixed_register(4), Memory()
    named = [name for name in whole if sum(Path(name).stem in text for text in whole.values()) > 0]
    for name in named[:5]:
        without = {path: text for path, text in whole.items() if path != name}
        for texts in (whole, without | ({name: broken} if broken else {}), without, whole):
            now = edition_of(tmp_path / "decisions", texts, memory)
            assert now.problems == edition_of(tmp_path / "decisions", texts).problems


def test_a_file_that_is_written_again_at_once_is_read_again(tmp_path: Path) -> None:
    file, memory = SourceFile("decisions/2020-a.yaml", str(tmp_path / "2020-a.yaml")), ReadingMemory()
    for number in range(200):
        file.real.write_text(f"date: 2020-01-02\nsummary: Edit {number:03}\n")
        record, _ = memory.decision(file)
        assert record
        assert record.form.summary == f"Edit {number:03}"


def test_edits_in_the_version_history_are_answered_too(tmp_path: Path) -> None:
    rng, texts, memory = random.Random(7), mixed_register(6), Memory()
    root = tmp_path / "decisions"
    for day in range(1, 9):
        now = edition_of(root, texts, memory)
        if rng.random() < 0.6:
            commit(tmp_path, f"2024-01-{day:02}")
        provenance = memory.provenance.read(root, "decisions")
        assert provenance == read_provenance(root, "decisions")
        settings = CheckSettings(provenance=provenance)
        assert said(now, memory.checking, settings) == said(now, None, settings)
        texts = edited(texts, rng)


def test_only_what_is_connected_with_an_edit_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = mixed_register(40)
    memory = Memory()
    said(edition_of(tmp_path / "decisions", texts, memory), memory.checking)
    subjects: list[Subject] = []

    def spy(world: World, about: Collection[Subject]) -> Heard:
        subjects.extend(about)
        return hear(world, about)

    monkeypatch.setattr(checking, "hear", spy)
    name = next(name for name, text in sorted(texts.items()) if "event: award" in text)
    changed = texts | {name: texts[name].replace("summary: ", "summary: Another, ", 1)}
    said(edition_of(tmp_path / "decisions", changed, memory), memory.checking)
    assert (Path(name).stem, None) in subjects
    assert len(subjects) < 20


def test_other_settings_ask_everything(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "decisions", mixed_register(6))
    checking = CheckingMemory(Editions())
    code = said(edition, checking).found[0].code
    off = CheckSettings({code: Choice("of no use here", off=True)})
    assert said(edition, checking, off) == said(edition, None, off)
    assert code not in {finding.code for finding in said(edition, checking, off).found}
