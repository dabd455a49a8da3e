"""The words of a tool's name, and words compared by how they begin."""

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_STEM = 5


def tool_words(name: str) -> tuple[str, ...]:
    """The words of a tool's name in small letters: "startEngine", "start_engine"."""
    return tuple(w.lower() for w in _WORD.findall(name))


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    """The longer words of a text by their first letters."""
    return frozenset(w.lower()[:_STEM].rstrip("s") for w in re.findall(r"[A-Za-z]{3,}", text)) - {"get", "the", "for"}


def named_in(words: frozenset[str], have: frozenset[str]) -> bool:
    """Whether each of some words begins one of others: "lock" and "door" those of "all doors must be locked"."""
    return all(word in have or any(other.startswith(word) for other in have) for word in words)
