"""A specification in words, and as Python. Reading the words back is the families' business: they know the wordings."""

import random
import re
from collections.abc import Iterator

from scenarios.programs.spec import KINDS, Op, Spec

PHRASES: dict[str, tuple[str, ...]] = {
    "even": ("keep only the even numbers", "drop every odd number"),
    "odd": ("keep only the odd numbers", "drop every even number"),
    "above": ("keep only numbers greater than {k}", "ignore everything that is {k} or less"),
    "at_least": ("keep only numbers that are at least {k}", "ignore everything below {k}"),
    "below": ("keep only numbers less than {k}", "ignore everything that is {k} or more"),
    "at_most": ("keep only numbers that are at most {k}", "ignore everything above {k}"),
    "multiple": ("keep only multiples of {k}", "drop whatever is not divisible by {k}"),
    "no_multiple": ("drop all multiples of {k}", "keep only what is not divisible by {k}"),
    "add": ("add {k} to each", "increase each by {k}"),
    "subtract": ("subtract {k} from each", "decrease each by {k}"),
    "times": ("multiply each by {k}",),
    "square": ("square each", "replace each by its square"),
    "negate": ("flip the sign of each", "negate each"),
    "absolute": ("take the absolute value of each", "replace each by its absolute value"),
    "digits": (
        "replace each by the sum of its digits (signs ignored)",
        "take the digit sum of each, ignoring its sign",
    ),
    "sort": ("sort them in ascending order", "put them in order from smallest to largest"),
    "sort_down": ("sort them in descending order", "put them in order from largest to smallest"),
    "reverse": ("reverse their order",),
    "distinct": ("remove repeats, keeping the first of each", "keep each value only once, where it first appears"),
    "first": ("take the first {k} of them",),
    "last": ("take the last {k} of them",),
    "second": ("take every second one, beginning with the first",),
    "list": ("return the list", "return what is left as a list"),
    "sum": ("return their sum", "return the total (0 if there are none)"),
    "count": ("return how many there are", "return their number"),
    "largest": ("return the largest, or None if there is none", "return the maximum (None for nothing)"),
    "smallest": ("return the smallest, or None if there is none", "return the minimum (None for nothing)"),
    "alternating": (
        "return the first minus the second plus the third and so on (0 if there are none)",
        "return their alternating sum, starting with plus",
    ),
}
"""Each operation in words; a phrase means that operation and no other."""

_CODE = {
    "even": "x % 2 == 0", "odd": "x % 2 != 0", "above": "x > {k}", "at_least": "x >= {k}", "below": "x < {k}",
    "at_most": "x <= {k}", "multiple": "x % {k} == 0", "no_multiple": "x % {k} != 0",
    "add": "x + {k}", "subtract": "x - {k}", "times": "x * {k}", "square": "x * x", "negate": "-x", "absolute": "abs(x)",
    "digits": "sum(int(d) for d in str(abs(x)))",
    "sort": "sorted(xs)", "sort_down": "sorted(xs, reverse=True)", "reverse": "xs[::-1]", "distinct": "list(dict.fromkeys(xs))",
    "first": "xs[:{k}]", "last": "xs[-{k}:]", "second": "xs[::2]",
    "list": "list(xs)", "sum": "sum(xs)", "count": "len(xs)", "largest": "max(xs, default=None)",
    "smallest": "min(xs, default=None)", "alternating": "sum(xs[::2]) - sum(xs[1::2])",
}  # fmt: skip


def told(op: Op, rng: random.Random) -> str:
    """One operation in words."""
    return rng.choice(PHRASES[op.name]).format(k=op.constant)


def code_of(spec: Spec, name: str) -> str:
    """The function as a programmer would write it; it leaves its argument as it was."""
    conditions = " and ".join(f"({_code(op)})" if len(spec.keep) > 1 else _code(op) for op in spec.keep)
    lines = [f"    xs = [x for x in xs if {conditions}]"] if conditions else []
    lines += [f"    xs = [{_code(op)} for x in xs]" for op in spec.change]
    lines += [f"    xs = {_code(op)}" for op in spec.arrange]
    return "\n".join([f"def {name}(xs):", *lines, f"    return {_code(spec.result)}"]) + "\n"


def _code(op: Op) -> str:
    constant = f"({op.constant})" if op.constant < 0 else str(op.constant)
    return _CODE[op.name].format(k=constant)


def spec_of_code(code: str) -> Spec:
    """The specification that `code_of` wrote down. Raises ValueError for code of another manner."""
    _, *lines = code.strip().splitlines()
    parts: dict[str, list[Op]] = {"keep": [], "change": [], "arrange": [], "result": []}
    for line in lines:
        for part, said in _parts_of(" ".join(line.split())):
            parts[part].append(_op_of(said, part))
    if len(parts["result"]) != 1:
        raise ValueError("the code gives back nothing, or more than once")
    return Spec(tuple(parts["keep"]), tuple(parts["change"]), tuple(parts["arrange"]), parts["result"][0])


def _parts_of(line: str) -> Iterator[tuple[str, str]]:
    if found := re.fullmatch(r"return (.+)", line):
        yield "result", found[1]
    elif found := re.fullmatch(r"xs = \[x for x in xs if (.+)\]", line):
        conditions = found[1].split(" and ")
        yield from (("keep", c[1:-1] if len(conditions) > 1 else c) for c in conditions)
    elif found := re.fullmatch(r"xs = \[(.+) for x in xs\]", line):
        yield "change", found[1]
    elif found := re.fullmatch(r"xs = (.+)", line):
        yield "arrange", found[1]
    else:
        raise ValueError(f"{line!r} is no step")


def _op_of(said: str, part: str) -> Op:
    for name in KINDS[part]:
        pattern = re.escape(_CODE[name]).replace(re.escape("{k}"), r"(\(-\d+\)|\d+)")
        if found := re.fullmatch(pattern, said):
            return Op(name, int(found[1].strip("()")) if found.groups() else 0)
    raise ValueError(f"{said!r} is no operation")
