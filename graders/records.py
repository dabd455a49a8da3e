"""Records in what tools returned: rows of tables, objects of JSON, and objects that calls of one tool gave in turn.

A record has names (what tells it from its neighbours) and cells, each with its column. Read only where a structure is plain: tables by
bars, lines of a name and figures, lists of objects. Anything else has no records.
"""

import re
from ast import literal_eval
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import orjson

_MOST = 200
"""Records beyond which a table is left to a tool."""
_LONGEST = 60
"""Characters of a name at most: longer texts are descriptions."""


class Cell(NamedTuple):
    """One value of a record as it was written, with its column: a heading, a key, or a place."""

    column: str
    text: str


class Record(NamedTuple):
    names: frozenset[str]
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """Records that stand beside each other; `names` of one are in no other."""

    records: tuple[Record, ...]


@lru_cache(maxsize=256)
def tables(text: str) -> tuple[Table, ...]:
    """The tables of an observation."""
    body = loaded(text)
    found = [*_in_json(body), *_by_key(body)] or [
        *_in_bars(text),
        *_in_lines(text),
        *_in_tuples(text),
        *_in_brackets(text),
    ]
    return tuple(table for records in found if (table := _told_apart(records)))


@lru_cache(maxsize=256)
def groups(text: str) -> tuple[tuple[Record, ...], ...]:
    """The records of an observation that is JSON, list by list, whether or not names tell them apart."""
    return tuple(tuple(records) for records in _in_json(loaded(text)) if len(records) <= _MOST)


def table_of(objects: Sequence[tuple[str, ...]]) -> Table | None:
    """The observations of one tool as records: each is JSON of one object, with the texts that its call was given as names."""
    records = []
    for content, *given in objects:
        body = loaded(content)
        if not isinstance(body, dict) or next(_in_json(body), None):
            return None
        one = _record(body)
        records.append(Record(one.names | {g.casefold() for g in given if _is_name(g)}, one.cells))
    return _told_apart(records)


def _told_apart(records: Sequence[Record]) -> Table | None:
    """A table of records with the names alone that tell each from the others; None where some have no such name."""
    if not 2 <= len(records) <= _MOST:
        return None
    shared = [r.names.intersection(*()) & frozenset().union(*(o.names for o in records if o is not r)) for r in records]
    own = tuple(Record(r.names - common, r.cells) for r, common in zip(records, shared, strict=True))
    return Table(own) if all(r.names for r in own) else None


def loaded(text: str) -> Any:
    """The object or list of a text that is JSON; None for any other."""
    stripped = text.strip()
    if stripped[:1] not in "{[":
        return None
    try:
        return orjson.loads(stripped)
    except ValueError:
        return None


def _in_json(body: Any) -> Iterator[list[Record]]:
    return _lists(body) if isinstance(body, dict | list) else iter(())


def _lists(value: Any) -> Iterator[list[Record]]:
    """Every list of objects, and every object of objects, at any depth."""
    inner = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(inner, list):
        return
    if len(inner) >= 2 and all(isinstance(each, dict) for each in inner):
        keys: Sequence[str] = [str(k) for k in value] if isinstance(value, dict) else [""] * len(inner)
        yield [_record(each, key) for key, each in zip(keys, inner, strict=True)]
    for each in inner:
        yield from _lists(each) if isinstance(each, dict | list) else ()


def _record(body: dict[str, Any], key: str = "") -> Record:
    flat = [*_flat(body)]
    # What stands in an object of the object describes it, as its options do, and names it only where nothing else does.
    texts = {key, *(v for v in body.values() if isinstance(v, str))} - {""} or {
        v for _, v in flat if isinstance(v, str)
    }
    years = {str(v) for k, v in flat if k.casefold() in ("year", "jahr", "año", "season") and isinstance(v, int)}
    cells = tuple(Cell(k, str(v)) for k, v in flat if isinstance(v, str | int | float) and not isinstance(v, bool))
    own = (Cell("id", key),) if key else ()
    return Record(frozenset(t.casefold() for t in texts | years if _is_name(t)), own + cells)


