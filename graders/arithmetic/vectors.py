"""Columns and points in LaTeX, part by part: "(5, -4) + (-11, 10) = (-6, 6)" is 5 + -11 = -6 and -4 + 10 = 6.

Only sums of them and their multiples are read; where two meet in a product, or a function is of several numbers, nothing is.
"""

import re

_COLUMN = re.compile(r"\\begin\s*\{([pb]matrix)\}((?:(?!\\begin|&).)*?)\\end\s*\{\1\}", re.DOTALL)
_POINT = re.compile(r"(?<![a-zA-Z}\]^_\d])\s*(?:\\left\s*)?\(([^()]*,[^()]*?)(?:\\right\s*)?\)")
_MEET = re.compile(r"\)\s*(?:\\cdot|\\times|\*)?\s*(?:\\left\s*)?\(")


def as_points(formula: str) -> str:
    """The formula with its columns as points, "(5, -4)"."""
    return _COLUMN.sub(lambda m: "(" + ", ".join(part.strip() for part in re.split(r"\\\\", m[2])) + ")", formula)


def components(left: str, right: str) -> list[tuple[str, str]] | None:
    """Both sides once for each part of their points; None where they have none, or not all of one length."""
    found = [m[1].split(",") for side in (left, right) for m in _POINT.finditer(side)]
    if (
        len(found) < 2
        or len({len(parts) for parts in found}) != 1
        or not all(_POINT.search(side) for side in (left, right))
    ):
        return None
    if any(_MEET.search(side) for side in (left, right)) or not all(part.strip() for parts in found for part in parts):
        return None
    return [(_part(left, k), _part(right, k)) for k in range(len(found[0]))]


def _part(side: str, place: int) -> str:
    return _POINT.sub(lambda m: f" ({m[1].split(',')[place].strip()})", side)
