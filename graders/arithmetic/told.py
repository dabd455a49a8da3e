"""Equations held to the values that the same text tells of their unknowns: "2a^2 + 3a = 14" beside "a = -7/2 or a = 2".

An equation is refused where all its unknowns are told and it holds for no choice of what is told of them; two equations are where
one says that an expression is one number and the other that it is another. A value that is put in to try something, and a letter that
is applied as a function, tell nothing of an unknown. Cases may contradict one another, so a text of cases is not searched for
contradictions.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise, product
from typing import NamedTuple

from graders.arithmetic.unknowns import Statement, is_found, is_put_in, sentence_before
from graders.expression_nodes import Value
from graders.expressions import Expression, close, expression, samples

_HELD = 80
"""Equations of one text that are held to one another."""
_MOST = 64
"""Choices of values that are tried for one equation."""
_DEGREES = re.compile(r"\^\s*(?:\\circ|\{\s*\\circ\s*\})|\\degree(?![a-z])|°")
_NOT_HERE = re.compile(
    r"(?:sin|cos|tan|cot|sec|csc|gcd|lcm|min|max)(?![a-z])|\\pm|\\mp|%|\\pmod|\\equiv|≡|!|\\neq?(?![a-z])|\\text|\\mbox|\\mathrm|\\approx|[<>≤≥]|\\[lg]eq?(?![a-z])|\\in(?![a-z])|(?<![\\a-zA-Z{])[a-zA-Z]{4,}|[A-Z][A-Z]\s*\^"
)
APPLIED = re.compile(r"(?<![a-zA-Z\\])[d-hp-uD-HN-U](?:_\{?\w\}?|'+|\^\{-1\})?\s*(?:\\left\s*)?\(")
"""A letter before a bracket that may be a function."""
_CONSTANT = re.compile(r"(?<![\\a-zA-Z{])[ei](?![a-zA-Z_])")
"""A letter that may be a number or a name."""
_NAMES = r"\\?(?:left)?\(\s*((?:\\?\w+\s*,\s*)+\\?\w+)\s*\\?(?:right)?\)"
_TUPLE = re.compile(_NAMES + r"\$?\s*(?:=|(?:gives|yields)\b)\s*\$?\s*\\?(?:left)?\(([^()]*)\\?(?:right)?\)")
"""Several unknowns told at once: "(a, b) = (3, 4)", "solving for $(x, y)$ gives $(4, 2)$"."""
_MORE = re.compile(r"[\s$,.;]*(?:or|and|,)[\s$]*(-?\d+(?:\.\d+)?|-?\\[dt]?frac\{?\d+\}?\{?\d+\}?)(?=[\s$,.;]|\Z)")
_CASES = re.compile(
    r"\bcases?\b|\beither\b|\bor\b|\bif\b|\bsuppos|\bpossib|\bassum|\bwhen\b|\bfor\s+(?:which|all|each|any)\b",
    re.IGNORECASE,
)
_IN_A_CASE = re.compile(
    r"\b(?:for|if|cases?|suppos\w+|assum\w+|let|set(?:s|ting)?|tr(?:y|ies|ying)|either|would|until|not)\b|n't\b",
    re.IGNORECASE,
)
"""In the sentence before an equation: it need not hold for what is told elsewhere."""
_DECIMAL = re.compile(r"\d\.\d|(?<!\d)\.\d")


class Chain(NamedTuple):
    """The sides of an asserted chain of equalities, as written and as expressions; None for a side that cannot be read."""

    statement: Statement
    written: tuple[str, ...]
    sides: tuple[Expression | None, ...]


def chains(found: Iterable[Statement]) -> Iterator[Chain]:
    """The chains of a text that no function, remainder or unit makes unclear."""
    for statement in found:
        plain = _DEGREES.sub(" ", statement.written.replace("\\boxed", " ").replace("\\$", " "))
        if _NOT_HERE.search(plain) or APPLIED.search(plain) or _CONSTANT.search(plain):
            continue
        written = tuple(side.strip().rstrip(".,;").strip() for side in plain.split("="))
        if len(written) > 1 and all(written):
            yield Chain(statement, written, tuple(map(expression, written)))


class Told(NamedTuple):
    """What a text tells of its unknowns, and those of which values are only tried."""

    values: Mapping[str, frozenset[Value]]
    tried: frozenset[str]

    def choices(self, names: Iterable[str]) -> Iterator[dict[str, Value]]:
        """The choices of told values for unknowns; none where one of them is not told or tried."""
        order = sorted(names)
        if all(self.values.get(name) and name not in self.tried for name in order):
            for chosen in islice(product(*(self.values[name] for name in order)), _MOST):
                yield dict(zip(order, chosen, strict=True))


def told(found: Sequence[Statement], text: str = "") -> Told:
    """The values that statements tell, and those of the tuples in the text: "(a, b) = (3, 4)"."""
    values: defaultdict[str, set[Value]] = defaultdict(set)
    tried: defaultdict[str, set[Value]] = defaultdict(set)
    for chain in chains(found):
        named = [side for side in chain.sides if side is None or side.names]
        names = [name for side in chain.sides if (name := _name(side))]
        value = next((side.value() for side in reversed(chain.sides) if side and not side.names), None)
        if not names or value is None or len(named) != len(names):
            continue
        loose = is_put_in(chain.statement) or not is_found(chain.statement, several=True)
        told_here = {value, *_more(chain.statement.behind)}
        for each in names:
            (tried if loose else values)[each] |= told_here
    for m in _TUPLE.finditer(text):
        names, read = m[1].split(","), [expression(part) for part in m[2].split(",")]
        if len(names) == len(read):
            for one, side in zip(names, read, strict=True):
                if side and not side.names and (value := side.value()) is not None:
                    values[one.strip(" \\")].add(value)
    only_tried = {name for name, each in tried.items() if any(not _among(v, values[name]) for v in each)}
    return Told({name: frozenset(each) for name, each in values.items()}, frozenset(only_tried))


def _more(behind: str) -> Iterator[Value]:
    """The values that follow a value: "x = 2 or 5"."""
    while more := _MORE.match(behind):
        extra = expression(more[1])
        if extra and (value := extra.value()) is not None:
            yield value
        behind = behind[more.end() :]


def unmet(found: Sequence[Statement], known: Told) -> Iterator[str]:
    """Equations that hold for no choice of the values told."""
    for chain in chains(found):
        if in_a_case(chain.statement):
            continue
        for (a, one), (b, two) in pairwise(zip(chain.written, chain.sides, strict=True)):
            if not one or not two or not one.names | two.names or _is_graph(one, two):
                continue
            tries = [_holds(one, two, at, a + b) for at in known.choices(one.names | two.names)]
            if tries and not any(tries):
                names = sorted(one.names | two.names)
                values = ", ".join(f"{name} = {' or '.join(map(_shown, known.values[name]))}" for name in names)
                yield f"{a} is not {b} for {values}"


def contradictions(found: Sequence[Statement], text: str) -> Iterator[str]:
    """The first two equations that say of one expression that it is two numbers."""
    if _CASES.search(text):
        return
    zeros = list[tuple[str, Expression, Expression]]()
    for chain in chains(found):
        for (a, one), (b, two) in pairwise(zip(chain.written, chain.sides, strict=True)):
            if one and two and not _is_graph(one, two) and not _name(one) and not _name(two):
                zeros.append((f"{a} = {b}", one, two))
    for (first, *this), (second, *other) in combinations(zeros[:_HELD], 2):
        names = this[0].names | this[1].names
        if (
            len(names) > 1
            and names == other[0].names | other[1].names
            and _apart(_differences(*this), _differences(*other))
        ):
            yield f"{second} contradicts {first}"
            return


def in_a_case(statement: Statement) -> bool:
    """Whether the sentence of a statement says before it that it holds in a case, or is tried."""
    return bool(_IN_A_CASE.search(sentence_before(statement)))


def _differences(one: Expression, two: Expression) -> list[complex] | None:
    """The left side less the right one at sample points; None where one has no value there."""
    found = []
    for point in samples(one.names | two.names):
        a, b = at(one, point), at(two, point)
        if a is None or b is None:
            return None
        found.append(complex(a) - complex(b))
    return found


def _apart(first: list[complex] | None, second: list[complex] | None) -> bool:
    """Whether one is a multiple of the other but for a number, which is not zero."""
    if not first or not second:
        return False
    size = max(map(abs, first)) + max(map(abs, second))
    one, two = [v - first[0] for v in first[1:]], [v - second[0] for v in second[1:]]
    if min(map(abs, one)) < 1e-6 or min(map(abs, two)) < 1e-6:
        return False
    ratio = one[0] / two[0]
    same = all(abs(a - ratio * b) < 1e-7 * size for a, b in zip(one, two, strict=True))
    return same and abs(first[0] - ratio * second[0]) > 1e-4 * max(1.0, size / 100)


def at(found: Expression, point: Mapping[str, Value]) -> Value | None:
    """An expression's value at a point; None where it has none."""
    try:
        return found.node(point)
    except (ValueError, ZeroDivisionError, OverflowError, KeyError):
        return None