def _flat(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of an object, with those of an object in it ("options": {"color": "blue"})."""
    for key, value in body.items():
        if isinstance(value, dict):
            yield from ((str(k), v) for k, v in value.items())
        else:
            yield str(key), value


def _is_name(text: str) -> bool:
    return 2 <= len(text.strip()) <= _LONGEST and _NAME.match(text.strip()) is not None


_NAME = re.compile(r"#?[^\W\d_]|#\d|\d{5,}$|(?:1[5-9]|20)\d\d$")
"""How a name begins: quantities, times and days are none, ids and years are."""


def _by_key(body: Any) -> Iterator[list[Record]]:
    """An object whose keys are names with one figure each: {"Leeds": 38, "Hull": 55}."""
    pending = [body] if isinstance(body, dict) else []
    while pending:
        value = pending.pop()
        pending.extend(v for v in value.values() if isinstance(v, dict))
        figures = {k: v for k, v in value.items() if isinstance(v, int | float) and not isinstance(v, bool)}
        if len(figures) >= 2 and len(figures) == len(value) and all(k[:1].isupper() and _is_name(k) for k in figures):
            yield [Record(frozenset({k.casefold()}), (Cell("", str(v)),)) for k, v in figures.items()]


def _in_tuples(text: str) -> Iterator[list[Record]]:
    """Rows as Python prints them: [('Nordfisk AS', 184220.5), ('Bellini Srl', 151900.0)]."""
    stripped = text.strip()
    if not stripped.startswith("[(") or len(stripped) > _PRINTED:
        return
    try:
        rows = literal_eval(stripped)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return
    if isinstance(rows, list) and all(isinstance(row, tuple) for row in rows) and len({len(row) for row in rows}) == 1:
        yield [_record({str(place): value for place, value in enumerate(row)}) for row in rows]


_PRINTED = 20_000
_FIGURE_IN_BRACKETS = re.compile(r"\(\d")
_BRACKETED = re.compile(r"(?<![\w(])([A-ZÀ-ÖØ-Þ][\w'’.-]{0,100}(?:\s[\w'’.-]{1,100}){0,4})\s\((\d[^()\n]{0,60})\)")


def _in_brackets(text: str) -> Iterator[list[Record]]:
    """Names in prose, each with figures in brackets: "Low Tide (1988), Salt (1991)"."""
    if text.count("(") < 2 or not _FIGURE_IN_BRACKETS.search(text):
        return
    found = [Record(frozenset({m[1].casefold()}), _in_order(m[2])) for m in _BRACKETED.finditer(text)]
    if 2 <= len(found) <= _MOST:
        yield found


def _in_order(text: str) -> tuple[Cell, ...]:
    return tuple(Cell(f"({place})", part.strip()) for place, part in enumerate(re.split(r",\s+|;\s*", text)))


_RULE = re.compile(r"^[\s|:+=-]*$")
_FIGURE = re.compile(r"[-+]?[$€£]?\d[\d.,]*%?")


def _in_bars(text: str) -> Iterator[list[Record]]:
    if "|" not in text:
        return
    for barred, group in groupby(text.splitlines(), key=lambda line: line.count("|") >= 1):
        rows = (
            [[c.strip(" *`") for c in line.strip().strip("|").split("|")] for line in group if not _RULE.match(line)]
            if barred
            else []
        )
        if len(rows) >= 3 and len({len(row) for row in rows}) == 1 and len(rows[0]) >= 2:
            yield [_row(row, rows[0]) for row in rows[1:]]


def _row(row: Sequence[str], head: Sequence[str]) -> Record:
    names = frozenset(c.casefold() for c in row[:2] if _is_name(c) and any(x.isalpha() for x in c))
    return Record(
        names or frozenset({row[0].casefold()} - {""}),
        tuple(Cell(h, c) for h, c in zip(head[1:], row[1:], strict=True)),
    )


class _Line(NamedTuple):
    name: str
    figures: tuple[str, ...]


_FIGURE_ENDS = frozenset(".,%")
"""What a figure may end in beside a digit."""


def _line(text: str) -> _Line | None:
    """A line of a name without figures and of figures behind it."""
    if len(text) > 2 * _LONGEST or not (text[-1:].isdecimal() or text[-1:] in _FIGURE_ENDS):
        return None
    parts = text.split()
    start = len(parts)
    while start and _FIGURE.fullmatch(parts[start - 1]):
        start -= 1
    name = " ".join(parts[:start]).rstrip(":;")
    plain = any(c.isalpha() for c in name) and not any(c.isdigit() or c in "|:;" for c in name)
    return _Line(name, tuple(parts[start:])) if plain and start < len(parts) else None


_STATISTICS = frozenset(["count", "mean", "average", "median", "std", "min", "max", "sum", "total"])
_MEASURES = 2
"""Of how many statistics a list of lines tells, at least, that has them of one column and no records."""


def _in_lines(text: str) -> Iterator[list[Record]]:
    """Lines of a name and figures, as data frames print them."""
    for width, group in groupby(map(_line, text.splitlines()), key=lambda line: len(line.figures) if line else 0):
        lines = [line for line in group if line] if width else []
        if len(lines) >= 2 and len(_STATISTICS.intersection(line.name.casefold() for line in lines)) < _MEASURES:
            yield [
                Record(frozenset({line.name.casefold()}), tuple(Cell(str(i), f) for i, f in enumerate(line.figures)))
                for line in lines
            ]
