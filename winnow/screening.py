"""A file of queries through the gates that need no model, row by row; memory does not grow with the file but for a mark a row."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from scenarios.gates.contamination import BenchmarkError, Benchmarks, question, rows
from scenarios.gates.duplicates import Seen, Twin
from scenarios.gates.language import LANGUAGES, is_in, language_of

_BATCH = 2048


@dataclass
class Screening:
    """What came of it: `found` counts each kind of flag, a query once, under the first gate it does not pass."""

    queries: int = 0
    passed: int = 0
    found: Counter[str] = field(default_factory=Counter)

    @classmethod
    def run(
        cls,
        file: Path,
        against: Sequence[Path],
        name: str | None,
        near: float,
        coverage: float,
        language: str | None,
        output: Path | None,
        flagged: Path | None,
    ) -> "Screening":
        """Go through the file once. Raises BenchmarkError, OSError."""
        if language and language not in LANGUAGES:
            raise BenchmarkError(f"--language {language}: not one that is told apart. Known: {', '.join(LANGUAGES)}")
        done, seen = cls(), Seen(near)
        benchmarks = Benchmarks.read(against, None, coverage)
        lines: dict[int, int] = {}
        with _writer(output) as keep, _writer(flagged) as tell:
            stream = ((line, row, question(row, name, file, line)) for line, row in rows(file))
            while batch := list(islice(stream, _BATCH)):
                for (line, row, text), twin in zip(batch, seen.twins([q for _, _, q in batch]), strict=True):
                    lines[done.queries] = line
                    fault = _fault(text, twin, benchmarks, language, lines)
                    done._count(fault)
                    if fault is None:
                        keep(row)
                    else:
                        tell({"line": line, "query": text, **fault})
        return done

    def _count(self, fault: dict[str, Any] | None) -> None:
        self.queries += 1
        self.passed += fault is None
        if fault:
            self.found[fault["gate"]] += 1

    def facts(self) -> dict[str, Any]:
        """As data."""
        return {"queries": self.queries, "passed": self.passed, "flagged": dict(sorted(self.found.items()))}

    def sentence(self) -> str:
        """In words."""
        told = ", ".join(f"{n:,} {gate}" for gate, n in sorted(self.found.items())) or "nothing flagged"
        return f"{self.passed:,} of {self.queries:,} queries pass: {told}"


def _fault(
    text: str, twin: Twin | None, benchmarks: Benchmarks, language: str | None, lines: dict[int, int]
) -> dict[str, Any] | None:
    if twin:
        gate = "duplicate" if twin.kind == "exact" else "near_duplicate"
        return {"gate": gate, "of_line": lines[twin.of], "overlap": round(twin.overlap, 3)}
    if hit := benchmarks.hit(text):
        found = hit._asdict()
        return {"gate": "contaminated", "benchmark": found.pop("file"), "benchmark_line": found.pop("line"), **found}
    if language and not is_in(text, language):
        return {"gate": "language", "found": language_of(text)}
    return None


@contextmanager
def _writer(path: Path | None) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Writes a row a line, beside the file until all went well; to nowhere without a path. An existing file is not written over."""
    if path is None:
        yield lambda row: None
        return
    if path.exists():
        raise BenchmarkError(f"{path}: is there already. Choose another file, or move it away")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as out:
            yield lambda row: _put(out, row)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _put(out: BinaryIO, row: dict[str, Any]) -> None:
    out.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
