"""One least input for every code in the catalogue of problems, with where it is told and in what words."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from registers import CITED, problems_of

from hipss_register.problems import PROBLEM_KINDS

Make = Callable[[Path], object]
A = "2018-01-a.yaml"
ELSEWHERE = {"PAGE-CLASH"}
"""Codes that the core cannot meet: they have their tests beside what raises them (the MkDocs adapter)."""


class Row(NamedTuple):
    code: str
    make: Make
    place: str
    words: str
    besides: tuple[str, ...] = ()


def files(texts: dict[str, str | bytes]) -> Make:
    def make(root: Path) -> None:
        root.mkdir()
        for name, text in texts.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(text.encode() if isinstance(text, str) else text)

    return make


def more(lines: str, **others: str | bytes) -> Make:
    """A cited record with further lines, from line 4 on."""
    tables = {f"tables/{name}.yaml": text for name, text in others.items()}
    return files({A: CITED + lines, **tables})


def held(lines: str) -> Make:
    """A held record of January 2018, with further lines from line 5 on."""
    return files({A: f"title: T\ndate: 2018-01\ndecision_maker: Cabinet\ndecision: Done.\n{lines}"})


def and_then(make: Make, then: Make) -> Make:
    return lambda root: (make(root), then(root))


def event(lines: str) -> Make:
    """A cited award of a known contract; the event's further lines come from line 6 on."""
    return more(f"contracts:\n  - {{contract: c, event: award, {lines}}}", contracts="c: C\n")


def with_source(name: str, content: bytes | None, sha256: str = "") -> Make:
    given = {A: CITED + f"source:\n  file: {name}\n" + (f"  sha256: {sha256}\n" if sha256 else "")}
    return files(given | ({name: content} if content is not None else {}))


def two(first: str, second: str) -> Make:
    """Two cited decisions, of January and February 2018, with further lines from line 4 on."""
    return files({A: CITED + first, "2018-02-b.yaml": CITED.replace("-01", "-02") + second})


