"""A file with a field that cannot be read: what else is wrong is told too, and nothing that may be untrue."""

from collections.abc import Callable
from pathlib import Path

import pytest
from registers import CITED, problems_of

from hipss_register.build import make_edition
from hipss_register.read import read_folder

Write = Callable[..., Path]

MARCH = CITED.replace("2018-01", "2018-03")
DATED = CITED.replace("2018-01", "soon")
HELD = "title: T\ndecision_maker: Cabinet\ndecision: To award it.\ndate: soon\n"
CHANGE = "links: {varies: 2018-01-held}\ncontracts: [{contract: c, event: variation, before: {words: %s}}]\n"
EVENT = "contracts: [{contract: c, event: variation}]\n"
OTHERS = {
    "2018-01-good.yaml": CITED + "contracts: [{contract: c, event: approval to procure}]\n",
    "2019-02-later.yaml": CITED.replace("2018-01", "2019-02"),
    "2018-01-held.yaml": HELD.replace("soon", "2018-01") + "contracts: [{contract: c, event: award}]\n",
    "tables/contracts.yaml": "c: C\n",
    "tables/suppliers.yaml": "s: S\n",
    "tables/wards.yaml": "w: W\n",
    "sources/a.txt": "A",
}

CASES = [
    # what is wrong in the file, and every problem that is told
    (DATED + "links: {cites: nowhere}\n", "BAD-DATE DANGLING-LINK"),
    (DATED + "links: {cites: 2018-03-x}\n", "BAD-DATE LINK-TO-SELF"),
    (DATED + "links: {cites: 2018-01-good}\n", "BAD-DATE"),
    (DATED + "links: {cites: 2019-02-later}\n", "BAD-DATE"),
    (DATED + "links: {varies: 2018-01-good}\n", "BAD-DATE WRONG-END"),
    (DATED + EVENT, "BAD-DATE MISSING-LINK"),
    (DATED + "contracts: [{contract: d, event: award}]\n", "BAD-DATE UNKNOWN-CONTRACT"),
    (DATED + "contracts: [{contract: c, event: award, suppliers: t}]\n", "BAD-DATE UNKNOWN-SUPPLIER"),
    (DATED + "wards: [W, V]\n", "BAD-DATE UNKNOWN-WARD"),
    (DATED + "aliases: 2018-01-good\n", "BAD-DATE SAME-ID"),
    (DATED + "source: sources/b.txt\n", "BAD-DATE SOURCE-MISSING"),
    (DATED + f"source: {{file: sources/a.txt, sha256: {'0' * 64}}}\n", "BAD-DATE SOURCE-CHANGED"),
    (DATED + "source: sources/a.txt\n", "BAD-DATE"),
    ("summary: S\ndate: soon\nknown_from: nowhere\n", "BAD-DATE DANGLING-LINK"),
    ("summary: S\ndate: soon\nknown_from: {record: 2018-01-held, words: Never said}\n", "BAD-DATE QUOTE-NOT-FOUND"),
    (HELD + CHANGE % "Never said", "BAD-DATE QUOTE-NOT-FOUND"),
    (HELD + CHANGE % "To award it.", "BAD-DATE"),
    (MARCH + "cost: much\nlinks: {cites: 2019-02-later}\n", "BAD-MONEY LINK-BACKWARDS"),
    (MARCH + "lynx: {}\nlinks: {cites: nowhere}\n", "DANGLING-LINK UNKNOWN-KEY"),
    # what depends on the field that cannot be read is not told
    (MARCH + EVENT + "links: {varies: 'not an id'}\n", "BAD-ID"),
    (MARCH + EVENT + "links: {varied: 2018-01-good}\n", "UNKNOWN-KEY"),
    (MARCH + EVENT + "lynx: {varies: 2018-01-good}\n", "UNKNOWN-KEY"),
    ("summary: S\ndate: 2018-03\nknown_from: 'not an id'\n", "BAD-ID"),
    (HELD.replace("soon", "2018-03").replace("To award it.", "[x]") + CHANGE % "To award it.", "WRONG-SHAPE"),
]


AWARDS = MARCH + "contracts:\n"
AWARD = "- {contract: c, event: award, %s}\n"
OK = AWARD % "suppliers: s"

