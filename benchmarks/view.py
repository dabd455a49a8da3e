"""What the viewer costs over many attempts: first rows, a filter, words, one trajectory, and the server's memory.

python -m benchmarks.view [ATTEMPTS]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from starlette.testclient import TestClient

from benchmarks.exports import attempt
from benchmarks.ledger import resident
from traces.ledger import Ledger
from winnow.folder import RunFolder
from winnow.view.app import build_app
from winnow.view.shelf import Shelf

PLACES = {
    "first rows": "/run/many",
    "filter: decision and tool": "/run/many?decision=keep&tool=search",
    "filter: tokens": "/run/many?min_tokens=1",
    "words: rare": "/run/many?q=%2277%22",
    "words: common": "/run/many?q=mountain",
    "words and filter": "/run/many?q=mountain&decision=keep",
}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "many"
        run.mkdir()
        with Ledger.create(RunFolder(run).ledger) as ledger:
            for start in range(0, rows, 1000):
                ledger.commit([attempt(n) for n in range(start, min(start + 1000, rows))])
        measure(run, rows)


def measure(run: Path, rows: int) -> None:
    before = resident()
    shelf = Shelf([run])
    site = TestClient(build_app(shelf, "127.0.0.1", 80), base_url="http://127.0.0.1")
    book = shelf.get("many")
    assert book
    key = book.ledger.page(after=rows // 2, limit=1)[0].key
    timed(site, "first rows, while words are read", "/run/many", 3)
    began, spent = time.perf_counter(), time.process_time()
    book.words.wait(3600)
    took, cpu = time.perf_counter() - began, time.process_time() - spent
    print(
        f"words of {rows:,} attempts: {took:.1f} s, {cpu:.1f} s CPU, {book.words.path.stat().st_size / 2**20:.0f} MiB"
    )
    for name, place in {**PLACES, "a trajectory": f"/run/many/{key}"}.items():
        timed(site, name, place, 9)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"memory: {before:.0f} MiB before, {resident():.0f} MiB after, at most {peak:.0f} MiB with the filling of the ledger"
    )
    shelf.close()


def timed(site: TestClient, name: str, place: str, times: int) -> None:
    """On a busy machine the CPU time says more than what the clock does."""
    found, spent = [], []
    for _ in range(times):
        began, cpu = time.perf_counter(), time.process_time()
        assert site.get(place).status_code == 200, place
        found.append(1000 * (time.perf_counter() - began))
        spent.append(1000 * (time.process_time() - cpu))
    told = f"median {median(found):6.1f} ms, at most {max(found):6.1f} ms; CPU {median(spent):6.1f} ms"
    print(f"{name:34} {told}")


if __name__ == "__main__":
    main()
