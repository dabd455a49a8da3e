"""Typed values compared, each pair of kinds by a function of its own that is given both values and both texts."""

import math
import re
from collections.abc import Callable
from fractions import Fraction

from graders.answers.aliases import alias
from graders.answers.days import day_readings
from graders.answers.formulas import ASSIGN, read_formula
from graders.answers.hedged import hedged, rounding_of
from graders.answers.intervals import as_interval
from graders.answers.kinds import Clock, Collection, Formula, Interval, Parsed, Quantity, Ratio, Span, Truth
from graders.answers.measures import Powers
from graders.answers.turns import opposed, turned
from graders.answers.values import parse
from graders.dates import Day
from graders.expressions import close, expression, proportional, same
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
    return _of_two_kinds(a, b, one, two)


def _of_two_kinds(a: Parsed, b: Parsed, one: str, two: str) -> Verdict:
    """Values of two kinds are not the same, unless the same figures stand in both, or a list holds more words than values."""
    if isinstance(a, Collection) or isinstance(b, Collection):
        several, text = (a, two) if isinstance(a, Collection) else (b, one)
        items = several.items if isinstance(several, Collection) else ()
        read = [parse(item) for item in items]
        return "different" if all(read) or not _figures(text) & _figures(" ".join(items)) else "undecided"
    if {type(a), type(b)} == {Span, Quantity}:
        span, number = (a, b) if isinstance(a, Span) else (b, a)
        return "undecided" if _ratio_of(span) == getattr(number, "value", None) else "different"
    return "undecided" if _figures(one) == _figures(two) != frozenset() else "different"


def _ratio_of(span: object) -> Fraction | None:
    """What "2 to 3" is as a ratio."""
    if not isinstance(span, Span) or isinstance(span.first, Day) or isinstance(span.last, Day) or not span.last:
        return None
    return span.first / span.last


