"""Tables in the text of an observation: markdown, values between commas, semicolons or tabs, and lists of JSON objects.

A cell of a table that stands in the text is a stretch of it, so that evidence marked there is marked in the cell too. What is no table for
certain stays text: a comma followed by a space is prose, and rows of different lengths are no rows.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

Kind = Literal["number", "short", "long"]

MOST_ROWS = 200
MOST_COLUMNS = 40
_LONGEST_HEAD = 60
_LONG = 40
_SIGNS = "\t;,"
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_NUMBER = re.compile(r"[-+−]?[$€£]?\d[\d,.  ]*\s?%?")


class Cell(NamedTuple):
    """The text of a cell, and where it begins in the observation; -1 where it does not stand there as it is."""

    text: str
    start: int = -1


class Table(NamedTuple):
    """A table that takes the place of `[start, end)` of a text. `more` rows are not among `rows`; `beside` is said with it."""

    start: int
    end: int
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    more: int = 0
    beside: str = ""

    @property
    def kinds(self) -> list[Kind]:
        """Of each column what its cells are."""
        return [_kind([cell.text for cell in column if cell.text]) for column in zip(*self.rows, strict=True)]


def _kind(texts: Sequence[str]) -> Kind:
    if texts and all(map(_NUMBER.fullmatch, texts)):
        return "number"
    return "long" if any(len(text) > _LONG for text in texts) else "short"


class _Line(NamedTuple):
    start: int
    text: str


def tables(text: str, end: int) -> list[Table]:
    """The tables of a text that begin and end before `end`, in their order; a long one may be cut at a row."""
    if (found := _of_json(text)) is not None:
        return [found]
    lines, at = [], 0
    for line in text[:end].splitlines(keepends=True):
        lines.append(_Line(at, line.rstrip("\r\n")))
        at += len(line)
    if end < len(text):
        lines = lines[:-1]  # it may be half a line
    return list(_in_lines(lines))


def _in_lines(lines: Sequence[_Line]) -> Iterator[Table]:
    place = 0
    while place < len(lines):
        taken, table = _markdown(lines, place)
        for sign in _SIGNS if table is None else "":
            taken, table = _delimited(lines, place, sign)
            if table:
                break
        if table:
            yield table
        place += taken if table else 1


def _markdown(lines: Sequence[_Line], place: int) -> tuple[int, Table | None]:
    """A line of heads, a rule, and rows with as many bars."""
    if place + 2 >= len(lines) or "|" not in lines[place].text or not _RULE.fullmatch(lines[place + 1].text.strip()):
        return 0, None
    head = _between_bars(lines[place])
    rows = []
    for line in lines[place + 2 :]:
        if "|" not in line.text or len(cells := _between_bars(line)) != len(head):
            break
        rows.append(cells)
    return len(rows) + 2, _table(lines[place], lines[place + 1 + len(rows)], head, rows)


def _between_bars(line: _Line) -> list[Cell]:
    cuts = [-1, *(found.start() for found in _BAR.finditer(line.text)), len(line.text)]
    pieces = list(pairwise(cuts))
    edges = [(a, b) for a, b in (pieces[0], pieces[-1]) if not line.text[a + 1 : b].strip()]
    return [_cell(line, a + 1, b) for a, b in pieces if (a, b) not in edges]


def _delimited(lines: Sequence[_Line], place: int, sign: str) -> tuple[int, Table | None]:
    """A line of heads and at least two rows, all with as many values between the same sign."""
    head = _between(lines[place], sign)
    if len(head) < 2 or not _are_heads(head):
        return 0, None
    rows = []
    for line in lines[place + 1 :]:
        if len(cells := _between(line, sign)) != len(head):
            break
        rows.append(cells)
    return len(rows) + 1, _table(lines[place], lines[place + len(rows)], head, rows) if len(rows) > 1 else None


def _between(line: _Line, sign: str) -> list[Cell]:
    """The values of a line; none where it is prose."""
    # What is quoted may hold the sign: it is looked through with the quotes blotted out.
    blotted = _QUOTED.sub(lambda found: "x" * len(found[0]), line.text) if '"' in line.text else line.text
    if sign != "\t" and f"{sign} " in blotted:
        return []
    cuts = [-1, *(at for at, letter in enumerate(blotted) if letter == sign), len(blotted)]
    return [_cell(line, a + 1, b) for a, b in pairwise(cuts)]


def _cell(line: _Line, start: int, end: int) -> Cell:
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        start, text = start + 1, text[1:-1]
    return Cell(text, line.start + start)


def _are_heads(cells: Sequence[Cell]) -> bool:
    names = [cell.text for cell in cells]
    return len(set(names)) == len(names) and all(
        name and len(name) <= _LONGEST_HEAD and not _NUMBER.fullmatch(name) for name in names[1:]
    )


def _table(first: _Line, last: _Line, head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Table | None:
    indented = not any(cells[0].text for cells in (head, *rows))
    if not rows or len(head) > MOST_COLUMNS or indented:
        return None
    end = last.start + len(last.text)
    return Table(first.start, end, head, rows[:MOST_ROWS], max(0, len(rows) - MOST_ROWS))


def _of_json(text: str) -> Table | None:
    """The table of a text that is a list of JSON objects, one object a line, or an object with one such list."""
    value = _parsed(text)
    if isinstance(value, dict):
        lists = [name for name, one in value.items() if _are_objects(one)]
        if len(lists) != 1:
            return None
        rest = {name: one for name, one in value.items() if name != lists[0]}
        return _of_objects(text, value[lists[0]], f"{_said(rest)}  {lists[0]}:" if rest else f"{lists[0]}:")
    return _of_objects(text, value) if _are_objects(value) else None


class _Number(str):
    """A number as it is written: 1.10 stays so, and 100000000000000000000 too."""


def _parsed(text: str) -> Any:
    stripped = text.strip()
    if stripped[:1] not in ("[", "{"):
        return None
    for pieces in ([stripped], stripped.splitlines()):
        try:
            found = [json.loads(piece, parse_int=_Number, parse_float=_Number) for piece in pieces]
        except (ValueError, RecursionError):
            continue
        return found[0] if len(found) == 1 else found
    return None


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(one, dict) and one for one in value)


def _of_objects(text: str, objects: Sequence[dict[str, Any]], beside: str = "") -> Table | None:
    names = list(dict.fromkeys(name for one in objects for name in one))
    if len(names) > MOST_COLUMNS:
        return None
    head = [Cell(name) for name in names]
    rows = [[Cell(_said(one[name]) if name in one else "") for name in names] for one in objects[:MOST_ROWS]]
    return Table(0, len(text), head, rows, max(0, len(objects) - MOST_ROWS), beside)


def _said(value: Any) -> str:
    return value if isinstance(value, str) else _inside(value)


def _inside(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(name, ensure_ascii=False)}: {_inside(one)}" for name, one in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_inside, value)) + "]"
    return value if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)