ROWS = [
    # The folder and its files
    Row("NO-DIRECTORY", lambda root: None, "decisions:1", "there is no such folder (go to the register's folder"),
    Row("NO-DIRECTORY", lambda root: root.write_text("x"), "decisions:1", "there is no such folder"),
    Row("UNREADABLE", and_then(files({}), lambda root: os.mkfifo(root / A)), A, "this is not an ordinary file"),
    Row("UNREADABLE", and_then(files({}), lambda root: (root / A).symlink_to(root / "b")), A, "that leads nowhere"),
    Row("UNREADABLE", and_then(files({}), lambda root: (root / A).symlink_to(root / A)), A, "that leads nowhere"),
    Row("TOO-LARGE", more("#" * 262_144), A, "262,237 bytes; at most 262,144 are read"),
    Row("NOT-UTF8", files({A: b"date: 2018-01\ntitle: caf\xe9"}), A + ":2", "save it as UTF-8"),
    Row("NOT-UTF8", files({A: "title: x".encode("utf-16")}), A, "it looks like UTF-16"),
    Row("OUTSIDE", and_then(files({}), lambda root: (root / A).symlink_to("/etc/hosts")), A, "leads out of the folder"),
    Row("OUTSIDE", with_source("sources/../../etc/passwd", None), A + ":5", "is not a path into sources/"),
    Row("EMPTY-FILE", files({A: " \n\n"}), A, "there is nothing in this file"),
    Row("EMPTY-FILE", files({A: "# only this\n"}), A, "nothing in this file but comments"),
    Row("BAD-NAME", files({"2018-01-Hipss Award.yaml": CITED}), "2018-01-Hipss Award.yaml", "2018-01-hipss-award?"),
    Row("BAD-NAME", files({"2018-01-cafe\u0301.yaml": CITED}), "2018-01-cafe\u0301.yaml", "did you mean 2018-01-cafe?"),
    Row("RESERVED-NAME", files({"index.yaml": CITED}), "index.yaml", "kept for other things", ("NAME-DATE",)),
    Row("RESERVED-NAME", files({"nul.yaml": CITED}), "nul.yaml", "kept for other things", ("NAME-DATE",)),
    Row("SAME-ID", files({A: CITED, "old/" + A: CITED}), "old/" + A, "same id as decisions/2018-01-a.yaml"),
    Row("SAME-ID", files({A: CITED, "2018-01-A.yaml": CITED}), A, "same id as decisions/2018-01-A.yaml", ("BAD-NAME",)),
    Row("SAME-ID", two("", "aliases: 2018-01-a\n"), "2018-02-b.yaml:4", "the id or an alias of 2018-01-a"),
    Row("SAME-ID", two("aliases: x\n", "aliases: x\n"), "2018-02-b.yaml:4", "“x” is the id or an alias of 2018-01-a"),
    Row(
        "SAME-ID",
        files({"tables/wards.yaml": "a: A\n", "tables/wards.yml": "a: A\n"}),
        "tables/wards.yml",
        "the same table as decisions/tables/wards.yaml",
    ),
    Row("NAME-DATE", files({"2018-02-a.yaml": CITED}), "2018-02-a.yaml:2", "begins with 2018-01-, not with 2018-02"),
    Row("NAME-DATE", files({"award.yaml": CITED}), "award.yaml:2", "begins with 2018-01-, which has no date"),
    Row("STRAY-FILE", files({"notes.docx": b"x"}), "notes.docx", "nothing reads this file"),
    Row("MISNAMED-TABLE", files({"tables/ward.yaml": "a: A"}), "tables/ward.yaml", "table (did you mean wards.yaml?)"),
    Row("MISNAMED-TABLE", files({"tables/Wards.yaml": "a: A"}), "tables/Wards.yaml", "did you mean wards.yaml?"),
    Row(
        "MISNAMED-TABLE", files({"tables/wards.yaml.txt": "a: A"}), "tables/wards.yaml.txt", "did you mean wards.yaml?"
    ),
    Row("MISNAMED-TABLE", files({"tables/wards.YAML": "a: A"}), "tables/wards.YAML", "did you mean wards.yaml?"),
    Row("MISNAMED-TABLE", files({"tables/firms.yaml": "a: A"}), "tables/firms.yaml", "the tables are contracts.yaml, "),
    Row("MISNAMED-TABLE", files({"tables/" + A: CITED}), "tables/" + A, "the tables are contracts.yaml, "),
    Row("MISNAMED-TABLE", files({"wards.yaml": "a: A"}), "wards.yaml", "move it to decisions/tables/wards.yaml"),
    Row(
        "MISNAMED-TABLE", files({"table/wards.yaml": "a: A"}), "table/wards.yaml", "move it to decisions/tables/wards.y"
    ),
    Row("STRAY-FILE", files({"tables/notes.txt": "a"}), "tables/notes.txt", "nothing reads this file"),
    Row(
        "STRAY-FILE",
        and_then(files({"b/" + A: CITED}), lambda root: (root / "c").symlink_to(root / "b")),
        "c",
        "a link to a folder is not followed",
    ),
    # The text of a file
    Row("BAD-YAML", more("notes: [a"), A + ":4", "did not find expected ',' or ']'"),
    Row("BAD-YAML", more("notes: [a\nkind: b\n"), A + ":5", "that opens in line 4 is not closed"),
    Row("BAD-YAML", more('reasons: "a\nkind: b\n'), A + ":4", "what opens here is not closed"),
    Row("BAD-YAML", more("contracts:\n  - a: b\n  c: d\n"), A + ":6", "the list begins in line 5"),
    Row("BAD-YAML", more("reasons: a: b\n"), A + ":4", "goes in quotes"),
    Row("BAD-YAML", more("reasons: a\n  kind: b\n"), A + ":5", "indented further than the field above it"),
    Row("BAD-YAML", more("? [a]\n: b\n"), A + ":4", "a field's name must be plain text"),
    Row("CUT-OFF", more("kind: lot #5 of 7\n"), A + ":4", "what follows the # here is not read"),
    Row("TAB", more("notes:\n\t- a\n"), A + ":5", "indented with a tab (indent with spaces)"),
    Row("DUPLICATE-KEY", more("kind: a\nkind: b\n"), A + ":5", "“kind” is given twice; the first is in line 4"),
    Row("NO-ALIASES", more("kind: &a b\nnotes: *a\n"), A + ":4", "anchors and aliases are not read here (“a”)"),
    Row("NO-ALIASES", more("<<: {kind: b}\n"), A + ":4", "merges are not read here"),
    Row("NO-TAGS", more("kind: !!python/object:os.system x\n"), A + ":4", "tags are not read here"),
    Row("TOO-DEEP", more("kind: " + "[" * 5000), A + ":4", "more than 20 levels deep"),
    Row("CONTROL-CHARACTER", more("kind: a\u200bb\n"), A + ":4", "hidden character here (U+200B)"),
    Row("CONTROL-CHARACTER", more('kind: "\\u202e"\n'), A + ":4", "(U+202E), written as an escape"),
    Row("MANY-DOCUMENTS", more("---\nkind: a\n"), A + ":4", "a second document begins here"),
    # Fields and values
    Row("UNKNOWN-KEY", more("decision_makers: Cabinet\n"), A + ":4", "(did you mean decision_maker?)"),
    Row("UNKNOWN-KEY", more("exempt:\n  - title: a\n    paragraph: 3\n"), A + ":6", "(did you mean paragraphs?)"),
    Row(
        "UNKNOWN-KEY",
        more("cost:\n  covers: HIPSS\n  at mst: 5\n"),
        A + ":6",
        "no field “at mst” here (did you mean at most?)",
    ),
    Row("UNKNOWN-KEY", more("links: {amends: x}\n"), A + ":4", "no kind of link called “amends”"),
    Row("UNKNOWN-KEY", more("labels: {wards: a, ward: b}\n"), A + ":4", "no box “ward” (did you mean wards?)"),
    Row(
        "UNKNOWN-KEY",
        files({A: CITED.replace("}", ", gives: [titel]}")}),
        A + ":3",
        "no field “titel” (did you mean title?)",
    ),
    Row(
        "MISSING-FIELD",
        files({A: "title: T\ndate: 2018-01\ndecision: D\n"}),
        A,
        "the field “decision_maker” is missing",
    ),
    Row("UNPLACED", more("unplaced: [left over]\n"), A + ":4", "found no field (put each where it belongs"),
    Row("MISSING-FIELD", files({A: CITED.split("\n", 1)[1]}), A, "the field “summary” is missing (we do not hold"),
    Row("MISSING-FIELD", more("contracts:\n  - contract: c\n", contracts="c: C"), A + ":5", "“event” is missing"),
    Row("EMPTY-VALUE", more("kind:\n"), A + ":4", "there is nothing here"),
    Row("EMPTY-VALUE", files({A: CITED.replace("2018-01", "")}), A + ":2", "there is nothing here"),
    Row("EMPTY-VALUE", more("notes: [a, ]\nexempt: [{title: }]\n"), A + ":5", "there is nothing here"),
    Row("WRONG-SHAPE", more("kind: [a]\n"), A + ":4", "text was expected here"),
    Row("WRONG-SHAPE", more("cost: {parts: 5}\n"), A + ":4", "a list was expected here"),
    Row("WRONG-SHAPE", more("exempt: [a]\n"), A + ":4", "fields and their values were expected here"),
    Row("WRONG-SHAPE", more("published: {date: [2018-01]}\n"), A + ":4", "this must be a date"),
    Row("WRONG-SHAPE", files({A: CITED.replace("Something", '"a\\nb"')}), A, "one line of text"),
    Row("WRONG-SHAPE", files({A: "- a\n"}), A, "fields and their values were expected in this file"),
    Row("WRONG-SHAPE", files({"tables/wards.yaml": "just text"}), "tables/wards.yaml", "expected in this file"),
    Row("BAD-DATE", files({A: CITED.replace("2018-01", "13/10/2017")}), A + ":2", "(did you mean 2017-10-13?)"),
    Row("BAD-DATE", more("effective: 2019-05 to 2019-03\n"), A + ":4", "ends (2019-03) before it begins (2019-05)"),
    Row("BAD-LENGTH", event("term: {length: 3}"), A + ":5", "“3” is not a length of time (write it as 3 years"),
    Row("BAD-MONEY", more("cost: £2.5m\n"), A + ":4", "“£2.5m” is not an amount of money (did you mean 2500000?)"),
    Row("BAD-MONEY", more("cost: {about: 1, at most: 2}\n"), A + ":4", "this has at most and about"),
    Row("BAD-MONEY", more("cost: {lot: 1}\n"), A + ":4", "this has none"),
    Row("BAD-CHOICE", more("key: maybe\n"), A + ":4", "“maybe” is not one of: yes, no, not stated, not known"),
    Row("BAD-CHOICE", more("stage: Pending\n"), A + ":4", "(did you mean pending?)"),
    Row("BAD-CHOICE", more("contracts: [{contract: c, event: awarded}]\n"), A + ":4", "(did you mean award?)"),
    Row("BAD-ID", more("aliases: Old Name\n"), A + ":4", "“Old Name” is not an id"),
    Row("BAD-ADDRESS", more("documents: [{title: a, url: 'javascript:alert(1)'}]\n"), A + ":4", "begin with https://"),
    Row("BAD-VALUE", more("exempt: [{title: a, paragraphs: eleven}]\n"), A + ":4", "a whole number was expected here"),
    Row(
        "BAD-VALUE",
        more("exempt: [{title: a, paragraphs: 11}]\n"),
        A + ":4",
        "a number of at most 10 was expected here",
    ),
    Row("BAD-VALUE", event("term: {length: 1 year, up to: maybe}"), A + ":5", "yes or no was expected here"),
    Row(
        "BAD-VALUE",
        more("source: {file: sources/a.md, sha256: abc}\n"),
        A + ":4",
        "“abc” is not 64 digits",
        ("SOURCE-MISSING",),
    ),
    Row("BAD-VALUE", more("cost: {about: 1, year: 24/25}\n"), A + ":4", "“24/25” is not a year, as 2024, or"),
    Row("BAD-VALUE", files({A: CITED.replace("url: https://council.example/1, ", "")}), A + ":3", "a record or a url"),
    Row(
        "IMPOSSIBLE-TERM", event("term: {start: 2019, end: 2018-12-31}"), A + ":5", "ends (2018-12-31) before it begins"
    ),
    Row(
        "VALUE-AND-NOTHING",
        more("interests: {nothing: nil}\nwards: {nothing: nil, wards: [a]}\n"),
        A + ":5",
        "said to be nil, yet it has a value (wards)",
    ),
    Row("VALUE-AND-NOTHING", more("cost: {nothing: nil, paragraphs: [3]}\n"), A + ":4", "(add nothing: withheld)"),
    Row("NOT-FOR-EVENT", event("may_award: Cabinet"), A + ":5", "“award” does not carry “may_award” (it may have: "),
    Row("DATE-ORDER", more("published: 2017-12\n"), A + ":4", "published (2017-12) before it is taken (2018-01)"),
    # Links between files
    Row("DANGLING-LINK", two("", "links: {cites: 2018-01-b}\n"), "2018-02-b.yaml:4", "(did you mean 2018-01-a?)"),
    Row("DANGLING-LINK", files({A: "summary: S\ndate: 2018-01\nknown_from: 2018-02-b\n"}), A + ":3", "“2018-02-b”"),
    Row("DANGLING-LINK", more("links: {cites: 2017-05-04-quite-other}\n"), A + ":4", "give it this as an alias"),
    Row("LINK-TO-SELF", more("links: {cites: 2018-01-a}\n"), A + ":4", "the decision cites itself"),
    Row(
        "LINK-TO-SELF", files({A: "summary: S\ndate: 2018-01\nknown_from: 2018-01-a\n"}), A + ":3", "known from itself"
    ),
    Row("LINK-BACKWARDS", two("links: {cites: 2018-02-b}\n", ""), A + ":4", "the link belongs in decisions/2018-02-b"),
    Row(
        "LINK-CYCLE",
        files({A: CITED + "links: {cites: 2018-01-b}\n", "2018-01-b.yaml": CITED + "links: {cites: 2018-01-a}\n"}),
        "2018-01-b.yaml:4",
        "2018-01-b and 2018-01-a are part of a circle of links",
        ("LINK-CYCLE",),
    ),
    Row("LINK-BACKWARDS", two("links: {cites: 2018-02-b}\n", "links: {cites: 2018-01-a}\n"), A + ":4", "2018-02-b was"),
    Row(
        "LINK-CYCLE",
        files({"tables/contracts.yaml": "a: {name: A, follows: b}\nb:\n  name: B\n  follows: a\n"}),
        "tables/contracts.yaml:1",
        "a would follow itself",
    ),
    Row(
        "HAND-WRITTEN-INVERSE",
        more("links: {varied by: b}\n"),
        A + ":4",
        "(write “varies” in the later decision's file)",
    ),
    Row(
        "WRONG-END",
        two("contracts: [{contract: c, event: approval to procure}]\n", "links: {varies: 2018-01-a}\n"),
        "2018-02-b.yaml:4",
        "2018-01-a has approval to procure",
        ("UNKNOWN-CONTRACT",),
    ),
    Row(
        "MISSING-LINK",
        more("contracts: [{contract: c, event: variation}]\n", contracts="c: C"),
        A + ":4",
        "(add links: varies: <the earlier decision>)",
    ),
    Row(
        "UNKNOWN-CONTRACT",
        more("contracts: [{contract: hips, event: award}]\n", contracts="hipss: H"),
        A + ":4",
        "(did you mean hipss?)",
    ),
    Row(
        "UNKNOWN-CONTRACT",
        files({"tables/contracts.yaml": "a:\n  name: A\n  follows: b\n"}),
        "tables/contracts.yaml:3",
        "there is no contract “b”",
    ),
    Row("UNKNOWN-SUPPLIER", event("suppliers: acme"), A + ":5", "no supplier “acme” in tables/suppliers.yaml"),
    Row("UNKNOWN-SUPPLIER", event("cost: [{exactly: 1, supplier: acme}]"), A + ":5", "no supplier “acme”"),
    Row(
        "UNKNOWN-WARD",
        more("wards:\n  - All\n  - Backburry\n", wards="all: All\nb: Backbury"),
        A + ":6",
        "no ward goes by “Backburry” (did you mean Backbury?)",
    ),
    Row(
        "UNKNOWN-THRESHOLD",
        files({"tables/thresholds.yaml": "key-decisions: {name: K, steps: {since: 2020, amount: 5}}\n"}),
        "tables/thresholds.yaml:1",
        "no check reads “key-decisions” (did you mean key-decision?)",
    ),
    Row(
        "SAME-NAME",
        files({"tables/wards.yaml": "a: A\nb: {name: B, also: a}\n"}),
        "tables/wards.yaml:2",
        "“a” is also a name of a",
    ),
    Row(
        "QUOTE-NOT-FOUND",
        and_then(
            held(""),
            lambda root: (root / "2018-b.yaml").write_text(
                "summary: S\ndate: 2018\nknown_from:\n  record: 2018-01-a\n  words: Not done.\n"
            ),
        ),
        "2018-b.yaml:5",
        "these words do not stand in 2018-01-a",
    ),
    Row("SOURCE-MISSING", with_source("sources/a.pdf", None), A + ":5", "there is no sources/a.pdf"),
    Row("SOURCE-TYPE", with_source("sources/a.svg", b"<svg/>"), A + ":5", "of none of the kinds that we publish"),
    Row(
        "SOURCE-TYPE",
        with_source("sources/A b.pdf", b"%PDF-1"),
        A + ":5",
        "under: small letters, digits and . _ - only (name it a-b.pdf, here",
    ),
    Row("SOURCE-TYPE", with_source("sources/a.pdf", b"<html>"), A + ":5", "does not hold what its name says (PDF)"),
    Row("SOURCE-CHANGED", with_source("sources/a.md", b"x", "0" * 64), A + ":6", "2d711642b726…, not 000000000000…"),
]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.code}-{n}" for n, row in enumerate(ROWS)])
def test_is_told_in_its_place(row: Row, tmp_path: Path) -> None:
    row.make(tmp_path / "decisions")
    problems = problems_of(tmp_path / "decisions")
    assert sorted(problem.code for problem in problems) == sorted([row.code, *row.besides])
    path, _, line = row.place.partition(":")
    path = path if path == "decisions" else f"decisions/{path}"
    wanted = f"{path}:{line or 1}: {row.code} "
    assert any(str(p).startswith(wanted) and row.words in str(p) for p in problems), [str(p) for p in problems]


def test_every_code_has_a_row() -> None:
    assert {row.code for row in ROWS} | ELSEWHERE == PROBLEM_KINDS.keys()


@pytest.mark.parametrize("kind", PROBLEM_KINDS.values(), ids=str)
def test_every_kind_says_what_it_means_and_how_to_mend_it(kind) -> None:
    assert kind.meaning.endswith(".")
    assert kind.cure.endswith(".")
