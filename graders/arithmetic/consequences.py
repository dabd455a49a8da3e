"""Equations in one variable, each said to follow from the one before: "3x = 24, so x = 8". The second must hold where the first does.

Only neighbours are compared, joined by nothing but a word such as "so" or the end of a line, and only where one of them has a single
solution. What is rounded, periodic, or one of several cases is left alone.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from graders.arithmetic.assertions import OPEN, doubted
from graders.arithmetic.identities import coefficients
from graders.arithmetic.latex import FIGURE, GROUPS, LINES, SEGMENT, THIN, inner_of
from graders.expression_nodes import Value
from graders.expressions import Expression, at_point, close, expression, proportional

FOLLOWS = re.compile(
    r"[\s,.;:$]*(?:(?:and|or|we\s+(?:get|have|find|see\s+that)|so|thus|hence|therefore|then|which\s+(?:gives|means|simplifies\s+to)(?:\s+(?:us|that))?|"
    r"(?:this\s+)?(?:gives|means|implies|yields|simplifies\s+to)(?:\s+(?:us|that))?|giving|meaning|it\s+follows\s+that|that\s+is|i\.e\.|dividing(?:\s+both\s+sides)?\s+by\s+-?\d+)[\s,:$]*)*"
    r"(?:\\(?:implies|Rightarrow|Longrightarrow|iff|Leftrightarrow)[\s$]*)?",
    re.IGNORECASE,
)
"""What stands between an equation and what follows from it."""
_SAYS_SO = re.compile(
    r"so\b|thus|hence|therefore|gives|giving|means|implies|yields|simplifies|follows|that\s+is|i\.e|then\b|get\b|\\implies|\\Rightarrow|\\Longrightarrow",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"\\?(?:sin|cos|tan|cot|sec|csc)(?![a-z])|\\pm|\\mp|%|\\circ|°|\\pmod|\\equiv|_|!|\\neq?(?![a-z])"
)
_TRIGONOMETRY = re.compile(r"(?:sin|cos|tan|cot|sec|csc)(?![a-z])")
_DEGREES = re.compile(r"\^\s*(?:\\circ|\{\s*\\circ\s*\})|°")
_DECIMAL = re.compile(r"\d\.\d")


class Equation(NamedTuple):
    """Two sides in one variable, as they were written."""

    written: str
    left: Expression
    right: Expression
    name: str

    def holds(self, value: Value) -> bool | None:
        """Whether both sides are the same there; None where one has no value."""
        a, b = at_point(self.left, value), at_point(self.right, value)
        return None if a is None or b is None else close(a, b) or _nearly(a, b, self.written)

    def difference(self) -> Expression:
        """The left side less the right one."""
        one, two = self.left, self.right
        return Expression(lambda at: _less(one.node(at), two.node(at)), frozenset({self.name}))

    def solution(self) -> Fraction | None:
        """The only one of a linear equation; None for any other."""
        found = coefficients(self.difference())
        return -found[0] / found[1] if found and len(found) == 2 else None


def _less(a: Value, b: Value) -> Value:
    return a - b if isinstance(a, Fraction) and isinstance(b, Fraction) else complex(a) - complex(b)


def _nearly(a: Value, b: Value, written: str) -> bool:
    return bool(_DECIMAL.search(written)) and abs(complex(a) - complex(b)) <= 0.02 * max(
        abs(complex(a)), abs(complex(b)), 1
    )


def equation(text: str) -> Equation | None:
    """A text that is an equation in one variable and nothing else. Units and unknown signs make it none."""
    plain = text.strip().rstrip(".,").replace("\\boxed", " ").replace("\\$", " ")
    if not _TRIGONOMETRY.search(plain):
        plain = _DEGREES.sub(" ", plain)
    sides = plain.split("=")
    if len(sides) < 2 or _NOT_HERE.search(plain) or "\\text" in plain:
        return None
    read = [expression(side.strip()) for side in sides]
    if any(one is None for one in read):
        return None
    named = [one for one in read if one and one.names]
    names = {name for one in named for name in one.names}
    if len(names) != 1 or not read[0] or not read[-1]:
        return None
    if not read[0].names:  # "12 = -2x"
        return Equation(text.strip().rstrip("., "), read[-1], read[0], names.pop()) if len(read) == 2 else None
    if len(read) > 2 and (len(named) != 1):  # "x = 90/3 = 30" is one, "2x = x + 6 = 12" several at once
        return None
    return Equation(text.strip().rstrip("., "), read[0], read[-1], names.pop())


def contradicts(first: Equation, second: Equation, between: str) -> bool:
    """Whether the second is said to follow from the first and cannot."""
    if first.name != second.name or (m := FOLLOWS.fullmatch(between)) is None:
        return False
    one, two = first.solution(), second.solution()
    if _factored(first, second):
        return proportional(first.difference(), second.difference()) is False
    if re.search(r"\bor\b", between, re.IGNORECASE):
        return False
    if is_value(first) and is_value(second):
        return _is_computed(first, second, between) and first.holds(two) is False if two is not None else False
    if not _SAYS_SO.search(m[0]) and not ("\n" in between or (is_value(second) and not is_value(first))):
        return False
    if one is not None:
        return second.holds(one) is False
    return two is not None and first.holds(two) is False


def _is_computed(first: Equation, second: Equation, between: str) -> bool:
    """Whether the first is a calculation of a value and the second, on the next line, the value itself."""
    return bool(
        "\n" in between and _CALCULATION.search(first.written.rpartition("=")[2]) and _FIGURE.fullmatch(second.written)
    )


_CALCULATION = re.compile(r"\d\s*\)?\s*(?:[-+*/·×÷]|\\(?:cdot|times|div)(?![a-z]))\s*\(?\s*\d")
_FIGURE = re.compile(r"\s*[A-Za-z]\s*=\s*[-−]?\s*\d+(?:\.\d+)?\s*")


def _factored(first: Equation, second: Equation) -> bool:
    """Whether the second is the first in factors: of the same degree, in brackets, and zero."""
    one, two = (coefficients(each.difference()) for each in (first, second))
    return bool(
        one
        and two
        and len(one) == len(two) > 2
        and _PRODUCT.fullmatch(second.written)
        and not _PRODUCT.fullmatch(first.written)
    )


_PRODUCT = re.compile(r"[-\d\s]*(?:[A-Za-z]\s*)?(?:\([^()]*\)(?:\^\{?\d\}?)?\s*)+=\s*0")


def is_value(one: Equation) -> bool:
    """Whether an equation only says what the variable is."""
    return coefficients(one.left) == (Fraction(0), Fraction(1)) and not one.right.names


def lines_that_follow(text: str) -> Iterator[str]:
    """Faults among the lines of plain text that are equations and nothing else, each line held to the one before."""
    before: Equation | None = None
    for line in text.splitlines():
        here = equation(line.replace("$", "")) if "=" in line else None
        if before and here and contradicts(before, here, "\n"):
            yield f"{here.written} does not follow from {before.written}"
        before = here


_OR = re.compile(r"[\s,$]*(?:or|and)[\s,$]*")


def broken_consequences(text: str) -> Iterator[str]:
    """Equations in one variable that do not follow from the one before, as they are said to; both of "x = 2 or x = 3" have to."""
    bare = FIGURE.sub(" ", text)
    before: Equation | None = None
    source: Equation | None = None
    either = False
    end = 0
    for m in SEGMENT.finditer(bare):
        between = bare[end : m.start()]
        if OPEN.search(m[0]) or doubted(bare, m.start(), m.end(), m[0]):
            before, source, end = None, None, m.end()
            continue
        for part in LINES.split(THIN.sub(" ", GROUPS.sub("", inner_of(m)))):
            here = equation(part.replace("&", " "))
            if either:  # "x - 1 = 4 or x - 1 = -4": what follows does from one of them
                pass
            elif before and here and contradicts(before, here, between):
                yield f"{here.written} does not follow from {before.written}"
            elif before and source and here and is_value(before) and is_value(here) and _OR.fullmatch(between):
                value = here.solution()
                if value is not None and source.name == here.name and source.holds(value) is False:
                    yield f"{here.written} does not follow from {source.written}"
            if not here or not is_value(here):
                either = bool(
                    here and before and _OR.fullmatch(between) and "or" in between.lower() and not is_value(before)
                )
                source = here
            before, between = here, "\n"
        end = m.end()
