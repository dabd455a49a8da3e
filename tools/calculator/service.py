"""`evaluate` and `compute`: plain work here, the rest in a worker."""

import asyncio

from tools.calculator import limits, plain, worker, writing
from tools.calculator.phrases import explained, reworded
from tools.calculator.quick import quick
from tools.calculator.result import Result


def evaluate(expression: str, seconds: float | None = None) -> Result:
    """The result of an expression. Never raises; blocks for at most `seconds` (2 by default) of symbolic or unit work."""
    found = _evaluate(expression, seconds)
    if found.error is None:
        return found
    other = reworded(expression)
    again = _evaluate(other, seconds) if other else found
    return Result(error=explained(expression, found.error)) if again.error else again


def _evaluate(expression: str, seconds: float | None) -> Result:
    try:
        value = quick(expression)
        if value is not None:
            return writing.result(value)
        parsed = plain.read(expression)
        if not plain.needs_worker(parsed):
            return plain.computed(parsed)
    except Exception as error:
        return plain.failure(error)
    return worker.run(expression, seconds or limits.SECONDS)


async def compute(expression: str, seconds: float | None = None) -> Result:
    """`evaluate` for an event loop: work for a worker is awaited in a thread."""
    found = await _compute(expression, seconds)
    if found.error is None:
        return found
    other = reworded(expression)
    again = await _compute(other, seconds) if other else found
    return Result(error=explained(expression, found.error)) if again.error else again


async def _compute(expression: str, seconds: float | None) -> Result:
    try:
        value = quick(expression)
        if value is not None:
            return writing.result(value)
        parsed = plain.read(expression)
        if not plain.needs_worker(parsed):
            return plain.computed(parsed)
    except Exception as error:
        return plain.failure(error)
    return await asyncio.to_thread(worker.run, expression, seconds or limits.SECONDS)
