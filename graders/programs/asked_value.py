# ruff: noqa: E501  (word lists and patterns are data: broken up they cannot be read)
"""A2 by the user's own words: a call is given a number, a time or a day under a name for which the user said another one; C2 where only the unit is another.

"A height of 8" and `height=9`; "a table for 4" and `party_size=2`; "8 pm" and `time="18:00"`; "41 S" and `latitude=41`; 19 liters given as 19 gallons. Only where nothing that was said has what is
given, and the user speaks neither of changes ("two more") nor of spans and days relative to others, from which another value may follow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, ClassVar

from graders.asked_times import other_day, other_time
from graders.base import Case, Finding, Grader, LooksAt
from graders.beside import CHANGES, beside
from graders.calls import kind_of, leaves
from graders.combined import follows_from_figures
from graders.numbers import Mention, numbers, plain
from graders.units import UNITS, unit_named
from traces.record import Evidence, Step, ToolCall


@dataclass(frozen=True)
class AskedValue(Grader):
    """Looks at the single values that calls are given; code, search words and sums are the agent's own."""

    name: ClassVar[str] = "asked_value"
    looks_at: ClassVar[LooksAt] = "calls"
    version: ClassVar[str] = "3"
    codes: ClassVar[tuple[str, ...]] = ("A2", "C2")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        calls = [c for c in case.said(step).tool_calls if not c.malformed and kind_of(c) != "code"]
        told = case.asked(step)
        for call in calls:
            schema = case.offered.get(call.name, {})
            for key, value, described in _given(call.arguments, schema):
                asked = _asked(case, step, call, key, value, told)
                code = "A2" if asked else "C2"
                if asked := asked or _in_its_unit(case, step, call.arguments, value, described, told):
                    here = Evidence(message=step.message, text=f"{key}={value}", where="arguments")
                    reason = f"{call.name} is given {key} {value!r}, where the user said {asked}"
                    yield Finding(code, reason, (here,), silent=True)
            for reason in (*_crossed(call, told), *_left_out(case, step, call, schema, told)):
                here = Evidence(message=step.message, text=str(call.arguments)[:200], where="arguments")
                yield Finding("A2", f"{call.name} {reason}", (here,), silent=True)


def _given(arguments: dict[str, Any], schema: Any) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """The single values among arguments, inner ones too, each with its key and what the schema says of it."""
    named = schema.get("properties") if isinstance(schema, dict) else None
    for key, value in arguments.items():
        described = named.get(key) if isinstance(named, dict) else None
        if isinstance(value, dict):
            yield from _given(value, described)
        elif not isinstance(value, list):
            yield str(key), value, described if isinstance(described, dict) else {}


def _in_its_unit(
    case: Case, step: Step, arguments: dict[str, Any], value: Any, described: dict[str, Any], told: list[str]
) -> str | None:
    """What the user said in another unit than the argument's description names, given as it was."""
    unit = _unit_of(described) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if unit is None or not told or not value:
        return None
    figure = Fraction(str(value))
    said = [m for text in told for m in numbers(text) if m.value == figure]
    shown = any(
        n.value == figure for m in case.messages[: step.message] if m.role == "tool" for n in numbers(m.content)
    )
    if shown or not said or any(not m.unit or m.unit == unit for m in said) or _names_a_system(arguments):
        return None
    other = UNITS[said[-1].unit]
    alike = other.dimension == UNITS[unit].dimension and other.factor != UNITS[unit].factor
    return f"{said[-1].text.strip()}, and it is to be in {unit}" if alike else None


def _names_a_system(arguments: dict[str, Any]) -> bool:
    """Whether a call says itself in which units its figures are."""
    return any("unit" in key.casefold() or str(v).casefold() in ("imperial", "metric") for key, v in arguments.items())


def _unit_of(described: dict[str, Any]) -> str | None:
    """The one unit in which a description says that an argument is to be."""
    units = {
        u.name for m in _IN_UNIT.finditer(str(described.get("description", ""))) if (u := unit_named(m[1].lower()))
    }
    return units.pop() if len(units) == 1 else None


_IN_UNIT = re.compile(r"\bin\s+([A-Za-z]{3,12})\b")


def _crossed(call: ToolCall, told: list[str]) -> Iterator[str]:
    """Two numbers of a call that stand under each other's names by what the user said."""
    values = {
        k: Fraction(str(v)) for k, v in call.arguments.items() if isinstance(v, int | float) and not isinstance(v, bool)
    }
    said = (
        {key: {abs(m.value) for text in told for m in beside(text, key)} for key in values} if len(values) > 1 else {}
    )
    for one, other in combinations(said, 2):
        if values[one] != values[other] and said[one] == {abs(values[other])} and said[other] == {abs(values[one])}:
            yield f"is given {one} and {other} the other way round"


