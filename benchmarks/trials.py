"""Solutions judged a second: Python problems with ten tests each, every solution in fresh sandbox sessions.

python -m benchmarks.trials [--solutions 200] [--at-once 4]
"""

import argparse
import asyncio
import time

from tools.sandbox import LocalSessions
from tools.trials import CodeProblem, attempt

_TESTS = "\n".join(f"assert total({list(range(n))}) == {sum(range(n))}" for n in range(10))
PROBLEM = CodeProblem("Write a function that adds up a list of numbers.", "total", _TESTS)
SOLUTION = "def total(xs):\n    result = 0\n    for x in xs:\n        result += x\n    return result\n"


async def main(solutions: int, at_once: int) -> None:
    """Judge them and print the rate."""
    sessions = LocalSessions()
    await attempt(PROBLEM, SOLUTION, sessions)  # starts the first process
    room = asyncio.Semaphore(at_once)

    async def one() -> bool:
        async with room:
            return (await attempt(PROBLEM, SOLUTION, sessions)).passed

    started = time.perf_counter()
    passed = sum(await asyncio.gather(*(one() for _ in range(solutions))))
    seconds = time.perf_counter() - started
    await sessions.close()
    print(f"{passed} of {solutions} passed, {solutions / seconds:.1f} solutions a second, {at_once} at once")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solutions", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=4)
    given = parser.parse_args()
    asyncio.run(main(given.solutions, given.at_once))
