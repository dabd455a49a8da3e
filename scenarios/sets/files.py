"""The rows of a file as values with their lines: JSON Lines and JSON as everywhere, and tables (CSV, TSV) by their head.

The fields of a table are texts, which may hold JSON. A row that cannot be read comes as its cause.
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from traces.imports import SourceError, rows, unpacked
from traces.imports.errors import RowError


class Found(NamedTuple):
    """What stands in a place of a file; `broken` says why that is nothing."""

    line: int
    value: Any
    broken: str = ""


def found_in(path: Path) -> Iterator[Found]:
    """Every row of a file, in order. Raises SourceError where it cannot be read at all."""
    if {".csv", ".tsv"} & {suffix.lower() for suffix in path.suffixes[-2:]}:
        yield from _table(path)
        return
    for raw in rows(path):
        try:
            yield Found(raw.line, raw.parsed())
        except RowError as error:
            yield Found(raw.line, None, str(error))


def _table(path: Path) -> Iterator[Found]:
    text = _text(path)
    head = text.partition("\n")[0]
    sign = "\t" if "\t" in head and "," not in head else ";" if ";" in head and "," not in head else ","
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        names, before = next(reader, []), reader.line_num
        for fields in reader:
            line, before = before + 1, reader.line_num
            if not fields:
                continue
            if len(fields) != len(names):
                yield Found(line, None, f"{len(fields)} fields, but the head of the table names {len(names)}")
            else:
                yield Found(line, dict(zip(names, fields, strict=True)))
    except csv.Error as error:
        yield Found(reader.line_num, None, f"not a table: {error}")


def _text(path: Path) -> str:
    try:
        return unpacked(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(path, "is not UTF-8", "Write it as UTF-8 first, for instance with iconv") from error
