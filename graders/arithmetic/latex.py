"""Chains of equalities in LaTeX formulas, each side computed again: "\\frac{10}{6} = \\frac{5}{3}", over the lines of an `align` too.

Two sides are judged only where both have a value and nothing in them is open: a variable, a function that was not read, `e` and `i`
(which may be names), another base, a remainder, units that differ. A decimal may be rounded. What is refuted is left alone.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from graders.expressions import Value, close, expression

_SEGMENT = re.compile(
    r"\$\$(.+?)\$\$|(?<!\\)\$((?:[^$\\]|\\.)+?)\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|"
    r"\\begin\{((?:align|equation|gather|eqnarray|multline)\*?)\}(.+?)\\end\{\5\}",
    re.DOTALL,
)
_FIGURE = re.compile(r"\[asy\].*?\[/asy\]", re.DOTALL)
_OPEN = re.compile(
    r"\\p?mod\b|\\bmod\b|\\equiv|[\d)}]_\{?\d|\\(?:star|oplus|otimes|diamond|ast|circledast|Box|square)(?![a-z])|[@#]|\\ne(?:q)?(?![a-z])|\\not(?![a-z])"
)
"""Signs that stand for another arithmetic, or deny."""
_DOUBT = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\bcannot\b|\bwould\b|\bsuppos|\bassum|\bif\b|\bguess|\bclaim|\bwrong|\bincorrect|\bthinks?\b|\bbase\b|clock\b|\bmod(?:ulo)?\b|\bunless\b",
    re.IGNORECASE,
)
"""Before a formula: it is not asserted."""
_REFUTED = re.compile(
    r"contradict|impossib|absurd|\bfalse|incorrect|\bwrong|inconsistent|extraneous|invalid|\bno\s+(?:real\s+)?solution|\bnot\s+(?:true|possible|hold|valid|the\s+case|work)|\bnever\b|\bcannot\b|\bdoes(?:n't|\s+not)\s+(?:hold|work)",
    re.IGNORECASE,
)
"""Around a formula: it is refuted."""
_APART = re.compile(
    r"\\q?quad|\\(?:Long)?[Rr]ightarrow|\\implies|\\(?:L|l)eftrightarrow|\\iff|\\to(?![a-z])|\\therefore|\\text\s*\{[\s,;]*(?:and|or|so|if|for|when|where|since|because|thus|then|but)\b[^{}]*\}|;|\\\\(?:\[[^\]]*\])?(?!\s*&?\s*(?:=|\\approx))|"
    r"\\leq?(?![a-z])|\\geq?(?![a-z])|\\[lg]eqslant|[<>≤≥]|\\[lg]t(?![a-z])|\\mid(?![a-z])|\\sim(?![a-z])"
)
_NEWLINE = re.compile(r"\\\\(?:\[[^\]]*\])?|&")
_GROUPS = re.compile(r"(?<=\d)(?:\{,\}|\\,|,?\\!|,)(?=\d{3}(?!\d))")
_TEXT = re.compile(r"\\(?:text|mathrm|mbox|textrm|textbf|mathbf|operatorname)\s*\{([^{}]*)\}")
_BOX = re.compile(r"\\(?:boxed|fbox)\s*(?=\{)")
_TRIGONOMETRY = re.compile(r"\\?(?:arc)?(?:sin|cos|tan|cot|sec|csc)(?![a-z])")
_DEGREES = re.compile(r"\^\s*\{?\s*\\circ\s*\}?|\\degree|°")
_ONE_LETTER = re.compile(r"(?<![\\a-zA-Z{])[ei](?![a-zA-Z])|\\log(?!_)|(?<![\\a-z])log(?!_)")
_SCALES = re.compile(
    r"\b(?:dozen|hundred|thousand|million|billion|score|percent|pairs?|half|cents?|remainder|rem|r)\b", re.IGNORECASE
)
_LITERAL = re.compile(r"\s*[-−+]?\s*\d+(?:\.\d+)?\s*")
"""A figure alone: two of them that differ measure one thing in two units."""
_DECIMAL = re.compile(r"\d+\.(\d+)")


class Side(NamedTuple):
    """One side of an equality: as it was written, without its unit, and its unit."""

    written: str
    formula: str
    unit: str


class Slip(NamedTuple):
    """Two sides of an equality that are not the same, and what the first is worth."""

    left: str
    right: str
    value: Value

    def __str__(self) -> str:
        return f"{self.left} is {_shown(self.value)}, not {self.right}"


def slips(text: str) -> Iterator[Slip]:
    """The equalities of a text's formulas that do not hold, in order."""
    bare = _FIGURE.sub(" ", text)
    for m in _SEGMENT.finditer(bare):
        inner = next(g for g in (m[1], m[2], m[3], m[4], m[6]) if g is not None)
        if not _SIGNS.search(inner) or not _is_formula(m) or _OPEN.search(inner) or _doubted(bare, m.start(), m.end()):
            continue
        for chain in _chains(inner):
            yield from (slip for one, two in pairwise(chain) if (slip := _slip(one, two)))


_SIGNS = re.compile(r"=|\\approx(?![a-z])|≈")
_PROSE = re.compile(r"(?<![\\a-zA-Z])[a-zA-Z]{3,}[ \n]+[a-zA-Z]{2,}")


def _is_formula(m: re.Match[str]) -> bool:
    """Whether what stands between two dollar signs is a formula: text between two amounts of money is none."""
    return m[2] is None or not _PROSE.search(_TEXT.sub(" ", m[2]))


