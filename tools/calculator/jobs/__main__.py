"""The worker process: imports the heavy libraries once, then forks a child for each job and kills it at its limits.

Reads one JSON object a line (`expression`, `seconds`), answers one JSON list a line (`exact`, `decimal`, `code`, `message`).
Ends when its standard input closes, which also happens when its parent dies.
"""

import json
import os
import resource
import select
import signal
import sys
from math import ceil
from time import monotonic

from tools.calculator import limits, plain
from tools.calculator.jobs import symbolic, units
from tools.calculator.result import CalculationError, Result


def done(expression: str) -> Result:
    """The result of a job, in the child."""
    try:
        parsed = plain.read(expression)
        return symbolic.computed(parsed.tree) if parsed.symbolic else units.computed(parsed.tree)
    except MemoryError:
        return plain.failure(
            CalculationError("too_complex", "The work needs too much memory; use a smaller expression.")
        )
    except Exception as error:
        return plain.failure(error)


def serve() -> None:
    symbolic.warm()
    units.warm()
    _say("ready")
    for line in sys.stdin:
        job = json.loads(line)
        _say(_forked(job["expression"], job["seconds"]))


def _say(answer: str) -> None:
    sys.stdout.write(answer + "\n")
    sys.stdout.flush()


def _forked(expression: str, seconds: float) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(expression, seconds, writing)
    os.close(writing)
    answer = _collected(reading, monotonic() + seconds)
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return answer or _encoded(_timed_out(seconds))


def _child(expression: str, seconds: float, writing: int) -> None:
    """Computes and exits, whatever happens: nothing of the parent's may run in the child."""
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds) + 1,) * 2)
        resource.setrlimit(resource.RLIMIT_AS, (limits.WORKER_BYTES,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        answer = _encoded(done(expression)).encode()
        while answer:
            answer = answer[os.write(writing, answer) :]
    finally:
        os._exit(0)


def _collected(reading: int, deadline: float) -> str:
    """All the child writes before the deadline; empty where it did not finish."""
    parts: list[bytes] = []
    while (left := deadline - monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            part = os.read(reading, 65536)
            if not part:
                return b"".join(parts).decode()
            parts.append(part)
    return ""


def _encoded(result: Result) -> str:
    return json.dumps([result.exact, result.decimal, *(result.error or (None, None))])


def _timed_out(seconds: float) -> Result:
    message = f"The work was stopped after {seconds:g} s or at its memory limit; ask for something simpler."
    return plain.failure(CalculationError("timeout", message))


if __name__ == "__main__":
    serve()
