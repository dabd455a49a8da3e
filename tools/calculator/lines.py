"""Puts an expression of several lines together: comments go, broken lines are joined, `name = value` lines come before the last.

A line goes on where a bracket is open, where it ends with an operator, or where the next begins with one.
"""

import re
from typing import NamedTuple

from tools.calculator.result import CalculationError

_DROPPED = re.compile(r"(?<!\\)#.*|^\s*```\w*\s*$")
"""Comments and code fences."""
_SEPARATOR = re.compile(r";(?=.)")
_GOES_ON = re.compile(r"(?:[-+*/^=(,\[{×÷−·<>]|\\(?:cdot|times|div|left))\s*$").search
_CONTINUES = re.compile(r"\s*(?:[-+*/^=)\],}×÷−·<>!%?]|\\(?:cdot|times|div|right))").match
_ASSIGNMENT = re.compile(r"\s*([A-Za-z_]\w{0,40})\s*=(?!=)(.*)", re.DOTALL).fullmatch


class Assignment(NamedTuple):
    name: str
    text: str


def statements(text: str) -> tuple[list[Assignment], str]:
    """The assignments and the expression after them. Raises syntax where several expressions stand in a row."""
    lines = [
        line for line in (_DROPPED.sub("", raw) for raw in _SEPARATOR.sub("\n", text).splitlines()) if line.strip()
    ]
    joined: list[str] = []
    for line in lines:
        if joined and (_is_open(joined[-1]) or _GOES_ON(joined[-1]) or _CONTINUES(line)):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return [_assignment(line) for line in joined[:-1]], joined[-1] if joined else ""


def _is_open(line: str) -> bool:
    return sum(map(line.count, "([{")) > sum(map(line.count, ")]}"))


def _assignment(line: str) -> Assignment:
    m = _ASSIGNMENT(line)
    if m is None:
        raise CalculationError(
            "syntax", "Several expressions stand in a row; give one at a time, or all of them in a list: [3*4, 5*6]."
        )
    return Assignment(m[1], m[2])
