"""How fast the calculator is: plain evaluations a second, the slowest hostile expression, and jobs of the worker.

python -m benchmarks.calculator [SECONDS]

CPU time of one core. The rate is the best of several rounds, as other work on the machine can only lower it.
"""

import sys
import time
from collections.abc import Callable

from tests.tools.calculator.test_evaluate import ERRORS, IRRATIONAL, VALUES
from tests.tools.calculator.test_hostile import QUICK, REFUSED
from tools.calculator import evaluate, parse_number, value

PLAIN = (
    "48/2", "2+3*4", "1200*(1+0.05)^3", "15% of 80", "(3.5+2.25)/7", "$1,200 * 3", "max(1, 2, 3)", "7*24*60", "sqrt(144)", "1/3+1/6",
    "100-37.5", "2^10", "12*5=", "round(2.675, 2)", "5!/(3!*2!)", "3 × 4", "0.1+0.2", "mean([1, 2, 3])", "(12+8)*(7-2)/4", "20*0.15",
)  # fmt: skip
NUMBERS = ("5", "-3.5", "1,234.5", "$1,200", "15%", "2/3", "1 1/2", "1e-3", "42.", "1.5 million")


def rate(work: Callable[[str], object], texts: tuple[str, ...], seconds: float) -> float:
    """The best rate of rounds of about a fifth of the time."""
    best, end = 0.0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        began, done = time.process_time(), 0
        while time.process_time() - began < seconds / 5:
            for text in texts:
                work(text)
            done += len(texts)
        best = max(best, done / (time.process_time() - began))
    return best


def slowest(texts: list[str]) -> tuple[float, str]:
    """CPU milliseconds of the slowest text, each measured as the best of three."""
    found = []
    for text in texts:
        times = []
        for _ in range(3):
            began = time.process_time()
            evaluate(text)
            times.append(time.process_time() - began)
        found.append((min(times) * 1000, text))
    return max(found)


def worker() -> list[tuple[str, float]]:
    """Wall-clock milliseconds of the first job, of later ones, and of one that is stopped after half a second."""
    found = []
    for name, text, seconds in (
        ("first job, with the start", "solve(x^2 = 4, x)", 10.0),
        ("solve", "solve(x^2 = 5, x)", 10.0),
        ("units", "5 miles to km", 10.0),
        ("stopped after 500 ms", "factorint(2^257 - 1)", 0.5),
    ):
        began = time.perf_counter()
        evaluate(text, seconds)
        found.append((name, (time.perf_counter() - began) * 1000))
    return found


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    for name, work, texts in (
        ("evaluate", evaluate, PLAIN),
        ("value", value, PLAIN),
        ("parse_number", parse_number, NUMBERS),
    ):
        print(f"{name:28} {rate(work, texts, seconds):10,.0f} /s")
    hostile = [text for group in REFUSED.values() for text in group] + [text for text, _ in QUICK]
    common = [text for group in VALUES.values() for text, _ in group] + [text for text, _ in IRRATIONAL + ERRORS]
    for name, found in (("slowest ordinary", common), ("slowest hostile", hostile)):
        took, text = slowest(found)
        print(f"{name:28} {took:10.1f} ms   {text[:60]}")
    for name, took in worker():
        print(f"{name:28} {took:10.0f} ms")


if __name__ == "__main__":
    main()
