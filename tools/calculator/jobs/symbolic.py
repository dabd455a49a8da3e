"""Symbolic mathematics: the calculator's tree mapped to sympy objects by a table. No text ever reaches sympy."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy
from sympy.printing.str import StrPrinter

from tools.calculator import names, writing
from tools.calculator.digits import rounded
from tools.calculator.jobs import matrices
from tools.calculator.result import CalculationError, Result
from tools.calculator.tree import (
    Call,
    Compare,
    Degrees,
    Factorial,
    Items,
    Name,
    Negate,
    Node,
    Num,
    Percent,
    Power,
    Product,
    Sum,
)

_CONSTANTS = {
    "pi": sympy.pi,
    "e": sympy.E,
    "tau": 2 * sympy.pi,
    "inf": sympy.oo,
    "oo": sympy.oo,
    "infinity": sympy.oo,
    "I": sympy.I,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sqrt": sympy.sqrt, "cbrt": sympy.cbrt, "root": sympy.real_root, "exp": sympy.exp, "ln": sympy.log, "log": sympy.log,
    "log10": lambda x: sympy.log(x, 10), "log2": lambda x: sympy.log(x, 2), "abs": sympy.Abs, "sign": sympy.sign,
    "floor": sympy.floor, "ceil": sympy.ceiling, "factorial": sympy.factorial, "gamma": sympy.gamma, "erf": sympy.erf,
    "comb": sympy.binomial, "perm": lambda n, k: sympy.ff(n, k), "mod": sympy.Mod, "pow": sympy.Pow, "fraction": lambda x, y: x / y,
    "min": sympy.Min, "max": sympy.Max, "gcd": sympy.gcd, "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "sec": sympy.sec,
    "csc": sympy.csc, "cot": sympy.cot, "asin": sympy.asin, "acos": sympy.acos, "atan": sympy.atan, "atan2": sympy.atan2,
    "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh, "asinh": sympy.asinh, "acosh": sympy.acosh, "atanh": sympy.atanh,
    "asec": sympy.asec, "acsc": sympy.acsc, "acot": sympy.acot, "radians": sympy.rad, "degrees": sympy.deg,
    "sum": lambda *x: sympy.Add(*x), "prod": lambda *x: sympy.Mul(*x), "float": lambda x: x,
}  # fmt: skip
_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "=": sympy.Eq, "!=": sympy.Ne, "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge,
}  # fmt: skip


def warm() -> None:
    """Fills sympy's caches with the usual, so that the first job is not slower than the others."""
    x = sympy.Symbol("x")
    sympy.solve(x**2 - 4, x)
    sympy.integrate(x**2 * sympy.sin(x), x)
    sympy.simplify((x**2 - 1) / (x - 1))
    sympy.limit(sympy.sin(x) / x, x, 0)


def computed(tree: Node) -> Result:
    """The result of a tree with symbolic calls. Raises CalculationError."""
    return written(mapped(tree))


def mapped(node: Node) -> Any:
    """The sympy object of a node; calls of symbolic functions are done on the way."""
    if isinstance(node, Num):
        return sympy.Rational(node.value.numerator, node.value.denominator)
    if isinstance(node, Name):
        return _CONSTANTS.get(node.id) or _symbol(node.id)
    if isinstance(node, Items):
        return [mapped(item) for item in node.items]
    if isinstance(node, Call):
        return _called(node)
    if type(node) not in _MAPS:
        raise CalculationError("not_allowed", "Dates and units cannot stand in symbolic work.")
    try:
        return _MAPS[type(node)](node)
    except TypeError:
        raise CalculationError(
            "domain", "A list cannot stand there in symbolic work; use matmul, det or inverse on matrices."
        ) from None


def _symbol(name: str) -> Any:
    if names.bare(name) in names.FORBIDDEN or len(name) > 20:
        raise names.unknown(name, called=False)
    return sympy.Symbol(name)


def _sum(node: Sum) -> Any:
    return sympy.Add(*[-mapped(t) if minus else mapped(t) for t, minus in zip(node.terms, node.minus, strict=True)])


def _product(node: Product) -> Any:
    total = mapped(node.factors[0])
    for factor, op in zip(node.factors[1:], node.ops, strict=True):
        other = mapped(factor)
        if op == "/" and other == 0:
            raise CalculationError("division_by_zero", "A divisor is zero; nothing can be divided by zero.")
        total = {
            "*": lambda a, b: a * b,
            "/": lambda a, b: a / b,
            "mod": sympy.Mod,
            "//": lambda a, b: sympy.floor(a / b),
        }[op](total, other)
    return total


