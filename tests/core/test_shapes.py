"""The shapes that published records have: makers, process, places, contracts; each reads, and says what it is."""

import pytest
from registers import CITED, cited, faults_of, form_of, problems_in

from hipss_register.model import Answer, Contract, Nothing, Supplier, Tables, Wards
from hipss_register.model.base import NIL_WORDS, Statement
from hipss_register.read.rules import id_prefix
from hipss_register.wording import say_money


def form(lines: str):
    found, faults = form_of(CITED + lines)
    assert found, faults
    return found


@pytest.mark.parametrize(
    ("given", "makers"),
    [
        ("Cabinet", [("Cabinet", None, None, None)]),
        ("{name: Director, capacity: interim}", [("Director", "interim", None, None)]),
        ("{name: Director, capacity: acting}", [("Director", "acting", None, None)]),
        ("{name: Deputy, capacity: deputy, in_place_of: Director}", [("Deputy", "deputy", "Director", None)]),
        (
            "{name: Interim Director, capacity: interim, successor: the substantive director once appointed}",
            [("Interim Director", "interim", None, "the substantive director once appointed")],
        ),
        ("[Cabinet, Council]", [("Cabinet", None, None, None), ("Council", None, None, None)]),
        ("{makers: [Cabinet, {name: Leader}]}", [("Cabinet", None, None, None), ("Leader", None, None, None)]),
        ("{makers: Joint Committee, worked_out: From the agenda.}", [("Joint Committee", None, None, None)]),
        (
            "Officer decisions \u2013 Economy and Environment",
            [("Officer decisions \u2013 Economy and Environment",) + (None,) * 3],
        ),
    ],
)
def test_who_decided(given: str, makers: list[tuple[str | None, ...]]) -> None:
    found = form(f"decision_maker: {given}\n").decision_maker
    assert [(m.name, m.capacity, m.in_place_of, m.successor) for m in found.makers] == makers


@pytest.mark.parametrize(
    ("given", "nothing", "nil"),
    [
        ("not stated", Nothing.NOT_STATED, False),
        ("Not Known", Nothing.NOT_KNOWN, False),
        ("withheld", Nothing.WITHHELD, False),
        ("{nothing: withheld, paragraphs: [1, 2], because: Names a child.}", Nothing.WITHHELD, False),
        ("{nothing: nil}", Nothing.NIL, True),
        ("None", None, True),
        ("None declared.", None, True),
        ("None of the members declared an interest", None, False),
        ("{words: Withheld}", None, False),
        ("withheld until the contract is signed", None, False),
    ],
)
def test_which_kind_of_nothing(given: str, nothing: Nothing | None, nil: bool) -> None:
    found = form(f"interests: {given}\n").interests
    assert (found.nothing, found.nil) == (nothing, nil)


@pytest.mark.parametrize("words", sorted(NIL_WORDS))
def test_a_record_that_says_none_keeps_its_words(words: str) -> None:
    said = Statement.model_validate(words.title())
    assert said.nil
    assert said.words == words.title()


@pytest.mark.parametrize(
    ("given", "wards", "others"),
    [
        ("All wards", ["All wards"], []),
        ("Countrywide", ["Countrywide"], []),
        (f"[{', '.join(f'Ward {n}' for n in range(13))}]", [f"Ward {n}" for n in range(13)], []),
        ("{wards: [Hagley], other_areas: [The A49, Wales]}", ["Hagley"], ["The A49", "Wales"]),
        ("{other_areas: Powys}", [], ["Powys"]),
        ("not stated", [], []),
    ],
)
def test_where(given: str, wards: list[str], others: list[str]) -> None:
    found: Wards = form(f"wards: {given}\n").wards
    assert (list(found.wards), list(found.other_areas)) == (wards, others)


def test_a_call_in() -> None:
    assert form("call_in: yes\n").call_in.subject is Answer.YES
    assert form("call_in: not stated\n").call_in.subject is Answer.NOT_STATED
    found = form("call_in: {subject: yes, deadline: 2018-02-01, requested: 2018-01-30, outcome: withdrawn}\n").call_in
    assert (str(found.deadline.date), found.outcome) == ("2018-02-01", "withdrawn")


