"""A run in small, for the test that kills it: `python -m tests.traces.child LEDGER`. Prints each attempt once it is stored."""

import asyncio
import sys
from pathlib import Path

from tests.traces import samples
from traces.ledger import Ledger, attempt_key
from traces.record import Trajectory
from traces.writer import Writer

SLOTS = [f"s{n:04}" for n in range(300)]
ATTEMPTS = (1, 2)


def trajectories(slot: str, attempt: int) -> list[Trajectory]:
    first = attempt_key(slot, attempt)
    if attempt == 1:
        return [samples.trace(first)]
    return [
        samples.trace(first, samples.wrong(slot), outcome="repair", bad=1),
        samples.trace(attempt_key(slot, attempt, 1), repaired_from=first),
    ]


async def work(writer: Writer, slots: list[str]) -> None:
    known = writer.ledger.slots()
    for slot in slots:
        if slot not in known:
            await writer.put_task(slot, samples.task(index=int(slot[1:])))
        for attempt in ATTEMPTS:
            if attempt not in writer.ledger.done(slot):
                await writer.put_attempt(slot, attempt, trajectories(slot, attempt))
                print(slot, attempt, flush=True)


async def main(path: Path) -> None:
    with Ledger.open(path) as ledger:
        async with Writer(ledger) as writer:
            await asyncio.gather(*(work(writer, SLOTS[n::16]) for n in range(16)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
