"""Whether two answers in free text are the same: `equal`, `different`, or `undecided`.

Tiers, the first that knows decides: the same words; typed values (quantities with units, dates and spans, times, intervals, ratios,
collections, truth values); expressions by evaluation; names; what a longer sentence says; computer algebra in a process of its own
(`graders.symbolic`). A tier is asked only where those before it are undecided. `compared` is the same for code in an event loop.

A figure and a percentage are the same where the figure is the percentage ("50" for "50 %") or its fraction ("0.5"), but 1 is not 100 %.
A missing unit is no difference, another unit is. Rounding to three digits or more of a value without end is no difference.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from graders.claims import claimed_numbers
from graders.dates import Day
from graders.expressions import close, proportional, same
from graders.outcome import headlines
from graders.provenance import significant
from graders.symbolic import is_formula, shows, symbolic
from graders.units import factor_between
from graders.values import (
    Clock,
    Collection,
    Formula,
    Interval,
    Parsed,
    Quantity,
    Ratio,
    Span,
    Truth,
    as_interval,
    day_readings,
    equation,
    parse,
    undressed,
)
from graders.wording import Verdict, lead_free, same_name, says, tokens

Tier = Callable[[str, str], Verdict]


def equivalent(given: str, reference: str, *, tiers: Sequence[Tier] = (symbolic,)) -> Verdict:
    """Compare two answers. `tiers` are asked in turn where the built-in ones cannot tell; only they may block, for seconds at most."""
    verdict = _built_in(given, reference)
    for tier in tiers:
        if verdict != "undecided":
            break
        verdict = tier(given, reference)
    return verdict


async def compared(given: str, reference: str, *, tiers: Sequence[Tier] = (symbolic,)) -> Verdict:
    """`equivalent` for an event loop: the tiers that may block are awaited in a thread."""
    verdict = _built_in(given, reference)
    if verdict != "undecided" or not tiers:
        return verdict
    return await asyncio.to_thread(equivalent, given, reference, tiers=tiers)


def _built_in(given: str, reference: str) -> Verdict:
    one, two = (undressed(lead_free(undressed(text))) for text in (given, reference))
    if one == two or (one and one.casefold() == two.casefold() and len(one) > 1):
        return "equal"
    if not one or not two:
        return "undecided"
    if one.lower() in _EMPTY and two.lower() in _EMPTY:
        return "equal"
    a, b = parse(one), parse(two)
    if a is not None and b is not None:
        verdict = _typed(a, b, one, two)
        if verdict is not None:
            return verdict
    return _texts(one, two, a, b)


_EMPTY = frozenset(
    {
        "{}",
        "\\{\\}",
        "{ }",
        "[]",
        "∅",
        "\\emptyset",
        "\\varnothing",
        "empty set",
        "the empty set",
        "none",
        "no solution",
        "no solutions",
        "no real solutions",
    }
)


def _typed(a: Parsed, b: Parsed, one: str, two: str) -> Verdict | None:
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
        if share.value == bare.value:
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
    return _values(a.terms[0], Fraction(0), b.value, b.ulp)


def _ratio_and_span(a: Ratio, b: Span, one: str, two: str) -> Verdict:
    if isinstance(b.first, Day) or isinstance(b.last, Day) or not b.last:
        return "different"
    return "equal" if a.terms[0] == b.first / b.last else "different"


def _truths(a: Truth, b: Truth, one: str, two: str) -> Verdict:
    return "equal" if a == b else "different"


def _collections(a: Collection, b: Collection, one: str, two: str) -> Verdict:
    """Pairwise where both are ordered, else each item with one of the other's; sets do not count repeats."""
    left, right = (list(dict.fromkeys(c.items)) if c.braces else list(c.items) for c in (a, b))
    if (a.braces and not b.bare and not b.braces) or (b.braces and not a.bare and not a.braces):
        return "different"
    if len(left) != len(right):
        return "different"
    if a.ordered and b.ordered:
        if _round(one) != _round(two) and len(left) == 2 and _shut(one, two):
            return "undecided"
        return _all_of([_built_in(x, y) for x, y in zip(left, right, strict=True)])
    pairwise = _all_of([_built_in(x, y) for x, y in zip(left, right, strict=True)])
    if pairwise == "equal" or a.ordered or b.ordered:
        return pairwise
    return _matched(left, right)


