"""What a careless or hostile file may hold: each is read right or refused with its place; none stops the reading."""

import codecs
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from registers import CITED, cited, faults_of, problems_in, problems_of

from hipss_register.problems import Problem, printable
from hipss_register.read import read_folder
from hipss_register.read.files import MOST_BYTES
from hipss_register.read.sources import MOST_SOURCE_BYTES, read_sources

Write = Callable[..., Path]
A = "2018-01-a.yaml"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("13/10/2017", "2017-10-13"),
        ("13/10/17", "2017-10-13"),
        ("13.10.2017", "2017-10-13"),
        ("2017-2-3", "2017-02-03"),
        ("2025-30-01", "2025-01-30"),
        ("10/13/2017", "2017-10-13"),
        ("13 th October 2017", "2017-10-13"),
        ("Friday 13th October 2017", "2017-10-13"),
        ("1 Sept 2017", "2017-09-01"),
        ("1 Sep 2017", "2017-09-01"),
        ("January 2018", "2018-01"),
        ("01/2018", "2018-01"),
        ("2018-1", "2018-01"),
        ("2017-10-13T09:30:00Z", "2017-10-13"),
        ("2017-10-13 09:30", "2017-10-13"),
        ("20171013", "2017-10-13"),
        ("30 February 2018", ""),
        ("2017-13", ""),
        ("12 January", ""),
        ("Q3 2017", ""),
        ("between 1 March and 30 June 2024", ""),
        ("1 March - 30 June 2024", ""),
        ("soon", ""),
        ("٢٠١٧", ""),
        ("9" * 5000, ""),
        ("9 " * 5000, ""),
    ],
)
def test_a_date_in_another_form_is_refused_with_what_was_meant(written: str, meant: str) -> None:
    (problem,) = problems_in(CITED.replace("2018-01", written))
    assert problem.startswith("2: BAD-DATE ")
    assert problem.endswith(f"(did you mean {meant}?)" if meant else "or 2017")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + CITED,
        CITED.replace("\n", "\r\n"),
        CITED.replace("\n", "\r"),
        "---\n" + CITED + "...\n",
        "%YAML 1.1\n---\n" + CITED,
        CITED.rstrip("\n"),
        "\n\n# A note\n" + CITED,
        CITED + "notes: caf\u00e9 \u2013 \u00a3 \U0001f4c4 \u0436\n",
        CITED + "notes: cafe\u0301\n",
        CITED + 'notes: "a\\tb"\n',
        CITED + "kind: no\nreference: {Case: 010, Year: 1:30, Sum: 1e3, Yes: off}\n",
        CITED + "kind: ! text\n",
    ],
    ids=str,
)
def test_is_read_all_the_same(decisions: Write, text: str) -> None:
    root = decisions({A: text.encode()})
    assert problems_of(root) == []
    assert read_folder(root).records[0].form.summary == "Something"


