"""Chains of equalities in LaTeX formulas, each side computed again: "\\frac{10}{6} = \\frac{5}{3}", over the lines of an `align` too.

Two sides are judged only where both have a value and nothing in them is open: a function that was not read, `e` and `i` where they may be
names, another base, a remainder, units that do not come to the same. Sides with variables are judged where they are meant to be the same
for all values (`identities`), or where one equation is said to follow from another (`consequences`). A decimal may be rounded. What is
refuted is left alone.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from graders.arithmetic import unit_symbols
from graders.arithmetic.bases import in_ten
from graders.arithmetic.congruences import broken_congruences, wrong_remainders
from graders.arithmetic.consequences import Equation, contradicts, equation, is_value
from graders.arithmetic.ellipses import unfolded
from graders.arithmetic.identities import UNCLEAR, Sides, broken_identity, coefficients, explained
from graders.arithmetic.told import at, told
from graders.arithmetic.unknowns import Statement
from graders.arithmetic.vectors import as_points, components
from graders.expression_parser import Value
from graders.expressions import Expression, close, constant, expression

_SEGMENT = re.compile(
    r"\$\$(.+?)\$\$|(?<!\\)\$((?:[^$\\]|\\.)+?)\$(?!\d)|\\\[(.+?)\\\]|\\\((.+?)\\\)|"
    r"\\begin\{((?:align|equation|gather|eqnarray|multline)\*?)\}(.+?)\\end\{\5\}",
    re.DOTALL,
)
_FIGURE = re.compile(r"\[asy\].*?\[/asy\]", re.DOTALL)
_OPEN = re.compile(r"\\p?mod\b|(?<![a-zA-Z\\])b?mod(?![a-z])|\\bmod\b|\\equiv|≡|\\ne(?:q)?(?![a-z])|\\not(?![a-z])")
"""Signs of remainders, and those that deny: they hold for a whole formula."""
_DEFINED = re.compile(r"\\(?:star|oplus|otimes|diamond|ast|circledast|Box|square)(?![a-z])|[@#]")
"""Signs of an operation that the problem defines, as far as the side goes in which they stand."""
_BASED = re.compile(r"[\d)}]_\{?\d")
"""A side in another base."""
_DOUBT = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\bcannot\b|\bwould\b|\bsuppos|\bassum|\bif\b|\bguess|\bclaim|\bwrong|\bincorrect|\bthinks?\b|\bin\s+base\b|\bbase[\s-]+(?:\$?\d|\$?[a-z]\b(?!\s+of)|two\b|ten\b|eight\b|sixteen\b)|clock\b|\bmod(?:ulo)?\b|\bunless\b",
    re.IGNORECASE,
)
"""Before a formula: it is not asserted."""
_MODULAR = re.compile(r"\bmod(?:ulo)?\b", re.IGNORECASE)
_REFUTED = re.compile(
    r"contradict|impossib|absurd|\bfalse|incorrect|\bwrong|inconsistent|extraneous|invalid|\bnot\s+(?:true|possible|hold|valid|the\s+case|work)|\bnever\b|\bcannot\b|\bdoes(?:n't|\s+not)\s+(?:hold|work)",
    re.IGNORECASE,
)
"""Around a formula: it is refuted."""
_NO_SOLUTION = re.compile(r"\bno\s+(?:[a-z]+\s+){0,3}(?:solution|value|root)", re.IGNORECASE)
"""Behind an equality it refutes that; behind an inequality it follows from it."""
_COMPARED = re.compile(r"[<>≤≥]|\\[lg]eq?(?![a-z])|\\[lg]t(?![a-z])|\\[lg]eqslant")
_APART = re.compile(
    r"\\q?quad(?!\s*\+)|\\(?:Long)?[Rr]ightarrow|\\implies|\\(?:L|l)eftrightarrow|\\iff|\\to(?![a-z])|\\therefore|\\text\s*\{[\s,;]*(?:and|or|so|if|for|when|where|since|because|thus|then|but)\b[^{}]*\}|;|\\\\(?:\[[^\]]*\])?(?!\s*&?\s*(?:=|\\approx)|\s*&\s*(?:\\q?quad\s*)*[-+])|"
    r"\\leq?(?![a-z])|\\geq?(?![a-z])|\\[lg]eqslant|[<>≤≥]|\\[lg]t(?![a-z])|\\mid(?![a-z])|\\sim(?![a-z])"
)
_NEWLINE = re.compile(r"\\\\(?:\[[^\]]*\])?|&")
_GROUPS = re.compile(r"(?<=\d)(?:\{,\}|\\,|,?\\!|,)(?=\d{3}(?!\d))")
_THIN = re.compile(r"(?<!\\)\\[,:!]")
_TEXT = re.compile(r"\\(?:text|mathrm|mbox|textrm|textbf|mathbf|operatorname)\s*\{([^{}]*)\}")
_NAMED = re.compile(_TEXT.pattern + r"\s*\}?\s*(?:\\left\s*)?[(\[]")
"""A function whose name is written as text."""
_MEASURED = re.compile(_TEXT.pattern + r"(?:\s*\^\s*\{?\s*[23]\s*\}?)?")
"""A unit with its power: "\\text{ m}^3"."""
_BOX = re.compile(r"\\(?:boxed|fbox)\s*(?=\{)")
_TRIGONOMETRY = re.compile(r"\\?(?:arc)?(?:sin|cos|tan|cot|sec|csc)(?![a-z])")
_DEGREES = re.compile(r"\^\s*\{?\s*\\circ\s*\}?|\\degree|°")
_ONE_LETTER = re.compile(r"(?<![\\a-zA-Z{])[ei](?![a-zA-Z])|\\log(?!_)|(?<![\\a-z])log(?!_)")
_SCALES = re.compile(
    r"\b(?:dozen|hundred|thousand|million|billion|score|percent|pairs?|half|cents?|remainder|rem|r)\b", re.IGNORECASE
)
_LITERAL = re.compile(r"\s*[-−+]?\s*\d+(?:\.\d+)?\s*")
"""A figure alone: two of them that differ measure one thing in two units, where they are no step of a chain."""
_OPERATION = re.compile(r"[\d)}]\s*(?:[-+*/×·]|\\(?:times|cdot|div)(?![a-z]))|\\[dtc]?frac")
_DECIMAL = re.compile(r"\d+\.(\d+)")


class Side(NamedTuple):
    """One side of an equality: as it was written, without its unit, and its unit."""

    written: str
    formula: str
    unit: str
    symbols: str = ""
    """The formula with its units, as `unit_symbols` reads them."""


class Slip(NamedTuple):
    """Two sides of an equality that are not the same, and what the first is worth where that is a number."""

    left: str
    right: str
    value: Value | None

    def __str__(self) -> str:
        return (
            f"{self.left} is {_shown(self.value)}, not {self.right}"
            if self.value is not None
            else f"{self.left} is not {self.right}"
        )


def slips(text: str, *, imaginary: bool = False, given: str = "", free: frozenset[str] = frozenset()) -> Iterator[Slip]:
    """The equalities of a text's formulas that do not hold, in order. `imaginary` says that `i` is the imaginary unit, `given` is
    the problem, whose equations may make sides the same that are not so for all values, `free` are names that nothing is said of."""
    for inner, said, sure in _asserted(_FIGURE.sub(" ", text)):
        for chain in _chains(inner):
            chained = len(chain) > 2
            for one, two in pairwise(chain):
                slip = _slip(one, two, chained or _is_free(one[0], two[0], free), imaginary, said)
                if slip and not sure and slip.value is None:
                    continue
                if slip and (slip.value is not None or not _is_given(slip, chain, f"{given}\n{text}")):
                    yield slip


def _is_free(left: Side, right: Side, free: frozenset[str]) -> bool:
    """Whether both sides have names of which nothing is said, so that they are the same for all their values."""
    one, two = expression(left.formula), expression(right.formula)
    powers = _NAMED_POWER.search(left.formula) or _NAMED_POWER.search(right.formula)
    return bool(one and two and one.names and one.names == two.names <= free and not powers)


_NAMED_POWER = re.compile(r"\^\s*\{?[^{}]{0,3}[a-z]")
"""A power that may hold for some whole numbers only, as for even ones."""


def _is_given(slip: Slip, chain: list[tuple[Side, bool]], text: str) -> bool:
    """Whether two sides are the same by another equation of the text, or for values that it tells."""
    sides = Sides(slip.left, slip.right, True)
    if _UNITY.search(text):
        return True
    last = expression(chain[-1][0].formula)
    return explained(sides, _zeros(text, chain)) or bool(last and not last.names and _same_where_told(sides, text))


_UNITY = re.compile(r"\broots?\s+of\s+unity\b", re.IGNORECASE)
"""Words that make powers of a name one."""


def _zeros(text: str, own: list[tuple[Side, bool]]) -> Iterator[Expression]:
    """What the equations of a text say to be zero; of the chain that is judged, only what has other unknowns."""
    without = [side.formula for side, _ in own]
    for m in _SEGMENT.finditer(_FIGURE.sub(" ", text)):
        for chain in _chains(_inner(m)):
            for (left, _), (right, _) in pairwise(chain):
                zero = expression(f"({left.formula})-({right.formula})")
                if zero and zero.names and ([side.formula for side, _ in chain] != without or _ends(left, right)):
                    yield zero


def _ends(left: Side, right: Side) -> bool:
    """Whether an equality says what a linear side is in figures."""
    one, two = expression(left.formula), expression(right.formula)
    if not one or not two or bool(one.names) == bool(two.names):
        return False
    found = coefficients(one if one.names else two)
    return found is not None and len(found) == 2


def _same_where_told(sides: Sides, text: str) -> bool:
    one, two = expression(sides.left), expression(sides.right)
    if not one or not two:
        return False
    known = told(list(statements(text)), text)
    pairs = ((at(one, point), at(two, point)) for point in known.choices(one.names | two.names))
    return any(a is not None and b is not None and close(a, b) for a, b in pairs)


_SAID = re.compile(
    r"\b(?:expand\w*|factor\w*|simplif\w+|rewrit\w+|multiply\w*\s+out|see\s+that|not(?:e|ice)\s+that|distribut\w+)\b[^.$]{0,40}$",
    re.IGNORECASE,
)
"""Before an equality: its sides are another form of one another."""


def _asserted(bare: str) -> Iterator[tuple[str, bool, bool]]:
    """The formulas of a text that hold an equality, neither doubted nor of another arithmetic, with whether an identity is announced and
    whether it is asserted without a condition."""
    for m in _SEGMENT.finditer(bare):
        inner = _inner(m)
        if (
            _SIGNS.search(inner)
            and _is_formula(m)
            and not _OPEN.search(inner)
            and not _doubted(bare, m.start(), m.end(), inner, met=True)
        ):
            said = bool(_SAID.search(bare[max(0, m.start() - 80) : m.start()]))
            yield inner, said, not _doubted(bare, m.start(), m.end(), inner)


def _inner(m: re.Match[str]) -> str:
    found = next(g for g in (m[1], m[2], m[3], m[4], m[6]) if g is not None)
    return _ENVIRONMENT.sub(" ", as_points(found)) if "\\begin" in found else found


_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{(?:aligned|align|split|gathered|alignedat)\*?\}(?:\{\d\})?(?:\[\w\])?")


_LINE = re.compile(r"\\\\(?:\[[^\]]*\])?|\\q?quad|\\(?:Long)?[Rr]ightarrow|\\implies|\\iff")


def broken_consequences(text: str) -> Iterator[str]:
    """Equations in one variable that do not follow from the one before, as they are said to; both of "x = 2 or x = 3" have to."""
    bare = _FIGURE.sub(" ", text)
    before: Equation | None = None
    source: Equation | None = None
    either = False
    end = 0
    for m in _SEGMENT.finditer(bare):
        between = bare[end : m.start()]
        if _OPEN.search(m[0]) or _doubted(bare, m.start(), m.end(), m[0]):
            before, source, end = None, None, m.end()
            continue
        for part in _LINE.split(_THIN.sub(" ", _GROUPS.sub("", _inner(m)))):
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


_OR = re.compile(r"[\s,$]*(?:or|and)[\s,$]*")


def incongruent(text: str) -> Iterator[str]:
    """The congruences that the formulas of a text assert and that do not hold."""
    bare = _FIGURE.sub(" ", text)
    for m in _SEGMENT.finditer(bare):
        if not _doubted(bare, m.start(), m.end(), m[0], remainders=True):
            yield from broken_congruences(_GROUPS.sub("", _inner(m)), bare[m.end() :])
    yield from wrong_remainders(_GROUPS.sub("", bare).replace("$", " "))


def statements(text: str) -> Iterator[Statement]:
    """The equalities that the formulas of a text assert, in order, each up to a comma or the end of a line."""
    bare = _FIGURE.sub(" ", text)
    for m in _SEGMENT.finditer(bare):
        inner = _inner(m)
        if "=" not in inner or not _is_formula(m) or _OPEN.search(inner) or _doubted(bare, m.start(), m.end(), inner):
            continue
        for line in _LINE.split(_THIN.sub(" ", _GROUPS.sub("", inner))):
            for part in _apart_at_commas(line):
                if "=" in part:
                    yield Statement(part.replace("&", " "), bare[: m.start()], bare[m.end() :])


_SIGNS = re.compile(r"=|\\approx(?![a-z])|≈")
_PROSE = re.compile(r"(?<![\\a-zA-Z])[a-zA-Z]{3,}[ \n]+[a-zA-Z]{2,}")


def _is_formula(m: re.Match[str]) -> bool:
    """Whether what stands between two dollar signs is a formula: text between two amounts of money is none."""
    if m[2] and m[2][0].isdigit() and m.start() and m.string[m.start() - 1] == ".":  # ".$500$"
        return False
    return m[2] is None or not _PROSE.search(_TEXT.sub(" ", m[2]))


def _doubted(text: str, start: int, end: int, formula: str, *, remainders: bool = False, met: bool = False) -> bool:
    """Whether the sentence around a formula does not assert it, or the next one takes it back; with `remainders`, a modulus is no doubt,
    with `met` a condition that ends before the formula is none."""
    before = re.split(r"[.!?;]\s|\n\n", text[max(0, start - 100) : start])[-1]
    if remainders:
        before = _MODULAR.sub("", before)
    if met:
        before = _CONDITION.sub("", before)
    return bool(
        _DOUBT.search(before)
        or _REFUTED.search(_REASON.split(before)[-1])
        or _REFUTED.search(text[end : end + 80])
        or (_NO_SOLUTION.search(text[end : end + 80]) and not _COMPARED.search(formula))
        or _REST.match(text[end : end + 30])
    )


_CONDITION = re.compile(r"\b(?:if|suppose|assume)\b.*?(?:,\$?\s|\bthen\b)", re.IGNORECASE | re.DOTALL)
_REASON = re.compile(r"\b(?:since|because)\b", re.IGNORECASE)
_REST = re.compile(r"[\s,(]*(?:with\s+)?(?:an?\s+)?(?:remainder|rem\b|R\b|r\s?\d|left\s+over)")


def without_formulas(text: str) -> str:
    """A text without its formulas and figures, for readers of plain arithmetic; an amount of money between two signs is no formula."""
    return _SEGMENT.sub(
        lambda m: " . " if _is_formula(m) and (re.search(r"[\\^]", m[0]) or _LETTER.search(m[0])) else m[0],
        _FIGURE.sub(" ", text),
    )


_LETTER = re.compile(r"\d(?![xX]\d)[a-zA-Z](?![a-zA-Z])|(?<![a-zA-Z\d])[a-wyzA-WYZ]\s*[-+=*/)]")
"""A letter that stands for a number, as no "x" between two numbers does."""


def _chains(formula: str) -> Iterator[list[tuple[Side, bool]]]:
    """The sides of each statement, with whether the sign before a side says that it is rounded."""
    for statement in _APART.split(_THIN.sub(" ", _GROUPS.sub("", formula))):
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
    written = text.strip().rstrip(".,").strip()
    plain = _BOX.sub(" ", written)
    units = " ".join(_TEXT.findall(plain)).strip(" .,")
    bare = plain.replace("\\$", " ").strip().rstrip(".")
    if _NAMED.search(bare):  # "\\text{gcd}(12, 8)" is not the point (12, 8)
        return Side(written, bare, units)
    formula = in_ten(_unboxed(_MEASURED.sub(" ", bare)).strip())
    return Side(written, formula if _TRIGONOMETRY.search(formula) else _DEGREES.sub("", formula), units, _unboxed(bare))


def _unboxed(formula: str) -> str:
    """Without the braces that a box has left around a whole side."""
    m = re.fullmatch(r"\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*", formula)
    return m[1] if m else formula


def _slip(one: tuple[Side, bool], two: tuple[Side, bool], chained: bool, imaginary: bool, said: bool) -> Slip | None:
    (left, _), (right, rounded) = one, two
    if any(
        _BASED.search(in_ten(side.written)) or _DEFINED.search(side.written) for side in (left, right)
    ) or _SCALES.search(f"{left.unit} {right.unit}"):
        return None
    if (parts := _parts(left.formula, right.formula)) is not None:
        apart = (_slip((Side(a, a, ""), False), (Side(b, b, ""), rounded), chained, imaginary, said) for a, b in parts)
        return next((slip for slip in apart if slip), None)
    if left.unit != right.unit and left.unit + right.unit and not _carries(left, right):
        slack = _slack(left.formula) + _slack(right.formula)
        judged = left.unit and not rounded and unit_symbols.differ(left.symbols, right.symbols, slack)
        return Slip(left.written, right.written, None) if judged else None
    if not chained and _LITERAL.fullmatch(left.formula) and _LITERAL.fullmatch(right.formula):
        return None
    if any(_ONE_LETTER.search(_I.sub("j", f) if imaginary else f) for f in (left.formula, right.formula)):
        return None
    if not rounded and broken_identity(Sides(left.formula, right.formula, chained, said)):
        return Slip(left.written, right.written, None)
    mine, theirs = list(values_of(left.formula)), list(values_of(right.formula))
    if not mine or not theirs:
        return None
    slack = _slack(left.formula) + _slack(right.formula)
    if any(_agree(a, b, slack, rounded) for a in mine for b in theirs):
        return None
    return Slip(left.written, right.written, mine[0])


_I = re.compile(r"(?<![\\a-zA-Z{])i(?![a-zA-Z])")
_SIGNED = re.compile(r"\\pm(?![a-z])|±")


def _parts(left: str, right: str) -> list[tuple[str, str]] | None:
    """Sides that are to be compared in pairs: the coordinates of two points, or both values of "\\pm" on either side."""
    one, two = _coordinates(left), _coordinates(right)
    if one and two and len(one) == len(two):
        return list(zip(one, two, strict=True))
    if (vectors := components(left, right)) is not None:
        return vectors
    if len(_SIGNED.findall(left)) == len(_SIGNED.findall(right)) == 1 and "\\mp" not in left + right:
        return [(_SIGNED.sub(sign, left), _SIGNED.sub(sign, right)) for sign in ("+", "-")]
    return None


_POINT = re.compile(r"\s*(?:\\left)?\s*\((.*?)(?:\\right)?\s*\)\s*", re.DOTALL)


def _coordinates(formula: str) -> list[str] | None:
    """The coordinates of a point, where a formula is one."""
    m = _POINT.fullmatch(formula)
    parts = [part.strip() for part in _apart_at_commas(m[1])] if m else []
    return parts if len(parts) > 1 and all(parts) else None


def _carries(left: Side, right: Side) -> bool:
    """Whether a unit is only left out behind the sign: "2.5 \\times 60 \\text{ minutes} = 150"; "2 \\text{ hours} = 120" is none. Or
    before it, where figures alone are multiplied or added."""
    if right.unit and not left.unit and _LITERAL.fullmatch(right.formula):
        read = expression(left.formula)
        return bool(read and not read.names and _OPERATION.search(left.formula))
    if right.unit or len(_TEXT.findall(left.written)) != 1 or not left.written.rstrip(" .}").endswith(left.unit):
        return False
    return bool(re.search(r"[-+*/×·]|\\(?:cdot|times|div|[dt]?frac)", left.formula))


def _agree(a: Value, b: Value, slack: float, rounded: bool) -> bool:
    if close(a, b):
        return True
    gap = abs(complex(a) - complex(b))
    return gap <= slack * 1.001 or (rounded and gap <= max(abs(complex(b)) / 50, 0.01))


def values_of(formula: str) -> Iterator[Value]:
    """What a formula may be worth: a percentage as its fraction or its figure, "2\\frac13" as a mixed number or a product."""
    for read in _readings(formula):
        found = expression(read)
        if found and (value := _worth(found, read)) is not None:
            yield value


def _worth(found: Expression, written: str) -> Value | None:
    return found.value() if not found.names else None if UNCLEAR.search(written) else constant(found)


def _readings(formula: str) -> Iterator[str]:
    yield from unfolded(formula)
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
    if _ONE_SIGN.search(formula):
        yield _ONE_SIGN.sub(r"^{\1} \\cdot ", formula)


_ONE_SIGN = re.compile(r"\^\s*(\d)(?=\d+\s*\^)")
"""Factors as LaTeX sets them, of which "^" takes one sign only: "2^35^2" is 2^3 5^2."""


def _slack(formula: str) -> float:
    """How far a formula's value may be off because its decimals are rounded: a bare one by one in its last place, each in a
    sum or a product by half of it; a single decimal there counts as exact."""
    total = 0.0
    bare = _DECIMAL.fullmatch(formula.strip("-−{} "))
    for m in _DECIMAL.finditer(formula):
        ulp = Fraction(1, 10 ** len(m[1])) / (1 if bare else 2)
        if not bare and (len(m[1]) < 2 or _EXACT.fullmatch(m[0])):
            continue
        moved = [
            _first(f"{formula[: m.start()]}{_decimal(Fraction(m[0]) + step)}{formula[m.end() :]}") for step in (0, ulp)
        ]
        if moved[0] is not None and moved[1] is not None:
            total += abs(complex(moved[1]) - complex(moved[0]))
    return total


_EXACT = re.compile(r"0\.0\d|\d*\.\d[05]")
"""A decimal of two places that is none rounded: one figure alone, or the last one a nought or a five."""


def _decimal(value: Fraction) -> str:
    return f"({value.numerator}/{value.denominator})"


def _first(formula: str) -> Value | None:
    return next(values_of(formula), None)


def _shown(value: Value) -> str:
    if isinstance(value, Fraction):
        return str(value)
    real = complex(value)
    return f"{real.real:.6g}" if abs(real.imag) < 1e-12 else f"{real:.6g}"
