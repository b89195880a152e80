"""For every check: registers in which it finds something, finds nothing, and cannot tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FOUND, PASSED, CANNOT = "found", "passed", "cannot tell"
Fields = dict[str, Any]

HELD: Fields = {
    "title": "Decision about the park",
    "date": "2020-03-02",
    "decision_maker": "Head of Parks",
    "authority": "Scheme of delegation, paragraph 3.4",
    "decision": "To award the contract for cutting the grass to Meadow and Hedge Limited.",
    "reasons": "The present arrangement comes to its close in spring and the parks must stay open to everybody.",
    "alternatives": "Do nothing. The grass would grow.",
    "interests": "None",
}
CITED: Fields = {"summary": "Something", "known_from": {"url": "https://council.example/1", "title": "A page"}}
TABLES: Fields = {
    "contracts": {"grass": {"name": "Cutting grass", "regime": "PCR 2015"}, "mowers": {"name": "Mowers"}},
    "suppliers": {"meadow": {"name": "Meadow and Hedge Limited"}},
    "wards": {
        "all": {"name": "All wards", "also": "Countrywide", "all": "yes"},
        "quay": {"name": "Quayside", "since": "2019-05-02", "until": "2023-05-03"},
        "hill": {"name": "Hilltop"},
    },
    "thresholds": {
        "key-decision": {"name": "Key", "steps": [{"since": "2019-01-01", "amount": "250000"}]},
        "call-in": {"name": "Call-in", "steps": [{"since": "2019-01-01", "working_days": "5"}]},
    },
}


@dataclass(frozen=True)
class Case:
    """One register and what one check says of it. ``edits`` are later versions of files, each a commit of its own."""

    code: str
    answer: str
    files: Mapping[str, Fields]
    tables: Mapping[str, Fields] = field(default_factory=lambda: TABLES)
    edits: tuple[tuple[str, Fields], ...] | None = None
    note: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}{f', {self.note}' if self.note else ''}"


def held(**fields: Any) -> Fields:
    """A record that we hold, with some of its fields otherwise; None takes one out."""
    return {name: value for name, value in {**HELD, **fields}.items() if value is not None}


def cited(**fields: Any) -> Fields:
    """A decision that we know only because a page mentions it."""
    return {**CITED, **fields}


def one(code: str, answer: str, note: str = "", **fields: Any) -> Case:
    """A register of one record that we hold."""
    given = held(**fields)
    return Case(code, answer, {f"{given['date'][:10]}-a": given}, note=note)


def unheld(code: str) -> Case:
    """A check of the record's own words cannot be computed where we do not hold the record."""
    return Case(code, CANNOT, {"2020-03-02-a": cited(date="2020-03-02")})


def called_in(code: str, answer: str, note: str = "", **fields: Any) -> Case:
    """A register of one record that was called in; the days of that are given beside its other fields."""
    days = {name: fields.pop(name) for name in ("requested", "deadline") if name in fields}
    return one(code, answer, note, call_in={"subject": "yes", **days}, **fields)


WAIVED = {"rule": "call-in waived", "reasons": "The river rises."}
REFUSED = {"outcome": "not accepted"}


def calling(day: str, **fields: Any) -> Mapping[str, Fields]:
    """A decision, and a later one that calls it in on a day."""
    return {"2020-03-02-a": held(**fields), f"{day}-call": held(date=day, links={"calls in": "2020-03-02-a"})}


AWARD_ID = "2018-01-10-award"


def award(**event: Any) -> Fields:
    """The award of the grass contract: three years from April 2018, with two options of a year."""
    given = {"contract": "grass", "event": "award", "suppliers": "meadow", "value": "90000"}
    term = {"start": "2018-04-01", "length": "3 years", "options": ["1 year", "1 year"]}
    given = {**given, "term": term, **event}
    return held(date="2018-01-10", contracts=[{name: value for name, value in given.items() if value is not None}])


def change(
    event: str = "variation", link: str = "varies", to: str = AWARD_ID, date: str = "2020-03-02", **fields: Any
) -> Fields:
    """A later decision that changes the grass contract; fields of the event are given as ``on``."""
    on = fields.pop("on", {})
    given = {"contract": "grass", "event": event, **on}
    return held(
        date=date, contracts=[{name: v for name, v in given.items() if v is not None}], links={link: to}, **fields
    )


