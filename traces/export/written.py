"""A written export, read back."""

from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import count as numbers
from pathlib import Path

import orjson
import zstandard

from traces.export.errors import ExportError
from traces.export.row import JSON
from traces.export.shards import read_parquet


def manifest(folder: Path) -> JSON:
    """The manifest of an export. Raises ExportError where there is none, so none that is whole."""
    try:
        return dict(orjson.loads((folder / "manifest.json").read_bytes()))
    except (OSError, orjson.JSONDecodeError) as error:
        raise ExportError(folder, f"there is no manifest of an export ({error})", "Export anew") from error


def read_lines(file: Path) -> Iterator[JSON]:
    """The rows of a file, one after another."""
    if file.suffix == ".parquet":
        yield from read_parquet(file)
    elif file.suffix == ".zst":
        with zstandard.open(file, "rb") as packed:
            yield from map(orjson.loads, BufferedReader(packed))
    else:
        with file.open("rb") as stream:
            yield from map(orjson.loads, stream)


SIDES = ("completion", "chosen", "rejected")
"""Columns that go on from the prompt, each to a conversation of its own."""


def conversations(line: JSON) -> list[JSON]:
    """The line as lines with `messages`: one as it is, one for each side of a line in parts, or of the prompt where that is all."""
    if "messages" in line:
        return [line]
    ends = [line[side] for side in SIDES if side in line] or [[]]
    return [{**line, "messages": [*line["prompt"], *end]} for end in ends]


def sample(rows: Iterable[JSON], count: int, most: int) -> Iterator[tuple[int, JSON]]:
    """At most so many of `count` rows, evenly spread, with their numbers from 1."""
    step = max(1, -(-count // most))
    return ((number, row) for number, row in zip(numbers(1), rows, strict=False) if number % step == 1 % step)