def test_urgency_and_exempt_annexes() -> None:
    found = form(
        "urgency: {rule: special urgency, agreed_by: Chair of Scrutiny, reasons: Flood.}\n"
        "exempt:\n  - {title: Annex A, paragraphs: [3, 7], because: Prices.}\n  - {title: Annex B}\n"
        "stage: pending\n"
    )
    assert (found.urgency.rule, [e.paragraphs for e in found.exempt], found.pending) == (
        "special urgency",
        [(3, 7), ()],
        True,
    )
    assert form("urgency: Flood.\n").urgency.reasons == "Flood."


def test_one_decision_about_several_contracts() -> None:
    events = "".join(f"  - {{contract: c{n}, event: award, suppliers: s{n}, cost: {n}}}\n" for n in range(10))
    found = form(f"contracts:\n{events}  - {{contract: c0, event: termination, term: {{end: 2018-03-31}}}}\n")
    assert [event.contract for event in found.contracts] == [*(f"c{n}" for n in range(10)), "c0"]


def test_seventy_eight_suppliers_and_one_that_is_withheld() -> None:
    parties = ", ".join(f"s{n}" for n in range(78))
    event = "contracts: [{contract: c, event: award, suppliers: %s}]\n"
    assert len(form(event % f"[{parties}]").contracts[0].suppliers.parties) == 78
    assert form(event % "withheld").contracts[0].suppliers.nothing is Nothing.WITHHELD
    assert form(event % "{supplier: s, lots: [1, 2]}").contracts[0].suppliers.parties[0].lots == ("1", "2")
    tables = Tables(
        contracts={"c": Contract(name="C")}, suppliers={f"s{n}": Supplier(name=f"S {n}") for n in range(77)}
    )
    assert faults_of(cited("2018-01-a", event % f"[{parties}]"), tables=tables) == [("2018-01-a", "UNKNOWN-SUPPLIER")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("nil", "None"),
        ("{about: 500k}", None),
        ("{exactly: 100, at most: 200}", None),
        ("[{exactly: 60, lot: 1}, {exactly: 40, lot: 2}]", "£60 (lot 1); £40 (lot 2)"),
        ("{exactly: 5, vat: only}", "£5 of VAT"),
        ("{exactly: 15, per: hour}", "£15 per hour"),
    ],
)
def test_every_role_of_money_reads_alike(given: str, said: str | None) -> None:
    for role in ("ceiling", "value", "cost", "saving", "income", "grant"):
        found, faults = form_of(f"{CITED}{role}: {given}\n")
        assert [fault.code for fault in faults] == ([] if said else ["BAD-MONEY"])
        if found:
            assert say_money(getattr(found, role)) == said


@pytest.mark.parametrize(
    ("date", "prefix"),
    [
        ("2017-10-13", "2017-10-13"),
        ("2018-01", "2018-01"),
        ("2017", "2017"),
        ("2018-01-03 to 2018-01-20", "2018-01"),
        ("2018-01 to 2018-03", "2018"),
        ("not before 2018-03-04", "2018"),
        ("not after 2018-03-04", "2018"),
        ("not known", "undated"),
        ("{words: on expiry of the call-in period}", "undated"),
    ],
)
def test_a_name_begins_with_the_date_as_far_as_known(date: str, prefix: str) -> None:
    text = CITED.replace("date: 2018-01", f"date: {date}")
    found, _ = form_of(text)
    assert found
    assert id_prefix(found.date) == prefix
    assert problems_in(text, f"{prefix}-award") == []
    assert problems_in(text, prefix) == []
    assert [problem[3:12] for problem in problems_in(text, "1999-award")] == ["NAME-DATE"]


def test_a_decision_not_to_decide_is_a_decision() -> None:
    held = "title: T\ndate: 2018-01\ndecision_maker: Cabinet\ndecision: That the item be deferred.\n"
    assert problems_in(held) == []
