# ruff: noqa: E501  (tables of cases are data: broken up they cannot be read)
"""Sums over ranges, letters with their values, and small tasks in words: read where they mean one thing, refused where they do not."""

import pytest

from tools.calculator import evaluate

SERIES = [
    (r"\sum_{i=1}^{5} i^2", "55"), (r"\sum_{k=0}^{10} 2^k", "2047"), (r"2\sum_{i=1}^{3} i", "12"), (r"\sum_{i=1}^{3} (i + 1)", "9"), ("∑_{i=1}^{5} i", "15"),
    (r"\prod_{i=1}^{5} i", "120"), (r"\sum_{k=1}^{5} \frac{k}{k+1}", "3.55"), ("sum(i^2, i, 1, 5)", "55"), ("sum(i^2 for i in 1..5)", "55"), ("product(i, i, 1, 5)", "120"),
    ("sum of i^2 for i from 1 to 5", "55"), ("sum of integers from 1 to 100", "5050"), ("sum of odd numbers from 1 to 9", "25"), ("sum of the first 10 even numbers", "110"),
    ("1 + 2 + ... + 10", "55"), ("1+2+3+…+10", "55"), (r"1 + 3 + 5 + \cdots + 99", "2500"), ("1 + 2 + 4 + ... + 64", "127"), ("10 + 9 + ... + 1", "55"),
    ("1 + 1/2 + 1/4 + ... + 1/64", "1.984375"), ("0.5 + 1 + 1.5 + ... + 5", "27.5"), ("1 * 2 * ... * 5", "120"), ("2*4*...*10", "3840"),
]  # fmt: skip
GIVEN = [
    ("x^2 with x=4", "16"), ("x^2 + 2x + 1 at x=3", "16"), ("x^2, x=4", "16"), ("x = 4, x^2 + 1", "17"), ("evaluate x^2 for x = 4", "16"), ("-x^2 with x=3", "-9"),
    ("let x = 3, y = 4; sqrt(x^2+y^2)", "5"), ("2xy with x=2, y=3", "12"), ("3x^2 - 2x + 1 when x = -2", "17"), (r"\frac{x}{2} with x = 3", "1.5"),
    ("P(1+r)^t where P = 1,000, r = 0.05, t = 2", "1102.5"),
]  # fmt: skip
WORDS = [
    ("derivative of x^2 at x=3", "6"),
    ("2.5 rounded to the nearest whole number", "3"),
    ("100 / 3 rounded to 2 decimal places", "33.33"),
    ("(25 / 200) as a percentage", "12.5"),
    ("5 factorial", "120"),
    ("20% off 50", "40"), ("20% off $50", "40"), ("what is 20% off 50?", "40"), ("80 increased by 15%", "92"), ("decrease 200 by 10%", "180"), ("30% more than 60", "78"),
    ("100 increased by 50", "150"), ("percent change from 80 to 60", "-25"), ("percent decrease from 80 to 60", "25"), ("20 is what percent of 80", "25"),
    ("tip 18% on 45.50", "8.19"), ("two thirds of 90", "60"), ("the square of 12", "144"), ("2 to the 10th power", "1024"), ("subtract 5 from 12", "7"),
    ("the sum of 5, 7 and 8", "20"), ("average of 4, 8, 12", "8"), ("geometric mean of 2 and 8", "4"), ("difference between 10 and 4", "6"), ("log base 2 of 8", "3"),
    ("weighted average of 80 (30%) and 90 (70%)", "87"), ("integrate x^2 from 0 to 3", "9"), (r"\int_0^3 x^2 dx", "9"), ("days between 2024-01-01 and 2024-03-01", "60"),
    ("derivative of x^2", "2*x"), ("solve x^2 - 5x + 6 = 0", "[2, 3]"), (r"\lim_{x \to 0} \frac{\sin x}{x}", "1"),
    ("np.percentile([15, 20, 35, 40, 50], 40)", "29"), ("numpy.quantile([4, 1, 3, 2], 0.25)", "1.75"),
]  # fmt: skip
REFUSED = {
    "1 + 2 + ... + 64": "goes on", "1 + 2 + 4 + ... + 100": "goes on", "1 + 2 + ... + n": "goes on", "5 + 5 + ... + 5": "goes on", r"\sum_{i=1}^{3} i + 1": "reaches",
    "percentile([1, 2, 3], 40)": "np.percentile", "x^2 with y = 4": "x", "x = 4, x = 5, x+1": "x", "x + z with x = 1": "x", "3x + 2 = 11, x = 3": "x",
    "difference between 4 and 10": "", "compound interest 1000 at 5% for 3 years": "", "the sum of 1,200 and 300": "", "5% tax on 200": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), SERIES + GIVEN + WORDS)
def test_what_is_told_is_computed(text: str, shown: str) -> None:
    assert evaluate(text).text == shown


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_mean_two_things_is_refused_with_a_reason(text: str) -> None:
    error = evaluate(text).error
    assert error is not None
    assert REFUSED[text] in error.message