def _left_out(case: Case, step: Step, call: ToolCall, schema: Any, told: list[str]) -> Iterator[str]:
    """Numbers of the user's last words for which a tool has an argument with another default, and no call of the turn gives it."""
    named = schema.get("properties") if isinstance(schema, dict) else None
    turn = case.turn(step)
    made = (
        [c for s in case.steps if s.message > turn for c in case.said(s).tool_calls if c.name == call.name]
        if told
        else []
    )
    for key, described in (named or {}).items() if made else ():
        default = described.get("default") if isinstance(described, dict) else None
        if not isinstance(default, int | float) or isinstance(default, bool) or any(key in c.arguments for c in made):
            continue
        said = {m.value for m in beside(told[-1], key)}
        given = {str(v) for c in made for v in c.arguments.values()}
        if (
            len(said) == 1
            and (value := said.pop()) != Fraction(str(default))
            and not any(plain(value) in v for v in given)
        ):
            yield f"leaves out {key}, where the user said {plain(value)}"


def _asked(case: Case, step: Step, call: ToolCall, key: str, value: object, told: list[str]) -> str | None:
    """What the user said for an argument that has something else; None where it may be right."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(case, step, key, Fraction(str(value)), told)
    if isinstance(value, str) and _MESSAGE.search(key):
        return _told_on(case, step, value, told)
    if not isinstance(value, str) or len(value) > 40:
        return None
    return other_time(case, step, call, key, value, told) or other_day(case, step, value, told)


_MESSAGE = re.compile(r"body|message|text|content|summary|note|description|comment|reason|subject", re.IGNORECASE)


def _told_on(case: Case, step: Step, value: str, told: list[str]) -> str | None:
    """The amount that the user gave, where a message to others has another one of its unit that nobody said."""
    asked = {m.value: m for text in told for m in numbers(text) if m.unit and not m.dated and m.kind == "figure"}
    here = [m for m in numbers(value) if m.unit and not m.dated and m.kind == "figure"] if len(value) <= 1000 else []
    if len(asked) != 1 or any(m.value in asked for m in here):
        return None
    (said,) = asked.values()
    other = next((m for m in here if m.unit == said.unit and not case.knowledge.link(m, step.message)), None)
    return said.text.strip() if other and not any(CHANGES.search(text) for text in told) else None


_COMPASS = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*°?\s*(N|S|E|W|north|south|east|west)\b", re.IGNORECASE)


def _turned(key: str, value: Fraction, told: list[str]) -> str | None:
    """A latitude or longitude on the other side of the equator or of Greenwich than the user said."""
    if not re.search(r"lat|lon|lng", key, re.IGNORECASE):
        return None
    for m in (m for text in told for m in _COMPASS.finditer(text)):
        if Fraction(m[1]) == abs(value) and value and (value < 0) != (m[2][0].upper() in "SW"):
            return m[0]
    return None


def _number(case: Case, step: Step, key: str, value: Fraction, told: list[str]) -> str | None:
    if turned := _turned(key, value, told):
        return turned
    said = [m for text in reversed(told) for m in beside(text, key)]
    if not said or len({m.value for m in said}) > 1 or abs(said[0].value) == abs(value):
        return None
    known = case.knowledge
    if _given_elsewhere(case, step, said[0]):
        return None
    if any(known.holds(value * scale, step.message) for scale in (1, 100, Fraction(1, 100), 1000, Fraction(1, 1000))):
        return None
    if _in_another_unit(said[0], value) or follows_from_figures(value, said[0], told):
        return None
    return said[0].text.strip()


def _given_elsewhere(case: Case, step: Step, said: Mention) -> bool:
    """Whether a call so far, or one beside, is given what the user said, under whatever name: this argument then is of something else."""
    texts = (t for s in case.steps[: step.index + 1] for c in case.said(s).tool_calls for t in leaves(c.arguments))
    return any(_ALONE.fullmatch(text) and Fraction(text) == said.value for text in texts)


_ALONE = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")


def _in_another_unit(said: Mention, value: Fraction) -> bool:
    """Whether a value is what was said in another unit of its kind, as near as people round."""
    if not said.unit or not said.value:
        return False
    unit = UNITS[said.unit]
    factors = (unit.factor / u.factor for u in UNITS.values() if u.dimension == unit.dimension)
    return any(abs(abs(said.value) * factor / abs(value) - 1) < Fraction(1, 50) for factor in factors if value)
