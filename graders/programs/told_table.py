"""O2 for tables: one cell of an answer's table is not what the results have, where all others of its column are.

A column is known by its other rows: where the highs of Lyon and Porto are their "tmax", rounded, that of Oslo has to be its own. At least
three rows, each of which names one record of the results.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from graders.base import Case, Finding, Grader, LooksAt
from graders.names import folded
from graders.numbers import Mention, numbers, plain
from graders.records import loaded
from traces.record import Step

_ROW = re.compile(r"^[^\S\n]*\|(?P<cells>[^\n]{1,600})\|[^\S\n]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:-]+")
_WORD = re.compile(r"[^\W_]+")
_LEAST = 3
_ROWS = 60
"""Rows beyond which a table is left alone."""
_LONGEST = 60
"""Letters of a name at most."""
_MOST = 400
"""Records of all results beyond which a table is left alone."""


class _Row(NamedTuple):
    """A row of an answer's table: its cells, and where each begins in the text."""

    cells: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True)
class ToldTable(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "told_table"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if text.count("|") < 2 * _LEAST:
            return
        shown = [loaded(m.content) for m in case.messages[: step.message] if m.role == "tool"]
        records = [record for body in shown for record in _records(body)]
        if not _LEAST <= len(records) <= _MOST:
            return
        known = [(record, _phrases(record)) for record in records]
        for rows in _tables(text):
            if not _LEAST <= len(rows) <= _ROWS:
                continue
            named = [(row, record) for row in rows if (record := _record_of(row, known)) is not None]
            if len(named) >= _LEAST and len({id(record) for _, record in named}) == len(named):
                yield from _off(case, step, named)


def _records(body: Any) -> Iterator[dict[str, Any]]:
    """Every object of a result that has a text and a number, at any depth."""
    pending = [body]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
            kinds = {type(v) for v in value.values()}
            if str in kinds and kinds & {int, float}:
                yield value


def _tables(text: str) -> Iterator[list[_Row]]:
    """The rows of each table, without heads and rules."""
    rows: list[_Row] = []
    end = -1
    for m in _ROW.finditer(text):
        if m.start() > end + 1 and rows:
            yield rows[1:]
            rows = []
        end = m.end()
        if not _RULE.fullmatch(m["cells"]):
            cells = m["cells"].split("|")
            starts = [m.start("cells") + sum(len(c) + 1 for c in cells[:place]) for place in range(len(cells))]
            rows.append(_Row(tuple(cells), tuple(starts)))
    yield rows[1:]


def _record_of(row: _Row, records: list[tuple[dict[str, Any], list[str]]]) -> dict[str, Any] | None:
    """The one record of which a text stands in the first cells of a row."""
    head = _words(" ".join(row.cells[:2]))
    found = [record for record, phrases in records if any(phrase in head for phrase in phrases)]
    return found[0] if len(found) == 1 else None


def _words(text: str) -> str:
    """The words of a text, folded, with a blank about each."""
    return f" {' '.join(folded(word) for word in _WORD.findall(text))} "


def _phrases(record: dict[str, Any]) -> list[str]:
    return [_words(v) for v in record.values() if isinstance(v, str) and 3 <= len(v) <= _LONGEST and _WORD.search(v)]


def _off(case: Case, step: Step, named: list[tuple[_Row, dict[str, Any]]]) -> Iterator[Finding]:
    width = min(len(row.cells) for row, _ in named)
    for column in range(1, width):
        cells = [numbers(row.cells[column]) for row, _ in named]
        if not all(len(found) == 1 for found in cells):
            continue
        keys = [k for k in named[0][1] if all(_is_number(record.get(k)) for _, record in named)]
        fits = {k: [_told(found[0], record[k]) for found, (_, record) in zip(cells, named, strict=True)] for k in keys}
        if any(all(fit) for fit in fits.values()):
            continue
        nearly = [k for k in keys if sum(fits[k]) == len(named) - 1 and len({r[k] for _, r in named}) > 2]
        if len(nearly) == 1:
            place = fits[nearly[0]].index(False)
            (row, record), m = named[place], cells[place][0]
            if case.knowledge.literal(m.text.strip(), step.message) or _elsewhere(case, step, m):
                continue
            start = row.starts[column] + m.start
            here = case.here(step, m.text, start, start + len(m.text))
            own = plain(Fraction(str(record[nearly[0]])))
            yield Finding("O2", f"says {m.text.strip()} in a row that has {own} in the result", (here,), silent=True)


def _elsewhere(case: Case, step: Step, m: Mention) -> bool:
    """Whether the user or a result gives a figure that another row than its own may have taken: a new price, a changed quantity."""
    told = (n.content for n in case.messages[: step.message] if n.role in ("user", "tool"))
    return any(abs(n.value) == abs(m.value) and not n.dated for text in told for n in numbers(text))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _told(m: Mention, value: float) -> bool:
    return any(abs(abs(r.value) - abs(Fraction(str(value)))) <= r.ulp * Fraction(6, 10) for r in m.readings)
