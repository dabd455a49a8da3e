"""Typed values compared, each pair of kinds by a function of its own that is given both values and both texts."""

import re
from collections.abc import Callable
from fractions import Fraction

from graders.answers.formula_pairs import formula_and_number, formulas
from graders.answers.intervals import as_interval
from graders.answers.kinds import Clock, Collection, Formula, Interval, Parsed, Quantity, Ratio, Span, Truth
from graders.answers.number_pairs import quantities, two_values
from graders.answers.time_pairs import (
    clock_and_length,
    clocks,
    day_and_year,
    days,
    month_or_years,
    span_and_interval,
    span_and_list,
    spans,
)
from graders.answers.values import parse
from graders.dates import Day
from graders.expressions import close
from graders.wording import Verdict


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
    return two_values(a.terms[0], Fraction(0), b.value / scale, b.ulp / scale)


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


_Compare = Callable[..., Verdict | None]
_PAIRS: tuple[tuple[tuple[type, type], _Compare], ...] = (
    ((Quantity, Quantity), quantities),
    ((Day, Day), days),
    ((Day, Quantity), day_and_year),
    ((Day, Span), month_or_years),
    ((Span, Span), spans),
    ((Span, Interval), span_and_interval),
    ((Clock, Clock), clocks),
    ((Clock, Quantity), clock_and_length),
    ((Interval, Interval), _intervals),
    ((Interval, Collection), _interval_and_pair),
    ((Span, Collection), span_and_list),
    ((Ratio, Ratio), _ratios),
    ((Ratio, Quantity), _ratio_and_number),
    ((Ratio, Span), _ratio_and_span),
    ((Ratio, Formula), _ratio_and_formula),
    ((Truth, Truth), _truths),
    ((Formula, Formula), formulas),
    ((Formula, Quantity), formula_and_number),
)
