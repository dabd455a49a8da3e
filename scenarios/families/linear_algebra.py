"""Linear algebra: determinants of three rows, one unknown of two equations by Cramer's rule, an entry of a square, a squared length."""

import random
import re

from scenarios.families._calculation import Line, WrongWay
from scenarios.families._mathematics import Mathematics, problem
from scenarios.family import Ask
from scenarios.slots import COUNT
from scenarios.wording import Slot

_ROW = r"\[\s*\d+(?:\s*,\s*\d+)*\s*\]"


def _rows(text: str) -> list[list[int]]:
    return [[int(n) for n in re.findall(r"\d+", row)] for row in re.findall(_ROW, text)]


MATRIX = Slot(rf"\[\s*{_ROW}(?:\s*,\s*{_ROW})*\s*\]", lambda value, rng: str(value), _rows)
"""A matrix of whole numbers, as rows."""
VECTOR = Slot(_ROW, lambda value, rng: str(value), lambda text: [int(n) for n in re.findall(r"\d+", text)])
"""A row of whole numbers."""


def _matrix(rng: random.Random, size: int, top: int) -> list[list[int]]:
    return [[rng.randint(1, top) for _ in range(size)] for _ in range(size)]


def _draw_det(rng: random.Random, level: int) -> Ask:
    while True:
        m = _matrix(rng, 3, 6 + 6 * level)
        if _det(m) > 0:
            return {"matrix": m}


def _det(m: list[list[int]]) -> int:
    (a, b, c), (d, e, f), (g, h, i) = m
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def _determinant(ask: Ask) -> tuple[Line, ...]:
    (a, b, c), (d, e, f), (g, h, i) = ask["matrix"]
    return (
        Line("the first minor", f"{e} * {i} - {f} * {h}"),
        Line("the second minor", f"{d} * {i} - {f} * {g}"),
        Line("the third minor", f"{d} * {h} - {e} * {g}"),
        Line("the determinant", f"{a} * [0] - {b} * [1] + {c} * [2]"),
    )


def _determinant_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    (a, b, c), _, _ = ask["matrix"]
    *minors, _ = _determinant(ask)
    plus = Line("the determinant", f"{a} * [0] + {b} * [1] + {c} * [2]")
    return (WrongWay("wrong_formula", "C5", "forgets that the signs alternate", (*minors, plus)),)


DETERMINANT = problem(
    "determinant",
    {"matrix": MATRIX},
    {
        "plain": (
            "What is the determinant of the matrix {matrix}?",
            "Which determinant does {matrix} have, its rows in brackets?",
        ),
        "terse": ("det {matrix}?", "Determinant of {matrix}, value?"),
        "chatty": ("my homework has this matrix, {matrix}, and I need its determinant, what is it?",),
        "formal": ("Please compute the determinant belonging to the matrix with the rows {matrix}.",),
        "indirect": ("I'd like to know the determinant that {matrix} has when each bracket is a row.",),
        "context": (
            "Three edges of a slanted box are the rows of {matrix}. Its volume is the determinant of that. How large is the "
            "volume?",
        ),
    },
    _draw_det,
    _determinant,
    "from fractions import Fraction\nrows = [[Fraction(x) for x in row] for row in {matrix}]\nvalue = Fraction(1)\n"
    "for k in range(3):\n    best = next(r for r in range(k, 3) if rows[r][k])\n    if best != k:\n"
    "        rows[k], rows[best] = rows[best], rows[k]\n        value = -value\n    value *= rows[k][k]\n"
    "    for r in range(k + 1, 3):\n        part = rows[r][k] / rows[k][k]\n"
    "        rows[r] = [x - part * y for x, y in zip(rows[r], rows[k])]\nprint(value)",
    ("The determinant is {value}.", "It is {value}.", "That comes to {value}."),
    wrong=_determinant_wrong,
)


def _draw_cramer(rng: random.Random, level: int) -> Ask:
    while True:
        (a, b), (d, e) = (
            [n + 1 for n in row] for row in _matrix(rng, 2, 7 + 7 * level)
        )  # two at least, as of things bought
        x, y = rng.randint(3, 20 * level), rng.randint(3, 20 * level)
        if a * e - b * d > 0:
            return {"a": a, "b": b, "c": a * x + b * y, "d": d, "e": e, "f": d * x + e * y}


def _cramer(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the determinant of the system", f"{ask['a']} * {ask['e']} - {ask['b']} * {ask['d']}"),
        Line("the determinant for the first unknown", f"{ask['c']} * {ask['e']} - {ask['b']} * {ask['f']}"),
        Line("the first unknown", "[1] / [0]"),
    )


def _cramer_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    whole, _, last = _cramer(ask)
    other = Line("the determinant for the first unknown", f"{ask['a']} * {ask['f']} - {ask['c']} * {ask['d']}")
    return (WrongWay("wrong_formula", "C5", "solves for the other unknown", (whole, other, last)),)


