# ruff: noqa: E501  (patterns are data)
"""C2 for amounts told twice: the second is in another unit and not the same amount, as in "120 minutes, so 2.5 hours" and "34 km (27 miles)".

Only where nothing but a bracket or "that is" stands between the two, both are of one dimension, and nothing that the second is an amount of follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_numbers
from graders.numbers import Mention, plain
from graders.provenance import trailing
from graders.units import MONEY, UNITS, factor_between
from traces.record import Step

_BETWEEN = re.compile(
    r"\**\s*(?:\(|,?\s*(?:i\.e\.,?|that\s+is,?|that's|which\s+is(?:\s+right)?|so|equals|or\s+about|=|≈|≙))\s*\**\s*(?:about|around|approximately|approx\.?|roughly|nearly|almost|exactly|just\s+(?:over|under)|over|under|ca\.|~|≈|etwa|rund|environ|unos|circa)?\s*\**\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\**\s*(?:[)\].,;:!?\n]|$|(?:in\s+total|in\s+all|altogether|overall|long|at(?!\s+(?:most|least))|insgesamt|au\s+total|en\s+total)\b)", re.IGNORECASE)  # fmt: skip
"""After an amount that is told again, and not one of something else: "5 h (45 min layover)", "2 hours, so 90 minutes remain"."""
_LOOSE = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|over|under|than|some|gut|knapp|etwa|rund|über|fast|environ|presque|plus\s+de|casi|unos|quasi|circa)\s+$",
    re.IGNORECASE,
)
"""Before an amount in words that is told more closely behind it: "a little over two years (26 months)"."""
_ROOM = Fraction(3, 100)


@dataclass(frozen=True)
class ToldTwice(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "told_twice"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        for one, two in pairwise(claimed_numbers(text)) if step in case.answers else ():
            if (wanted := _unlike(text, one, two)) is not None:
                here = case.here(step, two.text, one.start, two.end)
                reason = f"says {two.text.strip()} for {one.text.strip()}, which is {plain(wanted)} of that unit"
                yield Finding("C2", reason, (here,), silent=True)


def _unlike(text: str, one: Mention, two: Mention) -> Fraction | None:
    """What the first amount is in the unit of the second, where the second says something else."""
    if not one.unit or not two.unit or one.unit == two.unit or not one.value or not two.value:
        return None
    if UNITS[one.unit].dimension != UNITS[two.unit].dimension or UNITS[one.unit].dimension in MONEY:
        return None
    factor = factor_between(one.unit, two.unit)
    if factor is None or not _BETWEEN.fullmatch(text, one.end, two.start) or not _ENDS.match(text, two.end):
        return None
    wanted = abs(one.value) * factor
    if one.kind == "word" and _LOOSE.search(text[max(0, one.start - 16) : one.start]):
        return None
    room = max(trailing(abs(two.value), two.ulp), trailing(abs(one.value), one.ulp) * factor / 2, wanted * _ROOM)
    return None if abs(wanted - abs(two.value)) <= room else wanted
