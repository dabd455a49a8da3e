"""Typed values compared, each pair of kinds by a function of its own that is given both values and both texts."""

import math
import re
from collections.abc import Callable
from fractions import Fraction

from graders.answers.days import day_readings
from graders.answers.intervals import as_interval
from graders.answers.kinds import Clock, Collection, Formula, Interval, Parsed, Quantity, Ratio, Span, Truth
from graders.answers.measures import Powers
from graders.answers.turns import opposed, turned
from graders.answers.values import parse
from graders.dates import Day
from graders.expressions import close, proportional, same
from graders.provenance import significant
from graders.wording import Verdict, same_name


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
    return turned(
        a.value, b.value, one, two, lambda x, y: _readings(a._replace(value=x), b._replace(value=y), one, two)
    )


def _readings(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
    """Equal in any reading of the figures; the verdict on the likeliest one else."""
    first = _two_numbers(a, b, one, two)
    for x, y in ((a.other, b.value), (a.value, b.other)):
        if first == "different" and x is not None and y is not None:
            first = _two_numbers(a._replace(value=x), b._replace(value=y), one, two)
    return first


def _two_numbers(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
    if a.percent != b.percent:
        return _share(a, b) if a.percent else _share(b, a)
    verdict = _measured(a, b) if a.measures and b.measures else _values(a.value, a.ulp, b.value, b.ulp)
    if verdict == "different" or not a.noun or not b.noun:
        return verdict if verdict != "equal" or _named_alike(a, b) else "undecided"
    said = same_name(a.noun, b.noun)
    return verdict if said == "equal" else "different" if opposed(a.noun, b.noun) else "undecided"


def _named_alike(a: Quantity, b: Quantity) -> bool:
    """Whether nothing that only one of two names speaks against the other: a noun is no unit."""
    return not ((a.noun and b.measures and not a.measures) or (b.noun and a.measures and not b.measures))


def _share(share: Quantity, bare: Quantity) -> Verdict:
    """A percentage and a figure: the same where the figure is the percentage or its fraction."""
    if bare.measures or bare.noun in ("x", "times", "fold") or (bare.noun and share.noun and bare.noun != share.noun):
        return "different"
    if share.noun.startswith("of what"):
        return "different"
    if share.value == bare.value and abs(bare.value) >= 1:
        return "undecided" if bare.noun or share.noun else "equal"
    if bare.value.denominator == 1:
        return "different"
    return _values(share.value / 100, share.ulp / 100, bare.value, bare.ulp)


def _measured(a: Quantity, b: Quantity) -> Verdict:
    """Two numbers with units: equal in any meaning of the signs, different where they measure the same or nothing alike."""
    verdicts: set[Verdict] = set()
    for x in a.measures:
        for y in b.measures:
            if {x.powers, y.powers} <= _DEGREES.keys() and x.powers != y.powers:
                verdicts.add(_values(_DEGREES[x.powers](a.value), a.ulp, _DEGREES[y.powers](b.value), b.ulp))
            elif x.powers == y.powers:
                factor = x.factor / y.factor
                verdicts.add(_values(a.value * factor, a.ulp * factor, b.value, b.ulp))
    return next((v for v in ("equal", "undecided") if v in verdicts), "different")


_DEGREES: dict[Powers, Callable[[Fraction], Fraction]] = {
    (("K", 1),): lambda v: v,
    (("°C", 1),): lambda v: v + Fraction("273.15"),
    (("°F", 1),): lambda v: (v - 32) * Fraction(5, 9) + Fraction("273.15"),
}


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
    if a.measures and b.measures and (one_value := _number(a)) and (two_value := _number(b)):
        return _measured(one_value, two_value)
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


def _number(a: Formula) -> Quantity | None:
    """A formula that is a real number, as one with a unit."""
    value = a.left.value()
    if value is None or abs(complex(value).imag) > 1e-12 or not math.isfinite(complex(value).real):
        return None
    return Quantity(Fraction(complex(value).real), Fraction(0), measures=a.measures)


_PLANE = (("rad", 1),)


def _angle(a: Formula, b: Quantity) -> Verdict | None:
    """A formula without a unit against an angle: it is in radians, or in the unit of the other."""
    value = _number(a)
    if value is None or not b.measures or b.measures[0].powers != _PLANE or a.measures:
        return None
    radians = _values(b.value * b.measures[0].factor, b.ulp * b.measures[0].factor, value.value, Fraction(0))
    bare = _values(b.value, b.ulp, value.value, Fraction(0))
    return "equal" if "equal" in (radians, bare) else "undecided"


def _formula_and_number(a: Formula, b: Quantity, one: str, two: str) -> Verdict | None:
    value = a.left.value()
    if value is None:
        return "different" if not a.equation and a.left.names else None
    if (angle := _angle(a, b)) is not None:
        return angle
    if a.measures and b.measures and (number := _number(a)):
        return _measured(number, b)
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
