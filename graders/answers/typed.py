"""Typed values compared, each pair of kinds by a function of its own that is given both values and both texts."""

import math
import re
from collections.abc import Callable
from fractions import Fraction

from graders.answers.days import day_readings
from graders.answers.intervals import as_interval
from graders.answers.kinds import Clock, Collection, Formula, Interval, Parsed, Quantity, Ratio, Span, Truth
from graders.answers.values import parse
from graders.dates import Day
from graders.expressions import close, proportional, same
from graders.provenance import significant
from graders.units import factor_between
from graders.wording import Verdict, same_name, tokens


def typed(a: Parsed, b: Parsed, one: str, two: str) -> Verdict | None:
    """Compare two typed values; None where their types say nothing about each other."""
    for kinds, compare in _PAIRS:
        if isinstance(a, kinds[0]) and isinstance(b, kinds[1]):
            return compare(a, b, one, two)
        if isinstance(b, kinds[0]) and isinstance(a, kinds[1]):
            return compare(b, a, two, one)
    if isinstance(a, Formula) or isinstance(b, Formula) or {type(a), type(b)} <= {Truth, Collection}:
        return None
    return "different"


def _quantities(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
    for x, y in (
        (a, b),
        *((a._replace(value=a.other), b) for _ in "1" if a.other is not None),
        *((a, b._replace(value=b.other)) for _ in "1" if b.other is not None),
    ):
        verdict = _two_numbers(x, y, one, two)
        if verdict != "different":
            return verdict
    return "different"


def _two_numbers(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
    if a.percent != b.percent:
        if a.unit or b.unit or a.noun or b.noun:
            return "different"
        share, bare = (a, b) if a.percent else (b, a)
        if share.value == bare.value and abs(bare.value) >= 1:
            return "equal"
        return (
            "different"
            if bare.value.denominator == 1
            else _values(share.value / 100, share.ulp / 100, bare.value, bare.ulp)
        )
    factor = Fraction(1)
    if {a.unit, b.unit} == {"GBP", "lb"} and "pound" in f"{one} {two}".lower():
        return _values(a.value, a.ulp, b.value, b.ulp)
    if {a.unit, b.unit} <= _DEGREES.keys() and a.unit != b.unit:
        return _values(_DEGREES[a.unit](a.value), a.ulp, _DEGREES[b.unit](b.value), b.ulp)
    if a.unit != b.unit and a.unit and b.unit:
        between = factor_between(a.unit, b.unit)
        if between is None:
            return "different"
        factor = between
    verdict = _values(a.value * factor, a.ulp * factor, b.value, b.ulp)
    if verdict == "equal" and not _nouns_agree(a, b):
        return "undecided"
    return verdict


_DEGREES: dict[str, Callable[[Fraction], Fraction]] = {
    "K": lambda v: v,
    "°C": lambda v: v + Fraction("273.15"),
    "°F": lambda v: (v - 32) * Fraction(5, 9) + Fraction("273.15"),
}


def _nouns_agree(a: Quantity, b: Quantity) -> bool:
    one, two = (tokens(q.noun or q.unit) if not (q.unit and q.noun) else () for q in (a, b))
    if not one or not two or (a.unit and b.unit):
        return True
    return same_name(a.noun or a.unit, b.noun or b.unit) == "equal"


def _values(a: Fraction, a_ulp: Fraction, b: Fraction, b_ulp: Fraction) -> Verdict:
    """Two numbers: the same value, or one the rounding of the other where that has no end; a rounding of what ends is left open."""
    if a == b or abs(a - b) <= abs(b) / 10**9:
        return "equal"
    for x, ulp, y in ((a, a_ulp, b), (b, b_ulp, a)):
        if 0 < ulp < 1 and abs(x - y) <= ulp * Fraction(501, 1000):
            if significant(x) < 3:
                return "undecided"
            return "equal" if 10**15 % y.denominator else "undecided"
    return "different"


def _days(a: Day, b: Day, one: str, two: str) -> Verdict:
    mine, theirs = day_readings(one) or (a,), day_readings(two) or (b,)
    if set(mine) & set(theirs):
        return "equal"
    return "undecided" if any(x.agrees(y) for x in mine for y in theirs) else "different"


def _day_and_year(a: Day, b: Quantity, one: str, two: str) -> Verdict:
    return "undecided" if b.value == a.year and not b.unit else "different"


def _spans(a: Span, b: Span, one: str, two: str) -> Verdict:
    if a == b:
        return "equal"
    if isinstance(a.first, Day) and isinstance(b.first, Day) and isinstance(a.last, Day) and isinstance(b.last, Day):
        return "undecided" if a.first.agrees(b.first) and a.last.agrees(b.last) else "different"
    ends = [(float(e.year) if isinstance(e, Day) and not e.month else e) for e in (a.first, b.first, a.last, b.last)]
    return "equal" if ends[0] == ends[1] and ends[2] == ends[3] else "different"


def _span_and_interval(a: Span, b: Interval, one: str, two: str) -> Verdict:
    if len(b.parts) != 1 or isinstance(a.first, Day) or isinstance(a.last, Day):
        return "different"
    low, low_closed, high, high_closed = b.parts[0]
    if (low, high) != (a.first, a.last):
        return "different"
    return "equal" if low_closed and high_closed else "undecided"


def _clocks(a: Clock, b: Clock, one: str, two: str) -> Verdict:
    if a == b:
        return "equal"
    half = a.minutes % 720 == b.minutes % 720 and not all(
        re.search(r"[ap]\.?m|noon|midnight", t, re.I) for t in (one, two)
    )
    return "undecided" if half and min(a.minutes, b.minutes) < 720 and max(a.minutes, b.minutes) < 780 else "different"


def _intervals(a: Interval, b: Interval, one: str, two: str) -> Verdict:
    return "equal" if a == b else "different"


def _interval_and_pair(a: Interval, b: Collection, one: str, two: str) -> Verdict:
    if b.braces or b.bare:
        return "different"
    read = as_interval(b, two.startswith("["))
    return "equal" if read == a else "different"


def _ratios(a: Ratio, b: Ratio, one: str, two: str) -> Verdict:
    return "equal" if a == b else "different"


def _ratio_and_number(a: Ratio, b: Quantity, one: str, two: str) -> Verdict:
    if len(a.terms) != 2 or b.unit:
        return "different"
    scale = 100 if b.percent else 1
    return _values(a.terms[0], Fraction(0), b.value / scale, b.ulp / scale)


def _ratio_and_span(a: Ratio, b: Span, one: str, two: str) -> Verdict:
    if isinstance(b.first, Day) or isinstance(b.last, Day) or not b.last:
        return "different"
    return "equal" if a.terms[0] == b.first / b.last else "different"


def _truths(a: Truth, b: Truth, one: str, two: str) -> Verdict:
    return "equal" if a == b else "different"


def formulas(a: Formula, b: Formula, one: str, two: str) -> Verdict | None:
    if a.equation != b.equation:
        return None
    agree = proportional(a.left, b.left) if a.equation else same(a.left, b.left)
    if agree is None:
        return "undecided"
    if agree or a.equation:
        return "equal" if agree else "different"
    return _rounded_formula(a, b, one, two) or "different"


def _rounded_formula(a: Formula, b: Formula, one: str, two: str) -> Verdict | None:
    """A decimal written for an expression without end: "1.41" for the root of two."""
    for exact_one, text in ((a, two), (b, one)):
        value, shown = exact_one.left.value(), parse(text)
        if value is not None and isinstance(shown, Quantity):
            return _formula_and_number(exact_one, shown, "", text)
    return None


def _formula_and_number(a: Formula, b: Quantity, one: str, two: str) -> Verdict | None:
    value = a.left.value()
    if value is None:
        return "different" if not a.equation and a.left.names else None
    if b.unit == "°" and not isinstance(value, complex):
        return "equal" if abs(float(value) - math.radians(float(b.value))) < 1e-9 else "undecided"
    if close(value, b.value) or (b.percent and close(value, b.value / 100)):
        return "equal"
    real = complex(value)
    if abs(real.imag) > 1e-12 or not 0 < b.ulp <= Fraction(1, 10):
        return "different"
    rounds = abs(real.real - float(b.value)) <= float(b.ulp) * 0.501
    return "different" if not rounds else "equal" if significant(b.value) >= 3 else "undecided"


_Compare = Callable[..., Verdict | None]
_PAIRS: tuple[tuple[tuple[type, type], _Compare], ...] = (
    ((Quantity, Quantity), _quantities),
    ((Day, Day), _days),
    ((Day, Quantity), _day_and_year),
    ((Span, Span), _spans),
    ((Span, Interval), _span_and_interval),
    ((Clock, Clock), _clocks),
    ((Interval, Interval), _intervals),
    ((Interval, Collection), _interval_and_pair),
    ((Ratio, Ratio), _ratios),
    ((Ratio, Quantity), _ratio_and_number),
    ((Ratio, Span), _ratio_and_span),
    ((Truth, Truth), _truths),
    ((Formula, Formula), formulas),
    ((Formula, Quantity), _formula_and_number),
)
