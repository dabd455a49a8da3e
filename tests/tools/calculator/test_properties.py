"""What holds for every expression: agreement with Fraction, no exception, no runaway."""

import sys
from fractions import Fraction

import mpmath
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tools.calculator import ERROR_CODES, Result, limits, parse_number, plain, value, writing
from tools.calculator.quick import quick

LIMIT = sys.getrecursionlimit()


class Tree:
    """An expression as text, and its value; None where a divisor is zero."""

    def __init__(self, text: str, value: Fraction | None) -> None:
        self.text = text
        self.value = value


def leaf(number: Fraction) -> Tree:
    return Tree(f"({number})" if number.denominator > 1 else str(number.numerator), number)


def joined(parts: tuple[Tree, str, Tree]) -> Tree:
    left, sign, right = parts
    text = f"({left.text} {sign} {right.text})"
    if left.value is None or right.value is None or (sign in "/÷//" and right.value == 0):
        return Tree(text, None)
    a, b = left.value, right.value
    found = {"+": a + b, "-": a - b, "−": a - b, "*": a * b, "×": a * b}.get(sign)
    if found is None:
        found = Fraction(a // b) if sign == "//" else a / b
    return Tree(text, found)


def powered(parts: tuple[Tree, int]) -> Tree:
    base, exponent = parts
    text = f"({base.text})^{exponent}"
    if base.value is None or (base.value == 0 and exponent < 0):
        return Tree(text, None)
    return Tree(text, base.value**exponent)


leaves = st.one_of(
    st.integers(0, 10**6).map(lambda n: leaf(Fraction(n))), st.fractions(0, 1000, max_denominator=50).map(leaf)
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "−", "*", "×", "/", "÷", "//"]), inner).map(joined),
        st.tuples(inner, st.integers(-3, 4)).map(powered),
        inner.map(lambda t: Tree(f"-{t.text}", None if t.value is None else -t.value)),
        inner.map(lambda t: Tree(f"({t.text})%", None if t.value is None else t.value / 100)),
    ),
    max_leaves=12,
)


@given(trees)
@settings(max_examples=250, deadline=None)
def test_agrees_with_fraction(tree: Tree) -> None:
    result = plain.failure(ValueError())
    try:
        result = plain.computed(plain.read(tree.text))
    except Exception as error:
        result = plain.failure(error)
    if result.error is not None:
        assert (result.error.code, tree.value) == ("division_by_zero", None) or result.error.code == "too_large"
    else:
        assert result.exact is not None
        assert Fraction(result.exact) == tree.value
        assert value(tree.text) == tree.value


flat = st.lists(st.tuples(st.sampled_from("+-*/"), st.integers(1, 99)), min_size=1, max_size=15)


@given(st.integers(0, 99), flat)
@settings(deadline=None)
def test_precedence_is_pythons(first: int, rest: list[tuple[str, int]]) -> None:
    text = str(first) + "".join(f"{sign}{number}" for sign, number in rest)
    python = eval("Fraction(" + str(first) + ")" + "".join(f"{s}Fraction({n})" for s, n in rest))
    assert value(text) == python


SIGNS = "0 1 2 3 7 10 12 100 2024 .5 0.25 1.5 5. + - * / ( ) $ = + - * / ( ) -10 - . ** ^ ^ ^2 × −"
BITS = [*SIGNS.split(), " "]


@given(st.lists(st.sampled_from(BITS), min_size=1, max_size=12).map("".join))
@settings(max_examples=1000, deadline=None)
def test_the_short_way_agrees_with_the_long_one(text: str) -> None:
    found = quick(text)
    if found is not None:
        assert plain.computed(plain.read(text)) == writing.result(found)


@given(st.integers(0, 99), flat)
@settings(deadline=None)
def test_the_short_way_takes_plain_arithmetic(first: int, rest: list[tuple[str, int]]) -> None:
    assert quick(str(first) + "".join(f" {sign} {number}" for sign, number in rest)) is not None


FUNCTIONS = (
    "sqrt",
    "exp",
    "ln",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "atanh",
    "gamma",
)
PEERS = {name: getattr(mpmath, name) for name in FUNCTIONS}


@given(st.sampled_from(FUNCTIONS), st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000))
@settings(max_examples=200, deadline=None)
def test_functions_agree_with_mpmath(name: str, x: Fraction) -> None:
    found = value(f"{name}({x})")
    with mpmath.workdps(40):
        expected = PEERS[name](mpmath.mpf(x.numerator) / x.denominator)
    assert found is not None
    assert abs(float(found) - float(expected)) <= 1e-14 * abs(float(expected))


@given(st.lists(st.sampled_from([2, 3, 5, 7, 8, 12]), min_size=1, max_size=6), st.integers(1, 10**6))
@settings(deadline=None)
def test_cancelled_roots_leave_what_is_left(roots: list[int], rest: int) -> None:
    """Terms that cancel exactly take all their digits with them."""
    terms = [f"sqrt({n})" for n in roots]
    found = value(f"{' + '.join(terms)} + {rest}/10^30 - ({' + '.join(reversed(terms))})")
    assert found is not None
    assert abs(Fraction(found) - Fraction(rest, 10**30)) < Fraction(rest, 10**42)


PIECES = r"""
1 2 3.5 10 pi e x ( ) [ ] , + - * / ^ ** // % ! ° | √ ∛ ² ½ $ € = < > != { } . ' ? : ` << >> _ 1,234 e5 9^9^9
10^4000 days for i in of to km  C P sqrt( sin( log( max( mean([ range( comb( factorial( \frac{ \sqrt \times
\left( np. 2024-01-15 million squared deg ^-1 log_
!= ; # if or and [0] \\overline{3} \\log 101_2 5k ft dollars answer: half
"""


@example("C[0]")
@given(st.lists(st.sampled_from([*PIECES.split(), " "]), max_size=60).map("".join))
@settings(max_examples=600, deadline=None)
def test_fragments_never_raise(text: str) -> None:
    assert_sane(outcome(text))


@given(st.text(max_size=200))
@settings(max_examples=250, deadline=None)
def test_any_text_never_raises(text: str) -> None:
    assert_sane(outcome(text))
    parse_number(text)


def outcome(text: str) -> Result:
    """The result where no worker is needed; work for the worker counts as done."""
    try:
        parsed = plain.read(text)
        return Result("worker") if plain.needs_worker(parsed) else plain.computed(parsed)
    except Exception as error:
        return plain.failure(error)


def assert_sane(result: Result) -> None:
    if result.error is None:
        assert result.exact is not None or result.decimal is not None
    else:
        assert result.error.code in ERROR_CODES
        assert "could not be computed" not in result.error.message, "an exception nobody foresaw"


@given(st.fractions(max_denominator=10**6))
@settings(deadline=None)
def test_numbers_read_back(number: Fraction) -> None:
    assert parse_number(str(number)) == number
    assert parse_number(f"{number.numerator:,}") == number.numerator
    written = plain.computed(plain.read(str(number)))
    assert written.decimal is not None
    assert abs(Fraction(written.decimal) - number) <= abs(number) * Fraction(1, 10**11)


def test_limits_fit_what_python_can_write() -> None:
    assert limits.BITS * 0.30103 < 4300
