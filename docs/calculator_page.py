"""The reference page of the calculator: functions, symbolic functions, errors, limits."""

from docs.markdown import code, table
from docs.markdown import page as whole_page
from tools.calculator import limits
from tools.calculator.functions import GROUPS, SYMBOLIC, SYMBOLIC_NAMES
from tools.calculator.functions.base import Function
from tools.calculator.result import ERROR_CODES, MEANINGS


def page() -> str:
    """The page, from the tables the calculator itself runs on."""
    groups = [f"## {title}\n\n{_functions(rows)}" for title, rows in GROUPS.items()]
    return whole_page("Calculator reference", *groups, _symbolic(), _errors(), _limits())


def _functions(rows: tuple[Function, ...]) -> str:
    cells = [
        (code(f.name), f.meaning, code(f.example), code(f.expected), ", ".join(map(code, f.aliases))) for f in rows
    ]
    return table(("function", "meaning", "example", "gives", "also written"), cells)


def _symbolic() -> str:
    rows = []
    for name, example in SYMBOLIC.items():
        aliases = ", ".join(code(alias) for alias, of in SYMBOLIC_NAMES.items() if of == name and alias != name)
        rows.append((code(name), code(example), aliases))
    return "## Symbolic functions (in the worker)\n\n" + table(("function", "example", "also written"), rows)


def _errors() -> str:
    return "## Errors\n\n" + table(("code", "what it says"), [(code(c), MEANINGS[c]) for c in ERROR_CODES])


def _limits() -> str:
    rows = [
        ("characters", f"{limits.CHARACTERS:,}"),
        ("parts (numbers, names, signs)", f"{limits.NODES:,}"),
        ("nesting", str(limits.DEPTH)),
        ("bits of a numerator or denominator", f"{limits.BITS:,}"),
        ("factorial of", f"{limits.FACTORIAL:,}"),
        ("items of a list", f"{limits.ITEMS:,}"),
        ("seconds of symbolic or unit work", f"{limits.SECONDS:g}"),
        ("memory of symbolic or unit work", f"{limits.WORKER_BYTES // 2**20} MiB"),
    ]
    return "## Limits\n\n" + table(("what", "at most"), rows)
