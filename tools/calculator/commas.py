"""Decides which commas group thousands and which separate arguments.

Outside calls and lists `1,234` is a number. In a call or list commas separate, as in Python (`max(1,234)` is 234), unless only
the other reading is legal (`sqrt(1,234)`). Where both readings are plausible (`max(1,200, 3,400)`) the expression is refused.
"""

import re
from typing import NamedTuple

from tools.calculator.functions import NAMES, TABLE
from tools.calculator.result import CalculationError

_GROUPED = re.compile(r"(?<![\d,.\w])\d{1,3}(?:,\d{3})+(?![\d,]*\d)(?!,\d)")
_LAKH = re.compile(r"(?<![\d,.\w])\d{1,2}(?:,\d{2})+,\d{3}(?![\d,]*\d)")
_CALLED = re.compile(r"([^\W\d][\w.]*) *$")
_INFIX = re.compile(r"[\w)\]!%°]\s*\b(?:mod|modulo|of|choose|x)\s*$", re.IGNORECASE)
"""A word between two values, which calls nothing."""


class _Bracket(NamedTuple):
    """What stands between two brackets: commas that surely separate, by spacing, and commas inside grouped numbers."""

    opening: int
    tight: int = 0
    spaced: int = 0
    grouped: int = 0


def without_thousands(text: str) -> str:
    """The text with the commas of thousands removed. Raises CalculationError(syntax) where they are ambiguous."""
    places = {m.start(): m.end() for pattern in (_LAKH, _GROUPED) for m in pattern.finditer(text)}
    if not places:
        return text
    around = _brackets(text, places)
    kept, at = [], 0
    for start, end in sorted(places.items()):
        number = text[start:end]
        kept += [text[at:start], number.replace(",", "") if _is_number(text, around[start], number) else number]
        at = end
    return "".join([*kept, text[at:]])


def _is_number(text: str, bracket: _Bracket, number: str) -> bool:
    if bracket.opening < 0:
        return True
    before = text[max(0, bracket.opening - 40) : bracket.opening]
    called = None if _INFIX.search(before) else _CALLED.search(before)
    separate = bracket.tight + bracket.spaced
    if text[bracket.opening] == "(" and called is None:
        return not separate or _refuse(number)
    name = called[1].rpartition(".")[2] if called and text[bracket.opening] == "(" else ""
    function = TABLE.get(NAMES.get(name, NAMES.get(name.lower(), "")))
    least, most = (function.least, function.most or 10_000) if function else (0, 10_000)
    as_number = least <= separate + 1 <= most
    as_arguments = least <= separate + 1 + bracket.grouped <= most
    if not (as_number and as_arguments):
        return as_number
    if bracket.tight or (not separate and (most == 10_000 or name in ("range", "arange"))):
        return False
    return _refuse(number)


def _refuse(number: str) -> bool:
    raise CalculationError(
        "syntax",
        f"{number!r} may be one number or several arguments; write {number.replace(',', '')}, or put a space after each comma.",
    )


def _brackets(text: str, places: dict[int, int]) -> dict[int, _Bracket]:
    """The bracket around each place, in one pass over the text."""
    done: dict[int, _Bracket] = {}
    inside: dict[int, int] = {}
    stack = [_Bracket(-1)]
    i = 0
    while i < len(text):
        sign = text[i]
        if i in places:
            top = stack[-1]
            inside[i] = top.opening
            stack[-1] = top._replace(grouped=top.grouped + text.count(",", i, places[i]))
            i = places[i]
            continue
        if sign in "([{":
            stack.append(_Bracket(i))
        elif sign in ")]}" and len(stack) > 1:
            last = stack.pop()
            done[last.opening] = last
        elif sign == ",":
            top, spaced = stack[-1], text[i + 1 : i + 2] in (" ", "")
            stack[-1] = top._replace(spaced=top.spaced + spaced, tight=top.tight + (not spaced))
        i += 1
    done |= {bracket.opening: bracket for bracket in stack}
    return {start: done[opening] for start, opening in inside.items()}
