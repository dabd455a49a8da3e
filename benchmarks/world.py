"""How fast a world is generated, read back and checked. Run: `python -m benchmarks.world [DOCUMENTS]`.

Processor time, not wall-clock time: the work is done on one core, and other work on the machine should not count.
"""

import resource
import sys
from time import process_time

from scenarios.world import build_world
from scenarios.world.check import check_world
from scenarios.world.reading import read_fact


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    start = process_time()
    first = next(build_world(1, 1_000_000).documents())
    print(f"first page of a million      {process_time() - start:8.3f} s   ({first.id})")
    start = process_time()
    words = sum(document.text.count(" ") for document in build_world(2, size).documents())
    seconds = process_time() - start
    print(f"documents generated          {size / seconds:8,.0f} /s  ({words / size:.0f} words each)")
    print(f"peak memory                  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MiB")
    world = build_world(3, 2000)
    facts = [(row, name) for row in world.entities("person") for name in row.facts]
    pages = {fact: world.document(world.pages(row.id, name)[0]).text for row, name in facts if (fact := (row.id, name))}
    start = process_time()
    for row, name in facts:
        read_fact(pages[row.id, name], row.name, name)
    print(f"facts read from pages        {len(facts) / (process_time() - start):8,.0f} /s")
    start = process_time()
    report = check_world(world)
    print(
        f"documents checked            {2000 / (process_time() - start):8,.0f} /s  ({report.counts['problems']} problems)"
    )


if __name__ == "__main__":
    main()