NEIGHBOURS = [
    # what is wrong in one part hides nothing of the parts beside it; the file begins with three lines
    (AWARDS + AWARD % "term: x" + "- {contract: d, event: award}\n", "5 BAD-LENGTH, 6 UNKNOWN-CONTRACT"),
    (
        AWARDS + "- {contract: d, event: award, suppliers: t, term: x}\n",
        "5 BAD-LENGTH, 5 UNKNOWN-CONTRACT, 5 UNKNOWN-SUPPLIER",
    ),
    (
        AWARDS + OK + "- {contract: d, event: nonsense}\n" + OK + AWARD % "suppliers: t",
        "6 BAD-CHOICE, 8 UNKNOWN-SUPPLIER",
    ),
    (
        AWARDS + "- {event: award}\n- c\n- {contract: d, event: award}\n",
        "5 MISSING-FIELD, 6 WRONG-SHAPE, 7 UNKNOWN-CONTRACT",
    ),
    (AWARDS + AWARD % "lynx: x, suppliers: t", "5 UNKNOWN-KEY, 5 UNKNOWN-SUPPLIER"),
    (AWARDS + AWARD % "suppliers: [s, [x], t]", "5 WRONG-SHAPE, 5 UNKNOWN-SUPPLIER"),
    (AWARDS + AWARD % "value: [{much: 1}, {exactly: 1, supplier: t}]", "5 UNKNOWN-KEY, 5 UNKNOWN-SUPPLIER"),
    (MARCH + "contracts: {contract: d, event: award, term: x}\n", "4 BAD-LENGTH, 4 UNKNOWN-CONTRACT"),
    (
        MARCH + "links:\n  cites:\n  - Not an id\n  - nowhere\n  - {to: no, worked_out: ''}\n  relies on: none\n",
        "6 BAD-ID, 7 DANGLING-LINK, 8 DANGLING-LINK, 8 EMPTY-VALUE, 9 UNKNOWN-KEY",
    ),
    (MARCH + "wards:\n- W\n- [x]\n- V\n", "6 WRONG-SHAPE, 7 UNKNOWN-WARD"),
    (MARCH + "source:\n- {title: ''}\n- sources/b.txt\n", "5 MISSING-FIELD, 5 EMPTY-VALUE, 6 SOURCE-MISSING"),
    (MARCH + "aliases:\n- Not an id\n- 2018-01-good\n", "5 BAD-ID, 6 SAME-ID"),
    (
        "summary: S\ndate: 2018-03\nknown_from:\n- {record: no, url: no}\n- nowhere\n",
        "4 BAD-ADDRESS, 4 DANGLING-LINK, 5 DANGLING-LINK",
    ),
]


@pytest.mark.parametrize(("text", "told"), NEIGHBOURS)
def test_hides_nothing_of_what_stands_beside_it(decisions: Write, text: str, told: str) -> None:
    found = problems_of(decisions({**OTHERS, "2018-03-x.yaml": text}))
    assert {Path(problem.path).stem for problem in found} == {"2018-03-x"}
    assert sorted(f"{problem.line} {problem.code}" for problem in found) == sorted(told.split(", "))


@pytest.mark.parametrize(("text", "codes"), CASES)
def test_is_told_with_all_else_that_is_wrong(decisions: Write, text: str, codes: str) -> None:
    found = problems_of(decisions({**OTHERS, "2018-03-x.yaml": text}))
    assert {Path(problem.path).stem for problem in found} == {"2018-03-x"}
    assert sorted(problem.code for problem in found) == codes.split()


def test_a_file_whose_name_is_no_id_is_asked_too(decisions: Write) -> None:
    root = decisions({"2018-01-X.yaml": CITED + "links: {cites: nowhere}\n"})
    assert [problem.code for problem in problems_of(root)] == ["BAD-NAME", "DANGLING-LINK"]


def test_both_files_of_one_id_are_asked(decisions: Write) -> None:
    text = CITED + "links: {cites: nowhere}\n"
    found = problems_of(decisions({"2018-01-a.yaml": text, "b/2018-01-a.yaml": text}))
    assert sorted(problem.code for problem in found) == ["DANGLING-LINK", "DANGLING-LINK", "SAME-ID"]


