"""The shared reader of numbers, dates and names."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.dates import Day, dates
from graders.names import folded, names
from graders.numbers import exact, numbers, plain

VALUES = {
    "2,5 millones": "2500000",
    "3 mil millones": "3000000000",
    "5 mil": "5000",
    "1.2 Billion": "1200000000",
    "$1.2 Trillion": "1200000000000",
    "$3m": "3000000",
    "12 hundred": "1200",
    "one and one half": "1.5",
    "six and three quarters": "6.75",
    "two-and-a-half": "2.5",
    "2 and a half": "2.5",
    "an hour and a half": "1.5",
    "a quarter of a million": "250000",
    "four score": "80",
    "nineteen eighty-four": "1984",
    "10⁻⁶": "0.000001",
    "4½": "4.5",
    "half a percent": "0.5",
    "Rs. 2,50,000": "250000",
    "1,234.5": "1234.5",
    "1.234,5": "1234.5",
    "12 340": "12340",
    "12\u202f340,5": "12340.5",
    "1'234'567": "1234567",
    "1,23,456": "123456",
    "12{,}340": "12340",
    "1_000_000": "1000000",
    "0,5": "0.5",
    ".05": "0.05",
    "-5": "-5",
    "−5": "-5",
    "1.5 million": "1500000",
    "1,5 Mio.": "1500000",
    "3.4 milliards": "3400000000",
    "12k": "12000",
    "$1.5M": "1500000",
    "2.3bn": "2300000000",
    "6.02 × 10^23": "602000000000000000000000",
    "6e5": "600000",
    "1.5×10⁻³": "0.0015",
    "10^6": "1000000",
    "3/4": "0.75",
    "½": "0.5",
    "2 1/2": "2.5",
    "\\frac{3}{4}": "0.75",
    "15%": "15",
    "15 per cent": "15",
    "15 Prozent": "15",
    "$12,340.50": "12340.5",
    "€ 1.200,50": "1200.5",
    "45 USD": "45",
    "12 km/h": "12",
    "200 m²": "200",
    "3rd": "3",
    "a dozen": "12",
    "half a dozen": "6",
    "2 dozen": "24",
    "half": "0.5",
    "two thirds": "2/3",
    "one and a half": "1.5",
    "twenty-three thousand four hundred and five": "23405",
    "two point five": "2.5",
    "three hundred and twenty": "320",
    "one million two hundred thousand": "1200000",
    "fünfzig": "50",
    "cinquante": "50",
}


@pytest.mark.parametrize("text", VALUES)
def test_a_number_in_any_dress(text: str) -> None:
    found = numbers(text)
    assert [m.value for m in found] == [Fraction(VALUES[text])]
    assert text[found[0].start : found[0].end] == found[0].text


@pytest.mark.parametrize("text", VALUES)
def test_it_is_found_in_a_sentence_as_well(text: str) -> None:
    sentence = f"We counted {text} there, more or less."
    assert Fraction(VALUES[text]) in [m.value for m in numbers(sentence)]


def test_two_readings_where_a_point_may_group() -> None:
    assert [r.value for r in numbers("1.234")[0].readings] == [Fraction("1.234"), 1234]
    assert [r.value for r in numbers("1,234")[0].readings] == [1234, Fraction("1.234")]


def test_places_written_are_kept() -> None:
    assert numbers("12.30")[0].ulp == Fraction(1, 100)
    assert numbers("1.5 million")[0].ulp == 100_000
    assert numbers("12")[0].ulp == 1


@pytest.mark.parametrize(
    "text", ["A12", "doc-12", "v1.2.3", "10.0.0.1", "at 14:30", "3D", "town_17", "COVID-19", "x86_64"]
)
def test_figures_of_names_and_codes_are_no_claims(text: str) -> None:
    assert all(m.glued for m in numbers(text))


@pytest.mark.parametrize(
    ("text", "values"),
    [("1, 2, 3", [1, 2, 3]), ("5-10", [5, 10]), ("|12|13|", [12, 13]), ("3 − 5", [3, -5]), ("from 5 to 7 km", [5, 7])],
)
def test_several_numbers(text: str, values: list[int]) -> None:
    assert [m.value for m in numbers(text)] == values


def test_units_and_currencies() -> None:
    found = numbers("12 km, 3.5kg, $5, 5 euros, 45 minutes, 10 mph and 7 apples")
    assert [m.unit for m in found] == ["km", "kg", "USD", "EUR", "min", "mph", ""]


def test_dated_figures_are_marked() -> None:
    assert [m.dated for m in numbers("on 12 March 2021 we were 12")] == [True, True, False]


@pytest.mark.parametrize(
    "text", ["one of them", "the second one", "a third party of sorts", "no numbers here", "stone, none, tenor"]
)
def test_words_that_are_no_amounts(text: str) -> None:
    assert [m for m in numbers(text) if m.value != Fraction(1, 3)] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-03-12", Day(2021, 3, 12)),
        ("12 March 2021", Day(2021, 3, 12)),
        ("March 12th, 2021", Day(2021, 3, 12)),
        ("12. März 2021", Day(2021, 3, 12)),
        ("12 mars 2021", Day(2021, 3, 12)),
        ("12 de marzo de 2021", Day(2021, 3, 12)),
        ("12.03.2021", Day(2021, 3, 12)),
        ("March 2021", Day(2021, 3, 0)),
        ("12 March", Day(0, 3, 12)),
        ("Sept. 3, 1999", Day(1999, 9, 3)),
    ],
)
def test_dates(text: str, day: Day) -> None:
    assert [d.readings[0] for d in dates(f"It was {text}, they say.")] == [day]


def test_a_date_of_uncertain_order_has_both_readings() -> None:
    assert set(dates("3/12/2021")[0].readings) == {Day(2021, 3, 12), Day(2021, 12, 3)}


@pytest.mark.parametrize("text", ["31.02.2021", "2021-13-01", "45 March 2021", "may be 12", "march on 12 posts"])
def test_no_dates(text: str) -> None:
    assert [d for d in dates(text) if d.readings[0].month != 3] == []


def test_names() -> None:
    found = names("The mayor of Velmora is Ida Tolvik-Brask of the River Osk. She came in 1843.")
    assert [(n.text, n.opens) for n in found] == [
        ("The", True),
        ("Velmora", False),
        ("Ida Tolvik-Brask of the River Osk", False),
        ("She", True),
    ]


def test_folding() -> None:
    assert {folded("Café"), folded("CAFE"), folded("café's")} == {"cafe"}


whole = st.integers(0, 10**12)


@given(whole)
def test_grouped_in_every_way_is_the_same_number(value: int) -> None:
    english = f"{value:,}"
    for text in (
        english,
        english.replace(",", "'"),
        english.replace(",", "\u202f"),
        english.replace(",", "{,}"),
        str(value),
    ):
        assert value in [r.value for r in numbers(text)[0].readings], text


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_decimals_in_two_notations(value: object) -> None:
    english = f"{value:,}"
    german = english.translate(str.maketrans(",.", ".,"))
    for text in (english, german):
        assert Fraction(str(value)) in [r.value for r in numbers(text)[0].readings], text


@given(st.integers(2, 999_999))
def test_number_words_read_back(value: int) -> None:
    assert [m.value for m in numbers(_worded(value))] == [value]


def _worded(value: int) -> str:
    small = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
    if value >= 1000:
        rest = f" {_worded(value % 1000)}" if value % 1000 else ""
        return f"{_worded(value // 1000)} thousand{rest}"
    if value >= 100:
        return f"{small[value // 100]} hundred" + (f" and {_worded(value % 100)}" if value % 100 else "")
    if value >= 20:
        return tens[value // 10] + (f"-{small[value % 10]}" if value % 10 else "")
    return small[value]


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_any_text_is_read_without_a_crash_and_with_true_spans(text: str) -> None:
    found = numbers(text)
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
    for before, after in pairwise(found):
        assert before.end <= after.start


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=200))
def test_plain_and_exact_go_together(value: Fraction) -> None:
    assert exact(f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value)) == value
    assert abs(Fraction(plain(value)) - value) <= abs(value) / 10**5


@pytest.mark.parametrize("text", ["commit 77e4812 is in", f"2**2000 is {2**2000}", "1e999", "7 x 10^400"])
def test_a_figure_beyond_all_quantities_is_left_unread(text: str) -> None:
    assert [m for m in numbers(text) if not m.glued and abs(m.value) > 10**300] == []


def test_a_formula_in_dollars_is_no_money() -> None:
    assert [m.text for m in numbers("Their sum is $3n + 6 = 141$ for $5M") if m.glued] == ["$3"]


def test_a_fraction_of_ten_is_no_day_and_a_vague_scale_no_amount() -> None:
    assert [m.value for m in numbers("7 out of 10") if not m.dated] == [7, 10]
    assert not numbers("several hundred people")
    assert [m.value for m in numbers("_3.5_ and 12 345") if not m.glued] == [Fraction("3.5"), 12345]
