"""Copying exercises: pieces of text at random, numbers and names, to be said again. Without them so small a model does not learn to copy.

Half of the exercises are random pieces of the tokenizer: words that go together would be learnt by heart before they are copied.
"""

import random
from collections.abc import Iterator, Sequence

from winnow.training.rows import Example

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def exercises(pieces: Sequence[str], seed: int) -> Iterator[Example]:
    """Without end, from pieces of text."""
    rng = random.Random(f"{seed}/copying")
    while True:
        text = "".join(rng.choices(pieces, k=rng.randint(4, 24))) if rng.random() < 0.5 else _items(rng)
        messages = ({"role": "user", "content": text}, {"role": "assistant", "content": text})
        yield Example("copying", "copying", messages, (), frozenset({0}))


def _items(rng: random.Random) -> str:
    return rng.choice((", ", " ", "; ")).join(_item(rng) for _ in range(rng.randint(1, 4)))


def _item(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.35:
        return str(rng.randint(0, 10 ** rng.randint(1, 9)))
    if kind < 0.75:
        return f"{rng.randint(0, 10 ** rng.randint(1, 7))}.{rng.randint(0, 10 ** rng.randint(1, 3))}"
    return "".join(rng.choices(_LETTERS, k=rng.randint(3, 9))).capitalize()
