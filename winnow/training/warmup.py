"""Copying exercises: pieces of text at random, numbers and names, to be said again. Without them so small a model does not learn to copy.

Two in five are random pieces of the tokenizer: words that go together would be learnt by heart before they are copied. The numbers of
the others have few different digits: in those it is hardest to keep one's place.
"""

import random
import string
from collections.abc import Iterator, Sequence

from winnow.training.rows import Example


def exercises(pieces: Sequence[str], seed: int) -> Iterator[Example]:
    """Without end, from pieces of text."""
    rng = random.Random(f"{seed}/copying")
    while True:
        text = "".join(rng.choices(pieces, k=rng.randint(4, 24))) if rng.random() < 0.4 else _items(rng)
        messages = ({"role": "user", "content": text}, {"role": "assistant", "content": text})
        yield Example("copying", "copying", messages, (), frozenset({0}))


def _items(rng: random.Random) -> str:
    return rng.choice((", ", " ", "; ")).join(_item(rng) for _ in range(rng.randint(1, 4)))


def _item(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.35:
        return _digits(rng, 9)
    if kind < 0.8:
        return f"{_digits(rng, 8)}.{_digits(rng, 9)}"
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, 9))).capitalize()


def _digits(rng: random.Random, most: int) -> str:
    """One to so many digits of two to ten different ones."""
    return "".join(rng.choices(rng.sample(string.digits, rng.choice((2, 3, 5, 10))), k=rng.randint(1, most)))