def test_plain_words_stay_the_words_they_are() -> None:
    form = cited("2018-01-a", "kind: no\nreference: {Case: 010, 1: 1:30, a: .nan, b: 2018-01-01}\n").form
    assert form.kind == "no"
    assert form.reference == {"Case": "010", "1": "1:30", "a": ".nan", "b": "2018-01-01"}


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("kind: a\tb: c\n", "4: BAD-YAML"),
        ("notes:\n  - a\n \t- b\n", "6: TAB"),
        ("\tkind: a\n", "4: TAB"),
        ("kind: |\n\ta\n", "5: TAB"),
        ("kind: a\0b\n", "4: CONTROL-CHARACTER there is a hidden character here (U+0000)"),
        ("kind: a\x1b[31mb\n", "4: CONTROL-CHARACTER"),
        ("kind: a\x85b\n", "4: CONTROL-CHARACTER"),
        ("kind: a\u2028b\n", "4: CONTROL-CHARACTER"),
        ("kind: a\u202eb\n", "4: CONTROL-CHARACTER"),
        ("kind: a\u061cb\n", "4: CONTROL-CHARACTER"),
        ("kind: a\u2066b\n", "4: CONTROL-CHARACTER"),
        ("kind: a\u00adb\n", "4: CONTROL-CHARACTER"),
        ("kind: a\ufeffb\n", "4: CONTROL-CHARACTER"),
        ("kind: a\uffffb\n", "4: CONTROL-CHARACTER"),
        ("kind: a\U000e0041b\n", "4: CONTROL-CHARACTER"),
        ("kind: a\ud800b\n", "4: CONTROL-CHARACTER"),
        ('kind: "a\\0b"\n', "4: CONTROL-CHARACTER there is a hidden character here (U+0000), written as an escape"),
        ('kind: "a\\L"\n', "4: CONTROL-CHARACTER"),
        ('"\\u200b": a\n', "4: CONTROL-CHARACTER"),
        ('kind: "\\ud800"\n', "4: BAD-YAML"),
        ("kind: !!binary aGVsbG8=\n", "4: NO-TAGS"),
        ("kind: !!set {a}\n", "4: NO-TAGS"),
        ("!x kind: a\n", "4: NO-TAGS"),
        ("kind: *b\n", "4: NO-ALIASES anchors and aliases are not read here (“b”)"),
        ("&b kind: a\n", "4: NO-ALIASES"),
        ("notes: &b [*b]\n", "4: NO-ALIASES"),
        ("notes: [" * 5000, "4: TOO-DEEP"),
        ("notes: " + "{a: " * 5000, "4: TOO-DEEP"),
        ("notes:\n" + "".join(" " * n + "-\n" for n in range(1, 400)), "24: TOO-DEEP"),
        ("? " + "k" * 5000 + "\n: a\n", "4: WRONG-SHAPE a field's name has at most 200 characters"),
        ("kind: 'a\n", "4: BAD-YAML"),
        ("kind: [a\nnotes: b\n", "5: BAD-YAML"),
        ("kind: }\n", "4: BAD-YAML"),
        ("kind: @a\n", "4: BAD-YAML"),
        ("kind: `a`\n", "4: BAD-YAML"),
        ("%a\n", "4: BAD-YAML"),
        ("...\n---\nkind: a\n", "5: MANY-DOCUMENTS"),
        ("...\nkind: a\n", "5: BAD-YAML"),
        ("cost: " + "9" * 5000 + "\n", "4: BAD-MONEY “" + "9" * 60 + "” is not an amount of money"),
        ("cost: " + "1" * 200_000 + "x\n", "4: BAD-MONEY"),
        ("cost: " + "1," * 100_000 + "x\n", "4: BAD-MONEY"),
        ("cost: 1" + ",000" * 9 + "\n", "4: BAD-MONEY"),
        ("exempt: [{title: a, paragraphs: [" + "1" * 5000 + "]}]\n", "4: BAD-VALUE a whole number was expected here"),
        ("contracts: [{contract: c, event: award, term: " + "1 " * 100_000 + "}]\n", "4: BAD-LENGTH"),
        ("contracts: [{contract: c, event: award, term: 1000 years}]\n", "4: BAD-LENGTH"),
        ("contracts: [{contract: c, event: award, term: 1 year 2 years}]\n", "4: BAD-LENGTH"),
        ("aliases: " + "a-" * 100_000 + "\n", "4: BAD-ID"),
        ("source: {file: a, url: 'https://" + "[" * 5000 + "'}\n", "4: BAD-ADDRESS"),
    ],
    ids=lambda value: printable(value)[:40],
)
def test_is_refused_in_its_line(lines: str, problem: str) -> None:
    (found,) = problems_in(CITED + lines)
    assert found.startswith(problem)
    assert len(found) < 500


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    (problem,) = problems_in(bomb)
    assert problem == "1: NO-ALIASES anchors and aliases are not read here (“a0”)"


def test_hidden_characters_are_told_once_a_line_and_not_without_end() -> None:
    assert [p[:2] for p in problems_in(CITED + "kind: \u200b\u200b\nnotes: \u200b\n")] == ["4:", "5:"]
    assert len(problems_in("\0\n" * 100_000)) == 100
    assert len(problems_in("\0" * 200_000)) == 1


def test_many_thousand_keys_are_each_refused_or_the_file_is() -> None:
    assert len(problems_in(CITED + "".join(f"k{n}: a\n" for n in range(5_000)))) == 5_000


