# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""C2 in the answer: a figure that was shown in one unit is told in another of its kind, or two units of one amount that do not agree.

"72 °C" where the tool gave 72 in Fahrenheit; "2,650 GB, i.e. 26.5 TB". Units are read beside figures, in the keys of JSON ("temp_f") and in a
field "unit" beside it. A figure that stands in the told unit anywhere, or is converted from another, is left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_numbers
from graders.numbers import Mention, numbers
from graders.provenance import significant, trailing
from graders.units import MONEY, UNITS, factor_between, unit_named
from traces.record import Step

_DEGREES = frozenset({"celsius", "fahrenheit", "kelvin"})
_KINDS = frozenset({"length", "mass", "speed", "volume", "area"}) | _DEGREES | MONEY
_SUFFIXED = re.compile(
    r"[\"']\w*_(c|f|celsius|fahrenheit|km|mi|miles|m|meters|ft|feet|kg|lbs?|mph|kmh|kph|mps|usd|eur|gbp)[\"']\s*:\s*[\"']?(-?\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_SHORT = {"c": "celsius", "f": "fahrenheit"}
_UNIT_FIELD = re.compile(
    r"[\"'](?:units?|temperature_unit|distance_unit|weight_unit)[\"']\s*:\s*[\"'](\w+)[\"']", re.IGNORECASE
)
_FIELD = re.compile(
    r"[\"'](?:temp(?:erature)?|feels_like|distance|weight|height|length|speed|value|min|max|high|low)[\"']\s*:\s*[\"']?(-?\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_RESTATES = re.compile(
    r"\**\s*(?:[(\[]|,?\s*(?:i\.e\.,?|that\s+is,?|which\s+is|equal\s+to|[≈~]))\s*(?:(?:about|approximately|approx\.?|around|roughly|or|ca\.|~|≈)\s*)?\**"
)


@dataclass(frozen=True)
class UnitSwapped(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "unit_swapped"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("C2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step not in case.answers or (case.outcome is not None and case.outcome.status == "right"):
            return
        text = case.text(step)
        claims = [m for m in claimed_numbers(text) if m.unit]
        for one, two in pairwise(claims):
            if _disagree(text, one, two):
                here = case.here(step, text[one.start : two.end], one.start, two.end)
                yield Finding("C2", f"{one.text.strip()} is not {two.text.strip()}", (here,), silent=True)
        swappable = [m for m in claims if UNITS[m.unit].dimension in _KINDS and significant(m.value) >= 2]
        if swappable and (shown := _shown(case, step)):
            yield from (_swapped(case, step, m, shown[abs(m.value)]) for m in swappable if _is_swapped(m, shown))


def _swapped(case: Case, step: Step, m: Mention, units: set[str]) -> Finding:
    here = case.here(step, m.text, m.start, m.end)
    return Finding("C2", f"says {m.text.strip()}, where {min(units)} was the unit", (here,), silent=True)


def _is_swapped(m: Mention, shown: dict[Fraction, set[str]]) -> bool:
    """Whether a figure was shown in other units of its kind only, and is no conversion of one that was."""
    units = shown.get(abs(m.value), set())
    if not units or m.unit in units or not all(_alike(m.unit, u) for u in units):
        return False
    return not any(
        _converts(value, unit, m) for value, others in shown.items() for unit in others if value != abs(m.value)
    )


def _alike(one: str, two: str) -> bool:
    kinds = {UNITS[one].dimension, UNITS[two].dimension}
    return len(kinds) == 1 or kinds <= _DEGREES or kinds <= MONEY


def _converts(value: Fraction, unit: str, m: Mention) -> bool:
    kinds = (UNITS[unit].dimension, UNITS[m.unit].dimension)
    slack = max(m.ulp, abs(m.value) / 50)
    if kinds == ("fahrenheit", "celsius"):
        return abs((value - 32) * 5 / 9 - m.value) <= slack
    if kinds == ("celsius", "fahrenheit"):
        return abs(value * 9 / 5 + 32 - m.value) <= slack
    if kinds[0] in MONEY and kinds[1] in MONEY:
        return True
    factor = factor_between(unit, m.unit)
    return factor is not None and abs(value * factor - m.value) <= slack


def _shown(case: Case, step: Step) -> dict[Fraction, set[str]]:
    """Each figure that was said with a unit before a step, with its units."""
    shown: defaultdict[Fraction, set[str]] = defaultdict(set)
    for place, value, unit in case.once(_told_with_units):
        if place < step.message:
            shown[value].add(unit)
    return shown


def _told_with_units(case: Case) -> list[tuple[int, Fraction, str]]:
    told = [(place, m.content) for place, m in enumerate(case.messages) if m.role != "assistant"]
    return [(place, abs(value), unit) for place, content in told for value, unit in _united(content)]


def _united(text: str) -> Iterator[tuple[Fraction, str]]:
    for m in numbers(text):
        if m.unit and UNITS[m.unit].dimension in _KINDS:
            yield m.value, m.unit
    for key in _SUFFIXED.finditer(text):
        if unit := unit_named(_SHORT.get(key[1].lower(), key[1].lower())) or unit_named(key[1].upper()):
            yield Fraction(key[2]), unit.name
    field = _UNIT_FIELD.search(text)
    if (
        field
        and len(set(_UNIT_FIELD.findall(text))) == 1
        and (unit := unit_named(_SHORT.get(field[1].lower(), field[1].lower())))
    ):
        yield from ((Fraction(m[1]), unit.name) for m in _FIELD.finditer(text))


def _disagree(text: str, one: Mention, two: Mention) -> bool:
    """Whether an amount is told again in another unit, and is another amount by more than rounding."""
    between = text[one.end : two.start]
    if one.unit == two.unit or not _RESTATES.fullmatch(between) or not one.value or not two.value:
        return False
    if between.lstrip(" *")[:1] in ("(", "[") and text[two.end : two.end + 2].lstrip(" *")[:1] not in (
        ")",
        "]",
        ",",
        ";",
    ):
        return False
    factor = factor_between(one.unit, two.unit)
    if factor is None or UNITS[one.unit].dimension in MONEY or {one.unit, two.unit} & {"month", "yr"}:
        return False
    wanted = abs(one.value) * factor
    slack = max(trailing(one.value, one.ulp) * factor, trailing(two.value, two.ulp), wanted * 6 / 100)
    return abs(wanted - abs(two.value)) > slack