def _compare(node: Compare) -> Any:
    if len(node.relations) > 1:
        steps = zip(node.sides, node.relations, node.sides[1:], strict=False)
        return sympy.And(*[_RELATIONS[r](mapped(a), mapped(b)) for a, r, b in steps])
    return _RELATIONS[node.relations[0]](mapped(node.sides[0]), mapped(node.sides[1]))


_MAPS: dict[type, Callable[[Any], Any]] = {
    Negate: lambda n: -mapped(n.operand),
    Sum: _sum,
    Product: _product,
    Power: lambda n: mapped(n.base) ** mapped(n.exponent),
    Factorial: lambda n: (sympy.factorial if n.step == 1 else sympy.factorial2)(mapped(n.operand)),
    Percent: lambda n: mapped(n.operand) / 100,
    Degrees: lambda n: sympy.rad(mapped(n.operand)),
    Compare: _compare,
}


def _called(node: Call) -> Any:
    if node.name == "solve":
        return _solve(node)
    args = [mapped(arg) for arg in node.args]
    if node.name in matrices.TABLE:
        return matrices.TABLE[node.name](*args)
    if node.name in _WORK:
        return _WORK[node.name](*args)
    if node.name not in _FUNCTIONS:
        raise CalculationError("not_allowed", f"{node.name} cannot stand in symbolic work; compute it alone first.")
    if len(args) == 1 and isinstance(args[0], list):
        args = args[0]
    return _FUNCTIONS[node.name](*args)


def _variable(expression: Any, given: tuple[Any, ...]) -> Any:
    """The variable given, or the only one there is."""
    if given and isinstance(given[0], sympy.Symbol):
        return given[0]
    if given:
        raise CalculationError("syntax", f"A variable such as x is needed, not {given[0]}.")
    found = sorted(getattr(expression, "free_symbols", ()), key=str)
    if len(found) != 1:
        raise CalculationError("syntax", "Name the variable as the second argument, such as diff(x^2, x).")
    return found[0]


def _solve(node: Call) -> Any:
    if not node.args:
        raise CalculationError("syntax", "solve takes an equation and a variable: solve(x^2 = 4, x).")
    first = node.args[0]
    equations = [_equation(item) for item in (first.items if isinstance(first, Items) else (first,))]
    wanted = [mapped(arg) for arg in node.args[1:]]
    unknowns = wanted[0] if len(wanted) == 1 and isinstance(wanted[0], list) else wanted
    if not unknowns:
        unknowns = sorted(set().union(*(e.free_symbols for e in equations)), key=str)
    if not unknowns or not all(isinstance(u, sympy.Symbol) for u in unknowns):
        raise CalculationError("syntax", "solve needs a variable as its second argument: solve(x^2 = 4, x).")
    if len(unknowns) > len(equations) and len(wanted) == 0:
        raise CalculationError("syntax", "Name the variable to solve for as the second argument: solve(a*x = b, x).")
    if len(equations) == 1 and len(unknowns) == 1:
        return _solve_one(equations[0], unknowns[0])
    found = sympy.solve(equations, *unknowns, dict=True)
    return [[sympy.Eq(u, s[u], evaluate=False) for u in unknowns if u in s] for s in found]


def _equation(node: Node) -> Any:
    """left - right for an equation, the relation itself for an inequality."""
    if isinstance(node, Compare) and node.relations == ("=",):
        return mapped(node.sides[0]) - mapped(node.sides[1])
    return mapped(node)


def _solve_one(equation: Any, unknown: Any) -> Any:
    if equation == 0 or equation is sympy.true:
        raise CalculationError("domain", "The equation holds for every value.")
    if equation is sympy.false or not equation.free_symbols:
        return []
    if not isinstance(equation, sympy.Expr):
        return sympy.solveset(equation, unknown, sympy.S.Reals).as_relational(unknown)
    try:
        found = sympy.solve(equation, unknown)
    except NotImplementedError:
        real = sympy.Symbol(unknown.name, real=True)
        try:
            found = sympy.solve(equation.subs(unknown, real), real)
        except NotImplementedError:
            raise CalculationError(
                "too_complex", "No way to solve this equation is known; try a simpler form."
            ) from None
    return sorted(found, key=sympy.default_sort_key) if any(f.is_real is False for f in found) else _ascending(found)


def _ascending(found: list[Any]) -> list[Any]:
    try:
        return sorted(found, key=lambda f: float(f))
    except TypeError:
        return found


