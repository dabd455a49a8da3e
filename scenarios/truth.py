"""The second truth path of world families: the facts an item needs, in SQLite, asked by SQL.

`FactTable` holds (entity, name, attribute, number, text) for the entities given; numbers are whole millionths, so that SQL stays exact.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scenarios.exact import plain
from scenarios.world import Entity, Value

SCALE = 1_000_000


class FactTable:
    """A small database of the facts of some entities."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("create table fact (entity text, name text, attribute text, number integer, text text)")
        for entity in {e.id: e for e in entities}.values():
            rows = [(entity.id, entity.name, key, *_stored(value)) for key, value in entity.facts.items()]
            self._db.executemany("insert into fact values (?, ?, ?, ?, ?)", rows)

    def one(self, sql: str, *arguments: Any) -> Any:
        """The first column of the first row, or None."""
        row = self._db.execute(sql, arguments).fetchone()
        return row[0] if row else None

    def value(self, name: str, attribute: str) -> str:
        """One fact as plans hold it. Raises LookupError where there is none."""
        rows = self.all("select number, text from fact where name = ? and attribute = ?", name, attribute)
        if len(rows) != 1:
            raise LookupError(f"{len(rows)} rows for {attribute} of {name}")
        number, text = rows[0]
        return text if number is None else plain(Fraction(number, SCALE))

    def number(self, sql: str, *arguments: Any) -> Fraction:
        """A number, unscaled. Raises LookupError where there is none."""
        value = self.one(sql, *arguments)
        if value is None:
            raise LookupError(f"no row for {arguments}")
        return Fraction(value, SCALE)

    def all(self, sql: str, *arguments: Any) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, arguments).fetchall()

    def close(self) -> None:
        self._db.close()


def _stored(value: Value) -> tuple[int | None, str | None]:
    if isinstance(value, date):
        return None, value.isoformat()
    if isinstance(value, int | Decimal):
        return int(value * SCALE), None
    return None, value


def text_of(value: Value) -> str:
    """A value as plans and answers hold it: canonical number, ISO day, or text."""
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, int | Decimal) else value
