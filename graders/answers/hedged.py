"""A figure told as a round one ("about 1.5 million"): the same as a value that it is the rounding of."""

import re
from fractions import Fraction

from graders.answers.kinds import Quantity
from graders.wording import Verdict

_ABOUT = re.compile(
    r"^(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca\.|c\.|~|≈|≃|\\approx|rund|etwa|ungefähr|environ|"
    r"close\s+to|an?\s+estimated|estimated(?:\s+at)?|some\s+(?=\d))\s*|\b(?:or\s+so|approximately|roughly)$",
    re.IGNORECASE,
)


def hedged(text: str) -> bool:
    """Whether a text says of its figure that it is a round one."""
    return _ABOUT.search(text) is not None


def rounding_of(near: Quantity, exact: Quantity) -> Verdict | None:
    """Whether a round figure stands for an exact one; None where the two do not measure the same, or it says nothing.

    Two figures that count at least, and the value within half of the last of them; a single one is left open within a hundredth.
    """
    if near.percent != exact.percent or bool(near.measures) != bool(exact.measures) or not exact.value:
        return None
    factors = [b.factor / a.factor for a in near.measures for b in exact.measures if a.powers == b.powers]
    if near.measures and (not factors or any(p in ("°C", "°F") for p, _ in near.measures[0].powers)):
        return None
    value = exact.value * (factors[0] if factors else 1)
    step, figures = _last_place(near)
    if figures >= 2 and abs(near.value - value) <= step / 2 and step <= abs(value) / 10:
        return "equal"
    return "undecided" if abs(near.value - value) <= abs(value) / 100 else None


def _last_place(near: Quantity) -> tuple[Fraction, int]:
    """The place of the last figure that counts, and how many there are."""
    step = near.ulp or Fraction(1, 10**6)
    while near.value and (near.value / (step * 10)).denominator == 1:
        step *= 10
    return step, len(str(abs(int(near.value / step))))
