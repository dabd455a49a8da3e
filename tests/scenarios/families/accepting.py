"""A simple comparison of an answer with the truth, by value. Graders are stricter; this one is for gold solutions."""

import re
from fractions import Fraction
from typing import Any

from agents.rebuilding import rebuilt
from agents.teacher import TeacherChatModel
from agents.trying import trial_of
from scenarios.demands import met
from scenarios.observed import numbers
from scenarios.slots import DAY, read_day
from tools.sandbox import LocalSessions
from traces.task import Answer, Demands, Oracle, Tests

UNKNOWN = re.compile(
    r"could not find|unable to|cannot be (?:determined|known)|don't know|cannot (?:say|answer|tell|work)|no information"
    r"|not (?:given|stated|available)",
    re.IGNORECASE,
)


async def accepted(oracle: Oracle, text: str) -> bool:
    """Whether the text gives the right answer."""
    if oracle.rebuilt is not None:
        return (await rebuilt(oracle.rebuilt, text, TeacherChatModel(), LocalSessions(), 0)).passed
    if isinstance(oracle.tests, Demands):
        return all(met(demand, text) for demand in oracle.tests.demands)
    if oracle.tests is not None and not isinstance(oracle.tests, Tests):
        return (await trial_of(oracle.tests, text, LocalSessions())).passed
    return _accepted(oracle, text)


def _accepted(oracle: Oracle, text: str) -> bool:
    answer: Answer = oracle.answer
    match answer.kind:
        case "number":
            return any(abs(n - Fraction(answer.value)) <= Fraction(answer.tolerance) for n in numbers(text))
        case "text":
            return any(_flat(option) in _flat(text) for option in (answer.value, *answer.accepted))
        case "date":
            return any(read_day(found[0]).isoformat() == answer.value for found in re.finditer(DAY.pattern, text, re.I))
        case "set":
            return all(_flat(member) in _flat(text) for member in answer.accepted)
        case "boolean":
            return _flat(text).startswith(answer.value)
        case "unknown":
            return bool(UNKNOWN.search(text)) or text.rstrip().endswith("?")
        case "free":
            return bool(text.strip()) and not UNKNOWN.search(text)
        case "program":
            return isinstance(oracle.tests, Tests) and _passes(oracle.tests, text)


def _passes(tests: Tests, text: str) -> bool:
    """Whether the program passes; it is the teacher's own, so it is run right here."""
    space: dict[str, Any] = {}
    try:
        exec(text.partition("```python\n")[2].partition("```")[0], space)
        exec(tests.test, space)
        space["check"](space[tests.entry_point])
    except (AssertionError, KeyError):
        return False
    return True


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())