def test_others_lead_to_it_by_its_id_and_its_old_one(decisions: Write) -> None:
    later = CITED.replace("2018-01", "2019-01") + "links: {cites: [2018-03-x, 2018-03-old]}\n"
    root = decisions({"2018-03-x.yaml": DATED + "aliases: 2018-03-old\n", "2019-01-b.yaml": later})
    assert [problem.code for problem in problems_of(root)] == ["BAD-DATE"]


def test_it_is_in_no_circle(decisions: Write) -> None:
    there, back = "links: {cites: 2018-01-b}\n", "links: {cites: 2018-01-a}\n"
    root = decisions({"2018-01-a.yaml": CITED + there, "2018-01-b.yaml": CITED + back})
    assert [problem.code for problem in problems_of(root)] == ["LINK-CYCLE", "LINK-CYCLE"]
    decisions({"2018-01-b.yaml": DATED + back})
    assert [problem.code for problem in problems_of(root)] == ["BAD-DATE"]


def test_it_is_part_of_no_register_and_offers_no_document(decisions: Write) -> None:
    text = DATED + "source: sources/a.txt\nlinks: {cites: 2018-01-good}\naliases: 2018-03-old\n"
    root = decisions({**OTHERS, "2018-03-x.yaml": text})
    reading, book = read_folder(root), make_edition(root, "decisions").book
    assert [record.id for record in reading.partial] == ["2018-03-x"]
    assert "2018-03-x" not in {record.id for record in reading.records}
    assert "2018-03-x" not in book.register.records
    assert not book.register.links_to
    assert not book.register.aliases
    assert not book.sources


BROKEN = [
    # where the old id stands, and the text after it or before it that is no YAML
    CITED + "aliases: 2017-12-old\nlinks: {cites: [\n",
    CITED + "aliases: ['2017-12-older', 2017-12-old\n",
    CITED + "aliases:\n  - 2017-12-older\n\n  # and\n  - 2017-12-old\nnot a field\n",
    CITED + "aliases:\n- 2017-12-older\n- 2017-12-old\nlinks: {cites: [\n",
    "not a field\naliases: 2017-12-old  # as it was\n",
]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_that_is_not_utf_8_costs_one_line_too(decisions: Write, encoding: str) -> None:
    text = CITED.replace("summary: ", "summary: £5 for ") + "aliases: 2017-12-old\n"
    later = CITED.replace("2018-01", "2019-01") + "links: {cites: 2017-12-old}\n"
    root = decisions({"2018-01-x.yaml": text.encode(encoding), "2019-01-b.yaml": later})
    assert [problem.code for problem in problems_of(root)] == ["NOT-UTF8"]


@pytest.mark.parametrize("text", BROKEN)
def test_others_lead_to_one_of_which_nothing_can_be_read_by_its_old_id(decisions: Write, text: str) -> None:
    later = CITED.replace("2018-01", "2019-01") + "links: {cites: 2017-12-old}\n"
    root = decisions({"2018-03-x.yaml": text, "2019-01-b.yaml": later})
    assert [(problem.path, problem.code) for problem in problems_of(root)] == [("decisions/2018-03-x.yaml", "BAD-YAML")]


def test_an_id_elsewhere_in_what_cannot_be_read_is_no_old_one(decisions: Write) -> None:
    broken = CITED + "aliases: 2017-12-old\nlinks:\n  cites: [2017-11-gone\n"
    later = CITED.replace("2018-01", "2019-01") + "links: {cites: 2017-11-gone}\n"
    found = problems_of(decisions({"2018-03-x.yaml": broken, "2019-01-b.yaml": later}))
    assert [problem.code for problem in found] == ["BAD-YAML", "DANGLING-LINK"]


def test_what_seem_to_be_old_ids_are_claimed_from_nobody(decisions: Write) -> None:
    sound = CITED + "aliases: 2017-12-old\n"
    found = problems_of(decisions({"2018-03-x.yaml": sound + "links: {cites: [\n", "2018-01-b.yaml": sound}))
    assert [problem.code for problem in found] == ["BAD-YAML"]
