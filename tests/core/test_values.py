"""Dates, lengths, terms and money: read, printed, and read again the same."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipss_register.model import (
    Amount,
    DateSpan,
    DecisionForm,
    Length,
    Money,
    MoneyRoles,
    PartialDate,
    Refusal,
    Term,
    When,
)
from hipss_register.model.base import Parts, address_fault
from hipss_register.model.kinds import MONEY_ROLES
from hipss_register.model.money import parse_figure
from hipss_register.names import NameBook, reading_key, slug
from hipss_register.wording import say_figure, say_length, say_list, say_lots, say_money, say_span, say_term, say_when


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "exact", "said"),
    [
        ("2017-10-13", "2017-10-13", "2017-10-13", "2017-10-13", "13 October 2017"),
        ("2018-01", "2018-01-01", "2018-01-31", None, "January 2018"),
        ("2020-02", "2020-02-01", "2020-02-29", None, "February 2020"),
        ("2017", "2017-01-01", "2017-12-31", None, "2017"),
        ("2024-03-01 to 2024-06-30", "2024-03-01", "2024-06-30", None, "between 1 March 2024 and 30 June 2024"),
        ("2024 to 2024-06", "2024-01-01", "2024-06-30", None, "between 2024 and June 2024"),
        ("not before 2024-04-01", "2024-04-01", None, None, "not before 1 April 2024"),
        ("not after 2024", None, "2024-12-31", None, "not after 2024"),
        ("2024-03-31 or 2024-09-30", "2024-03-31", "2024-09-30", None, "31 March 2024 or 30 September 2024"),
        ("2024-09-30 or 2024-03-31", "2024-03-31", "2024-09-30", None, "30 September 2024 or 31 March 2024"),
    ],
)
def test_a_statement_of_time(text: str, earliest: str | None, latest: str | None, exact: str | None, said: str) -> None:
    span = DateSpan.parse(text)
    assert (span.earliest, span.latest, span.exact) == (day(earliest), day(latest), day(exact))
    assert str(span) == text
    assert DateSpan.parse(f"  {text.replace(' ', '  ')} ") == span
    assert say_span(span) == said


@pytest.mark.parametrize(
    "text", ["2019 to 2018", "2018-01-02 to 2018-01-01", "2018 to", "or 2018", "not before", "a to b"]
)
def test_a_statement_of_time_that_cannot_be(text: str) -> None:
    with pytest.raises(Refusal):
        DateSpan.parse(text)


partial_dates = st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)).flatmap(
    lambda d: st.sampled_from([PartialDate(d.year), PartialDate(d.year, d.month), PartialDate.of(d)])
)


@given(partial_dates)
def test_a_partial_date_is_printed_as_it_is_read(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date
    assert date.first <= date.last
    assert date.exact in (None, date.first)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2018-04-01", "3 years", "2021-03-31"),
        ("2021-04-01", "2 years", "2023-03-31"),
        ("2017-09-01", "7 months", "2018-03-31"),
        ("2024-03-31", "1 year", "2025-03-30"),
        ("2018-04-01", "5 years 9 months", "2023-12-31"),
        ("2018-04-01", "12 months", "2019-03-31"),
        ("2018-04-01", "26 weeks", "2018-09-29"),
        ("2018-04-01", "1 day", "2018-04-01"),
        ("2020-02-29", "1 year", "2021-02-28"),
        ("2020-02-29", "4 years", "2024-02-28"),
        ("2019-01-31", "1 month", "2019-02-28"),
        ("2019-08-31", "1 month", "2019-09-30"),
        ("2019-08-31", "1 month 1 day", "2019-10-01"),
        ("2199-12-31", "200 years", "2399-12-30"),
        ("2199-12-31", "200 years 999 months 999 weeks 999 days", None),
        ("2190-01-01", "200 years 999 months 999 weeks 999 days", "2495-02-23"),
    ],
)
def test_a_length_ends_on_the_day_before_it_would_begin_again(start: str, length: str, end: str | None) -> None:
    first = dt.date.fromisoformat(start)
    found = Length.parse(length).end_from(first)
    if end is None or len(length) > 20:  # only that it does not overflow
        assert found is None or found > first
    else:
        assert found == day(end)


@given(
    st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)),
    st.builds(Length, st.integers(0, 200), st.integers(0, 999), st.integers(0, 999), st.integers(0, 999)),
)
def test_no_length_from_any_day_overflows(start: dt.date, length: Length) -> None:
    end = length.end_from(start)
    assert end is None or end >= start or not any((length.years, length.months, length.weeks, length.days))
    assert length.start_to(start) <= start + dt.timedelta(days=1)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 28)).filter(lambda d: d.day <= 28), st.integers(1, 240))
def test_a_length_is_measured_alike_from_either_end(start: dt.date, months: int) -> None:
    end = Length(months=months).end_from(start)
    assert end
    assert Length(months=months).start_to(end) == start


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("3 years", "3 years"),
        ("1 year", "1 year"),
        ("5 Years, 9 Months", "5 years 9 months"),
        ("5 years and 9 months", "5 years 9 months"),
        ("18months", "18 months"),
        ("9 months 5 years", "5 years 9 months"),
        ("2 weeks 3 days", "2 weeks 3 days"),
    ],
)
def test_a_length_is_printed_in_one_way(text: str, printed: str) -> None:
    assert str(Length.parse(text)) == printed
    assert Length.parse(printed) == Length.parse(text)
    assert say_length(Length.parse(text), up_to=True) == f"up to {printed}"


@pytest.mark.parametrize(
    "text", ["", "3", "years", "0 years", "-3 years", "1.5 years", "3 yaers", "3 years 3 years", "٣ years"]
)
def test_what_is_not_a_length(text: str) -> None:
    with pytest.raises(Refusal):
        Length.parse(text)


@pytest.mark.parametrize(
    ("given", "length", "options"),
    [
        ("3+1+1 years", "3 years", ["1 year", "1 year"]),
        ("3 + 1 + 1 years", "3 years", ["1 year", "1 year"]),
        ("3 years + 1 year", "3 years", ["1 year"]),
        ("3 + up to 2 years", "3 years", ["up to 2 years"]),
        ("5 years 9 months + 2 years", "5 years 9 months", ["2 years"]),
        ("12+12+24 months", "12 months", ["12 months", "24 months"]),
        ("up to 12 months", "up to 12 months", []),
        ("up to 3 + 1 years", "up to 3 years", ["1 year"]),
        ("3 years", "3 years", []),
        (
            {"length": "3 years", "options": ["1 year", {"length": "1 year", "up to": "yes"}]},
            "3 years",
            ["1 year", "up to 1 year"],
        ),
        ({"trial": "6 months", "length": "3 years", "options": ["1 year", "1 year"]}, "3 years", ["1 year", "1 year"]),
    ],
)
def test_a_term_with_options(given: object, length: str, options: list[str]) -> None:
    term = Term.model_validate(given)
    assert term.length
    assert say_length(term.length, term.up_to) == length
    assert [say_length(option.length, option.up_to) for option in term.options] == options


@pytest.mark.parametrize(
    ("given", "last_day"),
    [
        ({"start": "2018-03-31", "end": "2019-03-31"}, "2019-03-31"),
        ({"start": "2018-04-01", "length": "3 years"}, "2021-03-31"),
        ({"start": "2018-04", "length": "3 years"}, None),
        ({"start": "2018-04-01", "end": "none"}, None),
        ({"start": "2018-04-01", "end": "2024-03-31 or 2024-09-30"}, "2024-09-30"),
        ({"end": "not before 2024-04-01"}, None),
        ({"start": "2024", "end": "2024"}, "2024-12-31"),
        ({"end": {"words": "when the school opens"}}, None),
    ],
)
def test_the_last_day_of_a_term(given: dict[str, object], last_day: str | None) -> None:
    assert Term.model_validate(given).last_day == day(last_day)


@pytest.mark.parametrize(
    "given",
    [
        {"start": "2019", "end": "2018"},
        {"start": "2018-04-02", "end": "2018-04-01"},
        {"start": "not before 2024", "end": "2023-12-31"},
        {"start": "2019-01 to 2019-06", "end": "2018-12 or 2018-06"},
    ],
)
def test_a_term_that_cannot_be(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Term.model_validate(given)


def test_no_end_is_not_an_unknown_end() -> None:
    assert Term.model_validate({"length": "1 year", "end": "none"}).end == When(nothing="nil")
    assert Term.model_validate({"length": "1 year", "end": "not stated"}).end == When(nothing="not stated")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("407290", "£407,290"),
        ("£407,290", "£407,290"),
        ("12.5", "£12.50"),
        ("0", "£0"),
        ("-1,500", "−£1,500"),
        ({"exactly": "1", "currency": "EUR"}, "€1"),
        ({"exactly": "1000", "currency": "CHF"}, "1,000 CHF"),
        ({"at most": "407290"}, "at most £407,290"),
        ({"about": "500000", "words": "some £500k"}, "about £500,000"),
        ({"at least": "10"}, "at least £10"),
        ({"exactly": "3.1415", "per": "place"}, "£3.1415 per place"),
        ({"about": "250", "per": "week", "quantity": "40"}, "about £250 per week, 40 expected"),
        ({"exactly": "20", "vat": "only"}, "£20 of VAT"),
        ({"exactly": "20", "vat": "excluded"}, "£20 excluding VAT"),
        ([{"exactly": "1", "lot": "1"}, {"at most": "2", "lot": "2"}], "£1 (lot 1); at most £2 (lot 2)"),
        ([{"exactly": "1", "year": "2024-25"}, {"exactly": "2", "year": "2025"}], "£1 (2024-25); £2 (2025)"),
        ([{"exactly": "1", "supplier": "a"}, {"exactly": "2", "supplier": "b"}], "£1; £2"),
        (
            {"at most": "2500000", "over": "up to five years", "covers": "A and B"},
            "at most £2,500,000 (A and B, up to five years)",
        ),
        ("nil", "None"),
        ("None", "None"),
        ({"nothing": "nil", "words": "no extra cost"}, "None"),
        ("withheld", "Withheld by the council"),
        ({"nothing": "withheld", "paragraphs": [3], "because": "Prices."}, "Withheld by the council"),
        ("not stated", "Not stated in the record"),
        ("not known", "Not known: no record that we hold says"),
        ({"words": "met from the existing budget"}, "met from the existing budget"),
        ({"about": "1", "worked_out": "From the report."}, "about £1"),
    ],
)
def test_money_is_said_as_the_record_means_it(given: object, said: str) -> None:
    money = Money.model_validate(given)
    assert say_money(money) == said
    assert Money.model_validate(money.model_dump(by_alias=True, exclude_defaults=True)) == money


@pytest.mark.parametrize("role", MONEY_ROLES)
def test_money_has_a_role(role: str) -> None:
    assert [(r.name, m.parts[0].figure) for r, m in MoneyRoles.model_validate({role: "5"}).money()] == [(role, 5)]


@pytest.mark.parametrize(
    ("role", "given", "sort"),
    [
        ("cost", {"exactly": "1"}, "amount"),
        ("cost", {"at most": "1"}, "limit"),
        ("cost", {"at least": "1"}, "limit"),
        ("ceiling", {"exactly": "1"}, "limit"),
        ("saving", {"about": "1"}, "estimate"),
        ("cost", {"exactly": "1", "per": "week", "quantity": "4"}, "estimate"),
    ],
)
def test_limits_estimates_and_amounts_are_told_apart(role: str, given: dict[str, str], sort: str) -> None:
    assert Amount.model_validate(given).sort(MONEY_ROLES[role]) == sort


@given(st.decimals("-999999999999999", "999999999999999", places=2))
def test_a_figure_is_said_and_read_again_the_same(figure: Decimal) -> None:
    assert parse_figure(say_figure(figure).replace("£", "").replace("−", "-")) == figure


@pytest.mark.parametrize(
    "text", ["", "£", "1,00", "1.", ".5", "1e3", "0x10", "1_000", "nan", "inf", "1 000", "£2.5m", "two", "\uff11\uff12"]
)
def test_what_is_not_a_figure(text: str) -> None:
    with pytest.raises(Refusal):
        parse_figure(text)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2017", "2017"),
        ({"date": "2017-10-13", "words": "13 th October 2017"}, "13 October 2017"),
        ({"words": "on expiry of 5 working days"}, "on expiry of 5 working days"),
        ("not stated", "date not stated"),
        ("withheld", "date withheld by the council"),
    ],
)
def test_a_date_is_said(given: object, said: str) -> None:
    assert say_when(When.model_validate(given)) == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_said(items: list[str], said: str) -> None:
    assert say_list(items) == said


@pytest.mark.parametrize(
    ("lots", "said"),
    [
        ((), ""),
        (("North",), "lot North"),
        (("North", "South"), "lots North and South"),
        (("Lot 1",), "Lot 1"),
        (("Lot 1", "Lot 2"), "Lot 1 and Lot 2"),
    ],
)
def test_lots_in_words(lots: tuple[str, ...], said: str) -> None:
    assert say_lots(lots) == said


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//council.example/x",
        "/x",
        "https://",
        "https://localhost/x",
        "https://user@council.example/",
        "https://user:pass@council.example/",
        "https://council.example:99999/",
        "https://council.example/a b",
        "https://council.example\\@evil.example/",
        "https://council.example/\u202e",
        "https://c\u043euncil.example/",
        "https://council.example/'onclick",
        "https://[::1/",
        "",
    ],
)
def test_an_address_that_is_not_linked_to(text: str) -> None:
    assert address_fault(text)


def test_an_address_that_is_linked_to() -> None:
    assert not address_fault("http://councillors.herefordshire.gov.uk/mgIssueHistoryHome.aspx?IId=50025367&Opt=0")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("All wards", "all-wards"),
        ("Interim director for children's wellbeing", "interim-director-for-childrens-wellbeing"),
        ("Children\u2019s", "childrens"),
        ("St. Mary\u2014Hill", "st-mary-hill"),
        ("Caf\u00e9 R\u00f4", "cafe-ro"),
        ("a" * 80, "a" * 80),
    ],
)
def test_a_name_makes_an_address(name: str, made: str) -> None:
    assert slug(name) == made


@pytest.mark.parametrize(
    ("one", "other"),
    [("a" * 100 + " east", "a" * 100 + " west"), ("\u0416 1", "\u0417 1"), ("\u0416", "\u0417"), ("!", "?")],
)
def test_names_that_differ_do_not_share_an_address(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@given(st.text())
def test_any_name_makes_a_sound_address(name: str) -> None:
    made = slug(name)
    assert 0 < len(made) <= 80
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made == made.strip("-")
    assert NameBook({}).id_of(name) == made


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("3+1+1 years", "3 years, with options of 1 year then 1 year"),
        ("3 years + up to 2 years", "3 years, with an option of up to 2 years"),
        ("up to 12 months", "Up to 12 months"),
        ({"trial": "6 months", "length": "3 years"}, "A trial of 6 months, 3 years"),
        ({"start": "2023-04-01", "end": "2024-03-31", "up to": "yes"}, "From 1 April 2023 up to 31 March 2024"),
        ({"end": "2024-03-31 or 2024-09-30"}, "To 31 March 2024 or 30 September 2024"),
        ({"start": "2021-06-01", "end": "none"}, "From 1 June 2021 with no end"),
        ({"start": "2021-06-01", "end": "not stated"}, "From 1 June 2021 to a date not stated"),
        ({"start": "withheld", "end": "2022"}, "From a date withheld by the council to 2022"),
        ({"length": "1 year", "start": {"words": "when the pool opens"}}, "1 year, from when the pool opens"),
        ({"words": "until further notice"}, "until further notice"),
        ("not stated", "Not stated in the record"),
    ],
)
def test_a_term_is_said_as_the_record_means_it(given: object, said: str) -> None:
    assert say_term(Term.model_validate(given)) == said


@pytest.mark.parametrize(
    "names",
    [
        ["Ward 1", "Ward 2", "ward 10", "Ward 100"],
        ["2 Alpha", "10 Alpha", "Alpha"],
        ["Lot 007", "Lot 8", "Lot 09a", "Lot 9b"],
        ["Eardisley", "Écluse", "Eye", "Zebra"],
        ["", "A", "A 1", "A 1 B", "A 2"],
        ["Route 9" + "9" * 5000, "Route 10" + "0" * 5000],
    ],
)
def test_names_are_in_the_order_of_a_reader(names: list[str]) -> None:
    for turned in range(len(names)):
        assert sorted(names[turned:] + names[:turned], key=reading_key) == names


@given(st.lists(st.text(max_size=12)))
def test_any_names_can_be_put_in_order(names: list[str]) -> None:
    assert sorted(sorted(names, key=reading_key, reverse=True), key=lambda name: (reading_key(name), name)) == sorted(
        names, key=lambda name: (reading_key(name), name)
    )


def test_of_equal_parts_of_several_records_one_is_held_but_each_figure_as_it_is_written() -> None:
    common = {"date": "2024-01-02", "decision_maker": "Cabinet", "interests": "None"}
    parts = Parts()
    one = DecisionForm.model_validate(common | {"title": "A", "cost": "1.5"}, context=parts)
    other = DecisionForm.model_validate(common | {"title": "B", "cost": "1.50"}, context=parts)
    assert one.decision_maker is other.decision_maker
    assert one.interests is other.interests
    assert one.date is other.date
    assert [str(form.cost.parts[0].figure) for form in (one, other) if form.cost] == ["1.5", "1.50"]
    assert other == DecisionForm.model_validate(common | {"title": "B", "cost": "1.50"})


TERMS = [
    {"length": "2 years"},
    {"length": "2 years", "options": []},
    {"length": "2 years", "words": None},
    {"length": "2 years", "start": "2024-01-02"},
    {"length": "2 years", "start": {"date": "2024-01-02", "words": None}},
]


@pytest.mark.parametrize("first", TERMS, ids=str)
@pytest.mark.parametrize("second", TERMS, ids=str)
def test_a_part_that_leaves_out_what_another_says_is_none_stays_as_it_is_written(
    first: dict[str, object], second: dict[str, object]
) -> None:
    parts = Parts()
    Term.model_validate(first, context=parts)
    read = Term.model_validate(second, context=parts)
    alone = Term.model_validate(second)
    assert read.model_dump(exclude_unset=True) == alone.model_dump(exclude_unset=True)
