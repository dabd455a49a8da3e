"""A run against a server that misbehaves, held against the same run without faults.

One attempt in five meets one of sixteen kinds of fault (429, 500, dropped connections, malformed calls, refusals, ...). Fails where an
attempt is lost, where one that was not hit ended otherwise or was judged otherwise, or where a message stands in a record that the server
never said. 2,000 attempts take about five CPU minutes. Usage: python -m benchmarks.faults [--attempts 2000] [--stream]
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from tests.agents.faulty import PASSING
from tests.winnow.test_faults import compare


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--attempts", type=int, default=2000)
    parser.add_argument("--stream", action="store_true", help="have the answers of the run with faults streamed")
    asked, started = parser.parse_args(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(compare(asked.attempts, Path(folder), stream=asked.stream))
    calls = found.met.total()
    print(
        f"{found.attempts:,} attempts, all recorded; {found.untouched:,} not hit in any round, all as without faults; 0 messages invented"
    )
    print(f"{calls:,} calls, {calls - found.met['none']:,} of them spoilt, {time.process_time() - started:.0f} CPU s")
    for kind, count in found.met.most_common():
        if kind != "none":
            print(f"  {count:5,}  {kind}{' (passes)' if kind in PASSING else ''}")
    print("The hit attempts ended: " + ", ".join(f"{kind} {n:,}" for kind, n in found.endings.most_common()))


if __name__ == "__main__":
    main()
