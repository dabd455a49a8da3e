"""The equations that a solution writes in plain text, outside of its formulas and annotations, each with whether it holds.

Only an equality sign states one; a unit that is a quotient, and a share said to be the whole it is of, is no calculation.
"""

import re
from collections.abc import Iterator

from graders.arithmetic import Equation, equations, without_formulas, wording

_RUN_ON = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])(?=[\d(])|(?<=[\d)%])(?=[\u3040-\u30ff\u4e00-\u9fff])")
"""Where a language without blanks goes over into figures, or back."""
_QUOTIENT = re.compile(r"(?<=\d)\s*(?:[A-Za-z]{1,10})?\s?/\s?[A-Za-z]{1,10}\b")
"""A unit that is a quotient: "8 L/min", "$5/hour"."""
_PER = re.compile(r"(?:/\s?|\bper\s)([A-Za-z]{2,10}?)s?\b")
_LINES = re.compile(r"(?<=[\w.)%])[ \t]*\n(?=\s*(?:[$€£(]?\d|[-*•]\s+[A-Za-z]))")
"""A line that ends and one that begins with a number or as an item of a list: they are not one calculation."""
_SHARE = re.compile(r"^\d+(?:\.\d+)?\s?%\s+of\s+[$€£]?\d[\d,.]*$")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")


def wrong_equations(solution: str) -> Iterator[str]:
    """The equations that do not hold, in words."""
    text = _bare(without_formulas(solution))
    yield from (wording(e) for e in equations(text) if not e.holds and _equals(text, e))


def _bare(solution: str) -> str:
    """Without annotations, thin spaces, which stand inside numbers, and units that are quotients, whose words may be numbers too."""
    text = _RUN_ON.sub(" ", re.sub(r"<<[^<>]*>>|\\[,;:!]", "", solution))
    return _LINES.sub(" ;\n", "\n".join(map(_without_quotients, text.splitlines())))


def _without_quotients(line: str) -> str:
    """A line without "L/min" and "/quarter" behind figures, and without "3 dozen" as a number where something is told "/dozen"."""
    counted = "|".join(re.escape(word) for word in dict.fromkeys(_PER.findall(line)))
    plain = _QUOTIENT.sub("", line)
    return re.sub(rf"(?<=\d)[\s-]*(?:{counted})s?\b", "", plain, flags=re.IGNORECASE) if counted else plain


def _equals(text: str, equation: Equation) -> bool:
    """Whether an equality is stated by its sign: "two fifths is 30" and "1/5 is 15" speak of a share of something."""
    if _SHARE.match(equation.left.strip()):
        return True
    sign = text[equation.start + len(equation.left) : equation.end]
    return "=" in sign and "~" not in sign and not _of_something(equation)


def _of_something(equation: Equation) -> bool:
    """Whether a proper fraction is said to be more than one, so that it is one of something: "1/5 = 15"."""
    m = _FRACTION.fullmatch(equation.left.strip("$ "))
    return bool(m and int(m[1]) < int(m[2]) and equation.claimed.value > 1)