def _figures(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", text))


def _quantities(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
    verdict = turned(
        a.value, b.value, one, two, lambda x, y: _readings(a._replace(value=x), b._replace(value=y), one, two)
    )
    if verdict == "equal":
        return "undecided" if _points_apart(one) != _points_apart(two) and a.percent and b.percent else verdict
    if hedged(one) != hedged(two) and not (a.noun and b.noun and a.noun != b.noun):
        return (rounding_of(a, b) if hedged(one) else rounding_of(b, a)) or verdict
    return verdict


def _points_apart(text: str) -> bool:
    """ "5 percentage points" are no 5 %: the one is added, the other a share."""
    return re.search(r"(?:percentage\s+points?|\bpp)$", text) is not None


def _readings(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
    """Equal in any reading of the figures; the verdict on the likeliest one else."""
    first = _two_numbers(a, b, one, two)
    for x, y in ((_other(a, b, one), b.value), (a.value, _other(b, a, two))):
        if first == "different" and x is not None and y is not None:
            first = _two_numbers(a._replace(value=x), b._replace(value=y), one, two)
    return first


_SCALED = re.compile(r"\d\s?[kKMB]$")


def _other(a: Quantity, b: Quantity, text: str) -> Fraction | None:
    """The second reading of a figure: a letter behind it is a thousand or a million, unless the other side has it for a unit."""
    return None if _SCALED.search(text) and (a.measures or not b.measures) else a.other


def _two_numbers(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
    if a.percent != b.percent:
        return _share(a, b) if a.percent else _share(b, a)
    verdict = _measured(a, b) if a.measures and b.measures else _values(a.value, a.ulp, b.value, b.ulp)
    if verdict == "different" or not a.noun or not b.noun:
        return verdict if verdict != "equal" or _named_alike(a, b) else "undecided"
    said = "equal" if alias(a.noun.removeprefix("of "), b.noun.removeprefix("of ")) else same_name(a.noun, b.noun)
    return verdict if said == "equal" else "different" if opposed(a.noun, b.noun) else "undecided"


def _named_alike(a: Quantity, b: Quantity) -> bool:
    """Whether nothing that only one of two names speaks against the other: a noun is no unit."""
    return not ((a.noun and b.measures and not a.measures) or (b.noun and a.measures and not b.measures))


def _share(share: Quantity, bare: Quantity) -> Verdict:
    """A percentage and a figure: the same where the figure is the percentage or its fraction."""
    if (
        bare.measures
        or bare.noun in ("x", "times", "fold")
        or (bare.noun and share.noun and same_name(bare.noun, share.noun) != "equal")
    ):
        return "different"
    if share.noun.startswith("of what"):
        return "different"
    if share.value == bare.value and abs(bare.value) >= 1:
        return "undecided" if bare.noun else "equal"
    if bare.value.denominator == 1:
        return "different"
    return _values(share.value / 100, share.ulp / 100, bare.value, bare.ulp)


def _measured(a: Quantity, b: Quantity) -> Verdict:
    """Two numbers with units: equal in any meaning of the signs, different where they measure the same or nothing alike."""
    verdicts: set[Verdict] = set()
    for x in a.measures:
        for y in b.measures:
            if {x.powers, y.powers} <= _DEGREES.keys() and x.powers != y.powers:
                warm, cold = _DEGREES[x.powers](a.value), _DEGREES[y.powers](b.value)
                near = abs(warm - cold) <= max(a.ulp, b.ulp) / 2 <= Fraction(1, 2)
                verdicts.add("equal" if near else _values(warm, a.ulp, cold, b.ulp))
            elif x.powers == y.powers:
                verdicts.add(_converted(a, b, x.factor / y.factor))
    return next((v for v in ("equal", "undecided") if v in verdicts), "different")


def _converted(a: Quantity, b: Quantity, factor: Fraction) -> Verdict:
    """Between systems of units what is converted is rounded as it is written; within one only what has no end is."""
    values, ulps = (a.value * factor, b.value), (a.ulp * factor, b.ulp)
    near = abs(values[0] - values[1])
    if near <= abs(b.value) / 10**9:
        return "equal"
    fits = [ulp for ulp in ulps if near <= ulp * Fraction(501, 1000)]
    close_kin = max(factor.numerator, factor.denominator) <= 20
    if len(fits) == 2 and near <= abs(b.value) / 100 and not close_kin:
        return "equal"
    if close_kin or 1 in (factor.numerator, factor.denominator):
        either = {_values(values[0] / s, ulps[0] / s, values[1] / s, ulps[1] / s) for s in (Fraction(1), factor)}
        return next((v for v in ("equal", "undecided") if v in either), "different")
    if not fits or near > abs(b.value) / 50:
        return "different"
    return "equal" if max(abs(values[1]) / ulp for ulp in fits) >= 100 else "undecided"


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
        if ulp and ulp < 1 and abs(x - y) < ulp and _cut(y, x) and 10**15 % y.denominator:
            return "equal"
        if ulp and ulp != 1 and abs(x - y) <= ulp * Fraction(501, 1000):
            figures = significant(x) if ulp < 1 else len(str(abs(int(x / ulp))))
            if figures < 3:
                return "undecided" if figures == 2 else "different"
            return "equal" if 10**15 % y.denominator or _cut_off(y) else "undecided"
    return "different"


def _cut(exact: Fraction, shown: Fraction) -> bool:
    """Whether a decimal of five figures or more was cut off rather than rounded: "125.663" for 40 pi."""
    return abs(shown) < abs(exact) and significant(shown) >= 5


def _cut_off(value: Fraction) -> bool:
    """Whether a decimal shows by its length that it was rounded itself: "3.14159"."""
    return value.denominator >= 10**4 and significant(value) >= 5


def _days(a: Day, b: Day, one: str, two: str) -> Verdict:
    mine, theirs = day_readings(one) or (a,), day_readings(two) or (b,)
    if a == b or set(mine) & set(theirs):
        return "equal"
    return "undecided" if any(x.agrees(y) for x in mine for y in theirs) else "different"


def _day_and_year(a: Day, b: Quantity, one: str, two: str) -> Verdict:
    if month := re.fullmatch(r"(\d+)/(\d+)", one):
        return "equal" if b.value == Fraction(int(month[1]), int(month[2])) else "different"
    if run := re.fullmatch(r"([12]\d{3})(\d{2})(\d{2})", two):
        return "equal" if a == tuple(map(int, run.groups())) else "different"
    return "undecided" if b.value == a.year and not b.unit else "different"


def _month_or_years(a: Day, b: Span, one: str, two: str) -> Verdict:
    """ "2001-09" may be a month, and the years up to 2009."""
    years = re.fullmatch(r"([12]\d)(\d\d)-(\d\d)", one)
    if not years or a.day:
        return "different"
    return (
        "equal" if b[:2] == (Day(int(years[1] + years[2]), 0, 0), Day(int(years[1] + years[3]), 0, 0)) else "different"
    )


def _spans(a: Span, b: Span, one: str, two: str) -> Verdict:
    if a == b:
        return "equal"
    if a.first == b.first and any(re.fullmatch(r"(?:in\s+)?(?:the\s+)?[12]\d00'?s", text) for text in (one, two)):
        return "undecided"
    if isinstance(a.first, Day) and isinstance(b.first, Day) and isinstance(a.last, Day) and isinstance(b.last, Day):
        return "undecided" if a.first.agrees(b.first) and a.last.agrees(b.last) else "different"
    if a.counted and b.counted and not isinstance(a.first, Day) and not isinstance(b.first, Day):
        first = _two_numbers(a.counted._replace(value=a.first), b.counted._replace(value=b.first), one, two)
        last = _two_numbers(a.counted, b.counted, one, two)
        return "equal" if first == last == "equal" else "different" if "different" in (first, last) else "undecided"
    ends = [(float(e.year) if isinstance(e, Day) and not e.month else e) for e in (a.first, b.first, a.last, b.last)]
    return "equal" if ends[0] == ends[1] and ends[2] == ends[3] else "different"


def _span_and_interval(a: Span, b: Interval, one: str, two: str) -> Verdict:
    if len(b.parts) != 1 or isinstance(a.first, Day) or isinstance(a.last, Day):
        return "different"
    low, low_closed, high, high_closed = b.parts[0]
    if (low, high) != (a.first, a.last):
        return "different"
    return "equal" if low_closed and high_closed else "undecided"


def _span_and_list(a: Span, b: Collection, one: str, two: str) -> Verdict:
    """ "5 ± 0.2" for "4.8 to 5.2", "1881 and 1885" for "between 1881 and 1885"; another list is no span."""
    ends = [item.value for each in b.items if isinstance(item := parse(each), Quantity)]
    told = [Fraction(end.year) if isinstance(end, Day) and not end.month else end for end in (a.first, a.last)]
    if b.bare and len(b.items) == 2 and ends == told:
        return "equal" if re.search(r"\b(?:between|and)\b", one) else "undecided"
    sums = [f.left.value() for item in b.items if isinstance(f := parse(item), Formula)]
    reach = sorted(value for value in sums if isinstance(value, Fraction))
    return "equal" if re.search(r"±|\\pm", two) and [a.first, a.last] == reach else "different"


def _clocks(a: Clock, b: Clock, one: str, two: str) -> Verdict:
    if a.seconds != b.seconds:
        return "different"
    if a.zone is not None and b.zone is not None and a.zone != b.zone:
        return "equal" if (a.minutes - a.zone - b.minutes + b.zone) % 1440 == 0 else "different"
    if a.minutes == b.minutes:
        return "equal"
    half = a.minutes % 720 == b.minutes % 720 and not all(
        re.search(r"[ap]\.?m|noon|midnight", t, re.I) for t in (one, two)
    )
    return "undecided" if half and min(a.minutes, b.minutes) < 720 and max(a.minutes, b.minutes) < 780 else "different"


_LASTS = (("s", 1),)


def _clock_and_length(a: Clock, b: Quantity, one: str, two: str) -> Verdict:
    """ "1:45" may be an hour and three quarters, or a minute and three quarters; a time with its half of the day is neither."""
    seconds = {m.factor * b.value for m in b.measures if m.powers == _LASTS}
    if not seconds or re.search(r"[ap]\.?m|uhr|clock|noon|night", one, re.IGNORECASE):
        return "different"
    if a.seconds or one.count(":") > 1:
        return "equal" if Fraction(60 * a.minutes + a.seconds) in seconds else "different"
    return "equal" if seconds & {Fraction(60 * a.minutes), Fraction(a.minutes)} else "different"


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


def _ratio_and_formula(a: Ratio, b: Formula, one: str, two: str) -> Verdict | None:
    """ "4.5 out of 5" and "4.5/5"."""
    value = None if b.equation or len(a.terms) != 2 else b.left.value()
    return None if value is None else "equal" if close(value, a.terms[0]) else "different"


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
    if agree is None or (not agree and _renamed(a, b, one, two)):
        return "equal" if _constant_renamed(a, b, one, two) else "undecided"
    if agree or a.equation:
        return "equal" if agree else "different"
    return _rounded_formula(a, b, one, two) or "different"


def _renamed(a: Formula, b: Formula, one: str, two: str) -> bool:
    """Whether two formulas are alike but for the names of their unknowns, or for those that stand for constants."""
    mine, theirs = a.left.names, b.left.names
    if mine == theirs:
        return False
    odd = {n.lower() for n in mine ^ theirs}
    return odd <= {"c", "k", "n", "m"} or (len(mine) == len(theirs) and _shape(one) == _shape(two))


def _constant_renamed(a: Formula, b: Formula, one: str, two: str) -> bool:
    """Whether two formulas are one but for the letter of a constant that may be anything: "+ C" and "+ k", "n pi" and "k pi"."""
    mine, theirs = a.left.names - b.left.names, b.left.names - a.left.names
    if len(mine) != 1 or len(theirs) != 1:
        return False
    (name,), (other,) = mine, theirs
    one, two = (ASSIGN.sub("", text, count=1) for text in (one, two))
    if not (_stands_free(name, one) and _stands_free(other, two)):
        return False
    again = read_formula(re.sub(rf"(?<!\\)(?<![A-Za-z]{{2}}){other}(?![A-Za-z]{{2}})", name, two))
    return again is not None and same(a.left, again.left) is True


def _stands_free(letter: str, text: str) -> bool:
    """Whether a letter is a summand at either end, a factor of pi, or one in front of an exponential as in "C e^{2x}"."""
    if len(letter) != 1:
        return False
    summand = rf"[+-]\s*{letter}\s*$|(?:^|=)\s*{letter}\s*[+-]"
    growth = rf"^\s*{letter}\s*(?:\\cdot\s*|\*\s*)?(?:e\s*\^|\\?exp\b)" if letter in "ABCKck" else r"(?!)"
    return re.search(rf"{summand}|{growth}|{letter}\s*\\?(?:pi|π)|(?:pi|π)\s*{letter}\b", text) is not None


def _shape(text: str) -> str:
    """A formula with its letters numbered in order."""
    letters: dict[str, str] = {}
    return re.sub(
        r"\\[a-zA-Z]+|[A-Za-z]",
        lambda m: m[0] if m[0][0] == "\\" else letters.setdefault(m[0], f"<{len(letters)}>"),
        re.sub(r"\s", "", text),
    )


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
    if "equal" in (radians, bare):
        return "equal"
    return "different" if (radians, bare) == ("different", "different") else "undecided"


def _formula_and_number(a: Formula, b: Quantity, one: str, two: str) -> Verdict | None:
    value = a.left.value()
    if a.equation and value is not None:
        last = parse(one.rpartition("=")[2])
        return _quantities(last, b, "", two) if close(value, Fraction(0)) and isinstance(last, Quantity) else None
    if value is None and b.unit in a.left.names and (product := read_formula(f"{two}+0")):
        return formulas(a, product, one, two)
    if value is None:
        constant = (
            None
            if a.equation or not a.left.names
            else expression(f"{b.value.numerator}/{b.value.denominator}".replace("-", "0-"))
        )
        agree = same(a.left, constant) if constant else None
        return None if constant is None else "equal" if agree else "undecided" if agree is None else "different"
    if (angle := _angle(a, b)) is not None:
        return angle
    if a.measures and b.measures and (number := _number(a)):
        return _measured(number, b)
    if close(value, b.value) or (b.percent and close(value, b.value / 100)):
        return "equal"
    real = complex(value)
    if abs(real.imag) > 1e-12 or not 0 < b.ulp <= Fraction(1, 10):
        return "different"
    near = abs(real.real - float(b.value))
    rounds = near <= float(b.ulp) * 0.501 or (near < float(b.ulp) and _cut(Fraction(real.real), b.value))
    return "different" if not rounds else "equal" if significant(b.value) >= 3 else "undecided"


_Compare = Callable[..., Verdict | None]
_PAIRS: tuple[tuple[tuple[type, type], _Compare], ...] = (
    ((Quantity, Quantity), _quantities),
    ((Day, Day), _days),
    ((Day, Quantity), _day_and_year),
    ((Day, Span), _month_or_years),
    ((Span, Span), _spans),
    ((Span, Interval), _span_and_interval),
    ((Clock, Clock), _clocks),
    ((Clock, Quantity), _clock_and_length),
    ((Interval, Interval), _intervals),
    ((Interval, Collection), _interval_and_pair),
    ((Span, Collection), _span_and_list),
    ((Ratio, Ratio), _ratios),
    ((Ratio, Quantity), _ratio_and_number),
    ((Ratio, Span), _ratio_and_span),
    ((Ratio, Formula), _ratio_and_formula),
    ((Truth, Truth), _truths),
    ((Formula, Formula), formulas),
    ((Formula, Quantity), _formula_and_number),
)
