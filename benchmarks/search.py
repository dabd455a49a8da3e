"""Measures the local search: build rate and peak memory, query latency, ranking, and what a further process costs.

    python -m benchmarks.search --documents 100000 [--folder DIR] [--threads N] [--queries 600]

Text is synthetic: about 80 words a document, drawn from a Zipf law over 200,000 words; titles are two rare words and are shared by
three documents. Queries: a third titles, a third a title with two words of the text, a third four words of the text. "hit@5"
is how often the document a query was made from is among the first five. With `--folder` the index is kept and used again.
"""

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson

from tools.search.corpus import add_files
from tools.search.index import LocalIndex
from tools.search.storage import MANIFEST

VOCABULARY = 200_000
SYLLABLES = [c + v for c in "bcdfghklmnprstvz" for v in "aeiou"]


def word(rank: int) -> str:
    """A pronounceable word, short where it is frequent."""
    rank, syllables = rank + 1, []
    while rank:
        rank, last = divmod(rank, len(SYLLABLES))
        syllables.append(SYLLABLES[last])
    return "".join(syllables)


def documents(count: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """Documents of 48 to 112 words."""
    rng = np.random.default_rng(seed)
    words = np.array([word(rank) for rank in range(VOCABULARY)], dtype=object)
    cumulated = np.cumsum(1 / np.arange(1, VOCABULARY + 1) ** 1.07)
    for start in range(0, count, 10_000):
        lengths = rng.integers(48, 113, min(10_000, count - start))
        ranks = np.searchsorted(cumulated, rng.random(int(lengths.sum())) * cumulated[-1])
        for n, text in enumerate(np.split(words[ranks], np.cumsum(lengths)[:-1]), start):
            title = f"{word(VOCABULARY + n // 3).title()} {word(VOCABULARY * 7 + n // 3).title()}"
            yield {"id": f"doc-{n:08d}", "title": title, "text": " ".join(text)}


def queries(count: int, documents_in_all: int) -> Iterator[tuple[str, str]]:
    """(query, id of the document it was made from)."""
    rng = random.Random(3)
    chosen = {rng.randrange(documents_in_all): kind % 3 for kind in range(count)}
    for n, document in enumerate(documents(max(chosen) + 1)):
        if n in chosen:
            words = rng.sample(document["text"].split(), 4)
            shapes = (document["title"], " ".join([document["title"], *words[:2]]), " ".join(words))
            yield shapes[chosen[n]], document["id"]


def build(corpus: Path, folder: Path, threads: int) -> tuple[float, float, float]:
    """Seconds, CPU seconds, and peak MiB of the building process."""
    start = time.perf_counter()
    add_files([corpus], folder, threads=threads)
    return time.perf_counter() - start, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Latency(NamedTuple):
    """Median and 95th percentile in ms, by the clock and by the CPU, and hit@5."""

    wall: tuple[float, float]
    cpu: tuple[float, float]
    hits: float


def measure_queries(folder: Path, asked: list[tuple[str, str]]) -> Latency:
    """The first queries, on cold memory, count too. On a busy machine trust the CPU's figures."""
    index = LocalIndex.open(folder)
    wall, cpu, hits = [], [], 0
    for query, source in asked:
        start, started = time.perf_counter(), time.process_time()
        found = index.search_now(query, 5)
        wall.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - started) * 1000)
        hits += source in {hit.id for hit in found}
    return Latency(middle_and_tail(wall), middle_and_tail(cpu), hits / len(asked))


def middle_and_tail(values: list[float]) -> tuple[float, float]:
    return float(np.percentile(values, 50)), float(np.percentile(values, 95))


def cost_of_sharing(folder: Path, asked: list[tuple[str, str]]) -> tuple[float, float]:
    """MiB that opening and asking adds to this process: of its own, and in all."""
    before = memory()
    measure_queries(folder, asked)
    after = memory()
    return after["Private_Dirty"] - before["Private_Dirty"], after["Rss"] - before["Rss"]


def memory() -> dict[str, float]:
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def fresh(processes: int = 1) -> Pool:
    return multiprocessing.get_context("spawn").Pool(processes, maxtasksperchild=1)


def report(arguments: argparse.Namespace, folder: Path) -> None:
    count = arguments.documents
    if not (folder / "index" / MANIFEST).exists():
        corpus = folder / "corpus.jsonl"
        with corpus.open("wb") as file:
            file.writelines(orjson.dumps(document) + b"\n" for document in documents(count))
        with fresh() as pool:
            seconds, cpu, peak = pool.apply(build, (corpus, folder / "index", arguments.threads))
        size = sum(path.stat().st_size for path in (folder / "index").iterdir()) / 2**20
        print(f"build       {seconds:.1f} s ({cpu:.1f} s of CPU)  peak {peak:,.0f} MiB  disk {size:,.0f} MiB")
    asked = list(queries(arguments.queries, count))
    with fresh() as pool:
        latency = pool.apply(measure_queries, (folder / "index", asked))
    for name, (median, tail) in (("clock", latency.wall), ("CPU", latency.cpu)):
        print(f"query       p50 {median:.2f} ms  p95 {tail:.2f} ms  by the {name}")
    print(f"            hit@5 {latency.hits:.3f}")
    with fresh(8) as pool:
        costs = pool.starmap(cost_of_sharing, [(folder / "index", asked[:100])] * 8, chunksize=1)
    own, total = (sum(values) / len(costs) for values in zip(*costs, strict=True))
    print(f"8 processes {own:.1f} MiB of its own and {total:.1f} MiB mapped, each")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=600)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.folder:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        report(arguments, arguments.folder)
    else:
        with tempfile.TemporaryDirectory() as folder:
            report(arguments, Path(folder))


if __name__ == "__main__":
    main()
