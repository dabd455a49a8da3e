"""Whether a query stands in a benchmark: against items that the user gives as JSONL.

Three ways to be flagged: `span`, thirteen words in a row are an item's; `coverage`, of the shorter text's runs of eight words so large a
share is the other's; `equal`, for items shorter than eight words, the same words. The benchmarks are held in memory as 64-bit marks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

import orjson

from scenarios.gates.words import mark, words

SHORT, LONG = 8, 13
FIELDS = ("query", "question", "problem", "prompt", "instruction", "input", "text")


class BenchmarkError(Exception):
    """A benchmark file cannot be used: which, where, why, and what to do."""


class Hit(NamedTuple):
    """A query that stands in a benchmark. `line` counts from 1; `shared` is the stretch both have."""

    kind: Literal["span", "coverage", "equal"]
    file: str
    line: int
    coverage: float
    shared: str


class _Item(NamedTuple):
    file: str
    line: int
    grams: int


@dataclass
class Benchmarks:
    """Items to keep clear of. `least`: the share of runs of eight words from which on a query counts as taken."""

    least: float = 0.5
    items: list[_Item] = field(default_factory=list)
    _equal: dict[int, int] = field(default_factory=dict)
    _short: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _long: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(cls, paths: Sequence[Path], field_name: str | None = None, least: float = 0.5) -> "Benchmarks":
        """Read JSONL files. `field_name`: where the question stands in a row; by default the first of the usual names.

        Raises:
            BenchmarkError: a file cannot be read, a line is no JSON object, or has no question.
        """
        found = cls(least)
        for path in paths:
            for line, row in rows(path):
                found.add(question(row, field_name, path, line), str(path), line)
        return found

    def add(self, text: str, file: str, line: int) -> None:
        """Take an item in."""
        said, number = words(text), len(self.items)
        grams = [mark(gram) for gram in runs(said, SHORT)]
        self.items.append(_Item(file, line, len(grams)))
        if said and not grams:
            self._equal.setdefault(mark(said), number)
        for gram in dict.fromkeys(grams):
            self._short[gram].append(number)
        for stretch in runs(said, LONG):
            self._long.setdefault(mark(stretch), number)

    def hit(self, query: str) -> Hit | None:
        """Where the query stands in a benchmark, if it does."""
        said = words(query)
        if len(said) < SHORT:
            number = self._equal.get(mark(said)) if said else None
            return self._hit("equal", number, 1.0, said) if number is not None else None
        for gram in runs(said, LONG):
            if (number := self._long.get(mark(gram))) is not None:
                return self._hit("span", number, self._covered(said).get(number, 0.0), gram)
        covered = self._covered(said)
        best = max(covered, key=lambda n: covered[n], default=None)
        if best is None or covered[best] < self.least:
            return None
        first = next(gram for gram in runs(said, SHORT) if best in self._short.get(mark(gram), ()))
        return self._hit("coverage", best, covered[best], first)

    def _covered(self, said: Sequence[str]) -> dict[int, float]:
        """For each item that shares a run of eight words, the share of the shorter text's runs that are shared."""
        mine = {mark(gram) for gram in runs(said, SHORT)}
        shared = Counter(number for gram in mine for number in self._short.get(gram, ()))
        return {n: min(1.0, count / min(len(mine), self.items[n].grams)) for n, count in shared.items()}

    def _hit(
        self, kind: Literal["span", "coverage", "equal"], number: int, coverage: float, shared: Sequence[str]
    ) -> Hit:
        item = self.items[number]
        return Hit(kind, item.file, item.line, round(coverage, 4), " ".join(shared))


def runs(said: Sequence[str], length: int) -> Iterator[Sequence[str]]:
    """Every stretch of so many words."""
    return (said[n : n + length] for n in range(len(said) - length + 1))


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a JSONL file with their lines. Raises BenchmarkError."""
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _row(line, path, number)
    except OSError as error:
        raise BenchmarkError(f"{path}: cannot be read: {error.strerror}. Give a JSONL file") from error


def _row(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BenchmarkError(f"{path}:{number}: no JSON ({error}). Give one JSON object a line") from error
    if isinstance(row, str):
        return {FIELDS[0]: row}
    if not isinstance(row, dict):
        raise BenchmarkError(f"{path}:{number}: no JSON object. Give one JSON object a line")
    return row


def question(row: dict[str, Any], name: str | None, path: Path, line: int) -> str:
    """The question of a row. Raises BenchmarkError where it has none."""
    names = (name,) if name else FIELDS
    found = next((row[one] for one in names if isinstance(row.get(one), str) and row[one].strip()), None)
    if found is None:
        known = ", ".join(row) or "none"
        raise BenchmarkError(
            f"{path}:{line}: no text under {' or '.join(names)} (keys: {known}). Name the key with --field"
        )
    return str(found)
