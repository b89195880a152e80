"""What is read is noted, by whoever asks and for whatever it is read for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hipss_register.keeping.reads import ALL, Fingerprints, Remembered, Watched, note, noting, without_noting
from tests.core.registers import cited

NAMES = Watched("names", {"a": "Ann", "b": "Bob"}, str)

LOOKS: dict[str, tuple[Callable[[], Any], set[str]]] = {
    "an entry": (lambda: NAMES["a"], {"a"}),
    "an entry or nothing": (lambda: NAMES.get("b"), {"b"}),
    "in vain": (lambda: NAMES.get("c"), {"c"}),
    "whether it is there": (lambda: "c" in NAMES, {"c"}),
    "all": (lambda: list(NAMES), {ALL}),
    "how many": (lambda: len(NAMES), {ALL}),
    "the values": (lambda: list(NAMES.values()), {ALL, "a", "b"}),
    "nothing": (lambda: None, set()),
    "unnoted": (lambda: without_noting(NAMES.get, "a"), set()),
}


@pytest.mark.parametrize(("look", "keys"), LOOKS.values(), ids=LOOKS.keys())
def test_a_look_at_a_table_is_noted(look: Callable[[], Any], keys: set[str]) -> None:
    with noting() as read:
        look()
    assert read == {("names", key) for key in keys}


def test_tables_may_be_parts_of_one() -> None:
    """What any of them has under a key is noted as what all of them have; all of one is all of that one."""

    def parts(town: str) -> tuple[Watched[str], Watched[str]]:
        return Watched("names", {"a": "Ann"}, str, "people"), Watched("towns", {"a": town, "b": "Ely"}, str, "people")

    names, towns = parts("York")
    with noting() as read:
        assert names["a"] == "Ann"
        assert "c" not in towns
        assert len(names) == 1
    assert read == {("people", "a"), ("people", "c"), ("names", ALL)}
    then, now = (Fingerprints(parts(town), {}) for town in ("York", "Hull"))
    keys = [("people", "a"), ("people", "b"), ("people", "c"), ("names", ALL), ("towns", ALL)]
    assert [key for key in keys if then[key] != now[key]] == [("people", "a"), ("towns", ALL)]


def test_a_record_notes_that_its_form_is_looked_at() -> None:
    record = cited("2018-01-a")
    with noting() as read:
        assert record.id
        assert not read
        assert record.name
    assert read == {("record", "2018-01-a")}


def test_what_is_read_for_a_part_is_read_for_the_whole() -> None:
    with noting() as whole:
        note("t", "1")
        with noting() as part:
            note("t", "2")
        note("t", "3")
    assert part == {("t", "2")}
    assert whole == {("t", "1"), ("t", "2"), ("t", "3")}


def test_noting_ends_with_what_it_is_for() -> None:
    with pytest.raises(KeyError), noting() as read:
        NAMES["no such name"]
    note("t", "later")
    assert read == {("names", "no such name")}


def test_whoever_asks_for_what_is_remembered_has_read_what_it_was_made_from() -> None:
    greetings = Remembered(lambda key: f"Dear {NAMES[key]}")
    for _ in range(2):
        with noting() as read:
            assert greetings["a"] == "Dear Ann"
        assert read == {("names", "a")}


CHANGES: dict[str, tuple[dict[str, str], set[str]]] = {
    "none": ({"a": "Ann", "b": "Bob"}, set()),
    "an entry": ({"a": "Anne", "b": "Bob"}, {"a", ALL}),
    "an entry more": ({"a": "Ann", "b": "Bob", "c": "Cy"}, {"c", ALL}),
    "an entry less": ({"a": "Ann"}, {"b", ALL}),
    "another order": ({"b": "Bob", "a": "Ann"}, {ALL}),
    "an empty entry more": ({"a": "Ann", "b": "Bob", "c": ""}, {"c", ALL}),
}


@pytest.mark.parametrize(("entries", "changed"), CHANGES.values(), ids=CHANGES.keys())
def test_fingerprints_tell_what_is_another(entries: dict[str, str], changed: set[str]) -> None:
    then, now = (Fingerprints([Watched("names", given, str)], {}) for given in ({"a": "Ann", "b": "Bob"}, entries))
    keys = ("a", "b", "c", ALL)
    assert {key for key in keys if then["names", key] != now["names", key]} == changed


def test_a_table_that_is_no_more_has_another_fingerprint() -> None:
    assert Fingerprints([NAMES], {})["names", "c"] != Fingerprints([], {})["names", "c"]