def _doubted(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a formula does not assert it, or the next one takes it back."""
    before = re.split(r"[.!?;]\s|\n\n", text[max(0, start - 100) : start])[-1]
    return bool(
        _DOUBT.search(before)
        or _REFUTED.search(before)
        or _REFUTED.search(text[end : end + 80])
        or _REST.match(text[end : end + 30])
    )


_REST = re.compile(r"[\s,(]*(?:with\s+)?(?:an?\s+)?(?:remainder|rem\b|R\b|r\s?\d|left\s+over)")


def without_formulas(text: str) -> str:
    """A text without its formulas and figures, for readers of plain arithmetic; an amount of money between two signs is no formula."""
    return _SEGMENT.sub(
        lambda m: " . " if _is_formula(m) and re.search(r"[\\^]", m[0]) else m[0], _FIGURE.sub(" ", text)
    )


def _chains(formula: str) -> Iterator[list[tuple[Side, bool]]]:
    """The sides of each statement, with whether the sign before a side says that it is rounded."""
    for statement in _APART.split(_GROUPS.sub("", formula)):
        for part in _apart_at_commas(_NEWLINE.sub(" ", statement)):
            pieces = re.split(r"(=|\\approx(?![a-z])|≈|\\simeq(?![a-z])|\\doteq(?![a-z]))", part)
            sides = [(_side(pieces[0]), False)]
            sides += [(_side(text), sign != "=") for sign, text in zip(pieces[1::2], pieces[2::2], strict=True)]
            if len(sides) > 1:
                yield sides


def _apart_at_commas(text: str) -> Iterator[str]:
    depth = start = 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if c == "," and not depth:
            yield text[start:i]
            start = i + 1
    yield text[start:]


def _side(text: str) -> Side:
    written = text.strip().rstrip(".").strip()
    plain = _BOX.sub(" ", written)
    units = " ".join(_TEXT.findall(plain)).strip(" .,")
    return Side(written, _TEXT.sub(" ", plain).replace("\\$", " ").strip().rstrip("."), units)


def _slip(one: tuple[Side, bool], two: tuple[Side, bool]) -> Slip | None:
    (left, _), (right, rounded) = one, two
    if (left.unit and left.unit != right.unit and not _carries(left, right)) or _SCALES.search(
        f"{left.unit} {right.unit}"
    ):
        return None
    if _LITERAL.fullmatch(left.formula) and _LITERAL.fullmatch(right.formula):
        return None
    if _ONE_LETTER.search(left.formula) or _ONE_LETTER.search(right.formula):
        return None
    mine, theirs = list(_values(left.formula)), list(_values(right.formula))
    if not mine or not theirs:
        return None
    slack = _slack(left.formula) + _slack(right.formula)
    if any(_agree(a, b, slack, rounded) for a in mine for b in theirs):
        return None
    return Slip(left.written, right.written, mine[0])


def _carries(left: Side, right: Side) -> bool:
    """Whether a unit is only left out behind the sign: "2.5 \\times 60 \\text{ minutes} = 150"; "2 \\text{ hours} = 120" is none."""
    if right.unit or len(_TEXT.findall(left.written)) != 1 or not left.written.rstrip(" .}").endswith(left.unit):
        return False
    return bool(re.search(r"[-+*/×·]|\\(?:cdot|times|div|[dt]?frac)", left.formula))


def _agree(a: Value, b: Value, slack: float, rounded: bool) -> bool:
    if close(a, b):
        return True
    gap = abs(complex(a) - complex(b))
    return gap <= slack * 1.001 or (rounded and gap <= max(abs(complex(b)) / 50, 0.01))


def _values(formula: str) -> Iterator[Value]:
    """What a formula may be worth: a percentage as its fraction or its figure, "2\\frac13" as a mixed number or a product."""
    for read in _readings(formula):
        found = expression(read)
        if found and not found.names and (value := found.value()) is not None:
            yield value


def _readings(formula: str) -> Iterator[str]:
    if _TRIGONOMETRY.search(formula):
        if not (_DEGREES.search(formula) or "pi" in formula):
            return
        formula = re.sub(r"(\d+(?:\.\d+)?)\s*(?:" + _DEGREES.pattern + ")", r"(\1\\pi/180)", formula)
    formula = _DEGREES.sub("", formula)
    if "%" in formula:
        yield re.sub(r"(\d+(?:\.\d+)?)\s*\\?%", r"(\1/100)", formula)
        formula = re.sub(r"\s*\\?%", "", formula)
    yield formula
    product = re.sub(r"(?<=\d)\s*(?=\\[dtc]?frac)", r"\\cdot ", formula)
    if product != formula:
        yield product


def _slack(formula: str) -> float:
    """How far a formula's value may be off because its decimals are rounded: a bare one by one in its last place, each in a
    sum or a product by half of it; a single decimal there counts as exact."""
    total = 0.0
    bare = _DECIMAL.fullmatch(formula.strip("-−{} "))
    for m in _DECIMAL.finditer(formula):
        ulp = Fraction(1, 10 ** len(m[1])) / (1 if bare else 2)
        if len(m[1]) < 2 and not bare:
            continue
        moved = [
            _first(f"{formula[: m.start()]}{_decimal(Fraction(m[0]) + step)}{formula[m.end() :]}") for step in (0, ulp)
        ]
        if moved[0] is not None and moved[1] is not None:
            total += abs(complex(moved[1]) - complex(moved[0]))
    return total


def _decimal(value: Fraction) -> str:
    return f"({value.numerator}/{value.denominator})"


def _first(formula: str) -> Value | None:
    return next(_values(formula), None)


def _shown(value: Value) -> str:
    if isinstance(value, Fraction):
        return str(value)
    real = complex(value)
    return f"{real.real:.6g}" if abs(real.imag) < 1e-12 else f"{real:.6g}"
