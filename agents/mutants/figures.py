"""New numbers written in the manner of those they replace."""

import random
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from scenarios.exact import fixed
from scenarios.figures import Figure, figures

T = TypeVar("T")


def put(text: str, figure: Figure, new: str) -> str:
    """The text with one figure replaced."""
    return text[: figure.start] + new + text[figure.end :]


def written(value: Fraction, like: Figure) -> str:
    """A value with as many decimals as the figure it replaces (more where it needs them), and separators where that has some."""
    places = next((n for n in range(like.places, 7) if (value * 10**n).denominator == 1), max(like.places, 2))
    return fixed(value, places, "," if "," in like.text else "")


def said(texts: Iterable[str]) -> frozenset[Fraction]:
    """The values of all numbers in some texts."""
    return frozenset(f.value for text in texts for f in figures(text))


def fresh(like: Figure, known: frozenset[Fraction], rng: random.Random) -> str:
    """A number of the same look that nobody gave, and that no sum, difference, product or ratio of two that were given comes to."""
    size = max(5, len(like.digits))
    while True:
        digits = (
            rng.choice("123456789")
            + "".join(rng.choice("0123456789") for _ in range(size - 2))
            + rng.choice("12346789")
        )
        value = Fraction(int(digits), 10**like.places)
        if not near_any(value, known, Fraction(3, 2 * 10**like.places)):
            return written(value, like)
        size = min(size + 1, 12)


def near_any(value: Fraction, known: Iterable[Fraction], margin: Fraction) -> bool:
    """Whether a value is near a known one, or within the margin of what one operation on two known ones gives.

    In floating point, since there are thousands of pairs: the margin is taken a little wider for it.
    """
    here, wide = float(value), float(margin) + abs(float(value)) * 1e-12
    some = sorted({abs(float(k)) for k in known if k and abs(k) < 10**15}, reverse=True)[:80]
    if any(abs(here - k) <= k / 50 for k in some):
        return True
    return any(abs(here - r) <= wide for a in some for b in some for r in (a + b, a - b, a * b, a / b, 100 * a / b))


def shuffled(items: Sequence[T], rng: random.Random) -> list[T]:
    """The items in random order."""
    return rng.sample(list(items), len(items))
