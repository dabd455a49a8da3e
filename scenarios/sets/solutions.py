"""Reads a worked solution of a math problem: its final answer, and the results it writes between `<<` and `>>`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BOXED = re.compile(r"\\(?:boxed|fbox)\s*(?:\{|(?=[^{\s]))")
_HASH = re.compile(r"^\s*####\s*(.+?)\s*$", re.MULTILINE)
_SAID = re.compile(
    r"\b(?:final\s+)?answer(?:\s+is)?\s*(?::|\bis\b)\s*:?\s*(.+?)\s*(?:$|(?<=[^\d])\.(?:\s|$)|\.\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_ANNOTATION = re.compile(
    r"<<\s*([^<>=]+?)\s*=\s*([^<>=]*?)\s*>>\s*(?:([$€£]?\s*-?\d[\d,]*(?:\.\d+)?(?:\s*/\s*\d+|\s+\d+/\d+)?|\.\d+))?"
    r"|<<\s*([^<>=]+?)\s*>>\s*(?:([$€£]?\s*-?\d[\d,]*(?:\.\d+)?|\.\d+))?"
)


class Annotation(NamedTuple):
    """`<<expression=result>>`, and the number written behind it, empty where there is none; a result left out is that number."""

    start: int
    expression: str
    result: str
    written: str


def final_answer(solution: str) -> str | None:
    """What a solution gives as its answer: behind `####`, in the last `\\boxed{}`, or behind "the answer is"; None where nothing is."""
    if found := _HASH.findall(solution):
        return str(found[-1])
    if boxed := _boxed(solution):
        return boxed
    said = _SAID.findall(solution)
    return str(said[-1]).strip().strip("*$\"”' ").rstrip(".") or None if said else None


def _boxed(text: str) -> str | None:
    starts = list(_BOXED.finditer(text))
    if not starts:
        return None
    place = starts[-1].end()
    if text[place - 1] != "{":  # \boxed 5
        return text[place:].split("$")[0].split()[0].rstrip(".")
    depth = 1
    for end in range(place, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if not depth:
            return text[place:end].strip()
    return None


def annotations(solution: str) -> Iterator[Annotation]:
    """The results a solution writes out, in the notation of grade-school sets, in order."""
    for found in _ANNOTATION.finditer(solution):
        expression, written = found[1] or found[4], (found[3] or found[5] or "").strip()
        yield Annotation(found.start(), expression, found[2] or written, written)
