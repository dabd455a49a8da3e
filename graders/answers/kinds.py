"""The kinds of values that short answers have."""

from fractions import Fraction
from typing import NamedTuple

from graders.answers.measures import Measure
from graders.dates import Day
from graders.expressions import Expression


class Quantity(NamedTuple):
    """A number with its unit; `ulp` is one unit of its last place (0: exact); `noun` is what it counts, where it says so."""

    value: Fraction
    ulp: Fraction
    unit: str = ""
    percent: bool = False
    noun: str = ""
    other: Fraction | None = None
    """The second reading of "1.234"."""
    measures: tuple[Measure, ...] = ()
    """What its unit may mean; empty where it has none that is known."""


class Span(NamedTuple):
    """From one day, year or number to another, both included."""

    first: "Day | Fraction"
    last: "Day | Fraction"
    counted: Quantity | None = None
    """The last number as it was written, with what it measures."""


class Clock(NamedTuple):
    """Minutes from midnight, and seconds beyond them; `zone` in minutes from UTC, where it is told."""

    minutes: int
    zone: int | None = None
    seconds: int = 0


Stretch = tuple[Fraction | None, bool, Fraction | None, bool]
"""Of the line: (low, low closed, high, high closed), infinite ends as None."""


class Interval(NamedTuple):
    """A union of stretches."""

    parts: tuple[Stretch, ...]


class Ratio(NamedTuple):
    terms: tuple[Fraction, ...]


class Collection(NamedTuple):
    """Several values. `ordered` for tuples and bracketed lists; a bare enumeration and a set in braces are not."""

    items: tuple[str, ...]
    ordered: bool
    bare: bool = False
    braces: bool = False


class Truth(NamedTuple):
    yes: bool


class Formula(NamedTuple):
    """An expression, or an equation as `left - right`."""

    left: Expression
    equation: bool = False
    measures: tuple[Measure, ...] = ()


Parsed = Quantity | Day | Span | Clock | Interval | Ratio | Collection | Truth | Formula
