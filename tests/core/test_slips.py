"""What people mistype: each slip costs one line, in the line that has to be mended, and says what to write."""

from collections.abc import Callable
from pathlib import Path

import pytest
from registers import CITED, problems_in, problems_of

Write = Callable[..., Path]

SLIPS = [
    # What is no YAML
    ("kind:officer decision\nkey: no\n", "4: BAD-YAML after the colon there is no space (did you mean kind: officer d"),
    ("kind:\u00a0officer\nkey: no\n", "4: BAD-YAML after the colon there is no space (did you mean kind: officer?)"),
    ("kind:" + "x" * 300 + "\nkey: no\n", "4: BAD-YAML after the colon there is no space"),
    ("source:sources/a.pdf\nkey: no\n", "4: BAD-YAML after the colon there is no space (did you mean source: sources/"),
    ("kind: a\n key: no\n", "5: BAD-YAML this line is indented further than the field above it"),
    ("kind: a: b\n", '4: BAD-YAML text with a colon and a space in it goes in quotes (did you mean kind: "a: b"?)'),
    ("kind: “a: b”\n", "4: BAD-YAML curled quotes do not mark a text"),
    ("kind: 'the officer's decision'\n", "4: BAD-YAML an apostrophe ends the text in '…'"),
    ("notes: [a, b\nkind: c\n", "5: BAD-YAML this is not well-formed YAML: did not find expected ',' or ']' (the brac"),
    (
        "notes: [a, b}\nkind: c\n",
        "4: BAD-YAML this is not well-formed YAML: did not find expected ',' or ']' (the brac",
    ),
    ("reasons: | a\n  b\n", "4: BAD-YAML the text stands beside its | or >"),
    ("reasons: |\nThe swings are old.\nkind: b\n", "5: BAD-YAML this line is neither a field"),
    ("reasons: |\n  Old.\n\nUnsafe.\nkind: b\n", "7: BAD-YAML this line is neither a field"),
    ("contracts:\n  -contract: c\n    event: award\n", "5: BAD-YAML after the hyphen there is no space (did you"),
    ("contracts:\n  - contract: c\n\u00a0   event: award\n", "6: BAD-YAML this line is indented with something that"),
    ("<<<<<<< HEAD\nkind: a\n=======\nkind: b\n>>>>>>> other\n", "4: BAD-YAML two versions of the file were merged"),
    ("kind: a\n<<<<<<< HEAD\n=======\nkey: no\n>>>>>>> other\n", "5: BAD-YAML two versions of the file were merged"),
    # Fields under another name
    ("Kind: a\n", "4: UNKNOWN-KEY there is no field “Kind” here (did you mean kind?)"),
    (
        "Authority for delegated decision: a\n",
        "4: UNKNOWN-KEY there is no field “Authority for delegated decision” her",
    ),
    (
        "Alternative options considered: a\n",
        "4: UNKNOWN-KEY there is no field “Alternative options considered” here (d",
    ),
    ("cost: {up to: 5}\n", "4: UNKNOWN-KEY there is no field “up to” here (did you mean at most?)"),
    ("cost: {approximately: 5}\n", "4: UNKNOWN-KEY there is no field “approximately” here (did you mean about?)"),
    ("cost: {minimum: 5}\n", "4: UNKNOWN-KEY there is no field “minimum” here (did you mean at least?)"),
    (
        "contracts: {contracts: c, event: award}\n",
        "4: UNKNOWN-KEY there is no field “contracts” here (did you mean con",
    ),
    ("background: {title: A, link: x}\n", "4: UNKNOWN-KEY there is no field “link” here (did you mean url?)"),
    ("date of the decision: a\n", "4: UNKNOWN-KEY there is no field “date of the decision” here (did you mean date?)"),
    ("decision text: a\n", "4: UNKNOWN-KEY there is no field “decision text” here (did you mean decision?)"),
    # Values
    ("cost: {exactly: £28,800, per: year}\n", "4: EMPTY-VALUE there is nothing here (write a sum in { } without comm"),
    ("key: Y\n", "4: BAD-CHOICE “Y” is not one of: yes, no, not stated, not known (did you mean yes?)"),
    ("key: false\n", "4: BAD-CHOICE “false” is not one of: yes, no, not stated, not known (did you mean no?)"),
    ("contracts: {contract: c, event: award, term: 3+1+1}\n", "4: BAD-LENGTH “3+1+1” has no unit (did you mean 3 + 1"),
    ("published: 2018-02-30\n", "4: BAD-DATE “2018-02-30” is not a date: February 2018 has 28 days"),
    ("published: 2204-03-05\n", "4: BAD-DATE a register has no dates before 1800 or after 2199: “2204-03-05”"),
    ("contracts: {contract: c, event: award, suppliers: Hedge Ltd}\n", "4: BAD-ID “Hedge Ltd” is not an id: small let"),
    (
        "contracts: {contract: c, event: award, suppliers: a-b and c}\n",
        "4: BAD-ID “a-b and c” is not an id: small letters",
    ),
    (
        "contracts: {contract: c, event: award, term: +6 months}\n",
        "4: BAD-LENGTH “+6 months” is not a length of time (did",
    ),
    (
        "contracts: {contract: grass cutting, event: award}\n",
        "4: BAD-ID “grass cutting” is not an id: small letters and digits joined by hyphens, at most 80 characters"
        " (did you mean grass-cutting? The ids are in tables/contracts.yaml)",
    ),
    (
        "cost: up to £4,500 a year\n",
        "4: BAD-MONEY “up to £4,500 a year” is not an amount of money (did you mean {at most: 4500, per: year}?)",
    ),
    (
        "cost: £28,800 per annum\n",
        "4: BAD-MONEY “£28,800 per annum” is not an amount of money (a rate is written as {exactly: 28800, per: year})",
    ),
    (
        "cost: withheld para 3\n",
        "4: BAD-MONEY “withheld para 3” is not an amount of money (if it is withheld, write {nothi",
    ),
    (
        "exempt: [para 3]\n",
        "4: WRONG-SHAPE fields and their values were expected here (as in exempt: [{title: Annex 2,",
    ),
    ("links: [2017-01-a]\n", "4: WRONG-SHAPE fields and their values were expected here (as in links: {awards under:"),
]


