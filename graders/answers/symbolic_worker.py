"""The child's side of the symbolic tier: one pair of formulas a line comes in as JSON, one verdict a line goes out.

Run as a file, so that it imports nothing of ours. It has no deadline of its own: the parent kills a process that is late. Memory is
bounded, and a pair that breaks the engine is `undecided`, never `different`.
"""

import json
import logging
import resource
import sys
from collections.abc import Callable
from typing import Any

MEMORY = 2 * 1024**3


def main() -> None:
    """Answer until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    out, sys.stdout = sys.stdout, sys.stderr
    compare = _engine()
    compare(
        "\\sum_{k=1}^{n}\\frac{k}{2}", "\\frac{\\sqrt{n^2}(n+1)}{4}"
    )  # the first pair costs a second more than others
    print("ready", file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(compare(*json.loads(line))), file=out, flush=True)


def _engine() -> Callable[[str, str], str]:
    logging.disable(logging.CRITICAL)
    from math_verify import LatexExtractionConfig, parse, verify

    def read(text: str) -> list[Any]:
        found = parse(
            f"${text}$",
            extraction_config=[LatexExtractionConfig()],
            fallback_mode="no_fallback",
            parsing_timeout=None,
            raise_on_error=True,
        )
        return [value for value in found if not isinstance(value, str)]

    def compare(one: str, two: str) -> str:
        try:
            a, b = read(one), read(two)
            if not a or not b:
                return "undecided"
            found = {verify(x, y, timeout_seconds=None, raise_on_error=True) for x, y in ((a, b), (b, a))}
        except Exception:  # the engine's boundary: whatever it raises, it could not tell
            return "undecided"
        if len(found) > 1:
            return "undecided"
        return "equal" if True in found else "different" if _comparable(a, b) else "undecided"

    return compare


def _comparable(a: list[Any], b: list[Any]) -> bool:
    """Whether what is not found equal must differ: the same unknowns on both sides, and none that may be a constant."""
    one, two = ({str(s) for value in side for s in value.free_symbols} for side in (a, b))
    return one == two and not one & {"i", "j", "e", "d"}


if __name__ == "__main__":
    main()
