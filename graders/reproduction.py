"""Whether a call that is run again says what it said when it was recorded: to the byte, but for what varies, or in its meaning.

What may vary without meaning anything: blanks, the last digits of a float, addresses of objects, durations. What means the same: equal
values written in another order, as sets and mappings print them. Anything else differs.
"""

import ast
import json
import math
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from traces.record import Message, Verdict

NAME = "reproduction"
VERSION = "1"
Likeness = Literal["identical", "normalised", "same meaning", "differs"]
TOLERANCE = 1e-9

_ADDRESS = re.compile(r"\b0x[0-9a-f]{4,16}\b")
_DURATION = re.compile(r"\b\d+(?:\.\d+)?(?:e-?\d+)?\s?(?:ns|µs|us|ms|s|sec|secs|seconds?)\b")
_NUMBER = re.compile(r"[-+]?\d+\.\d+(?:[eE][-+]?\d+)?|[-+]?\d+(?:[eE][-+]?\d+)?")


class Reproduced(NamedTuple):
    """How alike two observations are; `where` shows the first lines that differ."""

    likeness: Likeness
    where: str = ""


def reproduced(recorded: Message, again: Message) -> Reproduced:
    """Compare the recorded answer to a call with the one that it gives now."""
    kinds = [m.result.error if m.result else None for m in (recorded, again)]
    if kinds[0] != kinds[1]:
        return Reproduced("differs", f"{kinds[0] or 'no error'} was recorded, {kinds[1] or 'no error'} came now")
    one, two = recorded.content, again.content
    if one == two:
        return Reproduced("identical")
    if _alike(_settled(one), _settled(two)):
        return Reproduced("normalised")
    return Reproduced("same meaning") if _same_meaning(one, two) else Reproduced("differs", _difference(one, two))


def verdict(step: int, found: Reproduced) -> Verdict:
    """As a grader says it. No code: that a call does not reproduce is no error of the agent."""
    passes = found.likeness != "differs"
    return Verdict(
        grader=NAME,
        version=VERSION,
        source="program",
        step=step,
        status="pass" if passes else "fail",
        reason=found.where if not passes else "",
    )


def of_step(step: int, found: Sequence[Verdict]) -> Verdict:
    """One verdict for the calls of a step: it fails where one differs, and passes where one was run again and none differs."""
    worst = {"fail": 0, "pass": 1, "unscored": 2}
    return min(found, key=lambda v: worst.get(v.status, 3)) if found else unscored(step, "no call")


def unscored(step: int, reason: str) -> Verdict:
    """For a call that cannot be run again."""
    return Verdict(grader=NAME, version=VERSION, source="program", step=step, status="unscored", reason=reason)


def _settled(text: str) -> str:
    return " ".join(_DURATION.sub("<time>", _ADDRESS.sub("<address>", text)).split())


def _alike(one: str, two: str) -> bool:
    """Equal but for the last digits of floats."""
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", two):
        return False
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(two), strict=True)
    return all(a == b or ("." in a + b and math.isclose(float(a), float(b), rel_tol=TOLERANCE)) for a, b in pairs)


def _same_meaning(one: str, two: str) -> bool:
    if (a := _value(one)) is not None and (b := _value(two)) is not None:
        return _equal(a, b)
    lines = [[line.strip() for line in text.splitlines() if line.strip()] for text in (one, two)]
    return len(lines[0]) == len(lines[1]) and all(map(_same_line, *lines))


def _same_line(one: str, two: str) -> bool:
    if one == two or _alike(_settled(one), _settled(two)):
        return True
    a, b = (_value(line.partition(": ")[2] or line) for line in (one, two))
    labels = {line.partition(": ")[0] if ": " in line else "" for line in (one, two)}
    return a is not None and b is not None and len(labels) == 1 and _equal(a, b)


def _value(text: str) -> Any:
    """The value of a text that is JSON or a Python literal of several parts; None for any other."""
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        return value if isinstance(value, list | dict | set | tuple) else None
    return None


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=TOLERANCE)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_equal(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple) and type(a) is type(b):
        return len(a) == len(b) and all(map(_equal, a, b))
    return type(a) is type(b) and bool(a == b)


def _difference(one: str, two: str) -> str:
    """The first line that differs, in both."""
    for a, b in _lines(one, two):
        if a != b:
            return f"{_short(a)!r} was recorded, {_short(b)!r} came now"
    return "the order of its lines"


def _lines(one: str, two: str) -> Iterator[tuple[str, str]]:
    return zip_longest(one.splitlines(), two.splitlines(), fillvalue="")


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
