"""Sums and products with dots, "1^2 + 2^2 + \\cdots + 20^2", as what they come to.

The terms before the dots and the first behind them have to be alike but for their numbers, and these to grow evenly or by one factor;
where two terms leave both open, both are given. Everything else stays as it was.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from graders.expressions import expression

_DOTS = re.compile(r"\\(?:cdots|ldots|dots[bcm]?)(?![a-z])|\.\.\.|…")
_NUMBER = re.compile(r"\d+")
_SIGN = re.compile(r"\s*(\+|\\cdot(?![a-z])|\\times(?![a-z]))\s*")
_MOST = 2000
"""Terms, beyond which nothing is added up."""


def unfolded(formula: str) -> Iterator[str]:
    """The formula with its dots worked out, in each way that fits; nothing where there are none, or none fits."""
    if len(_DOTS.findall(formula)) != 1 or len(formula) > 300:
        return
    start, end = _around(formula)
    for value in _worths(formula[start:end]):
        yield f"{formula[:start]}({value.numerator}/{value.denominator}){formula[end:]}"


def _around(formula: str) -> tuple[int, int]:
    """Where the bracket that holds the dots opens and closes, without its signs; the whole formula where none does."""
    place = _DOTS.search(formula)
    assert place
    depth, start = 0, 0
    for at in range(place.start() - 1, -1, -1):
        depth += (formula[at] in ")]}") - (formula[at] in "([{")
        if depth < 0:
            start = at + 1
            break
    depth, end = 0, len(formula)
    for at in range(place.end(), len(formula)):
        depth += (formula[at] in "([{") - (formula[at] in ")]}")
        if depth < 0:
            end = at
            break
    return start, len(formula[:end].removesuffix("\\right"))


class _Run(NamedTuple):
    """The terms before the dots that belong to them, and the last one behind."""

    shape: str
    numbers: tuple[tuple[int, ...], ...]
    last: tuple[int, ...]


def _worths(text: str) -> Iterator[Fraction]:
    terms, signs = _split(text)
    dots = [n for n, term in enumerate(terms) if _DOTS.fullmatch(term.strip())]
    if len(dots) != 1 or len(set(signs)) != 1 or not 2 <= dots[0] < len(terms) - 1:
        return
    before, behind = terms[: dots[0]], terms[dots[0] + 1 :]
    run = _run(before, behind[0])
    if run is None:
        return
    for numbers in _ways(run):
        read = [expression(_filled(run.shape, each)) for each in numbers]
        rest = [expression(term) for term in behind[1:]]
        values = [found.value() if found and not found.names else None for found in (*read, *rest)]
        exact = [value for value in values if isinstance(value, Fraction)]
        if len(exact) == len(values):
            total = Fraction(signs[0] != "+")
            for value in exact:
                total = total + value if signs[0] == "+" else total * value
                if total.numerator.bit_length() > 1000:
                    return
            yield total


def _split(text: str) -> tuple[list[str], list[str]]:
    """The terms or factors of a text outside brackets, and the signs between them."""
    terms, signs, depth, start, at = list[str](), list[str](), 0, 0, 0
    sums = bool(re.search(r"\+\s*(?:\\(?:cdots|ldots|dots)|\.\.\.|…)", text))
    while at < len(text):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        m = _SIGN.match(text, at) if not depth else None
        if m and (m[1] == "+") == sums:
            terms.append(text[start:at])
            signs.append("+" if sums else "*")
            start = at = m.end()
        else:
            at += 1
    return [*terms, text[start:]], signs


def _run(before: Sequence[str], last: str) -> _Run | None:
    shapes = [_NUMBER.sub("#", term.strip()) for term in (*before, last)]
    if len(set(shapes)) != 1 or "#" not in shapes[0]:
        return None
    rows = [tuple(map(int, _NUMBER.findall(term))) for term in (*before, last)]
    return _Run(shapes[0], tuple(rows[:-1]), rows[-1])


def _ways(run: _Run) -> Iterator[list[tuple[int, ...]]]:
    """The numbers of all terms: in even steps, and by one factor."""
    first, second = run.numbers[:2]
    steps = [b - a for a, b in zip(first, second, strict=True)]
    counts = {(z - a) / d for a, z, d in zip(first, run.last, steps, strict=True) if d}
    still = all(a == z for a, z, d in zip(first, run.last, steps, strict=True) if not d)
    if still and len(counts) == 1 and (count := counts.pop()).is_integer() and 1 <= count <= _MOST:
        rows = [tuple(a + n * d for a, d in zip(first, steps, strict=True)) for n in range(int(count) + 1)]
        if tuple(rows[: len(run.numbers)]) == run.numbers:
            yield rows
    if len(first) == 1 and first[0] and second[0] % first[0] == 0 and (factor := second[0] // first[0]) > 1:
        rows = [first]
        while rows[-1][0] < run.last[0]:
            rows.append((rows[-1][0] * factor,))
        if rows[-1] == run.last and tuple(rows[: len(run.numbers)]) == run.numbers:
            yield rows


def _filled(shape: str, numbers: Sequence[int]) -> str:
    found = iter(numbers)
    return re.sub("#", lambda _: str(next(found)), shape)
