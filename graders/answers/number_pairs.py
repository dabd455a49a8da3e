"""Numbers compared: with their units, as percentages, as roundings of each other, and told as round ones."""

import re
from collections.abc import Callable
from fractions import Fraction

from graders.answers.aliases import alias
from graders.answers.hedged import hedged, rounding_of
from graders.answers.kinds import Quantity
from graders.answers.measures import Powers
from graders.answers.turns import heading, opposed, turned
from graders.provenance import significant
from graders.same_names import same_name
from graders.wording import Verdict


def quantities(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
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
    first = two_numbers(a, b, one, two)
    for x, y in ((_other(a, b, one), b.value), (a.value, _other(b, a, two))):
        if first == "different" and x is not None and y is not None:
            first = two_numbers(a._replace(value=x), b._replace(value=y), one, two)
    return first


_SCALED = re.compile(r"\d\s?[kKMB]$")


def _other(a: Quantity, b: Quantity, text: str) -> Fraction | None:
    """The second reading of a figure: a letter behind it is a thousand or a million, unless the other side has it for a unit."""
    return None if _SCALED.search(text) and (a.measures or not b.measures) else a.other


def two_numbers(a: Quantity, b: Quantity, one: str, two: str) -> Verdict:
    if a.percent != b.percent:
        return _share(a, b) if a.percent else _share(b, a)
    verdict = measured(a, b) if a.measures and b.measures else two_values(a.value, a.ulp, b.value, b.ulp)
    if verdict == "different" or not a.noun or not b.noun:
        return verdict if verdict != "equal" or _named_alike(a, b) else "undecided"
    pointed = heading(a.noun), heading(b.noun)
    if all(pointed):
        return verdict if pointed[0] == pointed[1] else "different"
    said = "equal" if alias(a.noun.removeprefix("of "), b.noun.removeprefix("of ")) else same_name(a.noun, b.noun)
    return verdict if said == "equal" else "different" if opposed(a.noun, b.noun) else "undecided"


def _named_alike(a: Quantity, b: Quantity) -> bool:
    """Whether nothing that only one of two names speaks against the other: a noun is no unit."""
    return not ((a.noun and b.measures and not a.measures) or (b.noun and a.measures and not b.measures))


_POINTED = re.compile(r"p|points?|percent\w*|per\s+cent|of\b|out\b", re.IGNORECASE)
"""What may stand for a share behind a bare figure; another noun is what was counted."""


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
        return "equal" if not bare.noun else "undecided" if _POINTED.match(bare.noun) else "different"
    if bare.value.denominator == 1:
        return "different"
    return two_values(share.value / 100, share.ulp / 100, bare.value, bare.ulp)


def measured(a: Quantity, b: Quantity) -> Verdict:
    """Two numbers with units: equal in any meaning of the signs, different where they measure the same or nothing alike."""
    verdicts: set[Verdict] = set()
    for x in a.measures:
        for y in b.measures:
            if {x.powers, y.powers} <= _DEGREES.keys() and x.powers != y.powers:
                warm, cold = _DEGREES[x.powers](a.value), _DEGREES[y.powers](b.value)
                near = abs(warm - cold) <= max(a.ulp, b.ulp) / 2 <= Fraction(1, 2)
                verdicts.add("equal" if near else two_values(warm, a.ulp, cold, b.ulp))
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
        either = {two_values(values[0] / s, ulps[0] / s, values[1] / s, ulps[1] / s) for s in (Fraction(1), factor)}
        return next((v for v in ("equal", "undecided") if v in either), "different")
    if not fits or near > abs(b.value) / 50:
        return "different"
    return "equal" if max(abs(values[1]) / ulp for ulp in fits) >= 100 else "undecided"


_DEGREES: dict[Powers, Callable[[Fraction], Fraction]] = {
    (("K", 1),): lambda v: v,
    (("°C", 1),): lambda v: v + Fraction("273.15"),
    (("°F", 1),): lambda v: (v - 32) * Fraction(5, 9) + Fraction("273.15"),
}


def two_values(a: Fraction, a_ulp: Fraction, b: Fraction, b_ulp: Fraction) -> Verdict:
    """Two numbers: the same value, or one the rounding of the other where that has no end; a rounding of what ends is left open."""
    if a == b or abs(a - b) <= abs(b) / 10**9:
        return "equal"
    for x, ulp, y in ((a, a_ulp, b), (b, b_ulp, a)):
        if ulp and ulp < 1 and abs(x - y) < ulp and cut(y, x) and 10**15 % y.denominator:
            return "equal"
        if ulp and ulp != 1 and abs(x - y) <= ulp * Fraction(501, 1000):
            figures = significant(x) if ulp < 1 else len(str(abs(int(x / ulp))))
            if figures < 3:
                return "undecided" if figures == 2 else "different"
            return "equal" if 10**15 % y.denominator or _cut_off(y) else "undecided"
    return "different"


def cut(exact: Fraction, shown: Fraction) -> bool:
    """Whether a decimal of five figures or more was cut off rather than rounded: "125.663" for 40 pi."""
    return abs(shown) < abs(exact) and significant(shown) >= 5


def _cut_off(value: Fraction) -> bool:
    """Whether a decimal shows by its length that it was rounded itself: "3.14159"."""
    return value.denominator >= 10**4 and significant(value) >= 5