def test_a_hundred_thousand_keys_are_more_than_a_file_may_hold(decisions: Write) -> None:
    (problem,) = problems_of(decisions({A: "".join(f"k{n}: a\n" for n in range(100_000))}))
    assert problem.code == "TOO-LARGE"


def test_the_same_mistake_in_the_same_place_is_told_once() -> None:
    assert problems_in(CITED + "notes:\n  -\n  - b\n") == ["5: EMPTY-VALUE there is nothing here"]


def test_a_field_that_is_there_but_empty_is_not_called_missing() -> None:
    assert problems_in("title:\ndate: 2018-01\ndecision_maker: Cabinet\ndecision: Done\n") == [
        "1: EMPTY-VALUE there is nothing here"
    ]


@pytest.mark.parametrize("tail", [b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\xaf"])
def test_bytes_that_are_not_utf8_are_placed(decisions: Write, tail: bytes) -> None:
    (problem,) = problems_of(decisions({A: CITED.encode() + b"kind: " + tail}))
    assert (problem.code, problem.line) == ("NOT-UTF8", 4)


class TestFiles:
    def test_a_file_of_fifty_gigabytes_is_refused_without_being_read(self, decisions: Write) -> None:
        root = decisions({})
        with (root / A).open("wb") as file:
            file.truncate(50 * 1024**3)
        (problem,) = problems_of(root)
        assert (problem.code, problem.line) == ("TOO-LARGE", 0)

    def test_a_file_of_just_the_most_bytes_is_read(self, decisions: Write) -> None:
        assert problems_of(decisions({A: CITED + "#" * (MOST_BYTES - len(CITED))})) == []

    def test_a_table_may_be_larger_than_a_decision(self, decisions: Write) -> None:
        entries = "".join(f"c{n}: {{name: The contract for works of the kind numbered {n}}}\n" for n in range(6000))
        assert len(entries) > MOST_BYTES
        root = decisions({A: CITED + "contracts: {contract: c5999, event: award}\n", "tables/contracts.yaml": entries})
        assert problems_of(root) == []
        (root / "tables/contracts.yaml").write_text(entries + "c6000: {name: 1, nmae: 2}\n")
        assert [(problem.code, problem.line) for problem in problems_of(root)] == [("UNKNOWN-KEY", 6001)]

    def test_a_table_of_fifty_megabytes_is_refused(self, decisions: Write) -> None:
        root = decisions({"tables/contracts.yaml": "# nothing\n"})
        with (root / "tables/contracts.yaml").open("wb") as file:
            file.truncate(50 * 1024**2)
        assert [problem.code for problem in problems_of(root)] == ["TOO-LARGE"]

    def test_links_within_the_folder_are_followed_to_files(self, decisions: Write) -> None:
        root = decisions({"sources/a.txt": CITED})
        (root / A).symlink_to("sources/a.txt")
        assert [record.id for record in read_folder(root).records] == ["2018-01-a"]
        assert problems_of(root) == []

    def test_loops_of_links_do_not_hang(self, decisions: Write) -> None:
        root = decisions({A: CITED, "old/2017-b.yaml": CITED.replace("2018-01", "2017")})
        (root / "old" / "round").symlink_to(root)
        (root / "2018-01-x.yaml").symlink_to("2018-01-y.yaml")
        (root / "2018-01-y.yaml").symlink_to("2018-01-x.yaml")
        assert [problem.code for problem in problems_of(root)] == ["UNREADABLE", "UNREADABLE", "STRAY-FILE"]
        assert len(read_folder(root).records) == 2

    def test_links_that_lead_out_are_refused_wherever_they_stand(self, decisions: Write, tmp_path: Path) -> None:
        root = decisions({"sources/readme.txt": "x", "tables/wards.yaml": "a: A"})
        (tmp_path / "secret").mkdir()
        (tmp_path / "secret" / "s.yaml").write_text(CITED)
        for link in (A, "folder", "tables/contracts.yaml", "sources/b.pdf"):
            (root / link).symlink_to(tmp_path / "secret" / ("" if link == "folder" else "s.yaml"))
        assert {(p.path, p.code) for p in problems_of(root)} == {
            (f"decisions/{link}", "OUTSIDE") for link in (A, "folder", "tables/contracts.yaml", "sources/b.pdf")
        }

    @pytest.mark.parametrize("kind", ["decision", "source"])
    def test_a_pipe_does_not_hang(self, decisions: Write, kind: str) -> None:
        root = decisions({A: CITED + "source: sources/a.txt\n", "sources/b.txt": "x"})
        os.mkfifo(root / ("2018-01-p.yaml" if kind == "decision" else "sources/a.txt"))
        if kind == "decision":
            (root / "sources" / "a.txt").write_text("x")
        assert [problem.code for problem in problems_of(root)] == ["UNREADABLE"]

    def test_hidden_files_and_leftovers_are_passed_over(self, decisions: Write) -> None:
        root = decisions({A: CITED, ".git/x.yaml": "[", f"{A}~": "[", ".a.yaml.swp": "[", "README.md": "x"})
        assert problems_of(root) == []

    def test_a_name_that_is_no_text_is_told(self, decisions: Write) -> None:
        root = decisions({})
        (root / os.fsdecode(b"2018-01-\xff.yaml")).write_text(CITED)
        (root / "2018-01-\n.yaml").write_text(CITED)
        assert [str(p).partition(" BAD-NAME")[0] for p in problems_of(root)] == [
            "decisions/2018-01- .yaml:1:",
            "decisions/2018-01-\\udcff.yaml:1:",
        ]

    @pytest.mark.parametrize(
        "names",
        [
            ("2018-01-a.yaml", "2018-01-A.yaml"),
            ("2018-01-caf\u00e9.yaml", "2018-01-cafe\u0301.yaml"),
            ("2018-01-a.yaml", "2018-01-\uff41.yaml"),
            ("2018-01-a.yaml", "2018-01-a.yml"),
            ("2018-01-a.yaml", "later/2018-01-a.yaml"),
        ],
    )
    def test_two_files_do_not_have_one_id(self, decisions: Write, names: tuple[str, str]) -> None:
        problems = problems_of(decisions(dict.fromkeys(names, CITED)))
        assert [p.code for p in problems if p.code != "BAD-NAME"] == ["SAME-ID"]

    def test_a_folder_named_like_a_file_is_a_folder(self, decisions: Write) -> None:
        assert [p.code for p in problems_of(decisions({f"{A}/2018-01-b.yaml": CITED}))] == []


@contextmanager
def unprivileged() -> Iterator[Path]:
    """A new folder, seen without the rights of root, who may own the Python that still has to load what it needs."""
    codecs.lookup("utf-8-sig")
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        nobody = 65534 if os.geteuid() == 0 else os.geteuid()
        try:
            os.seteuid(nobody)
            yield Path(name)
        finally:
            os.seteuid(os.getuid())


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no users to be another of")
class TestNoPermission:
    @pytest.mark.parametrize(
        ("locked", "mode", "where"),
        [
            ("2018-01-a.yaml", 0o000, "decisions/2018-01-a.yaml"),
            ("tables/wards.yaml", 0o000, "decisions/tables/wards.yaml"),
            ("sources/a.txt", 0o000, "decisions/2018-01-a.yaml"),
            ("old", 0o000, "decisions/old"),
            ("old", 0o444, "decisions/old/2018-01-b.yaml"),
            ("", 0o000, "decisions"),
            ("", 0o444, "decisions/2018-01-a.yaml"),
        ],
    )
    def test_what_may_not_be_read_is_told(self, locked: str, mode: int, where: str) -> None:
        with unprivileged() as folder:
            root = folder / "decisions"
            for name in (A, "old/2018-01-b.yaml", "tables/wards.yaml", "sources/a.txt"):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(CITED + "source: sources/a.txt\n" if name == A else "a: A\n")
            (root / "old" / "2018-01-b.yaml").write_text(CITED)
            (root / locked).chmod(mode)
            problems = problems_of(root)
            (root / locked).chmod(0o777)
        assert (where, "UNREADABLE") in {(p.path, p.code) for p in problems}

    def test_a_folder_that_cannot_be_reached_is_not_there(self) -> None:
        with unprivileged() as folder:
            (folder / "locked" / "decisions").mkdir(parents=True)
            (folder / "locked").chmod(0o000)
            problems = problems_of(folder / "locked" / "decisions")
            (folder / "locked").chmod(0o777)
        assert [p.code for p in problems] == ["NO-DIRECTORY"]


class TestSources:
    @pytest.mark.parametrize(
        "path",
        [
            "a.pdf",
            "/etc/hosts",
            "sources/../2018-01-a.yaml",
            "../sources/a.pdf",
            "sources//a.pdf",
            "sources/./a.pdf",
            "sources\\a.pdf",
            "C:\\a.pdf",
            "file:///etc/hosts",
            "sources",
            "sources/",
        ],
    )
    def test_a_path_out_of_sources_is_refused(self, decisions: Write, path: str) -> None:
        (problem,) = problems_of(decisions({A: f"{CITED}source: '{path}'\n"}))
        assert (problem.code, problem.line) == ("OUTSIDE", 4)

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("a.pdf", b"%PDF-1.7 ...", None),
            ("a.docx", b"PK\x03\x04...", None),
            ("a.odt", b"PK\x03\x04...", None),
            ("a.txt", b"caf\xe9", None),
            ("a.csv", b"a,b\n", None),
            ("a.eml", b"From: a\n", None),
            ("2017/10/a.md", b"x", None),
            ("a.v2_final-1.pdf", b"%PDF-", None),
            ("a.html", b"x", "SOURCE-TYPE"),
            ("a.svg", b"<svg/>", "SOURCE-TYPE"),
            ("a.exe", b"MZ", "SOURCE-TYPE"),
            ("a.pdf.exe", b"MZ", "SOURCE-TYPE"),
            ("a", b"x", "SOURCE-TYPE"),
            ("A.pdf", b"%PDF-", "SOURCE-TYPE"),
            (".a.pdf", b"%PDF-", "SOURCE-TYPE"),
            ("a b.pdf", b"%PDF-", "SOURCE-TYPE"),
            ("caf\u00e9.pdf", b"%PDF-", "SOURCE-TYPE"),
            ("a" * 97 + ".pdf", b"%PDF-", "SOURCE-TYPE"),
            ("a.pdf", b" %PDF-", "SOURCE-TYPE"),
            ("a.pdf", b"PK\x03\x04", "SOURCE-TYPE"),
            ("a.docx", b"%PDF-", "SOURCE-TYPE"),
            ("a.txt", b"a\0b", "SOURCE-TYPE"),
            ("a.txt", b"", "EMPTY-FILE"),
            ("a.pdf", b"", "EMPTY-FILE"),
        ],
    )
    def test_only_plain_documents_are_published(
        self, decisions: Write, name: str, content: bytes, code: str | None
    ) -> None:
        root = decisions({A: f"{CITED}source: 'sources/{name}'\n", f"sources/{name}": content})
        assert [p.code for p in problems_of(root)] == ([code] if code else [])

    def test_a_folder_a_link_and_a_missing_file_are_refused(self, decisions: Write) -> None:
        names = ("folder.md", "link.md", "linked/a.md", "minuts.md")
        documents = "".join(f"  - {{title: x, file: sources/{name}}}\n" for name in names)
        root = decisions({A: f"{CITED}documents:\n{documents}", "sources/minutes.md": "x", "sources/real/a.md": "x"})
        (root / "sources" / "folder.md").mkdir()
        (root / "sources" / "link.md").symlink_to("minutes.md")
        (root / "sources" / "linked").symlink_to("real")
        assert [(p.line, p.code, p.hint) for p in problems_of(root) if p.path.endswith(A)] == [
            (5, "UNREADABLE", ""),
            (6, "OUTSIDE", ""),
            (7, "OUTSIDE", ""),
            (8, "SOURCE-MISSING", "did you mean sources/minutes.md?"),
        ]

    def test_a_document_that_is_too_large_is_refused_without_being_read(self, decisions: Write) -> None:
        root = decisions({A: f"{CITED}background: [{{title: x, file: sources/a.txt}}]\n", "sources/a.txt": "x"})
        os.truncate(root / "sources" / "a.txt", MOST_SOURCE_BYTES * 1000)
        assert [p.code for p in problems_of(root)] == ["TOO-LARGE"]

    def test_gives_size_digest_and_kind_for_each_document_once(self, decisions: Write) -> None:
        text = CITED + "source: sources/a.md\ndocuments: [{title: x, file: sources/a.md}, {title: y}]\n"
        root = decisions({A: text, "sources/a.md": b"abc"})
        found, faults = read_sources(root, read_folder(root).records)
        assert (faults, list(found)) == ([], ["sources/a.md"])
        document = found["sources/a.md"]
        assert (document.size, document.media, document.real) == (3, "Markdown text", root / "sources/a.md")
        assert document.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    def test_a_folder_of_decisions_behind_a_link_has_its_sources(self, decisions: Write, tmp_path: Path) -> None:
        decisions({A: f"{CITED}source: sources/a.md\n", "sources/a.md": "x"})
        (tmp_path / "shown").symlink_to("decisions")
        assert problems_of(tmp_path / "shown") == []


