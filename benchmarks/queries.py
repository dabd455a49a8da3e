"""How fast the gates before queries are, and what memory they take: `python -m benchmarks.queries [ROWS]`. CPU seconds, one process."""

import random
import resource
import sys
import time
from collections.abc import Iterator

from scenarios.gates.contamination import Benchmarks
from scenarios.gates.duplicates import Seen


def _queries(count: int) -> Iterator[str]:
    """Made-up queries of 12 to 30 words; one in a hundred repeats an earlier one with a word changed."""
    rng, words, old = random.Random(1), [f"w{n}" for n in range(20_000)], list[str]()
    for number in range(count):
        said = [rng.choice(words) for _ in range(rng.randint(12, 30))]
        if number % 100 == 99:
            said = [*rng.choice(old).split()[:-1], "changed"]
        text = " ".join(said)
        old = [*old[-50:], text]
        yield text


def main(rows: int) -> None:
    """Print rows a second and the memory held."""
    texts = list(_queries(min(rows, 100_000)))
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, seen, found = time.process_time(), Seen(), 0
    for done in range(0, rows, len(texts)):
        stream = (f"{text} b{done}" for text in texts) if done else iter(texts)
        found += sum(twin is not None for twin in seen.twins(stream))
        spent = time.process_time() - started
        held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024
        print(
            f"duplicates: {done + len(texts):,} rows, {(done + len(texts)) / spent:,.0f} a second, {found:,} twins, {held:.0f} MiB more"
        )
    bench = Benchmarks()
    for line, text in enumerate(texts[:10_000], 1):
        bench.add(text, "b", line)
    started = time.process_time()
    hits = sum(bench.hit(text) is not None for text in texts[10_000:])
    print(f"contamination: {(len(texts) - 10_000) / (time.process_time() - started):,.0f} rows a second, {hits:,} hits")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