@pytest.mark.parametrize(("lines", "problem"), SLIPS, ids=[lines[:30] for lines, _ in SLIPS])
def test_a_slip_costs_one_line_with_what_to_write(lines: str, problem: str) -> None:
    (found,) = problems_in(CITED + lines)
    assert found.startswith(problem)
    assert problem.split()[1] == "BAD-YAML" or "(" in found or ": " in found.partition("BAD-DATE")[2]


def test_a_needed_field_under_a_wrong_name_is_not_called_missing_too() -> None:
    held = "title: T\ndate: 2018-01\ndecision-maker: Cabinet\ndecision: Done.\n"
    assert problems_in(held) == [
        "3: UNKNOWN-KEY there is no field “decision-maker” here (did you mean decision_maker?)"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "kind: a # as printed\n",
        "kind: a#5\n",
        'kind: "lot #5"\n',
        "reasons: |\n  kind: lot #5\n",
        "reasons: >-\n  kind: lot #5\n",
        "# lot #5\nkind: a\n",
    ],
)
def test_a_note_and_a_sign_within_text_are_no_cut(lines: str) -> None:
    assert problems_in(CITED + lines) == []


@pytest.mark.parametrize(
    ("table", "text", "meant"),
    [
        ("contracts", "c: {title: C}\n", "name"),
        ("suppliers", "s: {name: S, company number: '123'}\n", "company"),
        ("suppliers", "s: {name: S, website: https://s.example}\n", "url"),
    ],
)
def test_a_field_of_a_table_under_another_name_is_told_once(
    decisions: Write, table: str, text: str, meant: str
) -> None:
    (problem,) = problems_of(decisions({f"tables/{table}.yaml": text}))
    assert str(problem).endswith(f"(did you mean {meant}?)")
