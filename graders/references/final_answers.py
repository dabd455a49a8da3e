"""Whether the solution of a math problem comes to the answer it has: by what it says at its end, and by the numbers on the way there.

An answer in words, and one that is compared rather than computed, is only held to what is said. Rounded and scaled ones agree.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from graders.answers import equivalent
from graders.numbers import numbers
from scenarios.sets.solutions import annotations
from tools.calculator import parse_number

_COMPARES = re.compile(
    r"\b(?:\w+est|most|least|more|less|fewer|\w+er than|maximum|minimum|better)\b|[<>]", re.IGNORECASE
)
"""A problem whose answer may be one of several results, and not the last."""
FINAL_ANSWER = re.compile(r"^\s*####.*", re.MULTILINE)
"""The line that tells the answer, as GSM8K writes it."""
_HUNDREDS = (Fraction(1), Fraction(100), Fraction(1, 100))
_PERCENT = re.compile(r"%|percent|\bcents?\b|¢", re.IGNORECASE)


def readable(answer: str) -> bool:
    """Whether an answer has a letter or a figure."""
    return bool(re.search(r"\w", answer))


def agrees(given: str, answers: Sequence[str]) -> bool:
    """Whether what a solution ends in is one of the answers. Undecided counts as agreeing only where the spelling is the same."""
    return any(_squeezed(given) == _squeezed(each) or equivalent(given, each) == "equal" for each in answers)


def _squeezed(text: str) -> str:
    return (
        re.sub(r"\\[,;:! ]|[\s$]", "", text).replace("\\dfrac", "\\frac").replace("\\left", "").replace("\\right", "")
    )


def unfounded(problem: str, answers: Sequence[str], solution: str) -> str | None:
    """A final number that the end of a solution neither comes to nor rounds to; None where it does, or is in words.

    The end is the last line and what the one before it comes to; where things are compared, all lines and the problem.
    """
    told = [number for each in answers if (number := parse_number(each)) is not None]
    lines = [line for line in FINAL_ANSWER.sub("", solution).splitlines() if line.strip()]
    compared = _COMPARES.search(re.sub(r"<<[^<>]*>>", "", f"{problem}\n{solution}"))
    text = "\n".join(
        [problem, *lines] if compared else [*(line.rpartition("=")[2] for line in lines[-2:-1]), *lines[-1:]]
    )
    bare = re.sub(r"<<[^<>]*>>", " ", text)
    shown = [reading.value for mention in numbers(bare) for reading in mention.readings]
    results = [number for each in annotations(text) if (number := parse_number(each.result)) is not None]
    known = {*shown, *results}
    scales = _HUNDREDS if _PERCENT.search(f"{problem}\n{text}") else _HUNDREDS[:1]
    if (
        len(told) != len(answers)
        or not answers
        or not known
        or any(rounded_from(value, number, scales) for value in told for number in known)
    ):
        return None
    return f"the solution does not come to {answers[0]} at its end"


def rounded_from(told: Fraction, number: Fraction, scales: Sequence[Fraction] = _HUNDREDS[:1]) -> bool:
    """Whether a number is another one, or that scaled, or rounded to a whole number or two places."""
    return any(
        abs(number * scale - told)
        < (1 if told.denominator == 1 and (number * scale).denominator != 1 else Fraction(1, 100))
        for scale in scales
    )
