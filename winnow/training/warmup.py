"""Copying exercises: names, numbers and lists to be said again. Without them so small a model does not learn to copy in the time it has."""

import random
import re
from collections.abc import Iterator, Sequence

from winnow.training.rows import Example

_ASK = ("Say again: ", "Repeat ", "Copy this: ", "Once more, please: ")
_WORD = re.compile(r"[^\W\d_]{3,}")


def exercises(rows: Sequence[Example], seed: int) -> Iterator[Example]:
    """Without end, from the words of the rows' queries and random numbers."""
    rng = random.Random(f"{seed}/copying")
    words = sorted({word for row in rows for word in _words(row)}) or ["word"]
    while True:
        text = rng.choice((", ", " ", "; ")).join(_item(rng, words) for _ in range(rng.randint(2, 8)))
        messages = ({"role": "user", "content": rng.choice(_ASK) + text}, {"role": "assistant", "content": text})
        yield Example("copying", "copying", messages, (), frozenset({0}))


def _words(row: Example) -> list[str]:
    return _WORD.findall(next((m["content"] for m in row.messages if m["role"] == "user"), ""))


def _item(rng: random.Random, words: Sequence[str]) -> str:
    kind = rng.random()
    if kind < 0.25:
        return " ".join(rng.choices(words, k=rng.randint(1, 3)))
    if kind < 0.5:
        return str(rng.randint(0, 10 ** rng.randint(1, 9)))
    if kind < 0.8:
        return f"{rng.randint(0, 10 ** rng.randint(1, 7))}.{rng.randint(0, 10 ** rng.randint(1, 3))}"
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 9))).capitalize()