def chain(code: str, answer: str, note: str = "", tables: Mapping[str, Fields] = TABLES, **later: Any) -> Case:
    """The award and one later change to it."""
    first = later.pop("award", award())
    given = change(**later)
    return Case(code, answer, {AWARD_ID: first, f"{given['date']}-change": given}, tables=tables, note=note)


def with_contract(**fields: Any) -> Fields:
    """The tables, with the grass contract's entry otherwise."""
    return {**TABLES, "contracts": {"grass": {"name": "Cutting grass", **fields}}}


APPROVAL_ID = "2017-09-01-approval"


def approval(**event: Any) -> Fields:
    """The approval behind the award: at most £100,000, for up to five years from April 2018."""
    given = {"contract": "grass", "event": "approval to procure", "ceiling": {"at most": "100000"}}
    term = {"start": "2018-04-01", "length": "5 years", "up to": "yes"}
    may = "The Head of Parks, or the director once appointed"
    given = {**given, "term": term, "may_award": may, **event}
    return held(
        date="2017-09-01", decision_maker="Cabinet", contracts=[{k: v for k, v in given.items() if v is not None}]
    )


def approved(code: str, answer: str, note: str = "", **parts: Any) -> Case:
    """An approval, the award under it, and one change."""
    first, second = parts.pop("approval", approval()), parts.pop("award", award())
    second = {**second, "links": {"awards under": APPROVAL_ID}}
    files = {APPROVAL_ID: first, AWARD_ID: second}
    if parts:
        given = change(**parts)
        files[f"{given['date']}-change"] = given
    return Case(code, answer, files, note=note)


def grown(code: str, answer: str, note: str = "", **costs: str | None) -> Case:
    """The award, at £90,000, and two changes to it."""
    files = {AWARD_ID: award()}
    for n, cost in enumerate(costs.values(), 2):
        files[f"2020-03-0{n}-change"] = change(date=f"2020-03-0{n}", on={"cost": cost})
    return Case(code, answer, files, note=note)


def rated(code: str, answer: str, rate: str, total: str, note: str = "", per: str = "year", **event: Any) -> Case:
    """The award, at a rate and a total."""
    value = [{"exactly": rate, "per": per}, {"exactly": total}]
    return Case(code, answer, {AWARD_ID: award(value=value, **event)}, note=note)


YEAR_MORE = {"start": "2021-04-01", "end": "2022-03-31"}
EXTRA = {"cost": "5000", "term": YEAR_MORE}
ACT = with_contract(regime="Procurement Act 2023")