def _round(text: str) -> bool:
    return text.startswith("(")


def _shut(one: str, two: str) -> bool:
    """Whether one is in round and one in square brackets: a pair or an open interval against a list or a closed one."""
    return {one[0], two[0]} == {"(", "["}


def _matched(left: list[str], right: list[str]) -> Verdict:
    rest, undecided = list(right), False
    for item in left:
        verdicts = {other: _built_in(item, other) for other in rest}
        hit = next((o for o, v in verdicts.items() if v == "equal"), None)
        if hit is None:
            if "undecided" not in verdicts.values():
                return "different"
            undecided = True
            hit = next(o for o, v in verdicts.items() if v == "undecided")
        rest.remove(hit)
    return "undecided" if undecided else "equal"


def _all_of(verdicts: Sequence[Verdict]) -> Verdict:
    if "different" in verdicts:
        return "different"
    return "undecided" if "undecided" in verdicts else "equal"


def _formulas(a: Formula, b: Formula, one: str, two: str) -> Verdict | None:
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
    ((Collection, Collection), _collections),
    ((Formula, Formula), _formulas),
    ((Formula, Quantity), _formula_and_number),
)


def _texts(one: str, two: str, a: Parsed | None, b: Parsed | None) -> Verdict:
    """What is left: equations behind "x =", names, options, and sentences around a short answer."""
    if "=" in one and "=" in two and (left := equation(one)) and (right := equation(two)):
        verdict = _formulas(left, right, one, two)
        if verdict in ("equal", "different"):
            return verdict
    if option := _options(one, two):
        return option
    if a is None and b is None and same_name(one, two) == "equal":
        return "equal"
    if verdict := _sentence(one, two, a, b) or _sentence(two, one, b, a):
        return verdict
    if (a is None) != (b is None) and not isinstance(a or b, Collection | Formula | Span):
        return "different" if len(one.split()) <= 6 and len(two.split()) <= 6 else "undecided"
    verdict = same_name(one, two)
    if verdict == "different" and (max(len(one.split()), len(two.split())) > 8 or _unread(one, a) or _unread(two, b)):
        return "undecided"
    return verdict


def _unread(text: str, parsed: Parsed | None) -> bool:
    """Whether a text is a formula that could not be read: its words tell nothing."""
    return parsed is None and is_formula(text) and shows(text)


def _options(one: str, two: str) -> Verdict | None:
    """Letters of a choice: "(B)", "B.", "Option B", "B) Paris"."""
    letters = [
        re.fullmatch(r"(?:option|choice)?\s*\(?([A-Ha-h])\)?[.):]?(?:\s+(.*))?", t, re.I | re.S) for t in (one, two)
    ]
    if not letters[0] or not letters[1]:
        return None
    rests = [m[2] for m in letters if m]
    bare = [re.search(r"[().:]|option|choice", t, re.I) or len(t) == 1 for t in (one, two)]
    if not all(bare) or all(rests):
        return None
    return "equal" if letters[0][1].upper() == letters[1][1].upper() else "different"


def _sentence(long: str, short: str, a: Parsed | None, b: Parsed | None) -> Verdict | None:
    """A longer text against a short answer: by what it sets apart, by its only number, by the name it gives."""
    words = len(long.split())
    if words < 4 or words <= len(short.split()) + 1 or (a is not None and not isinstance(a, Collection)):
        return None
    for headline in headlines(long):
        verdict = _built_in(headline, short)
        if verdict != "undecided":
            return verdict
    if isinstance(b, Quantity):
        claimed = [m.text for m in claimed_numbers(long)]
        verdicts = [_built_in(text, short) for text in claimed]
        if len(verdicts) == 1:
            return verdicts[0] if not re.search(r"\b(?:not|n't|never)\b", long) else "undecided"
        return "undecided" if "equal" in verdicts else ("different" if verdicts else None)
    if isinstance(b, Truth):
        return None
    said = says(long, short)
    return said if said != "different" or words > 8 else ("different" if words <= 12 else "undecided")
