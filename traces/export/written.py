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


def conversation(line: JSON) -> JSON:
    """The line with `messages`, which lines of prompt and completion have in two parts."""
    return line if "messages" in line else {**line, "messages": [*line["prompt"], *line["completion"]]}


def sample(rows: Iterable[JSON], count: int, most: int) -> Iterator[tuple[int, JSON]]:
    """At most so many of `count` rows, evenly spread, with their numbers from 1."""
    step = max(1, -(-count // most))
    return ((number, row) for number, row in zip(numbers(1), rows, strict=False) if number % step == 1 % step)