def _holds(one: Expression, two: Expression, point: Mapping[str, Value], written: str) -> bool:
    a, b = at(one, point), at(two, point)
    if a is None or b is None or close(a, b):
        return True
    gap, size = abs(complex(a) - complex(b)), max(abs(complex(a)), abs(complex(b)), 1.0)
    rounded = _DECIMAL.search(written) or any(isinstance(v, complex) for v in point.values())
    return gap <= (0.02 if _DECIMAL.search(written) else 1e-6 if rounded else 0) * size


def _is_graph(one: Expression, two: Expression) -> bool:
    """Whether an equation says where a curve runs: "y = 2x + 1"."""
    return any(_name(a) in ("y", "z") and b.names - a.names for a, b in ((one, two), (two, one)))


def _name(side: Expression | None) -> str | None:
    """The name that a side is, and nothing else."""
    if side is None or len(side.names) != 1:
        return None
    (name,) = side.names
    return name if all(at(side, {name: v}) == v for v in (0.37 + 0j, -2.25 + 0j, 5.5 + 0j)) else None


def _among(value: Value, values: Iterable[Value]) -> bool:
    return any(close(value, each) for each in values)


def _shown(value: Value) -> str:
    if isinstance(value, complex):
        return f"{value.real:.6g}" if abs(value.imag) < 1e-9 else f"{value:.6g}"
    return str(value)
