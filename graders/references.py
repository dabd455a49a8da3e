"""Holds the reference of a math problem against itself: does its solution come to its answer, and is what it writes on the way right?

Three looks: the answer the solution ends in is the answer given; each `<<expression=result>>` computes; each plain equation holds.
What cannot be read is passed over; only what is shown to be wrong is refused, so a right reference is not refused for its notation.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from graders.answers import equivalent
from graders.arithmetic import (
    Equation,
    broken_consequences,
    contradictions,
    equations,
    in_prose,
    incongruent,
    inconsistent,
    is_complex,
    lines_that_follow,
    misput,
    put_in,
    rewritten,
    slips,
    statements,
    told_values,
    unmet,
    unsolved,
    without_formulas,
    wording,
    wrong_products,
)
from graders.asked_value import misses_question, names_of
from graders.numbers import numbers
from scenarios.sets.solutions import Annotation, annotations, final_answer
from tools.calculator import parse_number, value


def faults(problem: str, answers: Sequence[str], solution: str) -> Iterator[str]:
    """What is wrong with a reference, in words; nothing where nothing is. Without answers, what is wrong with the solution alone."""
    if answers and not any(map(_readable, answers)):
        yield "the answer says nothing"
        return
    if answers and solution and (given := final_answer(solution)) is not None and not _agrees(given, answers):
        yield f"the solution ends in {given}, the answer is {answers[0]}"
    if missed := misses_question(problem, answers):
        yield missed
    written = list(annotations(solution))
    wrong = [*filter(None, map(_annotation, written)), *_miscopied(solution, written)]
    yield from wrong
    if (written or _HASH.search(solution)) and not wrong and (unfounded := _unfounded(problem, answers, solution)):
        yield unfounded
    formulas = put_in(problem, _with_own_signs(problem, re.sub(r"<<[^<>]*>>", "", solution)))
    yield from incongruent(formulas)
    yield from map(
        str,
        slips(
            formulas, imaginary=is_complex(problem + solution, " ".join(answers)), given=problem, free=names_of(answers)
        ),
    )
    if _other_arithmetic(problem + solution):
        return
    yield from broken_consequences(formulas)
    yield from lines_that_follow(without_formulas(formulas))
    yield from wrong_products(without_formulas(formulas))
    for told in (list(statements(formulas)), list(in_prose(without_formulas(formulas)))):
        yield from unsolved(told)
        yield from misput(told)
    asserted = list(statements(formulas))
    known = told_values([*asserted, *in_prose(without_formulas(formulas))], formulas)
    yield from unmet([*statements(problem), *asserted], known)
    yield from contradictions(asserted, formulas)
    yield from inconsistent(asserted, known, formulas)
    yield from rewritten(asserted)
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


_HASH = re.compile(r"^\s*####.*", re.MULTILINE)
_COMPARES = re.compile(
    r"\b(?:\w+est|most|least|more|less|fewer|\w+er than|maximum|minimum|better)\b|[<>]", re.IGNORECASE
)
"""A problem whose answer may be one of several results, and not the last."""


def _unfounded(problem: str, answers: Sequence[str], solution: str) -> str | None:
    """A final number that the end of a solution neither comes to nor rounds to; None where it does, or is in words.

    The end is the last line and what the one before it comes to; where things are compared, all lines and the problem.
    """
    told = [number for each in answers if (number := parse_number(each)) is not None]
    lines = [line for line in _HASH.sub("", solution).splitlines() if line.strip()]
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
        or any(_rounded_from(value, number, scales) for value in told for number in known)
    ):
        return None
    return f"the solution does not come to {answers[0]} at its end"


_HUNDREDS = (Fraction(1), Fraction(100), Fraction(1, 100))
_PERCENT = re.compile(r"%|percent|\bcents?\b|¢", re.IGNORECASE)


def _rounded_from(told: Fraction, number: Fraction, scales: Sequence[Fraction] = _HUNDREDS[:1]) -> bool:
    """Whether a number is another one, or that scaled, or rounded to a whole number or two places."""
    return any(
        abs(number * scale - told)
        < (1 if told.denominator == 1 and (number * scale).denominator != 1 else Fraction(1, 100))
        for scale in scales
    )


def _annotation(found: Annotation) -> str | None:
    computed, result = _exact(found.expression), parse_number(found.result)
    if computed is not None and result is not None and not _rounds_to(computed, found.result, result):
        return f"{found.expression} is {_plain(computed)}, not {found.result}"
    written = parse_number(found.written) if found.written else None
    if result is not None and written is not None and not _same_figure(found, result, written):
        return f"{found.expression} = {found.result} is written down as {found.written}"
    return None


_SHOWN = re.compile(r"(?<![\w.:%/,$])(?<![-+*/×·÷−–^=x]\s)[-−]?\$?[\d(.][\d.,()\s+*/x×·÷$−–-]*=\s*[$€£]?\s*$")
"""A calculation in signs only, with its equality sign, as it stands before its annotation."""


_FIGURE = re.compile(r"\d+(?:\.\d+)?|\.\d+")


def _miscopied(solution: str, written: Sequence[Annotation]) -> Iterator[str]:
    """Calculations that differ from the annotation behind them in a number or a sign: "12 - 24 = <<12+24=36>>36"."""
    for found in written:
        if not (m := _SHOWN.search(solution[: found.start].rsplit("\n", 1)[-1])):
            continue
        shown = m[0].rsplit("=", 1)[0].replace("$", "").strip()
        value, annotated = _exact(re.sub(r"(?<=\d),(?=\d{3})", "", shown)), _exact(found.expression)
        if value is not None and annotated is not None and value != annotated and _same_count(shown, found.expression):
            yield f"{shown} is annotated as {found.expression}"


def _same_count(shown: str, annotated: str) -> bool:
    """Whether two calculations have as many numbers, of which none is another one rounded."""
    one, two = ([Fraction(figure) for figure in _FIGURE.findall(text.replace(",", ""))] for text in (shown, annotated))
    mine, theirs = Counter(one) - Counter(two), Counter(two) - Counter(one)
    apart = zip(sorted(mine.elements()), sorted(theirs.elements()), strict=False)
    return len(one) == len(two) and not any(_rounded_from(a, b) or _rounded_from(b, a) for a, b in apart)


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
    """The place value of the last digit of a number as written; nothing of a fraction, which is exact."""
    if re.search(r"\d\s*/\s*\d", text):
        return Fraction(0)
    figures = re.search(r"\.(\d+)", text)
    return Fraction(1, 10 ** len(figures[1])) if figures else Fraction(1)


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):.6g}"


_OTHER = re.compile(
    r"\\p?mod\b|\bmod(?:ulo)?\b|\\equiv|[\d)}]_\{?\d+\}?|\\oplus|\\otimes|\\star|\\diamond|\\text\{?nd|\\Box|"
    r"[\w)}][ \t]*\\?[#@][ \t]*[\w({\\]|"
    r"\bbase[\s-]+(?:\$|\d|[a-z]\b|two\b|ten\b|eight\b|sixteen\b)|\bin\s+base\b|\bclock\s+arithmetic|\bon\s+(?:a|an|the)\s+(?:[\w-]+\s+)?clock\b|"
    r"\boperation\b[^.]{0,40}(?:\$|\bdefin)|\bdefin\w+[^.]{0,60}\boperation\b"
)


def _other_arithmetic(text: str) -> bool:
    """Whether signs of arithmetic may mean something else here: remainders, other bases, operations that the problem defines."""
    return bool(_OTHER.search(text.replace("####", "")))


_STARRED = re.compile(r"(?<![\w)}])\(?[a-zA-Z]\s*(?:\*|\\ast)\s*[a-zA-Z]\)?\s*(?:=|is\s+defined)")


def _with_own_signs(problem: str, formulas: str) -> str:
    """The formulas with a star as a sign of its own, where the problem says what it does: "a*b = a^2 + b"."""
    return formulas.replace("*", "\\star ") if _STARRED.search(problem) else formulas


def _bare(solution: str) -> str:
    """Without annotations, thin spaces, which stand inside numbers, and units that are quotients, whose words may be numbers too."""
    text = _RUN_ON.sub(" ", re.sub(r"<<[^<>]*>>|\\[,;:!]", "", solution))
    return _LINES.sub(" ;\n", "\n".join(map(_without_quotients, text.splitlines())))


_RUN_ON = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])(?=[\d(])|(?<=[\d)%])(?=[\u3040-\u30ff\u4e00-\u9fff])")
"""Where a language without blanks goes over into figures, or back."""


def _without_quotients(line: str) -> str:
    """A line without "L/min" and "/quarter" behind figures, and without "3 dozen" as a number where something is told "/dozen"."""
    counted = "|".join(re.escape(word) for word in dict.fromkeys(_PER.findall(line)))
    plain = _QUOTIENT.sub("", line)
    return re.sub(rf"(?<=\d)[\s-]*(?:{counted})s?\b", "", plain, flags=re.IGNORECASE) if counted else plain


_QUOTIENT = re.compile(r"(?<=\d)\s*(?:[A-Za-z]{1,10})?\s?/\s?[A-Za-z]{1,10}\b")
"""A unit that is a quotient: "8 L/min", "$5/hour"."""
_PER = re.compile(r"(?:/\s?|\bper\s)([A-Za-z]{2,10}?)s?\b")
_LINES = re.compile(r"(?<=[\w.)%])[ \t]*\n(?=\s*(?:[$€£(]?\d|[-*•]\s+[A-Za-z]))")
"""A line that ends and one that begins with a number or as an item of a list: they are not one calculation."""
_SHARE = re.compile(r"^\d+(?:\.\d+)?\s?%\s+of\s+[$€£]?\d[\d,.]*$")


def _equals(text: str, equation: Equation) -> bool:
    """Whether an equality is stated by its sign: "two fifths is 30" and "1/5 is 15" speak of a share of something."""
    if _SHARE.match(equation.left.strip()):
        return True
    sign = text[equation.start + len(equation.left) : equation.end]
    return "=" in sign and "~" not in sign and not _of_something(equation)


_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")


def _of_something(equation: Equation) -> bool:
    """Whether a proper fraction is said to be more than one, so that it is one of something: "1/5 = 15"."""
    m = _FRACTION.fullmatch(equation.left.strip("$ "))
    return bool(m and int(m[1]) < int(m[2]) and equation.claimed.value > 1)
