"""Holds the reference of a math problem against itself: does its solution come to its answer, and is what it writes on the way right?

Three looks: the answer the solution ends in is the answer given; each `<<expression=result>>` computes; each plain equation holds.
What cannot be read is passed over; only what is shown to be wrong is refused, so a right reference is not refused for its notation.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from graders.answers import equivalent
from graders.arithmetic import Equation, equations, slips, without_formulas, wording
from scenarios.sets.solutions import Annotation, annotations, final_answer
from tools.calculator import parse_number, value


def faults(problem: str, answers: Sequence[str], solution: str) -> Iterator[str]:
    """What is wrong with a reference, in words; nothing where nothing is."""
    if not any(map(_readable, answers)):
        yield "the answer says nothing" if answers else "no `answer`, and no `solution` that ends in one"
        return
    if solution and (given := final_answer(solution)) is not None and not _agrees(given, answers):
        yield f"the solution ends in {given}, the answer is {answers[0]}"
    yield from filter(None, map(_annotation, annotations(solution)))
    yield from map(str, slips(re.sub(r"<<[^<>]*>>", "", solution)))
    if not _other_arithmetic(problem + solution):
        text = _bare(without_formulas(solution))
        yield from (wording(e) for e in equations(text) if not e.holds and _equals(text, e))


def _readable(answer: str) -> bool:
    return bool(re.search(r"\w", answer))


def _agrees(given: str, answers: Sequence[str]) -> bool:
    """Undecided counts as agreeing only where the spelling is the same."""
    return any(_squeezed(given) == _squeezed(each) or equivalent(given, each) == "equal" for each in answers)


def _squeezed(text: str) -> str:
    return (
        re.sub(r"\\[,;:! ]|[\s$]", "", text).replace("\\dfrac", "\\frac").replace("\\left", "").replace("\\right", "")
    )


def _annotation(found: Annotation) -> str | None:
    computed, result = _exact(found.expression), parse_number(found.result)
    if computed is not None and result is not None and not _rounds_to(computed, found.result, result):
        return f"{found.expression} is {_plain(computed)}, not {found.result}"
    written = parse_number(found.written) if found.written else None
    if result is not None and written is not None and not _same_figure(found, result, written):
        return f"{found.expression} = {found.result} is written down as {found.written}"
    return None


def _exact(expression: str) -> Fraction | None:
    number = value(expression)
    return None if number is None else Fraction(number)


def _rounds_to(exact: Fraction, text: str, told: Fraction) -> bool:
    """Whether a figure is the exact value, to the places it has, rounded either way; a percentage may be told as a figure."""
    ulp = _ulp(text)
    slack = Fraction(0) if exact.denominator == 1 and told.denominator == 1 else ulp
    return any(
        abs(exact * scale - told) <= max(slack, abs(exact) / 10**9) for scale in ((1, 100) if "%" in text else (1,))
    )


def _same_figure(found: Annotation, result: Fraction, written: Fraction) -> bool:
    """Whether the number in the text is the result of its annotation, maybe rounded, or told in percent or cents."""
    ulp = max(_ulp(found.written), _ulp(found.result))
    slack = ulp if result.denominator != 1 or written.denominator != 1 else Fraction(0)
    return any(abs(result * scale - written) <= slack for scale in (1, 100, Fraction(1, 100)))


def _ulp(text: str) -> Fraction:
    """The place value of the last digit of a number as written."""
    figures = re.search(r"\.(\d+)", text)
    return Fraction(1, 10 ** len(figures[1])) if figures else Fraction(1)


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):.6g}"


_OTHER = re.compile(
    r"\\p?mod\b|\bmod(?:ulo)?\b|\\equiv|\bbase\b|[\d)}]_\{?\d+\}?|\bclock\b|\\oplus|\\otimes|\\star|\\diamond|\\text\{?nd|#|@|\\Box|\boperation\b"
)


def _other_arithmetic(text: str) -> bool:
    """Whether signs of arithmetic may mean something else here: remainders, other bases, operations that the problem defines."""
    return bool(_OTHER.search(text.replace("####", "")))


def _bare(solution: str) -> str:
    """Without annotations and LaTeX's thin spaces, which stand inside numbers."""
    return _QUOTIENT.sub("", re.sub(r"<<[^<>]*>>|\\[,;:!]", "", solution))


_QUOTIENT = re.compile(r"(?<=\d)\s*[A-Za-z]{1,10}/[A-Za-z]{1,10}\b")
"""A unit that is a quotient: "8 L/min"."""
_SHARE = re.compile(r"^\d+(?:\.\d+)?\s?%\s+of\s+[$€£]?\d[\d,.]*$")


def _equals(text: str, equation: Equation) -> bool:
    """Whether an equality is stated by its sign: "two fifths is 30" and "1/5 is 15" speak of a share of something."""
    if _SHARE.match(equation.left.strip()):
        return True
    return "=" in text[equation.start + len(equation.left) : equation.end] and not _of_something(equation)


_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")


def _of_something(equation: Equation) -> bool:
    """Whether a proper fraction is said to be more than one, so that it is one of something: "1/5 = 15"."""
    m = _FRACTION.fullmatch(equation.left.strip("$ "))
    return bool(m and int(m[1]) < int(m[2]) and equation.claimed.value > 1)