class TestLinks:
    def test_a_circle_is_blamed_on_those_in_it_alone(self) -> None:
        two = [cited("2018-01-a", "links: {cites: 2018-01-b}"), cited("2018-01-b", "links: {cites: 2018-01-a}")]
        three = [
            cited("2018-01-p", "links: {cites: 2018-01-r}"),
            cited("2018-01-q", "links: {cites: 2018-01-p}"),
            cited("2018-01-r", "links: {cites: 2018-01-q}"),
        ]
        tails = [
            cited("2018-01-leads-to-it", "links: {cites: [2018-01-a, 2018-01-q]}"),
            cited("2018-01-leads-there", "links: {cites: 2018-01-leads-to-it}"),
            cited("2018-01-x"),
        ]
        led_to = [cited("2018-01-s", "links: {cites: [2018-01-t, 2018-01-x]}")]
        led_to += [cited("2018-01-t", "links: {cites: 2018-01-s}")]
        faults = faults_of(*two, *three, *tails, *led_to)
        assert {code for _, code in faults} == {"LINK-CYCLE"}
        assert sorted(name[-1] for name, _ in faults) == ["a", "b", "p", "q", "r", "s", "t"]

    def test_an_unreadable_file_is_not_told_of_again_by_those_that_name_it(self, decisions: Write) -> None:
        root = decisions({"2018-01-b.yaml": "[", A: CITED + "links: {cites: 2018-01-b}\n"})
        assert [p.code for p in problems_of(root)] == ["BAD-YAML"]

    def test_a_table_entry_with_a_mistake_is_not_told_of_again_by_those_that_name_it(self, decisions: Write) -> None:
        event = "contracts: [{contract: c, event: award, suppliers: [s, t]}]\n"
        tables = {"tables/contracts.yaml": "c:\n  nam: C\n", "tables/suppliers.yaml": "s: S\nt: {name: T, url: x}\n"}
        assert [(p.path[17:], p.line, p.code) for p in problems_of(decisions({A: CITED + event, **tables}))] == [
            ("contracts.yaml", 2, "UNKNOWN-KEY"),
            ("suppliers.yaml", 2, "BAD-ADDRESS"),
        ]


def terrible(seed: int) -> dict[str, str]:
    """Forty files with eight mistakes each, written in an order of chance."""
    names = [f"2018-01-{letter}{n}.yaml" for letter in "abcd" for n in range(10)]
    random.Random(seed).shuffle(names)
    text = "summary: S\nsummery: S\ndate: 1/1/2018\ncost: £5m\nlinks: {varied by: x}\nkey: ja\n"
    return dict.fromkeys(names, text)


def test_all_problems_of_all_files_are_told_at_once_in_one_order(decisions: Write, tmp_path: Path) -> None:
    first: list[Problem] = problems_of(decisions(terrible(1)))
    assert len(first) == 320
    assert first == sorted(first)
    for file in (tmp_path / "decisions").iterdir():
        file.unlink()
    assert problems_of(decisions(terrible(2))) == first


def test_a_problem_is_printed_in_one_line_that_cannot_steer_a_terminal() -> None:
    problem = Problem("a\x1b[2J.yaml", 0, 0, "BAD-YAML", "one\ntwo\u202e\ud800")
    assert str(problem) == "a\\u001b[2J.yaml:1: BAD-YAML one two\\u202e\\ud800"
