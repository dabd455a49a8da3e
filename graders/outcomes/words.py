"""Words of answers, where names stand in them, and names that stand in a row."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from graders.names import folded


@lru_cache(maxsize=512)
def plain_text(text: str) -> str:
    """Words only: folded, without punctuation and articles, one blank between."""
    kept = [folded(w) for w in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text)]
    return " ".join(
        w for w in kept if w not in ("the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "los", "las")
    )


def places(member: str, text: str) -> list[int]:
    wanted, within = f" {plain_text(member)} ", f" {plain_text(text)} "
    return [m.start() for m in re.finditer(re.escape(wanted.rstrip()) + r"(?= )", within)] if wanted.strip() else []


def names_in_order(right: str) -> list[str]:
    """The names of an answer that is several of them in an order; none for any other."""
    items = [item.strip() for item in right.split(",")]
    named = len(items) > 1 and all(re.fullmatch(r"[A-Z][\w' -]*[A-Za-z][\w' -]*", item) for item in items)
    return items if named else []


class Enumeration(NamedTuple):
    """Names in a row and where they stand."""

    names: tuple[str, ...]
    start: int
    end: int


def enumerations(known: Sequence[str], text: str) -> list["Enumeration"]:
    """Two of these names or more in a row, with nothing but "and", commas, brackets or the marks of list items between them."""
    name = "|".join(re.escape(each) for each in sorted({*known}, key=len, reverse=True))
    between = r"(?:\s*\([^()]*\))?(?:\s*[,;]?\s*(?:and|or|&)\s+|\s*[,;][ \t]*|[ \t]*\n[ \t]*(?:[-*•]|\d+[.)])?[ \t]*)(?:the\s+)?"
    runs = re.finditer(rf"(?<!\w)(?:{name})(?:{between}(?:{name}))+(?!\w)", text) if name else ()
    return [Enumeration(tuple(re.findall(name, run[0])), run.start(), run.end()) for run in runs]


_POINTS = frozenset({"that", "this", "these", "those", "it", "they", "there", "here", "he", "she"})
"""Words that open a sentence with a capital and name nothing."""


def rival(name: str, accepted: Sequence[str]) -> bool:
    words = set(plain_text(name).split())
    return (
        len(name) > 2
        and not words <= _POINTS
        and all(not words <= set(plain_text(a).split()) and not set(plain_text(a).split()) <= words for a in accepted)
    )