def _diff(f: Any, *rest: Any) -> Any:
    x = _variable(f, rest[:1])
    return sympy.simplify(sympy.diff(f, x, *rest[1:]))


def _integrate(f: Any, *rest: Any) -> Any:
    if rest and isinstance(rest[0], list):
        rest = tuple(rest[0])
    x = _variable(f, rest[:1])
    bounds = rest[1:]
    if len(bounds) not in (0, 2):
        raise CalculationError("syntax", "integrate takes f, x or f, x, from, to: integrate(x^2, x, 0, 1).")
    found = sympy.integrate(f, (x, *bounds) if bounds else x)
    if found.has(sympy.Integral) and bounds and not found.free_symbols:
        return found.evalf(20)
    if found.has(sympy.Integral):
        raise CalculationError("too_complex", "No closed form of this integral is known; give bounds for a number.")
    return found


def _limit(f: Any, *rest: Any) -> Any:
    if len(rest) not in (2, 3):
        raise CalculationError("syntax", "limit takes f, x and a point: limit(sin(x)/x, x, 0).")
    if len(rest) == 3:
        return sympy.limit(f, rest[0], rest[1], "-" if rest[2] == -1 else "+")
    return sympy.limit(f, _variable(f, rest[:1]), rest[1], "+-" if rest[1].is_finite else "+")


def _series(f: Any, *rest: Any) -> Any:
    x = _variable(f, rest[:1])
    point, order = (*rest[1:], *(0, 6)[len(rest[1:]) :])[:2]
    return sympy.series(f, x, point, int(order)).removeO()


def _summation(f: Any, *rest: Any) -> Any:
    bounds = rest[0] if rest and isinstance(rest[0], list) else list(rest)
    if len(bounds) != 3:
        raise CalculationError("syntax", "summation takes f, k, from, to: summation(k^2, k, 1, 10).")
    return sympy.summation(f, tuple(bounds))


def _factor(f: Any) -> Any:
    return _factorint(f) if getattr(f, "is_Integer", False) else sympy.factor(f)


def _factorint(n: Any) -> Any:
    if not getattr(n, "is_Integer", False):
        raise CalculationError("domain", "factorint takes a whole number.")
    powers = sympy.factorint(n)
    return " * ".join(str(p) if k == 1 else f"{p}^{k}" for p, k in powers.items()) or str(n)


_WORK: dict[str, Callable[..., Any]] = {
    "simplify": lambda f: sympy.simplify(f),
    "expand": lambda f: sympy.expand(f),
    "factor": _factor,
    "factorint": _factorint,
    "diff": _diff,
    "integrate": _integrate,
    "limit": _limit,
    "series": _series,
    "summation": _summation,
}


def written(value: Any) -> Result:
    """A sympy object as a Result; ^ is power, as the calculator reads it."""
    if isinstance(value, str):
        return Result(value)
    if isinstance(value, list | sympy.MatrixBase):
        return _written_list(value.tolist() if isinstance(value, sympy.MatrixBase) else value)
    if value in (sympy.true, sympy.false):
        return Result(str(value).lower())
    if isinstance(value, sympy.Rational):
        return writing.result(value.p if value.q == 1 else Fraction(value.p, value.q))
    if value.has(sympy.zoo, sympy.nan) or isinstance(value, sympy.AccumBounds):
        raise CalculationError("domain", "There is no value: the expression is not defined there.")
    return Result(_spelled(value), _decimal(value))


class _Printer(StrPrinter):  # type: ignore[misc]
    """Formulas as the calculator reads them."""

    def _print_Exp1(self, expr: Any) -> str:
        return "e"

    def _print_ImaginaryUnit(self, expr: Any) -> str:
        return "i"


def _spelled(value: Any) -> str | None:
    if isinstance(value, sympy.Equality):
        return f"{value.lhs} = {_spelled(value.rhs)}"
    return None if value.is_Float else str(_Printer().doprint(value)).replace("**", "^")


def _decimal(value: Any) -> str | None:
    if (
        getattr(value, "free_symbols", True)
        or getattr(value, "is_finite", None) is False
        or not hasattr(value, "evalf")
    ):
        return None
    near = value.evalf(30)
    return rounded(Fraction(str(near))) if near.is_Float else None


def _written_list(items: list[Any]) -> Result:
    inner = [written(item) for item in items]
    exact = None if any(r.exact is None for r in inner) else f"[{', '.join(r.exact or '' for r in inner)}]"
    shown = None if any(r.decimal is None for r in inner) else f"[{', '.join(r.decimal or '' for r in inner)}]"
    return Result(exact, shown)
