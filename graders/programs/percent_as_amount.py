"""C2 without the oracle: a percentage of the query is added to an amount, or taken off it, as if it were an amount itself.

Only where the query gives the figure as a percentage and nothing else, and the amount without one: "246,380 - 5" for a fee of 5 %.
Silent about percentage points, and where percentages are added up or taken from 100.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, strings
from graders.numbers import numbers
from traces.record import Evidence, Step

_MOVED = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*[+-]\s*(\d+(?:\.\d+)?)(?![\w.%]|\s*[*/%^])")
_BEFORE = re.compile(r"[*/^]\s*$")


@dataclass(frozen=True)
class PercentAsAmount(Grader):
    """Looks at what calculators are given."""

    name: ClassVar[str] = "percent_as_amount"
    looks_at: ClassVar[LooksAt] = "calculations"
    codes: ClassVar[tuple[str, ...]] = ("C2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        texts = [t for c in case.said(step).tool_calls if kind_of(c) == "calculator" for t in strings(c.arguments)]
        if not texts:
            return
        query = "\n".join(m.content for m in case.messages[: step.message] if m.role == "user")
        said = [m for m in numbers(query) if not m.glued]
        amounts = {m.value for m in said if not m.percent}
        percents = {m.value for m in said if m.percent} - amounts
        if not percents or "point" in query:
            return
        for text in texts:
            for m in _moved(text):
                if Fraction(m[1]) in amounts - {1, 100} and Fraction(m[2]) in percents:
                    here = Evidence(message=step.message, text=m[0], where="arguments")
                    yield Finding("C2", f"takes {m[2]} %, a share, for an amount: {m[0]}", (here,), silent=True)


def _moved(text: str) -> Iterator[re.Match[str]]:
    """The sums and differences of two figures in an expression that nothing else binds."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return (m for m in _MOVED.finditer(plain) if not _BEFORE.search(plain[: m.start()]))
