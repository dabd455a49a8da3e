"""The worker process: its limits, its isolation, its recovery, and what it computes."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tools.calculator import Result, compute, evaluate, value, worker

SYMBOLIC: list[tuple[str, str | None, str | None]] = [
    ("solve(x^2 = 4, x)", "[-2, 2]", "[-2, 2]"),
    ("solve(2x + 3 = 7, x)", "[2]", "[2]"),
    ("solve(Eq(x**2, 4), x)", "[-2, 2]", "[-2, 2]"),
    ("solve(x^2 - 2)", "[-sqrt(2), sqrt(2)]", "[-1.41421356237, 1.41421356237]"),
    ("solve([x + y = 3, x - y = 1], [x, y])", "[[x = 2, y = 1]]", None),
    ("solve(x^2 + 1 = 0, x)", "[-i, i]", None),
    ("solve(x^2 < 4, x)", "(-2 < x) & (x < 2)", None),
    ("solve(5 = 6, x)", "[]", "[]"),
    ("simplify((x^2 - 1)/(x - 1))", "x + 1", None),
    ("expand((x + 1)^3)", "x^3 + 3*x^2 + 3*x + 1", None),
    ("factor(x^2 - 5x + 6)", "(x - 3)*(x - 2)", None),
    ("factor(360)", "2^3 * 3^2 * 5", None),
    ("diff(x^3, x, 2)", "6*x", None),
    ("integrate(x^2, x)", "x^3/3", None),
    ("integrate(x^2, x, 0, 1) + 1", "4/3", "1.33333333333"),
    ("integrate(exp(-x^2), x, -inf, inf)", "sqrt(pi)", "1.77245385091"),
    ("limit(sin(x)/x, x, 0)", "1", "1"),
    ("limit((1 + 1/n)^n, n -> inf)", "e", "2.71828182846"),
    ("series(exp(x), x, 0, 4)", "x^3/6 + x^2/2 + x + 1", None),
    ("summation(k^2, k, 1, n)", "n^3/3 + n^2/2 + n/6", None),
    ("det([[1, 2], [3, 4]])", "-2", "-2"),
    ("inverse([[1, 2], [3, 4]])", "[[-2, 1], [3/2, -1/2]]", "[[-2, 1], [1.5, -0.5]]"),
    ("np.dot([1, 2, 3], [4, 5, 6])", "32", "32"),
    ("matmul([[1, 2], [3, 4]], [[5], [6]])", "[[17], [39]]", "[[17], [39]]"),
    ("eigenvalues([[2, 0], [0, 3]])", "[2, 3]", "[2, 3]"),
    ("transpose([[1, 2]])", "[[1], [2]]", "[[1], [2]]"),
    ("rank([[1, 2], [2, 4]])", "1", "1"),
]
UNITS: list[tuple[str, str | None, str | None]] = [
    ("5 miles to km", "25146/3125 km", "8.04672 km"),
    ("convert 12 in to cm", "762/25 cm", "30.48 cm"),
    ("10 cm in inches", "500/127 in", "3.93700787402 in"),
    ("100 °F to °C", "340/9 °C", "37.7777777778 °C"),
    ("98.6 F to C", "37 °C", "37 °C"),
    ("-40 °C to °F", "-40 °F", "-40 °F"),
    ("5 km + 300 m", "53/10 km", "5.3 km"),
    ("60 km/h * 30 min", "30 km", "30 km"),
    ("10 km / 2 h", "5 km/h", "5 km/h"),
    ("5 kg * 9.8 m/s^2 to N", "49 N", "49 N"),
    ("10 km / 500 m", "20", "20"),
    ("3 m^2 to cm^2", "30000 cm^2", "30000 cm^2"),
    ("90 deg to rad", None, "1.57079632679 rad"),
    ("5 kg > 3000 g", "true", None),
    ("1,000 m to km", "1 km", "1 km"),
    ("5 ft 3 in", "21/4 ft", "5.25 ft"),
    ("10 ft - 5 ft 3 in", "19/4 ft", "4.75 ft"),
    ("1 lb 8 oz to lb", "3/2 lb", "1.5 lb"),
    ("5 hours 30 minutes to minutes", "330 min", "330 min"),
    ("3/4 km to m", "750 m", "750 m"),
    ("60 mph * 2 hours", "120 mi", "120 mi"),
    ("km = 1000 m", "true", None),
]
ERRORS = [
    ("5 m + 3 s", "units"),
    ("5 m to kg", "units"),
    ("25 degC + 3 degC", "units"),
    ("5 m^pi", "units"),
    ("5 foo to km", "unknown_name"),
    ("1 m / (0 s)", "division_by_zero"),
    ("solve(x + y = 3)", "syntax"),
    ("solve(x = x, x)", "domain"),
    ("solve(cos(x) = x, x)", "too_complex"),
    ("diff(5, 3)", "syntax"),
    ("diff(x*y)", "syntax"),
    ("det([[1, 2]])", "domain"),
    ("inverse([[1, 2], [2, 4]])", "division_by_zero"),
    ("limit(1/x, x, 0)", "domain"),
    ("integrate(x^x, x)", "too_complex"),
    ("simplify(__import__(x))", "not_allowed"),
    ("simplify(x.__class__)", "not_allowed"),
    ("simplify(lambda)", "not_allowed"),
    ("expand(2024-01-15)", "not_allowed"),
]
HANGING = [
    "expand((x + y + z)^400)",
    "factorint(2^257 - 1)",
    "simplify(9^9^9^9)",
    "integrate(sin(x^5)^7*cos(x)^9/(x^9+1), x)",
]


@pytest.mark.parametrize(("expression", "exact", "decimal"), SYMBOLIC + UNITS)
def test_value(expression: str, exact: str | None, decimal: str | None) -> None:
    assert evaluate(expression, 10.0) == Result(exact, decimal)
    assert value(expression) is None


@pytest.mark.parametrize(("expression", "code"), ERRORS)
def test_error(expression: str, code: str) -> None:
    result = evaluate(expression, 10.0)
    assert result.error is not None
    assert result.error.code == code


@pytest.mark.parametrize("expression", HANGING)
def test_runaway_work_is_stopped_and_the_worker_survives(expression: str) -> None:
    stopped = evaluate(expression, 0.5)
    assert stopped.error is not None
    assert stopped.error.code in ("timeout", "too_complex", "too_large")
    assert evaluate("solve(x = 3, x)", 10.0).exact == "[3]"


async def test_compute_leaves_the_event_loop_free() -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.01)

    turning = asyncio.create_task(turn())
    result = await compute("factorint(2^257 - 1)", 0.5)
    turning.cancel()
    assert result.error is not None
    assert turns > 5


async def test_compute_answers_plain_work_like_evaluate() -> None:
    for expression in ("1/3", "1/0", "", "sqrt(2)"):
        assert await compute(expression) == evaluate(expression)


def test_many_threads_share_the_workers() -> None:
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda n: evaluate(f"solve(x = {n}, x)", 20.0).exact, range(12)))
    assert found == [f"[{n}]" for n in range(12)]


def test_a_killed_process_is_replaced() -> None:
    assert evaluate("solve(x = 1, x)", 10.0).exact == "[1]"
    for process in worker._pool.idle:
        process.popen.kill()
        process.popen.wait()
    lost = evaluate("solve(x = 2, x)", 10.0)
    assert lost.exact == "[2]"


def test_the_process_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    process = worker._Process()
    try:
        with open(f"/proc/{process.popen.pid}/environ", "rb") as environment:
            assert b"OPENAI_API_KEY" not in environment.read()
    finally:
        process.stop()


def test_the_process_ends_with_its_parent() -> None:
    code = "from tools.calculator import evaluate, worker; evaluate('solve(x=1, x)', 10.0); print(worker._pool.idle[0].popen.pid)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_import_is_light() -> None:
    code = "import sys, tools.calculator; print([m for m in ('sympy', 'pint', 'langchain_core', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
