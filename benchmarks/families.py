"""The contract of every family on many items, and the commonest wordings.

Run: `python -m benchmarks.families [ITEMS] [QUERIES] [FAMILY]...`.

Of each item: two truths agree (else it is discarded), the query reads back to its ask, the need for tools is proven, equal seeds give
the equal task. Processor time. A wording is a query without the values of its ask and without figures.
Families and queries may be taken in parts: no families with 0 items, no wordings with 0 queries.
"""

import sys
from collections import Counter
from time import process_time
from typing import NamedTuple

from scenarios.family import Family, TruthError, all_families
from scenarios.need import need_of
from scenarios.world import World, build_world
from traces.task import Task
from winnow.plan import slots
from winnow.workbench import TRAPS


class Held(NamedTuple):
    """What came of one family."""

    items: int
    discarded: int
    faults: Counter[str]
    seconds: float


def contract(family: Family, world: World, count: int) -> Held:
    """`count` items of a family, and what they lack."""
    faults: Counter[str] = Counter()
    made = discarded = 0
    start = process_time()
    for index in range(count):
        try:
            task = family.item(world, 29, index)
        except TruthError:
            discarded += 1
            continue
        made += 1
        faults["does not read back"] += not task.brief or family.read(task.query) != task.brief.ask
        faults["need not proven"] += not need_of(family, task, world).proven
        faults["not deterministic"] += index % 20 == 0 and family.item(world, 29, index).id != task.id
    return Held(made, discarded, faults, process_time() - start)


def wording(task: Task) -> str:
    """The words of a query that no value of its ask holds."""
    assert task.brief
    values = str(task.brief.ask).casefold()
    words = [w.strip("?,.!\"'“”s:;()") for w in task.query.casefold().split()]
    return " ".join(w for w in words if w and not any(c.isdigit() for c in w) and w not in values)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    queries = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    names = sys.argv[3:] or (list(all_families()) if count else [])
    worlds = (build_world(29, 2000), build_world(29, 2000, TRAPS))
    print(f"{'family':18}{'items':>7}{'discarded':>11}{'faults':>8}{'a second':>10}")
    for name in names:
        family = all_families()[name]
        held = contract(family, worlds[bool(family.needs)], count)
        told = ", ".join(f"{n} {what}" for what, n in held.faults.items() if n)
        print(
            f"{name:18}{held.items:7,}{held.discarded:11,}{held.faults.total():8,}{held.items / held.seconds:10,.0f}  {told}",
            flush=True,
        )
    if queries:
        tell_wordings(worlds, queries)


def tell_wordings(worlds: tuple[World, World], queries: int) -> None:
    """The commonest wordings of a mixed run."""
    seen: Counter[str] = Counter()
    for slot in slots(queries, dict.fromkeys(all_families(), 1.0)):
        family = all_families()[slot.family]
        try:
            seen[wording(family.item(worlds[bool(family.needs)], 31, slot.number))] += 1
        except TruthError:
            continue
    total = seen.total()
    print(f"\n{total:,} queries of a mixed run have {len(seen):,} wordings; the commonest:")
    for words, n in seen.most_common(3):
        print(f"{100 * n / total:6.2f} %  {words[:100]}")


if __name__ == "__main__":
    main()
