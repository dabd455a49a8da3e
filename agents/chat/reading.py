"""JSON as servers send it: by the fast reader where that reads the same, by the lenient one where not.

Lenient: line breaks within strings, halves of surrogate pairs, NaN and infinities. Integers keep all their digits.
"""

import json
import re
from typing import Any

import orjson

_LENIENT = json.JSONDecoder(strict=False)
_LONG = re.compile(r"\d{19}")
"""An integer that 64 bits may not hold: the fast reader makes a fraction of it."""


def read_json(text: str) -> Any:
    """The one value that a text is. Raises ValueError and, where it is nested too deep, RecursionError."""
    if not _LONG.search(text):
        try:
            return orjson.loads(text)
        except ValueError:
            pass
    return _LENIENT.decode(text)
