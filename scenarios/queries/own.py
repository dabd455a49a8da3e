"""Queries of the user's own, as seeds: a JSONL file with one a line, under the usual names of a question; `domain` and `difficulty` may
stand beside it."""

from pathlib import Path
from typing import Any

from scenarios.gates.contamination import BenchmarkError, question, rows
from scenarios.queries.seeds import Known
from scenarios.queries.topics import DOMAINS


class SeedsError(Exception):
    """A file of seed queries cannot be used: which, where, why, and what to do."""


def read_seeds(path: Path) -> tuple[Known, ...]:
    """The seed queries of a file, in order. Raises SeedsError."""
    try:
        found = tuple(_known(row, path, line) for line, row in rows(path))
    except BenchmarkError as error:
        raise SeedsError(str(error).replace("Name the key with --field", "Write it as `query`")) from None
    if not found:
        raise SeedsError(f"{path}: no queries. Give one JSON object with a `query` a line")
    return found


def _known(row: dict[str, Any], path: Path, line: int) -> Known:
    domain, level = row.get("domain"), row.get("difficulty", 1)
    if domain is not None and domain not in DOMAINS:
        raise SeedsError(f"{path}:{line}: domain {domain!r} is none of {', '.join(DOMAINS)}")
    if not isinstance(level, int) or not 1 <= level <= 9:
        raise SeedsError(f"{path}:{line}: difficulty {level!r} is no whole number from 1 to 9")
    return Known(f"{path}:{line}", question(row, None, path, line), domain, level)
