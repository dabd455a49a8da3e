"""Columns of figures in a text: tables by their bars, lists by the place of the figure in the row; and what a reader may make of them."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, groupby
from typing import Any

from graders.calls import strings
from graders.numbers import Mention, numbers_once
from graders.readings import figure_values
from graders.records import loaded

_ALIGNED = re.compile(r"\S {2,}\S.* {2,}\S")
_MOST = 400
"""Rows beyond which a table is left to a tool."""


def _shape(line: str) -> str:
    if _ALIGNED.search(line.strip()):
        return "t"
    head = line.lstrip()[:1]
    if head == "|" or " | " in line:
        return "|"
    return "-" if head in "-*•" else "," if line.count(",") >= 1 and head.isalnum() else ":" if _labelled(line) else ""


_LABELLED = re.compile(
    r"^\s*[^\W\d].{0,60}?(?::|\s)\s*[$€£]?\d[\d.,]*\s?[a-zµ%]{0,4}\s*$|^\s*\d.*\s\d[\d.,]*[a-zµ%]{1,4}\s*$"
)
"""A line that ends with its figure: "cloud: 1200", "10:00:01 GET /a 200 120ms"."""


def _labelled(line: str) -> bool:
    return len(line) < 160 and any(map(str.isdigit, line[-8:])) and _LABELLED.match(line) is not None


_LAST = re.compile(r"\d[\d.,]*(?=\s?[a-zµ%]{0,4}\s*$)")


def _last(line: str) -> Fraction | None:
    """The figure that a line ends with; "200 120ms" are two, the second is meant."""
    m = _LAST.search(line)
    return figure_values(m[0].rstrip(".,"))[0] if m else None


def columns(text: str) -> list[list[Fraction]]:
    """The figures of each column of each table or list of two rows or more; a row adds its n-th figure to the n-th column."""
    found: list[list[Fraction]] = []
    for shape, group in groupby(text.splitlines(), key=_shape):
        lines = list(group)
        if shape == ":":
            if 2 <= len(lines) <= _MOST:
                found.append([figure for line in lines if (figure := _last(line)) is not None])
            continue
        rows = [[m for m in numbers_once(line) if _figure(m)] for line in lines] if shape and len(lines) >= 2 else []
        rows = [row for row in rows if row]
        width = max((len(row) for row in rows), default=0)
        if len(rows) >= 2 and len(rows) <= _MOST:
            found.extend([row[place].value for row in rows if len(row) > place] for place in range(width))
            found.extend([row[-1].value for row in rows] for _ in range(1))
    return found


def json_columns(text: str) -> list[list[Fraction]]:
    """The figures under each key of each list of objects in JSON, and each list of figures, at any depth."""
    body = loaded(text)
    return [column for column in _gathered(body) if 2 <= len(column) <= _MOST] if body is not None else []


def _gathered(value: Any) -> Iterator[list[Fraction]]:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    objects = [each for each in inner if isinstance(each, dict)]
    for key in {key: None for each in objects for key in each}:
        yield [figure for each in objects if (figure := _exact(each.get(key))) is not None]
    yield [figure for each in inner if (figure := _exact(each)) is not None]
    for each in inner:
        yield from _gathered(each)


def _exact(value: Any) -> Fraction | None:
    """A figure of JSON, also one in quotes, without what floats add to it."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    return Fraction(str(value)) if _PLAIN.fullmatch(str(value)) else None


_PLAIN = re.compile(r"-?\d{1,18}(?:\.\d{1,18})?")


def _figure(m: Mention) -> bool:
    return not m.glued and m.kind in ("figure", "word")


@lru_cache(maxsize=512)
def aggregates(text: str) -> tuple[Fraction, ...]:
    """Sum and mean of every column, how far its ends lie apart, and each two of few rows."""
    if text.count("\n") < 1 and text.count(",") < 1 and "\\n" not in text:
        return ()
    found: set[Fraction] = set()
    for column in (*columns(text), *json_columns(text), *_columns_inside(text)):
        if len(column) >= 2:
            if len(column) <= _COMPARED:
                found |= {gap for a, b in combinations(column, 2) if (gap := abs(a - b)) >= _LARGE}
            total = sum(column, Fraction(0))
            found |= {abs(total), abs(total / len(column)), max(column) - min(column), Fraction(len(column))}
    for listed in (_line_ends(text), _line_heads(text)):
        if listed:
            found.add(sum(listed, Fraction(0)))
    return tuple(found)


_COMPARED = 6
"""Rows up to which a reader compares each with each."""
_LARGE = 1000
"""A smaller difference of any two figures may be anything."""


def _columns_inside(text: str) -> list[list[Fraction]]:
    """The columns of texts of several lines that JSON holds: the content of a file, what a program printed."""
    if text.lstrip()[:1] not in ("{", "[") or "\\n" not in text:
        return []
    return [column for inner in strings(loaded(text)) if "\n" in inner for column in columns(inner)]


_ENDS = re.compile(r"^\S.*?[:\s](\d{1,9})$")


def _line_ends(text: str) -> list[Fraction]:
    """The counts that end the lines of a listing ("core/io.py:6"), where every line has one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ends = [Fraction(int(m[1])) for line in lines[:_MOST] if (m := _ENDS.match(line))]
    return ends if len(ends) == len(lines) >= 2 else []


_HEAD = re.compile(r"\s*(\d{1,9})\s+[^\W\d]")


def _line_heads(text: str) -> list[Fraction]:
    """The counts that begin the lines of a listing, as `uniq -c` gives them, where every line has one."""
    lines = [line for line in text.splitlines() if line.strip()]
    heads = [Fraction(int(m[1])) for line in lines[:_MOST] if (m := _HEAD.match(line))]
    return heads if len(heads) == len(lines) >= 2 else []


def summaries(column: list[Fraction]) -> tuple[Fraction, ...]:
    """What is asked of a column: its sum, mean, least and greatest value."""
    total = sum(column, Fraction(0))
    return total, total / len(column), min(column), max(column)
