"""`evaluate` and `compute`: plain work here, the rest in a worker."""

import asyncio

from tools.calculator import limits, plain, worker, writing
from tools.calculator.quick import quick
from tools.calculator.result import Result


def evaluate(expression: str, seconds: float | None = None) -> Result:
    """The result of an expression. Never raises; blocks for at most `seconds` (2 by default) of symbolic or unit work."""
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
