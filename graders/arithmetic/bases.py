"""Numbers written in another base, "1011_2" or "25_{10}", as what they are worth.

A subscript that no base can be for the digits before it ("3_2") is left standing: it may be an index.
"""

import re

_BASED = re.compile(r"(?<![\w.}\\])(\d+)_(?:\{\s*(\d+)\s*\}|(\d+))")
_LEAST, _MOST = 2, 36


def in_ten(formula: str) -> str:
    """The formula with its numbers of other bases in base ten."""
    return _BASED.sub(_worth, formula) if "_" in formula else formula


def _worth(m: re.Match[str]) -> str:
    base = int(m[2] or m[3])
    if not _LEAST <= base <= _MOST or any(int(digit) >= base for digit in m[1]):
        return m[0]
    return str(int(m[1], base))
