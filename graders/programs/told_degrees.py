# ruff: noqa: E501  (patterns are data)
"""C2 for temperatures: one temperature told in Celsius and Fahrenheit side by side, and the two do not agree.

"25 °C (87 °F)", "5–25 °C, i.e. 41–87 °F". A difference ("2 °C warmer (3.6 °F)") has no zero to move, and passes as one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader
from traces.record import Evidence, Step

_FIGURES = r"(?<![\d.,])(?P<{0}>[-−]?\d{{1,4}}(?:\.\d{{1,2}})?)(?:\s?(?:[–—-]|to|and)\s?(?P<{1}>[-−]?\d{{1,4}}(?:\.\d{{1,2}})?))?\s?(?:°\s?|º\s?|degrees\s)"  # fmt: skip
_PAIR = re.compile(
    _FIGURES.format("a", "b")
    + r"(?P<one>[CF])(?:elsius|ahrenheit)?\b(?P<link>\s?(?:\(|/|=|≈|,?\s?i\.e\.,?|\(?or|\(?about|\(?around|\(?roughly|\(?approximately)\s?[~≈]?(?:about\s|around\s|roughly\s|or\s)?)"
    + _FIGURES.format("c", "d").replace(r"(?<![\d.,])", "")
    + r"(?P<two>[CF])(?:elsius|ahrenheit)?\b",
)
_LOOSE = re.compile(r"about|around|roughly|approx|[~≈]")


@dataclass(frozen=True)
class ToldDegrees(Grader):
    """Looks at what any step says."""

    name: ClassVar[str] = "told_degrees"
    codes: ClassVar[tuple[str, ...]] = ("C2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.said(step).content
        if "°" not in text and "º" not in text and "degrees" not in text:
            return
        for m in _PAIR.finditer(text):
            if m["one"] == m["two"] or (m["b"] is None) != (m["d"] is None):
                continue
            loose = _LOOSE.search(m["link"]) is not None
            pairs = [(m["a"], m["c"]), *([(m["b"], m["d"])] if m["b"] else [])]
            wrong = next(((x, y) for x, y in pairs if not _agree(x, y, m["one"], loose=loose)), None)
            if wrong:
                here = Evidence(message=step.message, text=m[0], start=m.start(), end=m.end())
                yield Finding("C2", f"{wrong[0]} °{m['one']} is not {wrong[1]} °{m['two']}", (here,), silent=True)


def _agree(one: str, two: str, unit: str, *, loose: bool) -> bool:
    """Whether two figures may be one temperature, or one difference of temperatures, as far as they were rounded."""
    first, second = _value(one), _value(two)
    celsius, told, place = (first, second, _place(one)) if unit == "C" else (second, first, _place(two))
    other = _place(two) if unit == "C" else _place(one)
    room = place * Fraction(9, 10) + other / 2 + Fraction(1, 2) + (3 if loose else 0)
    scaled = celsius * Fraction(9, 5)
    return abs(scaled + 32 - told) <= room or abs(scaled - told) <= room


def _value(figure: str) -> Fraction:
    return Fraction(figure.replace("−", "-"))


def _place(figure: str) -> Fraction:
    """What the last digit of a figure counts that is not zero by rounding: ovens are set to "180 °C (350 °F)"."""
    whole, _, decimals = figure.partition(".")
    return Fraction(1, 10 ** len(decimals)) if decimals or not whole.endswith("0") else Fraction(10)
