"""What the ledger costs: lists and counters at a million rows, writes by 64 workers, memory over 20,000 attempts, reading back.

python -m benchmarks.ledger [ROWS] [ATTEMPTS]
"""

import asyncio
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tests.traces import samples
from traces.ledger import Filters, Ledger, attempt_key
from traces.puts import count
from traces.rows import Facet
from traces.writer import Writer

FAMILIES = [f"family{n}" for n in range(12)]
CODES = ["A1", "C1", "D1", "D2", "F1", "F2", "F3", "F4", "G1", "G2", "G4", "P1"]
TOOLS = ["calculator", "open_page", "python", "search"]
DECISIONS = ["keep"] * 11 + ["reject"] * 8 + ["error"]


def facet(draw: random.Random, family: str) -> Facet:
    """One trajectory's facet; a difficulty goes with its family, codes with rejection."""
    decision = draw.choice(DECISIONS)
    codes = tuple(sorted(draw.sample(CODES, draw.choice([1, 1, 2])))) if decision == "reject" else ()
    tools = tuple(sorted(draw.sample(TOOLS, draw.choice([0, 1, 2, 2, 3]))))
    steps = len(tools) + draw.randint(1, 5)
    difficulty = 1 + hash(family) % 3 + draw.randint(0, 2)
    return Facet(True, False, decision, family, difficulty, "answered", steps, tools, codes, 1, steps - 1, 900, 120)


def fill(ledger: Ledger, rows: int, width: int = 400) -> None:
    """Rows of the lists without bodies, by the thousand; families come one after the other, the hard case for pages."""
    draw, db = random.Random(1), ledger._db
    pool = [[facet(draw, family) for _ in range(width)] for family in FAMILIES]
    db.execute("BEGIN")
    for start in range(0, rows, 10_000):
        chunk = [draw.choice(pool[len(pool) * n // rows]) for n in range(start, min(start + 10_000, rows))]
        ids = [count(db, one) for one in chunk]
        db.executemany("INSERT INTO attempt VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", table(start, chunk, ids))
        db.executemany("INSERT OR IGNORE INTO slot VALUES (?,'task',?,?,?,'','','')", slots(start, chunk))
    db.execute("COMMIT")


def table(start: int, chunk: list[Facet], ids: list[int]) -> Iterator[tuple[object, ...]]:
    for n, (one, id) in enumerate(zip(chunk, ids, strict=True), start):
        slot = f"{one.family}-{n:07}"
        bad = 1 if one.codes else None
        yield (
            None,
            id,
            slot,
            1,
            0,
            attempt_key(slot, 1),
            bad,
            one.calls,
            1020,
            "." * one.steps,
            None,
            f"{n:032x}",
            1.5,
        )


def slots(start: int, chunk: list[Facet]) -> Iterator[tuple[object, ...]]:
    return ((f"{one.family}-{n:07}", one.family, one.difficulty, "q" * 120) for n, one in enumerate(chunk, start))


def milliseconds(call: Callable[[], object], times: int = 25) -> tuple[float, float]:
    """Median and worst."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        spent.append(1000 * (time.perf_counter() - began))
    return median(spent), max(spent)


def lists(folder: Path, rows: int) -> None:
    with Ledger.create(folder / "rows.sqlite") as ledger:
        began = time.perf_counter()
        fill(ledger, rows)
        facets = ledger._db.execute("SELECT count(*) FROM facet").fetchone()[0]
        size = ledger.path.stat().st_size / 2**20
        print(f"{rows:,} rows, {facets:,} facets, {size:.0f} MiB, filled in {time.perf_counter() - began:.0f} s")
        print(f"{'page of 100':58} {'median ms':>9} {'worst':>7} {'matches':>9}")
        for name, filters, after in cases(rows):
            mid, worst = milliseconds(lambda f=filters, a=after: ledger.page(f, after=a))  # type: ignore[misc]
            print(f"{name:58} {mid:9.2f} {worst:7.2f} {ledger.count(filters):9,}")
        for name, call in {"counts()": ledger.counts, "count(reject)": lambda: ledger.count(Filters("reject"))}.items():
            mid, worst = milliseconds(call)
            print(f"{name:58} {mid:9.2f} {worst:7.2f}")


def cases(rows: int) -> Iterator[tuple[str, Filters, int]]:
    yield "all, first page", Filters(), 0
    yield "all, in the middle", Filters(), rows // 2
    yield "all, past the end", Filters(), rows
    yield "decision", Filters("keep"), rows // 2
    yield "family at the end", Filters(family=FAMILIES[-1]), 0
    yield "code", Filters(code="C1"), rows // 3
    yield "tool", Filters(tool="python"), rows // 3
    yield "steps", Filters(min_steps=7), rows // 3
    yield "decision, family at the end, tool", Filters("reject", family=FAMILIES[-1], tool="python"), 0
    yield "decision, code, tool, steps", Filters("reject", "F4", tool="search", min_steps=5), 0
    yield "decision, code, family, difficulty, tool, steps", Filters("reject", "F4", FAMILIES[6], 3, "search", 4, 6), 0
    yield "nothing matches", Filters("keep", "C1"), 0


async def writes(folder: Path, attempts: int) -> None:
    with Ledger.create(folder / "writes.sqlite") as ledger:
        began, before = time.perf_counter(), time.process_time()
        marks: list[float] = []

        async def worker(writer: Writer, n: int) -> None:
            for index in range(n, attempts, 64):
                slot = f"compare-{index:06}"
                task = samples.task(f"Question {index}?", index=index)
                await writer.put_task(slot, task)
                await writer.put_attempt(slot, 1, [samples.trace(attempt_key(slot, 1), of=task)])
                if index in (2000, attempts - 1):
                    marks.append(resident())

        async with Writer(ledger) as writer:
            await asyncio.gather(*(worker(writer, n) for n in range(64)))
        spent, cpu = time.perf_counter() - began, time.process_time() - before
        size = ledger.path.stat().st_size / 2**20
        print(
            f"{attempts:,} attempts by 64 workers: {attempts / spent:,.0f}/s, {attempts / cpu:,.0f} per CPU-s, {size:.0f} MiB"
        )
        print(f"resident {marks[0]:.0f} MiB after 2,000, {marks[-1]:.0f} at the end, peak {peak():.0f}")
        for bare in (False, True):
            began = time.perf_counter()
            n = sum(1 for _ in ledger.trajectories(verdicts=not bare, times=not bare))
            print(f"read back{' without verdicts and times' * bare}: {n / (time.perf_counter() - began):,.0f}/s")


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    rows, attempts = (int(n) for n in (sys.argv[1:] + ["1000000", "20000"][len(sys.argv) - 1 :])[:2])
    with tempfile.TemporaryDirectory() as folder:
        lists(Path(folder), rows)
        asyncio.run(writes(Path(folder), attempts))


if __name__ == "__main__":
    main()
