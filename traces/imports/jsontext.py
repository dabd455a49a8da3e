"""JSON as others write it: NaN, integers beyond 64 bits and halves of surrogate pairs are read as they stand."""

import json
import math
import re
from typing import Any

import orjson

from traces.imports.errors import RowError

_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_LONG = b"0" * 19
_LONG_FIGURE = re.compile(r"\d{19}")
_HALF = re.compile("[\ud800-\udfff]")


def parse(text: bytes) -> Any:
    """The value of a JSON text.

    Raises:
        RowError: it is not JSON, not UTF-8, or nested too deeply.
    """
    try:
        if _LONG not in text.translate(_DIGITS):  # orjson would read a longer integer as a float
            return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RowError(f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise RowError(f"not JSON: {error.msg} at character {error.pos}") from error
    except (RecursionError, ValueError) as error:
        raise RowError(f"not readable as JSON: {error}") from error


def strict(text: str) -> Any:
    """The value of a text that a model wrote as JSON. Raises ValueError where it is none; NaN is none."""
    try:
        if not _LONG_FIGURE.search(text):
            return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(text, parse_constant=_refuse, strict=True)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


def loose(value: Any) -> Any:
    """The value of a field that some files hold as JSON in a string; other texts are given back."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return None if missing(value) else value


def dump(value: Any) -> str:
    """A value as JSON text, with other scripts' letters as they are."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def missing(value: Any) -> bool:
    """Whether a field says nothing: null, or the NaN that tables write for it."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def whole(text: str) -> str:
    """The text without halves of surrogate pairs, for names and keys: databases and file formats take none."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)
