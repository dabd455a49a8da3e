# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""C6 without the oracle: code that turns the question round: the smallest for the largest, below for above, more than N for N or more.

The words of the query and the tokens of the code must contradict each other plainly. Silent where the code has both directions, where
the query has both, and about conditions of loops and of rows that are skipped, which say the opposite by their nature.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, strings
from graders.numbers import Mention, numbers
from traces.record import Evidence, Step

_MOST = re.compile(r"\b(?:largest|biggest|highest|greatest|maximum|most|longest|heaviest|on\s+top)\b", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:smallest|lowest|least|minimum|fewest|shortest|lightest|at\s+the\s+bottom)\b", re.IGNORECASE)
_TAKES_MOST = re.compile(
    r"\bmax\(|idxmax|nlargest|reverse|most_common|ascending|argmax|\[-|sort|DESC|-\s*\w+\[|>|rank|place|position",
    re.IGNORECASE,
)
_TAKES_LEAST = re.compile(r"\bmin\([^()\n]*\bkey\s*=|idxmin\(|nsmallest\(|argmin\(")
_TAKES_LEAST_TOO = re.compile(r"\bmin\(|idxmin|nsmallest|reverse|ascending|argmin|\[0|sort|ASC|-\s*\w+\[|<")
_TAKES_ONLY_MOST = re.compile(r"\bmax\([^()\n]*\bkey\s*=|idxmax\(|nlargest\(|argmax\(")
_AT_MOST = re.compile(r"\bat\s+most\b|\bmost\s+(?:of|likely|recent)\b|\bat\s+least\b|\balmost\b", re.IGNORECASE)


class Side(NamedTuple):
    """How a query limits a figure, and the comparisons that cannot mean it."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    wrong: frozenset[str]


_NEVER = re.compile(r"(?!)")
_SIDES = (
    Side(re.compile(r"\b(?:above|over|more\s+than|greater\s+than|higher\s+than|exceed(?:s|ing)?|surpass(?:es|ing)?)\s*\W?$", re.I), _NEVER, frozenset({"<", "<="})),
    Side(re.compile(r"\b(?:below|under|less\s+than|fewer\s+than|smaller\s+than|lower\s+than)\s*\W?$", re.I), _NEVER, frozenset({">", ">="})),
    Side(re.compile(r"\b(?:at\s+least|no\s+(?:less|fewer)\s+than)\s*\W?$", re.I), re.compile(r"(?:\s+\w+)?\s+or\s+more\b", re.I), frozenset({">", "<", "<="})),
    Side(re.compile(r"\b(?:at\s+most|no\s+more\s+than)\s*\W?$", re.I), re.compile(r"(?:\s+\w+)?\s+or\s+(?:fewer|less)\b", re.I), frozenset({"<", ">", ">="})),
    Side(re.compile(r"\b(?:exactly|total|totals|sum\s+of|equals?|equal\s+to|the\s+digit\s+sum)\s*\W?$", re.I), _NEVER, frozenset({"!="})),
)  # fmt: skip
_COMPARED = re.compile(r"(<=|>=|!=|==|<|>)\s*(\d+(?:\.\d+)?)(?![\w.])")
_TURNED = re.compile(r"\b(?:while|not|continue|break|else|elif|remove|drop|assert)\b|~")
_COUNTS = re.compile(r"\b(?:sum|len|count)\(")
_COMPLEMENT = re.compile(r"(?:\b1|\btotal|\bn|\ball|\))\s*-\s*\w|abs\(")


@dataclass(frozen=True)
class AgainstTheWords(Grader):
    """Looks at code that was run."""

    name: ClassVar[str] = "against_the_words"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("C6",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        codes = [t for c in case.said(step).tool_calls if kind_of(c) == "code" for t in strings(c.arguments)]
        if not codes or (case.outcome is not None and case.outcome.status == "right"):
            return
        query = "\n".join(m.content for m in case.messages[: step.message] if m.role == "user")
        if "```" in query or _CORRECTED.search(query):
            return
        for code in (c for c in codes if not _COMPLEMENT.search(c)):
            for fault in (_extreme(query, code), _compared(query, code)):
                if fault:
                    here = Evidence(message=step.message, text=fault, where="arguments")
                    yield Finding("C6", f"the query asks for the opposite of {fault}", (here,), silent=True)


_CORRECTED = re.compile(r"\b(?:wrong|bug|fix|mend|opposite|exclud\w*|except|other\s+than|not)\b", re.IGNORECASE)


def _extreme(query: str, code: str) -> str | None:
    """The call in code that takes the other end than the query's one superlative."""
    words = _AT_MOST.sub(" ", query)
    most, least = _MOST.search(words), _LEAST.search(words)
    if most and not least and not _TAKES_MOST.search(code):
        found = _TAKES_LEAST.findall(code)
    elif least and not most and not _TAKES_LEAST_TOO.search(code):
        found = _TAKES_ONLY_MOST.findall(code)
    else:
        return None
    return f"{found[0]}" if len(found) == 1 else None


def _compared(query: str, code: str) -> str | None:
    """A comparison with a figure of the query that only the opposite of its words would ask for."""
    for m in (n for n in numbers(query) if n.value >= 2):
        side = _side(query, m)
        tests = [
            (op, line)
            for line in code.splitlines()
            for op, figure in _COMPARED.findall(line)
            if Fraction(figure) == m.value
        ]
        if (
            side
            and tests
            and all(op in side.wrong and _COUNTS.search(line) and not _TURNED.search(line) for op, line in tests)
        ):
            return f"{tests[0][0]} {m.text}"
    return None


def _side(query: str, m: Mention) -> Side | None:
    """How the words about a figure limit it, where they do it in one way."""
    before, after = query[max(0, m.start - 24) : m.start], query[m.end : m.end + 30]
    found = [s for s in _SIDES if s.before.search(before) or s.after.match(after)]
    return found[0] if len(found) == 1 else None
