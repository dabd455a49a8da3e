"""What a name means: a function, a constant, a unit, or nothing."""

from difflib import get_close_matches
from functools import lru_cache

from tools.calculator.functions import NAMES, SYMBOLIC_NAMES
from tools.calculator.result import CalculationError
from tools.calculator.unit_names import UNITS

CONSTANTS: dict[str, str] = {"pi": "pi", "e": "e", "tau": "tau", "phi": "golden ratio"}
LIBRARIES = frozenset(
    (
        "math",
        "np",
        "numpy",
        "sympy",
        "sp",
        "statistics",
        "stats",
        "Math",
        "cmath",
        "mpmath",
        "mp",
        "scipy",
        "special",
        "linalg",
        "operator",
        "fractions",
        "decimal",
        "builtins",
    )
)
FORBIDDEN = frozenset(
    (
        "import",
        "lambda",
        "for",
        "while",
        "def",
        "class",
        "exec",
        "eval",
        "compile",
        "open",
        "input",
        "globals",
        "locals",
        "vars",
        "getattr",
        "setattr",
        "delattr",
        "type",
        "object",
        "breakpoint",
        "help",
        "dir",
        "memoryview",
        "bytes",
        "bytearray",
        "super",
        "os",
        "sys",
        "subprocess",
        "and",
        "or",
        "not",
        "if",
        "else",
        "is",
        "None",
        "today",
        "now",
        "random",
    )
)
_HINTS = {
    "std": "write stdev (of a sample) or pstdev (of a population)",
    "var": "write variance (of a sample) or pvariance (of a population)",
    "lg": "write log10, log2 or ln",
    "E": "write e for the base of the natural logarithm",
    "i": "complex numbers are not supported",
    "j": "complex numbers are not supported",
    "I": "complex numbers are not supported",
    "percentile": "it has several definitions; np.percentile([1, 2, 3, 4], 25) interpolates between the values",
    "quantile": "it has several definitions; np.quantile([1, 2, 3, 4], 0.25) interpolates between the values",
    "quartile": "it has several definitions; np.quantile([1, 2, 3, 4], 0.25) interpolates between the values",
    "inf": "infinity is no number; it is understood in limit, integrate and summation only",
    "nan": "there is no such number",
}


@lru_cache(maxsize=2048)
def function(name: str) -> str | None:
    """The table's name of a function, symbolic ones included, or None."""
    short = bare(name)
    if short == "Eq":
        return "eq"
    for spelling in (name.replace("numpy.", "np."), short, short.lower()):
        if spelling in NAMES:
            return NAMES[spelling]
        if spelling in SYMBOLIC_NAMES:
            return SYMBOLIC_NAMES[spelling]
    return None


@lru_cache(maxsize=2048)
def constant(name: str) -> str | None:
    short = bare(name)
    if short in CONSTANTS:
        return short
    return "pi" if short in ("PI", "Pi") else None


def bare(name: str) -> str:
    """Without the library in front: `math.sqrt` is sqrt. Raises not_allowed for any other dotted name."""
    if "." not in name and "__" not in name:
        return name
    *front, last = name.split(".")
    if "__" in name or not LIBRARIES.issuperset(front):
        raise CalculationError(
            "not_allowed", f"{name!r} is not allowed; only numbers, operators and the calculator's functions are."
        )
    return last


def unknown(name: str, called: bool) -> CalculationError:
    """The error for a name that means nothing here."""
    if name in FORBIDDEN:
        return CalculationError(
            "not_allowed", f"{name!r} is not allowed; only numbers, operators and the calculator's functions are."
        )
    code = CalculationError("unknown_function" if called else "unknown_name", "").problem.code
    kind = "function" if called else "name"
    if name in _HINTS:
        return CalculationError(code, f"Unknown {kind} {name!r}: {_HINTS[name]}.")
    near = get_close_matches(name[:30], [*NAMES, *SYMBOLIC_NAMES] if called else [*CONSTANTS, *UNITS], 2, 0.75)
    remedy = f"did you mean {' or '.join(near)}?" if near else _REMEDIES[called]
    return CalculationError(code, f"Unknown {kind} {name[:30]!r}; {remedy}")


_REMEDIES = {
    True: "use a function of the calculator, such as sqrt, log, sin, round, comb or mean.",
    False: "put a number in its place, or use a symbolic function such as solve(..., x) or simplify(...).",
}