CASES: tuple[Case, ...] = (
    # What a record contains
    one("BOX-EMPTY", FOUND, "no reasons", reasons=None),
    one("BOX-EMPTY", FOUND, "no alternatives", alternatives=None, function="executive"),
    one("BOX-EMPTY", PASSED),
    one("BOX-EMPTY", PASSED, "nil is an answer", alternatives="None"),
    one("BOX-EMPTY", PASSED, "withheld is an answer", reasons={"nothing": "withheld", "paragraphs": ["3"]}),
    unheld("BOX-EMPTY"),
    one("INTERESTS-BLANK", FOUND, interests=None),
    one("INTERESTS-BLANK", FOUND, "said to be blank", interests="not stated"),
    one("INTERESTS-BLANK", PASSED),
    one("INTERESTS-BLANK", PASSED, "one declared", interests="Councillor Reed declared an interest."),
    unheld("INTERESTS-BLANK"),
    one("FILLER", FOUND, reasons="As set out in the report."),
    one("FILLER", FOUND, "see above", considerations="See above"),
    one("FILLER", FOUND, "not applicable", alternatives="N/A"),
    one("FILLER", PASSED),
    one("FILLER", PASSED, "none", considerations="None"),
    one("FILLER", PASSED, "more than a pointer", reasons="As set out in the report, the roof leaks."),
    unheld("FILLER"),
    one("REASONS-REPEAT", FOUND, reasons="To award the contract for cutting the grass to Meadow and Hedge Limited."),
    one("REASONS-REPEAT", PASSED),
    one("REASONS-REPEAT", PASSED, "too short to tell", decision="To cut the grass.", reasons="To cut the grass."),
    unheld("REASONS-REPEAT"),
    one("NO-PARAGRAPH", FOUND, considerations="withheld"),
    one("NO-PARAGRAPH", FOUND, "an annex", exempt=[{"title": "Annex 2"}]),
    one("NO-PARAGRAPH", PASSED, considerations={"nothing": "withheld", "paragraphs": ["3"]}),
    one("NO-PARAGRAPH", PASSED, "an annex", exempt=[{"title": "Annex 2", "paragraphs": "3"}]),
    unheld("NO-PARAGRAPH"),
    one("PERSONAL-DETAILS", FOUND, consultation="Write to jo.reed@mailbox.example for more."),
    one("PERSONAL-DETAILS", FOUND, "a mobile number", consultation="Ring 07700 900123."),
    one("PERSONAL-DETAILS", PASSED, "public addresses", consultation="parks@wyeford.gov.uk, info@firm.example"),
    one(
        "PERSONAL-DETAILS", PASSED, "other numbers", consultation="£07,700,900 and 0300 123 4567, contract 107700900123"
    ),
    unheld("PERSONAL-DETAILS"),
    one("NO-PAPERS", FOUND, function="non-executive", background=[{"title": "The survey"}]),
    one("NO-PAPERS", PASSED, function="non-executive", background=[{"title": "S", "url": "https://c.example/s.pdf"}]),
    one("NO-PAPERS", CANNOT, "not said whose function", background=[{"title": "The survey"}]),
    unheld("NO-PAPERS"),
    Case("SAME-DECISION", FOUND, {"2020-03-02-a": held(), "2020-03-02-b": held(title="Again")}),
    Case("SAME-DECISION", PASSED, {"2020-03-02-a": held(), "2020-03-03-b": held(date="2020-03-03")}),
    Case("SAME-DECISION", CANNOT, {"2020-03-a": held(date="2020-03")}),
    # Dates
    one("DATES-CROSS", FOUND, "notice after", notice="2020-03-05"),
    one("DATES-CROSS", FOUND, "effective before", effective="2020-02"),
    one("DATES-CROSS", PASSED, notice="2020-01-05", effective="2020-03-02"),
    one("DATES-CROSS", CANNOT, notice="2020-03"),
    one("LATE", FOUND, published="2020-03-17"),
    one("LATE", FOUND, "only the month is known", published="2020-05"),
    one("LATE", PASSED, published="2020-03-16"),
    one("LATE", PASSED, "Easter and a bank holiday do not count", date="2020-04-09", published="2020-04-27"),
    one("LATE", CANNOT),
    one("LATE", CANNOT, "only the month is known", published="2020-03"),
    chain("AFTER-IT-BEGAN", FOUND, on={"term": {"start": "2020-02-01", "end": "2021-03-31"}}),
    chain(
        "AFTER-IT-BEGAN", FOUND, "by its own day", event="termination", link="varies", on={"takes_effect": "2020-01-01"}
    ),
    chain("AFTER-IT-BEGAN", PASSED, on={"term": YEAR_MORE}),
    Case("AFTER-IT-BEGAN", CANNOT, {"2018-a": {**award(), "date": "2018"}}, note="only the year is known"),
    chain("AFTER-IT-BEGAN", CANNOT, "no first day", on={"cost": "500"}),
    # Key decisions
    one("KEY-SUM", FOUND, cost="300000", key="no"),
    one("KEY-SUM", PASSED, "it is key", cost="300000", key="yes"),
    one("KEY-SUM", PASSED, "it is small", cost="249999", key="no"),
    one("KEY-SUM", CANNOT, "not said", cost="300000"),
    one("KEY-SUM", CANNOT, "before the table begins", cost="300000", key="no", date="2018-03-02"),
    one("KEY-WARDS", FOUND, wards=["Hilltop", "Quayside"], key="no"),
    one("KEY-WARDS", FOUND, "all of them", wards="All wards", key="no"),
    one("KEY-WARDS", PASSED, wards=["Hilltop"], key="no"),
    one("KEY-WARDS", PASSED, "it is key", wards=["Hilltop", "Quayside"], key="yes"),
    one("KEY-WARDS", CANNOT, "not said", wards=["Hilltop", "Quayside"]),
    one("KEY-WARDS", CANNOT, "no wards"),
    one("SHORT-NOTICE", FOUND, key="yes", notice="2020-02-03"),
    one("SHORT-NOTICE", PASSED, "28 clear days", key="yes", notice="2020-02-02"),
    one("SHORT-NOTICE", PASSED, "urgent", key="yes", urgency="The roof may fall in."),
    one("SHORT-NOTICE", CANNOT, key="yes"),
    one("SHORT-NOTICE", CANNOT, "only the month is known", key="yes", notice="2020-02"),
    one("BEFORE-CALL-IN", FOUND, call_in="yes", effective="2020-03-09"),
    one(
        "BEFORE-CALL-IN",
        FOUND,
        "a stated day",
        call_in={"subject": "yes", "deadline": "2020-03-20"},
        effective="2020-03-20",
    ),
    one("BEFORE-CALL-IN", PASSED, call_in="yes", effective="2020-03-10"),
    one("BEFORE-CALL-IN", PASSED, "a bank holiday between", call_in="yes", date="2020-05-05", effective="2020-05-14"),
    one("BEFORE-CALL-IN", FOUND, "a bank holiday between", call_in="yes", date="2020-05-05", effective="2020-05-13"),
    one("BEFORE-CALL-IN", FOUND, "a month", call_in={"subject": "yes", "deadline": "2020-04"}, effective="2020-03-20"),
    one("BEFORE-CALL-IN", PASSED, "a month", call_in={"subject": "yes", "deadline": "2020-03"}, effective="2020-04-01"),
    one("BEFORE-CALL-IN", CANNOT, "a month", call_in={"subject": "yes", "deadline": "2020-03"}, effective="2020-03-20"),
    one("BEFORE-CALL-IN", CANNOT, call_in="yes"),
    one("BEFORE-CALL-IN", CANNOT, "no threshold then", call_in="yes", date="2018-05-05", effective="2018-06-01"),
    called_in("CALL-IN-LATE", FOUND, "after a stated day", requested="2020-03-13", deadline="2020-03-12"),
    called_in("CALL-IN-LATE", FOUND, "by the table", published="2020-03-02", requested="2020-03-10"),
    called_in("CALL-IN-LATE", FOUND, "after a month", deadline="2020-03", requested="2020-04"),
    called_in("CALL-IN-LATE", PASSED, "on the stated day", requested="2020-03-12", deadline="2020-03-12"),
    called_in("CALL-IN-LATE", PASSED, "in time whenever published", requested="2020-03-09"),
    called_in("CALL-IN-LATE", PASSED, "from publication", published="2020-03-05", requested="2020-03-12"),
    called_in("CALL-IN-LATE", FOUND, "after publication", published="2020-03-05", requested="2020-03-13"),
    called_in("CALL-IN-LATE", CANNOT, "publication not stated", requested="2020-03-10"),
    called_in("CALL-IN-LATE", CANNOT, "known to the month", published="2020-03-02", requested="2020-03"),
    called_in("CALL-IN-LATE", CANNOT, "no threshold then", date="2018-05-05", requested="2018-06-01"),
    Case(
        "CALL-IN-LATE",
        FOUND,
        calling("2020-03-13", call_in={"subject": "yes", "deadline": "2020-03-12"}),
        note="a link",
    ),
    Case(
        "CALL-IN-LATE",
        PASSED,
        calling("2020-03-12", call_in={"subject": "yes", "deadline": "2020-03-12"}),
        note="a link",
    ),
    Case("CALL-IN-LATE", CANNOT, calling("2020-03-13"), note="a link, publication not stated"),
    Case("CALLED-IN-ANYWAY", FOUND, calling("2020-03-05", call_in="no"), note="a link"),
    one("CALLED-IN-ANYWAY", FOUND, call_in={"subject": "no", "requested": "2020-03-05"}),
    called_in("CALLED-IN-ANYWAY", FOUND, "waived", requested="2020-03-05", urgency=WAIVED),
    called_in("CALLED-IN-ANYWAY", PASSED, requested="2020-03-05"),
    one("CALLED-IN-ANYWAY", PASSED, "refused", call_in={"subject": "no", "requested": "2020-03", **REFUSED}),
    one(
        "CALLED-IN-ANYWAY",
        PASSED,
        "withdrawn",
        call_in={"subject": "no", "requested": "2020-03", "outcome": "withdrawn"},
    ),
    Case("CALLED-IN-ANYWAY", CANNOT, calling("2020-03-05"), note="not stated"),
    # Sums
    one("OTHER-SUM", FOUND, "a slip", cost="84600", decision="To pay £86,400."),
    one("OTHER-SUM", FOUND, "one of two", cost="2500000", saving="90000", reasons="It costs £2.5m and saves £9,000."),
    one("OTHER-SUM", PASSED, "thousands", cost={"about": "500000"}, decision="It saves some £500k."),
    one("OTHER-SUM", PASSED, "pence", cost="33940.80", decision="To pay £33,940.80 in all."),
    one("OTHER-SUM", PASSED, "millions", title="Spending of £1.25 million", cost={"at most": "1250000"}),
    one("OTHER-SUM", PASSED, "a period at its heels", cost="150000", decision="To pay £150,000pa."),
    one("OTHER-SUM", PASSED, "mn", cost="1200000", decision="To pay £1.2mn."),
    one("OTHER-SUM", PASSED, "a range", cost={"at least": "1500000"}, decision="To pay £1.5–2.5m."),
    one("OTHER-SUM", PASSED, "a range in words", cost={"about": "2000000"}, decision="From £2 to £3 million."),
    one("OTHER-SUM", PASSED, "less", cost="-5000", decision="To take £5,000 off the price."),
    one(
        "OTHER-SUM",
        PASSED,
        "a table",
        cost="120000",
        decision="Of £250,000 in all, 2024/25: 120,000, 2025/26: 130,000.",
    ),
    one("OTHER-SUM", PASSED, "thousands in a table", cost="407000", decision="Cost (£’000): 407. It saves £9,000."),
    one("OTHER-SUM", FOUND, "a slip in thousands", cost="40700", decision="Cost (£000s): 407. It saves £9,000."),
    unheld("OTHER-SUM"),
    # Authority
    one("NO-AUTHORITY", FOUND, authority=None),
    one("NO-AUTHORITY", PASSED),
    unheld("NO-AUTHORITY"),
    one("NO-INSTRUMENT", FOUND, authority="In 2018, after a tender, approval was given to award a contract."),
    one("NO-INSTRUMENT", PASSED),
    one("NO-INSTRUMENT", PASSED, "a law", authority="Section 9E of the Local Government Act 2000"),
    Case(
        "NO-INSTRUMENT",
        PASSED,
        {
            "2019-01-01-b": held(date="2019-01-01"),
            "2020-03-02-a": held(authority="Cabinet gave leave.", links={"authorised by": "2019-01-01-b"}),
        },
        note="by a link",
    ),
    unheld("NO-INSTRUMENT"),
    approved("OTHER-POST", FOUND, award={**award(), "decision_maker": "Director of Roads"}),
    approved("OTHER-POST", PASSED),
    approved("OTHER-POST", CANNOT, "not said who may", approval=approval(may_award=None)),
    one("NOT-CONSULTED", FOUND, authority="Scheme of delegation, in consultation with the cabinet member for parks"),
    one(
        "NOT-CONSULTED",
        PASSED,
        authority="Scheme of delegation, in consultation with the cabinet member for parks",
        consultation="The cabinet member agreed.",
    ),
    unheld("NOT-CONSULTED"),
    approved("OVER-CEILING", FOUND, "value and cost together", on={"cost": "10001", "term": YEAR_MORE}),
    approved("OVER-CEILING", FOUND, "the cost alone", award=award(value=None), on={"cost": "100001"}),
    approved("OVER-CEILING", PASSED, on={"cost": "10000", "term": YEAR_MORE}),
    approved("OVER-CEILING", CANNOT, award=award(value=None), on=EXTRA),
    approved("COST-AND-CEILING", FOUND, award=award(value=None), on=EXTRA),
    approved("COST-AND-CEILING", PASSED, on=EXTRA),
    approved("COST-AND-CEILING", CANNOT, on={"cost": {"about": "500", "per": "week"}}),
    approved("PAST-APPROVAL", FOUND, on={"term": {"start": "2021-04-01", "end": "2023-04-01"}}),
    approved("PAST-APPROVAL", PASSED, on={"term": {"start": "2021-04-01", "end": "2023-03-31"}}),
    approved("PAST-APPROVAL", CANNOT, "no term approved", approval=approval(term=None)),
    approved(
        "PAST-APPROVAL",
        FOUND,
        "a length alone counts from the contract's first day",
        approval=approval(term="up to 5 years"),
        on={"term": {"start": "2021-04-01", "end": "2023-04-01"}},
    ),
    approved(
        "PAST-APPROVAL",
        PASSED,
        "to the last day of a length alone",
        approval=approval(term="up to 5 years"),
        on={"term": {"start": "2021-04-01", "end": "2023-03-31"}},
    ),
    approved(
        "PAST-APPROVAL", CANNOT, "no end", award=award(term="3 years"), approval=approval(term={"length": "5 years"})
    ),
    # The chain of a contract
    Case(
        "NO-RECORD",
        FOUND,
        {
            "2020-03-02-change": {**change(on=EXTRA), "links": {"varies": "2019-01-01-b"}},
            "2019-01-01-b": held(date="2019-01-01"),
        },
    ),
    chain(
        "NO-RECORD",
        FOUND,
        "an option that nobody used",
        on={"before": {"end": "2022-03-31"}, "term": {"start": "2022-04-01", "end": "2022-06-30"}},
    ),
    chain("NO-RECORD", PASSED, on=EXTRA),
    Case("NO-RECORD", CANNOT, {"2020-03-02-a": held()}),
    Case("NOT-HELD", FOUND, {"2020-03-02-a": cited(date="2020-03-02")}),
    Case("NOT-HELD", PASSED, {"2020-03-02-a": held()}),
    Case(
        "NOT-HELD",
        CANNOT,
        {"2020-03-02-a": {"summary": "Something", "date": "2020-03-02", "known_from": {"record": "2019-01-01-gone"}}},
    ),
    chain(
        "OPTION-OVERUSED",
        FOUND,
        "too long",
        event="option exercised",
        link="exercises option in",
        on={"term": {"start": "2021-04-01", "end": "2022-04-30"}},
    ),
    Case(
        "OPTION-OVERUSED",
        FOUND,
        {
            AWARD_ID: award(term={"start": "2018-04-01", "length": "3 years", "options": ["1 year"]}),
            "2020-03-02-change": change("option exercised", "exercises option in", on={"term": YEAR_MORE}),
            "2021-03-02-again": change(
                "option exercised",
                "exercises option in",
                date="2021-03-02",
                on={"term": {"start": "2022-04-01", "end": "2023-03-31"}},
            ),
        },
        note="none left",
    ),
    chain("OPTION-OVERUSED", PASSED, event="option exercised", link="exercises option in", on={"term": YEAR_MORE}),
    chain(
        "OPTION-OVERUSED",
        CANNOT,
        award=award(term=None),
        event="option exercised",
        link="exercises option in",
        on={"term": YEAR_MORE},
    ),
    chain(
        "TERMS-JOIN",
        FOUND,
        "a gap",
        on={"before": {"end": "2021-03-31"}, "term": {"start": "2021-05-01", "end": "2022-03-31"}},
    ),
    chain(
        "TERMS-JOIN",
        FOUND,
        "an overlap",
        on={"before": {"end": "2021-03-31"}, "term": {"start": "2021-03-01", "end": "2022-03-31"}},
    ),
    chain("TERMS-JOIN", PASSED, on={"term": YEAR_MORE}),
    chain("TERMS-JOIN", CANNOT, award=award(term="3 years"), on={"term": {"length": "1 year"}}),
    chain("LATE-EXTENSION", FOUND, date="2021-04-02", on={"term": YEAR_MORE}),
    chain("LATE-EXTENSION", PASSED, date="2021-03-31", on={"term": YEAR_MORE}),
    chain("LATE-EXTENSION", CANNOT, award=award(term="3 years"), on={"term": {"length": "1 year"}}),
    Case("NO-SUCCESSOR", FOUND, {AWARD_ID: award(), "2021-01-02-a": held(date="2021-01-02")}),
    Case("NO-SUCCESSOR", PASSED, {AWARD_ID: award(), "2019-01-02-a": held(date="2019-01-02")}),
    Case(
        "NO-SUCCESSOR",
        PASSED,
        {AWARD_ID: award(), "2021-01-02-a": held(date="2021-01-02")},
        tables={**TABLES, "contracts": {"grass": "Cutting grass", "next": {"name": "Next", "follows": "grass"}}},
        note="another follows",
    ),
    Case("NO-SUCCESSOR", CANNOT, {AWARD_ID: award(term="3 years")}),
    # Changes to contracts
    chain("NO-GROUND", FOUND, on=EXTRA),
    chain("NO-GROUND", FOUND, "under the Act", tables=ACT, on=EXTRA),
    chain(
        "NO-GROUND",
        FOUND,
        "light touch, procured before the Act",
        tables=with_contract(regime="light touch", procured="2019"),
        on=EXTRA,
    ),
    chain("NO-GROUND", PASSED, on={**EXTRA, "ground": "PCR 2015 reg 72(1)(a)"}),
    chain("NO-GROUND", CANNOT, "the law is not known", tables=with_contract(), on=EXTRA),
    chain("NO-NOTICE", FOUND, on={**EXTRA, "ground": "PCR 2015 reg 72(1)(b)"}),
    chain("NO-NOTICE", PASSED, on={**EXTRA, "ground": "PCR 2015 reg 72(1)(b)", "notice": "2020/S 000-1"}),
    chain("NO-NOTICE", PASSED, "no notice needed", on={**EXTRA, "ground": "PCR 2015 reg 72(1)(e)"}),
    chain("NO-NOTICE", CANNOT, on=EXTRA),
    chain("OVER-HALF", FOUND, on={"cost": "45001", "term": YEAR_MORE}),
    chain("OVER-HALF", PASSED, on={"cost": "45000", "term": YEAR_MORE}),
    chain("OVER-HALF", CANNOT, award=award(value=None), on=EXTRA),
    grown("GROWN", FOUND, "in value", first="30000", second="15001"),
    grown("GROWN", PASSED, first="30000", second="15000"),
    grown("GROWN", CANNOT, "a cost not known", first="30000", second=None),
    chain("GROWN", FOUND, "in time", on={"term": {"start": "2021-04-01", "end": "2025-10-31"}}),
    chain("GROWN", PASSED, "in time", on={"term": {"start": "2021-04-01", "end": "2025-09-30"}}),
    chain("GROWN", CANNOT, "no term", award=award(term=None), on=EXTRA),
    chain(
        "CHANGE-NOTICE",
        FOUND,
        "none, and large",
        tables=ACT,
        on={"cost": "9001", "term": {"start": "2021-04-01", "end": "2025-03-31"}},
    ),
    chain(
        "CHANGE-NOTICE", FOUND, "too late", tables=ACT, on={**EXTRA, "notice": {"reference": "1", "date": "2020-03-03"}}
    ),
    chain("CHANGE-NOTICE", PASSED, "small", tables=ACT, on={"cost": "9000"}),
    chain(
        "CHANGE-NOTICE", PASSED, "in time", tables=ACT, on={**EXTRA, "notice": {"reference": "1", "date": "2020-03-01"}}
    ),
    chain("CHANGE-NOTICE", CANNOT, tables=ACT, award=award(value=None), on={"cost": "9000"}),
    # Arithmetic
    chain("TERM-SUM", FOUND, on={"term": {"start": "2021-03-31", "end": "2022-03-31", "length": "1 year"}}),
    chain("TERM-SUM", PASSED, on={"term": {**YEAR_MORE, "length": "1 year"}}),
    chain(
        "TERM-SUM",
        PASSED,
        "up to",
        on={"term": {"start": "2021-04-01", "end": "2021-12-31", "length": "1 year", "up to": "yes"}},
    ),
    chain("TERM-SUM", CANNOT, on={"term": {"start": "2021-04-01", "end": "2022-03", "length": "1 year"}}),
    one("PARTS-SUM", FOUND, cost=[{"exactly": "60000", "lot": "N"}, {"exactly": "26400", "lot": "S"}, "86000"]),
    one("PARTS-SUM", PASSED, cost=[{"exactly": "60000", "lot": "N"}, {"exactly": "26400", "lot": "S"}, "86400"]),
    one("PARTS-SUM", CANNOT, cost=[{"about": "60000", "lot": "N"}, {"exactly": "26400", "lot": "S"}, "86400"]),
    rated("RATE-SUM", FOUND, "30000", "91000"),
    rated("RATE-SUM", PASSED, "30000", "90000"),
    rated("RATE-SUM", PASSED, "30000", "150000", "with both options"),
    rated("RATE-SUM", PASSED, "2500", "90000", "by the month", per="month"),
    rated("RATE-SUM", CANNOT, "30000", "91000", "no length", term=None),
    rated("RATE-SUM", CANNOT, "30000", "91000", "by the visit", per="visit"),
    chain("VALUE-SUM", FOUND, on={"before": {"value": "90000"}, "cost": "5000", "value": "96000"}),
    chain("VALUE-SUM", PASSED, on={"before": {"value": "90000"}, "cost": "5000", "value": "95000"}),
    chain("VALUE-SUM", CANNOT, on={"before": {"value": {"about": "90000"}}, "cost": "5000", "value": "95000"}),
    # Links and names
    one("NOT-LINKED", FOUND, reasons="By its decision of 28 September 2017, cabinet asked for this and nothing else."),
    one(
        "NOT-LINKED",
        FOUND,
        "the other way round",
        reasons="In January 2018 approval was given to let the contract to them.",
    ),
    Case(
        "NOT-LINKED",
        PASSED,
        {
            "2017-09-28-b": held(date="2017-09-28"),
            "2020-03-02-a": held(
                reasons="The decision of cabinet of 28 September asked for it.", links={"cites": "2017-09-28-b"}
            ),
        },
    ),
    one("NOT-LINKED", CANNOT, reasons="Approval was given in January for the work to be done by them."),
    one("ADDRESS-NOT-LINKED", FOUND, authority="Scheme: https://council.example/ieDecisionDetails.aspx?ID=12"),
    one(
        "ADDRESS-NOT-LINKED",
        PASSED,
        authority="Scheme: https://council.example/ieDecisionDetails.aspx?ID=12",
        reference={"Site": "12"},
    ),
    one("ADDRESS-NOT-LINKED", CANNOT, authority="Scheme: https://council.example/ieDecisionDetails.aspx?x=12"),
    Case(
        "TWO-NAMES",
        FOUND,
        {"2020-03-02-a": held(wards="Countrywide"), "2020-03-02-b": held(wards="All wards", decision="x")},
    ),
    one("TWO-NAMES", PASSED, "nobody else names it", wards="Countrywide"),
    one("TWO-NAMES", CANNOT),
    one("OLD-WARD", FOUND, wards="Quayside", date="2019-05-01"),
    one("OLD-WARD", FOUND, "after its time", wards="Quayside", date="2023-06-01"),
    one("OLD-WARD", PASSED, wards="Quayside"),
    Case("OLD-WARD", CANNOT, {"2019-05-a": held(wards="Quayside", date="2019-05")}),
    Case(
        "SAME-SUPPLIER",
        FOUND,
        {},
        tables={"suppliers": {"a": "Meadow and Hedge Ltd", "b": "The Meadow & Hedge Limited"}},
    ),
    Case(
        "SAME-SUPPLIER",
        FOUND,
        {},
        tables={"suppliers": {"a": "Greenfields Landscapes", "b": "Greenfield Landscapes"}},
        note="a letter",
    ),
    Case("SAME-SUPPLIER", PASSED, {}, tables={"suppliers": {"a": "Meadow and Hedge", "b": "Quay Gardens"}}),
    Case(
        "SAME-SUPPLIER",
        PASSED,
        {},
        tables={"suppliers": {"a": {"name": "Hedge Ltd", "company": "1"}, "b": {"name": "Hedge plc", "company": "2"}}},
        note="two companies",
    ),
    Case("SAME-SUPPLIER", CANNOT, {}, tables={}),
    # Edits
    Case("EDIT-NOT-NOTED", FOUND, {"2020-03-02-a": held()}, edits=(("2020-03-02-a", held(reasons="Other reasons.")),)),
    Case(
        "EDIT-NOT-NOTED",
        PASSED,
        {"2020-03-02-a": held()},
        edits=(("2020-03-02-a", held(notes="A note.")),),
        note="a note of ours",
    ),
    Case(
        "EDIT-NOT-NOTED",
        PASSED,
        {"2020-03-02-a": held()},
        edits=(("2020-03-02-a", held(reasons="Other reasons.", corrections="We had misread the reasons.")),),
        note="with a correction",
    ),
    Case("EDIT-NOT-NOTED", CANNOT, {"2020-03-02-a": held()}, note="no git"),
    Case(
        "RELIED-ON-EDITED",
        FOUND,
        {AWARD_ID: award(), "2020-03-02-change": change(on=EXTRA)},
        edits=((AWARD_ID, {**award(), "reasons": "Other reasons."}),),
    ),
    Case(
        "RELIED-ON-EDITED",
        PASSED,
        {AWARD_ID: award(), "2020-03-02-change": change(on=EXTRA)},
        edits=(("2020-03-02-change", {**change(on=EXTRA), "reasons": "Other reasons."}),),
        note="nothing rests on it",
    ),
    Case("RELIED-ON-EDITED", CANNOT, {"2020-03-02-a": held()}, note="no git"),
)
