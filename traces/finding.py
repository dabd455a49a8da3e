"""Finding trajectories by more than their facets: tokens, money, duration, human notes, words of their text.

What is in a facet goes the quick way of `rows`; the rest walks attempts in the order of commit and stops when a page is full. Words,
disputes and money need a side index attached as `side`: an FTS5 table `words` whose rowids are ids of attempts, a table `disputed` of ids,
and a table `spent` of ids with input and output tokens. Without it nothing is found by any of them.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from traces import rows
from traces.rows import EVERYTHING, Filters, Row


class Money(NamedTuple):
    """What an attempt may have cost, in US dollars, at prices in US dollars for a million input and output tokens."""

    input: float
    output: float
    at_least: float | None = None
    at_most: float | None = None


class Find(NamedTuple):
    """Which trajectories. `words` is an FTS5 expression; `noted` is `any`, `good` or `bad`; `disputed` those alone."""

    filters: Filters = EVERYTHING
    min_tokens: int | None = None
    max_tokens: int | None = None
    min_seconds: float | None = None
    max_seconds: float | None = None
    noted: str | None = None
    words: str | None = None
    disputed: bool = False
    money: Money | None = None

    @property
    def indexed(self) -> bool:
        """Whether it is found by the side index."""
        return self.words is not None or self.disputed or self.money is not None

    @property
    def plain(self) -> bool:
        """Whether the facets say it all."""
        return self == Find(self.filters)


ANYTHING = Find()


def page(db: sqlite3.Connection, find: Find, after: int, limit: int) -> list[Row]:
    """Up to `limit` rows in the order they were committed, those with an id above `after`."""
    if find.plain:
        return rows.page(db, find.filters, after, limit)
    sql, values = _query(db, find)
    order = "a.id" if find.words is None else "t.rowid"
    found = db.execute(f"{sql} AND {order} > ? ORDER BY {order} LIMIT ?", (*values, after, limit))
    return rows.rows_of(db, [row[0] for row in found])


def beside(db: sqlite3.Connection, find: Find, id: int) -> tuple[str, str]:
    """The keys of those found just before and just after an id, in the order of commit; empty where there is none."""
    sql, values = _query(db, find)
    order = "a.id" if find.words is None else "t.rowid"
    ways = (("<", "DESC"), (">", "ASC"))
    asked = [f"{sql} AND a.key IS NOT NULL AND {order} {side} ? ORDER BY {order} {way} LIMIT 1" for side, way in ways]
    found = [db.execute(f"SELECT key FROM attempt WHERE id = ({each})", (*values, id)).fetchone() for each in asked]
    before, after = (row[0] if row else "" for row in found)
    return before, after


def count(db: sqlite3.Connection, find: Find) -> int:
    """How many there are."""
    if find.plain:
        return rows.total(db, find.filters)
    sql, values = _query(db, find)
    n: int = db.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0]
    return n


def attached(db: sqlite3.Connection) -> bool:
    """Whether a side index is there."""
    return any(row[1] == "side" for row in db.execute("PRAGMA database_list"))


def _query(db: sqlite3.Connection, find: Find) -> tuple[str, list[Any]]:
    """The ids of what is asked for."""
    tests = [*_facets(find), *_columns(find), *_notes(find)]
    tables = "attempt a"
    if find.indexed and not attached(db):
        return "SELECT a.id FROM attempt a CROSS JOIN (SELECT 0 AS rowid) t WHERE 0", []
    if find.disputed:
        tests.append(("a.id IN (SELECT id FROM side.disputed)", []))
    if find.words is not None:
        tables = "side.words t CROSS JOIN attempt a ON a.id = t.rowid"
        tests.insert(0, ("t.words MATCH ?", [find.words]))
    where = " AND ".join(test for test, _ in tests) or "1"
    return f"SELECT a.id FROM {tables} WHERE {where}", [value for _, given in tests for value in given]


def _facets(find: Find) -> Iterator[tuple[str, list[Any]]]:
    if find.filters != EVERYTHING:
        where, values = rows.condition(find.filters)
        yield f"a.facet IN (SELECT id FROM facet WHERE {where})", values


def _columns(find: Find) -> Iterator[tuple[str, list[Any]]]:
    for test, value in (
        ("a.tokens >= ?", find.min_tokens),
        ("a.tokens <= ?", find.max_tokens),
        ("a.duration >= ?", find.min_seconds),
        ("a.duration <= ?", find.max_seconds),
    ):
        if value is not None:
            yield test, [value]
    if find.money:
        spent = "(SELECT s.input * ? + s.output * ? FROM side.spent s WHERE s.id = a.id)"
        for sign, most in ((">=", find.money.at_least), ("<=", find.money.at_most)):
            if most is not None:
                yield f"{spent} {sign} ?", [find.money.input, find.money.output, most * 1e6]


def _notes(find: Find) -> Iterator[tuple[str, list[Any]]]:
    if find.noted == "any":
        yield "a.key IN (SELECT key FROM note)", []
    elif find.noted:
        yield "a.key IN (SELECT key FROM note WHERE kind = ?)", [find.noted]
