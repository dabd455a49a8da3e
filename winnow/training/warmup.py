"""Exercises before the rows: pieces of text, numbers and names to be said again, and numbers to be rounded. Without the copying so small a
model does not learn to copy.

Two in five copies are random pieces of the tokenizer: words that go together would be learnt by heart before they are copied. The numbers
of the others have few different digits: in those it is hardest to keep one's place. What is to be rounded stands where a tool's result
does, what is to be copied where a user's words do.
"""

import random
import string
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from winnow.training.rows import Example

_ROUNDED = 0.15
"""The share of exercises in rounding."""
_PLACES = Decimal("0.01")


def exercises(pieces: Sequence[str], seed: int) -> Iterator[Example]:
    """Without end, from pieces of text."""
    rng = random.Random(f"{seed}/copying")
    while True:
        yield _rounding(rng) if rng.random() < _ROUNDED else _copying(pieces, rng)


def _copying(pieces: Sequence[str], rng: random.Random) -> Example:
    text = "".join(rng.choices(pieces, k=rng.randint(4, 24))) if rng.random() < 0.4 else _items(rng)
    return _exercise("user", text, text)


def _rounding(rng: random.Random) -> Example:
    """A number with three decimals or more, to be said with two."""
    number = f"{rng.randint(0, 10 ** rng.randint(1, 8))}.{_digits(rng, 9, least=3)}"
    return _exercise("tool", number, str(Decimal(number).quantize(_PLACES, ROUND_HALF_UP)))


def _exercise(role: str, shown: str, said: str) -> Example:
    messages = ({"role": role, "content": shown}, {"role": "assistant", "content": said})
    return Example("copying", "copying", messages, (), frozenset({0}))


def _items(rng: random.Random) -> str:
    return rng.choice((", ", " ", "; ")).join(_item(rng) for _ in range(rng.randint(1, 4)))


def _item(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.35:
        return _digits(rng, 9)
    if kind < 0.8:
        return f"{_digits(rng, 8)}.{_digits(rng, 9)}"
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, 9))).capitalize()


def _digits(rng: random.Random, most: int, least: int = 1) -> str:
    """So many digits of two to ten different ones."""
    return "".join(rng.choices(rng.sample(string.digits, rng.choice((2, 3, 5, 10))), k=rng.randint(least, most)))
