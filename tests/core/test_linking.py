"""Links, their other ends, the order of records and whether each still stands."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import cited, faults_of, linked

from hipss_register.model import INVERSES, LINK_KINDS, Contract, Tables, Ward
from hipss_register.names import NameBook

A, B, C, D = "2018-01-a", "2018-02-b", "2018-03-c", "2018-04-d"


@st.composite
def registers(draw: st.DrawFn, most: int = 12):
    """Records in order of time, each with links of any kind to earlier ones."""
    records = []
    for n in range(draw(st.integers(1, most))):
        targets = st.sampled_from([r.id for r in records]) if records else st.nothing()
        lines = {}
        for kind in draw(st.lists(st.sampled_from(list(LINK_KINDS)), unique=True, max_size=3)) if records else ():
            lines[kind] = draw(st.lists(targets, unique=True, min_size=1, max_size=3))
        stage = draw(st.sampled_from(["decided", "decided", "pending"]))
        text = "".join(f"  {kind}: [{', '.join(to)}]\n" for kind, to in lines.items())
        month = draw(st.integers(1 if not records else int(records[-1].id[5:7]), 12))
        records.append(cited(f"2018-{month:02}-r{n}", f"stage: {stage}\n" + (f"links:\n{text}" if text else "")))
    return records


@given(registers())
def test_every_link_appears_once_at_each_end(records) -> None:
    register = linked(*records)
    written = [(r.id, name, link.to) for r in records for name, links in r.form.links.items() for link in links]
    outward = [(ln.source, ln.kind.name, ln.target) for links in register.links_from.values() for ln in links]
    inward = [(ln.source, ln.kind.name, ln.target) for links in register.links_to.values() for ln in links]
    assert sorted(written) == sorted(outward) == sorted(inward)
    assert all(ln.source == i for i, links in register.links_from.items() for ln in links)
    assert all(ln.target == i for i, links in register.links_to.items() for ln in links)


@given(registers(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_matter(records, chance: random.Random) -> None:
    register = linked(*records)
    chance.shuffle(records)
    again = linked(*records)
    for name in ("records", "links_from", "links_to", "standings", "touching", "aliases"):
        assert list(getattr(register, name).items()) == list(getattr(again, name).items())


@given(registers())
def test_records_stand_after_those_that_they_name(records) -> None:
    register = linked(*records)
    place = {record_id: n for n, record_id in enumerate(register.records)}
    assert all(place[ln.target] < place[ln.source] for links in register.links_from.values() for ln in links)
    dates = [record.form.date.earliest for record in register.records.values()]
    assert all(one <= two for one, two in pairwise(dates))
    assert faults_of(*records) == []


@given(registers())
def test_a_record_more_moves_none_of_the_others(records) -> None:
    fewer, more = linked(*records[:-1]), linked(*records)
    assert {record_id: more.ranks[record_id] for record_id in fewer.ranks} == dict(fewer.ranks)


def test_numbers_in_the_names_of_the_same_day_count_by_their_size() -> None:
    names = ["a", "a-02", "a-2", "a-2-b", "a-10", "a-10-b", "a-b", "b"]
    records = [cited(f"2018-01-10-{name}", "") for name in reversed(names)]
    assert [record_id.removeprefix("2018-01-10-") for record_id in linked(*records).records] == names


def test_an_inverse_names_one_kind() -> None:
    assert len(INVERSES) == len(LINK_KINDS)
    assert not INVERSES.keys() & LINK_KINDS.keys()


STANDINGS = [
    # what the later records say, and how the first stands
    ([], "nothing", True),
    ([(B, "varies", A)], "changed", True),
    ([(B, "extends", A)], "changed", True),
    ([(B, "exercises option in", A)], "changed", True),
    ([(B, "revises", A)], "partly changed", True),
    ([(B, "cites", A)], "nothing", True),
    ([(B, "implements", A)], "nothing", True),
    ([(B, "authorised by", A)], "nothing", True),
    ([(B, "ratifies", A)], "nothing", True),
    ([(B, "corrects", A)], "nothing", True),
    ([(B, "supersedes", A)], "superseded", False),
    ([(B, "revokes", A)], "revoked", False),
    ([(B, "calls in", A)], "suspended", False),
    ([(B, "calls in", A), (C, "decides call-in of", A)], "nothing", True),
    ([(B, "calls in", A), (C, "decides call-in of", A), (C, "revokes", A)], "revoked", False),
    ([(B, "calls in", A), (C, "decides call-in of", A), (C, "revises", A)], "partly changed", True),
    ([(B, "revokes", A), (C, "revokes", B)], "nothing", True),
    ([(B, "revokes", A), (C, "revokes", B), (D, "revokes", C)], "revoked", False),
    ([(B, "varies", A), (C, "revokes", B)], "nothing", True),
    ([(B, "varies", A), (C, "varies", A), (D, "revokes", C)], "changed", True),
    ([(B, "varies", A), (C, "calls in", B)], "nothing", True),
    ([(B, "varies", A), (C, "calls in", B), (D, "decides call-in of", B)], "changed", True),
    ([(B, "supersedes", A), (C, "supersedes", B)], "superseded", False),
    ([(B, "supersedes", A), (C, "revokes", B)], "nothing", True),
    ([(B, "revises", A), (C, "varies", A)], "changed", True),
    ([(B, "varies", A), (C, "supersedes", A), (D, "revokes", A)], "revoked", False),
]


@pytest.mark.parametrize(("links", "effect", "in_force"), STANDINGS)
def test_how_a_decision_stands(links: list[tuple[str, str, str]], effect: str, in_force: bool) -> None:
    lines: dict[str, list[str]] = {A: [], B: [], C: [], D: []}
    for source, kind, target in links:
        lines[source].append(f"  {kind}: {target}\n")
    records = [cited(i, "links:\n" + "".join(given) if given else "") for i, given in lines.items()]
    standing = linked(*records).standings[A]
    assert (standing.effect, standing.in_force) == (effect, in_force)
    assert all(link.target == A and link.kind.effect == effect for link in standing.by)


@pytest.mark.parametrize("kind", ["varies", "revokes", "supersedes", "calls in", "revises"])
def test_a_pending_decision_changes_nothing(kind: str) -> None:
    register = linked(cited(A), cited(B, f"stage: pending\nlinks: {{{kind}: {A}}}"))
    assert (register.standings[A].effect, register.standings[A].in_force) == ("nothing", True)
    assert not register.standings[B].in_force
    assert [link.source for link in register.links_to[A]] == [B]


def test_a_correction_is_read_beside_what_it_corrects() -> None:
    standing = linked(cited(A), cited(B, f"links: {{corrects: {A}}}")).standings[A]
    assert [link.source for link in standing.read_with] == [B]
    assert standing.by == ()


def test_an_old_id_leads_to_the_record_and_its_links() -> None:
    records = [cited(A, "aliases: [old-name, older-name]"), cited(B, "links: {varies: old-name}")]
    register = linked(*records)
    assert register.get("old-name") is register.get("older-name") is register.get(A)
    assert [link.source for link in register.links_to[A]] == [B]
    assert faults_of(*records) == []
    with pytest.raises(KeyError):
        register.get("oldest-name")


def test_records_of_one_day_keep_the_order_of_their_links() -> None:
    records = [cited("2018-01-01-a", "links: {cites: 2018-01-01-b}"), cited("2018-01-01-b")]
    assert list(linked(*records).records) == ["2018-01-01-b", "2018-01-01-a"]


def test_links_to_nowhere_and_in_circles_are_left_out() -> None:
    register = linked(cited(A, f"links: {{cites: [{B}, nowhere]}}"), cited(B, f"links: {{cites: {A}}}"))
    assert list(register.records) == [A, B]
    assert [ln.target for links in register.links_from.values() for ln in links] == [A]


def test_a_record_touches_the_contracts_that_it_acts_on() -> None:
    award = "contracts: [{contract: c, event: award}, {contract: d, event: award}]"
    register = linked(
        cited(A, award),
        cited(B, f"links: {{revokes: {A}}}"),
        cited(C, f"links: {{revokes: {B}}}"),
        cited(D, f"links: {{cites: {A}}}"),
    )
    assert [(r.id, bool(event)) for r, event in register.touching["c"]] == [(A, True), (B, False), (C, False)]
    assert list(register.touching) == ["c", "d"]


def test_names_find_their_entry_however_they_are_written() -> None:
    book = NameBook({"all": Ward(name="All wards", also=("Countrywide",), all=True), "st-mary": Ward(name="St Mary's")})
    for words in ("All wards", "ALL WARDS", "all  wards", "Countrywide"):
        assert book.id_of(words) == "all"
    assert book.id_of("St. Mary\u2019s") == "st-mary"
    assert (book.id_of("Hagley"), book.knows("Hagley")) == ("hagley", False)
    assert book.clashes == []


def test_where_there_is_no_table_of_wards_any_ward_will_do() -> None:
    tables = Tables(wards={"a": Ward(name="A")})
    assert faults_of(cited(A, "wards: [Hagley, a]")) == []
    assert faults_of(cited(A, "wards: [Hagley, a]"), tables=tables) == [(A, "UNKNOWN-WARD")]
    assert faults_of(cited(A, "wards: not stated"), tables=tables) == []


def test_a_link_fits_what_the_earlier_decision_did() -> None:
    def event(kind: str) -> str:
        return f"contracts: [{{contract: c, event: {kind}}}]\n"

    tables = Tables(contracts={"c": Contract(name="C")})
    for first, link, fits in (
        ("award", "varies", True),
        ("award", "exercises option in", True),
        ("approval to procure", "varies", False),
        ("approval to procure", "awards under", True),
        ("award", "awards under", False),
        ("termination", "extends", False),
        ("termination", "cites", True),
    ):
        later = cited(B, f"links: {{{link}: {A}}}")
        assert faults_of(cited(A, event(first)), later, tables=tables) == ([] if fits else [(B, "WRONG-END")])
        assert faults_of(cited(A), later, tables=tables) == []
