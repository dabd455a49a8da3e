"""The calculator annotations of a solution, computed again: "12 + 24 = <<12+24=36>>36", as GSM8K writes them.

Each has to compute, to be written down as it came out, and to be of the calculation before it. Rounding either way is right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from graders.references.final_answers import rounded_from
from scenarios.sets.solutions import Annotation
from tools.calculator import parse_number, value

_SHOWN = re.compile(r"(?<![\w.:%/,$])(?<![-+*/×·÷−–^=x]\s)[-−]?\$?[\d(.][\d.,()\s+*/x×·÷$−–-]*=\s*[$€£]?\s*$")
"""A calculation in signs only, with its equality sign, as it stands before its annotation."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?|\.\d+")


def wrong_annotations(solution: str, written: Sequence[Annotation]) -> Iterator[str]:
    """What is wrong with the annotations of a solution, in words: first of each alone, then against the calculation before it."""
    yield from filter(None, map(_annotation, written))
    yield from _miscopied(solution, written)


def _annotation(found: Annotation) -> str | None:
    computed, result = _exact(found.expression), parse_number(found.result)
    if computed is not None and result is not None and not _rounds_to(computed, found.result, result):
        return f"{found.expression} is {_plain(computed)}, not {found.result}"
    written = parse_number(found.written) if found.written else None
    if result is not None and written is not None and not _same_figure(found, result, written):
        return f"{found.expression} = {found.result} is written down as {found.written}"
    return None


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
    return len(one) == len(two) and not any(rounded_from(a, b) or rounded_from(b, a) for a, b in apart)


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
