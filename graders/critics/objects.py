"""JSON objects in what a model wrote: between fences, after reasoning, amid prose, with trailing commas or Python's spelling.

Nothing is guessed: an object is taken as it stands or not at all. Texts beyond `LONGEST` characters are read from their end.
"""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

LONGEST = 200_000
TRIES = 40
"""Braces that open nothing readable, after which a text is given up: each may cost a walk to its end."""
_THOUGHT = re.compile(r"<(think|thinking|reasoning|thought)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_UNOPENED = re.compile(r"^.*</(?:think|thinking|reasoning|thought)>", re.DOTALL | re.IGNORECASE)
_COMMA = re.compile(r",(\s*[}\]])")
_READER = json.JSONDecoder(strict=False)


def without_reasoning(text: str) -> str:
    """What is left once reasoning between tags is taken out, also where the opening tag was never sent."""
    return _UNOPENED.sub("", _THOUGHT.sub("", text[-LONGEST:])).strip()


def objects_in(text: str) -> list[dict[str, Any]]:
    """Every JSON object at the top level of the text, in order; those inside reasoning only where there is no other."""
    said = without_reasoning(text)
    return list(_objects(said)) or list(_objects(text[-LONGEST:]))


def _objects(text: str) -> Iterator[dict[str, Any]]:
    place, vain = text.find("{"), 0
    while place >= 0 and vain < TRIES:
        found, end = _object_at(text, place)
        vain += found is None
        if found is not None:
            yield found
        place = text.find("{", end)


def _object_at(text: str, place: int) -> tuple[dict[str, Any] | None, int]:
    """The object that begins here and where it ends, or None and the next place to look."""
    try:
        return _READER.raw_decode(text, place)
    except (ValueError, RecursionError):
        end = _closing(text, place)
    mended = _mended(text[place:end]) if end else None
    return mended, end if mended is not None and end else place + 1


def _closing(text: str, place: int) -> int | None:
    """The end of the bracketed stretch that begins here, strings skipped; None where it does not close."""
    depth, quote, escaped = 0, "", False
    for at in range(place, len(text)):
        sign = text[at]
        if quote:
            escaped, quote = sign == "\\" and not escaped, "" if sign == quote and not escaped else quote
        elif sign == '"':
            quote = sign
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
            if depth == 0:
                return at + 1
    return None


def _mended(text: str) -> dict[str, Any] | None:
    """An object with trailing commas, or spelled as Python does."""
    plain = _COMMA.sub(r"\1", text)
    for read, source in ((_READER.decode, plain), (ast.literal_eval, text)):
        try:
            found = read(source)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        if isinstance(found, dict):
            return {str(key): value for key, value in found.items()}
    return None
