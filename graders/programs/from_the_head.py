"""D2 without the oracle: a figure that nobody works out in the head, or what a file says, is answered without a single call.

Asks for a calculator or an interpreter that was offered, an operand of four digits in the query, and a new figure of four digits in an
answer that shows no work. Sums and differences of two figures of the query may be done in the head. Silent where any tool was called.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of_name
from graders.claims import claimed_numbers
from graders.constants import constant
from graders.numbers import Mention
from graders.provenance import significant
from graders.stance import stance
from traces.record import Evidence, Step

_WORK = re.compile(r"[=≈×÷*]|\\frac|```")
_FILE = re.compile(r"(?<![\w/.])[\w-]{1,100}\.(?:csv|tsv|xlsx|parquet)\b")
_MAKES = re.compile(
    r"\b(?:writ\w*|creat\w*|script|function|program|save|generat\w*|how (?:do|can|would|to)|explain|used\s+for|what\s+is\s+a)\b",
    re.IGNORECASE,
)
_LONG, _SHORT = 4, 3
_A_YEAR = range(1500, 2101)


@dataclass(frozen=True)
class FromTheHead(Grader):
    """Judges the last step of traces without a call."""

    name: ClassVar[str] = "from_the_head"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("D2",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        if step != case.final or any(case.said(s).tool_calls for s in case.steps):
            return None
        if case.oracle is not None and case.oracle.calls == "forbidden":
            return None
        if not any(kind_of_name(name) in ("calculator", "code") for name in case.offered):
            return None
        said = case.said(step)
        if _WORK.search(said.content) or any(c.isdigit() for c in said.reasoning or ""):
            return None
        query = "\n".join(m.content for m in case.messages[: step.message] if m.role == "user")
        if told := _unread(query, said.content) or _unworked(query, said.content):
            return Finding("D2", told, (Evidence(message=step.message, text=said.content[:200]),), silent=True)
        return None


def _unread(query: str, answer: str) -> str | None:
    """A file that the user names, does not show, and that was never opened."""
    file = _FILE.search(query)
    if not file or query.count("\n") >= 2 or _MAKES.search(query) or stance(answer) != "answers":
        return None
    return f"answers from {file[0]}, which was never opened"


def _unworked(query: str, answer: str) -> str | None:
    """A long new figure for a question about long figures."""
    given = [m for m in claimed_numbers(query) if not _year(m)]
    if not any(_digits(m) >= _LONG for m in given):
        return None
    easy = {m.value for m in given} | {
        s for a, b in permutations([m.value for m in given[:12]], 2) for s in (a + b, a - b)
    }
    new = [m for m in claimed_numbers(answer) if _digits(m) >= _LONG and not _year(m) and not constant(*m.readings[0])]
    new = [
        m for m in new if not any(abs(m.value - e) <= m.ulp for e in easy) and not _right(m, [g.value for g in given])
    ]
    return f"{new[0].text} was worked out without a call" if len(new) == 1 else None


def _right(mention: Mention, given: list[Fraction]) -> bool:
    """Whether a figure is what a sum of the query's figures, or one operation with a short one, comes to: done in the head, and well."""
    short = [v for v in given[:12] if v and significant(v) <= _SHORT]
    pairs = ((a, b) for a in given[:12] for b in short)
    shares = (r for a, b in pairs for r in (a * b, a / b, a * b / 100, a * (1 + b / 100), a * (1 - b / 100)))
    return any(abs(mention.value - r) <= mention.ulp / 2 for r in (sum(given, Fraction(0)), *shares))


def _digits(mention: Mention) -> int:
    """The significant digits of a figure, without the zeros at its end."""
    return len(re.sub(r"\D", "", mention.text).strip("0")) if mention.kind == "figure" else 0


def _year(mention: Mention) -> bool:
    """Whether a figure may be a year."""
    return mention.text.isdigit() and int(mention.text) in _A_YEAR