CRAMER = problem(
    "cramer",
    dict.fromkeys("abcdef", COUNT),
    {
        "plain": (
            "Given {a} u + {b} v = {c} and {d} u + {e} v = {f}, what is u?",
            "For which u do {a} u + {b} v = {c} together with {d} u + {e} v = {f} hold?",
        ),
        "terse": ("{a} u + {b} v = {c}; {d} u + {e} v = {f}; u?",),
        "chatty": (
            "{a} coffees and {b} teas cost us {c} crowns, the table next to us had {d} coffees and {e} teas for {f} crowns, so "
            "what's a coffee?",
        ),
        "formal": ("Kindly solve the system {a} u + {b} v = {c}, {d} u + {e} v = {f} and state u only.",),
        "indirect": (
            "I'd like to know what an adult pays if {a} adults with {b} children pay {c} crowns and {d} adults with {e} children "
            "{f} crowns.",
        ),
        "context": (
            "A dealer packs {a} lamps and {b} shades for {c} crowns. Another pack has {d} lamps and {e} shades for {f} crowns. "
            "What does a single lamp cost?",
        ),
    },
    _draw_cramer,
    _cramer,
    "for u in range({c} // {a} + 1):\n    v, rest = divmod({c} - {a} * u, {b})\n"
    "    if rest == 0 and {d} * u + {e} * v == {f}:\n        print(u)",
    ("It is {value}.", "The first unknown is {value}.", "That comes out as {value}."),
    wrong=_cramer_wrong,
    back=lambda ask: f"({ask['c']} - {ask['a']} * [=]) / {ask['b']} * {ask['e']} + {ask['d']} * [=]",
)


def _draw_square(rng: random.Random, level: int) -> Ask:
    return {"matrix": _matrix(rng, 2, 9 + 8 * level)}


def _square(ask: Ask) -> tuple[Line, ...]:
    (a, b), (c, d) = ask["matrix"]
    return (
        Line("the upper left entry of the square", f"{a}**2 + {b} * {c}"),
        Line("the lower right entry of the square", f"{c} * {b} + {d}**2"),
        Line("the trace of the square", "[0] + [1]"),
    )


def _square_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    (a, _), (_, d) = ask["matrix"]
    entries = Line("the trace of the square", f"{a}**2 + {d}**2")
    return (WrongWay("wrong_formula", "C5", "squares the entries one by one", (entries,)),)


SQUARE = problem(
    "trace_of_square",
    {"matrix": MATRIX},
    {
        "plain": (
            "What is the trace of the square of the matrix {matrix}?",
            "If {matrix} is multiplied by itself, what do the entries on the diagonal sum to?",
        ),
        "terse": ("Trace of {matrix} squared?",),
        "chatty": (
            "I multiplied {matrix} by itself and want to check, what should the two diagonal entries add up to?",
        ),
        "formal": ("Please state the trace of the product of {matrix} with itself.",),
        "indirect": (
            "I'm after the sum of the diagonal of {matrix} once that has been multiplied by itself as a matrix.",
        ),
        "context": (
            "A walk between two rooms has the matrix {matrix}. Two steps are its square. How many walks of two steps end where "
            "they began?",
        ),
    },
    _draw_square,
    _square,
    "m = {matrix}\nprint(sum(m[i][k] * m[k][i] for i in range(2) for k in range(2)))",
    ("The trace is {value}.", "It is {value}.", "They sum to {value}."),
    wrong=_square_wrong,
)


def _draw_length(rng: random.Random, level: int) -> Ask:
    return {"one": [rng.randint(20, 40 * level) for _ in range(3)], "other": [rng.randint(1, 19) for _ in range(3)]}


def _length(ask: Ask) -> tuple[Line, ...]:
    squares = [f"({a} - {b})**2" for a, b in zip(ask["one"], ask["other"], strict=True)]
    return (
        Line("the square along the first axis", squares[0]),
        Line("the square along the second axis", squares[1]),
        Line("the square along the third axis", squares[2]),
        Line("the squared distance", "[0] + [1] + [2]"),
    )


def _length_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    first, second, _, _ = _length(ask)
    flat = Line("the squared distance", "[0] + [1]")
    return (WrongWay("wrong_formula", "C5", "leaves the third axis out", (first, second, flat)),)


LENGTH = problem(
    "squared_distance",
    {"one": VECTOR, "other": VECTOR},
    {
        "plain": (
            "What is the square of the distance between the points {one} and {other}?",
            "How large is the squared length of the difference of the vectors {one} and {other}?",
        ),
        "terse": ("Squared distance of {one} to {other}?",),
        "chatty": ("two drones hover at {one} and at {other}, what's the distance between them, squared?",),
        "formal": ("Kindly give the squared Euclidean distance separating {one} from {other}.",),
        "indirect": ("I'd like to know the square of how far {other} lies away when one stands at {one} in space.",),
        "context": (
            "The first star is at {one} on our chart. The second is at {other} there. The program wants the square of their "
            "distance. What is it?",
        ),
    },
    _draw_length,
    _length,
    "a, b = {one}, {other}\nprint(sum(x * x for x in a) + sum(y * y for y in b) - 2 * sum(x * y for x, y in zip(a, b)))",
    ("The squared distance is {value}.", "It is {value}.", "Squared, that is {value}."),
    wrong=_length_wrong,
)


class LinearAlgebra(Mathematics):
    """Matrices and vectors, by calculator and code."""

    name = "linear_algebra"
    summary = "determinants, two equations, the square of a matrix, distances"
    problems = (DETERMINANT, CRAMER, SQUARE, LENGTH)
