"""D1 without the oracle: a calculation that nothing asked for, whose result nothing uses.

Only where the user gave no figure at all, or where the answer ends by asking for what is missing; and only where the result stands
in no later call and no later text. Checks of one's own work, which repeat a result, are therefore none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of, strings
from graders.claims import claimed_numbers
from graders.numbers import Mention, numbers
from graders.stance import stance
from traces.record import Evidence, Step, ToolCall

_SUM = re.compile(r"[\d\s.,+*/()^%-]+")
_PRINTS = re.compile(r"\s*print\([\d\s.+*/()-]+\)\s*")


@dataclass(frozen=True)
class UnusedResult(Grader):
    """Looks at calculators, and at code that only prints a calculation, in traces of one user turn."""

    name: ClassVar[str] = "unused_result"
    looks_at: ClassVar[LooksAt] = "calculations"
    codes: ClassVar[tuple[str, ...]] = ("D1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        calls = [c for c in case.said(step).tool_calls if _calculates(c)]
        if not calls or case.final is None or sum(m.role == "user" for m in case.messages) != 1:
            return
        query = next(m.content for m in case.messages if m.role == "user")
        if not _asks_back(case.said(case.final).content) and (
            numbers(query) or any(s.observations for s in case.steps[: step.index])
        ):
            return
        for call in calls:
            observed = case.answer_to(step, call)
            if observed is None or failed(observed) or _used(case, step, numbers(observed.content)):
                continue
            here = Evidence(message=step.message, text="; ".join(strings(call.arguments))[:200], where="arguments")
            yield Finding("D1", "calculates what nothing asked for and nothing uses", (here,), silent=True)


def _asks_back(answer: str) -> bool:
    return stance(answer) in ("asks", "unknown") and answer.rstrip().endswith("?")


def _calculates(call: ToolCall) -> bool:
    texts = strings(call.arguments)
    kind = kind_of(call)
    pattern = _SUM if kind == "calculator" else _PRINTS
    return kind in ("calculator", "code") and bool(texts) and all(pattern.fullmatch(t) for t in texts)


def _used(case: Case, step: Step, result: tuple[Mention, ...]) -> bool:
    """Whether a result stands, rounded or not, in a later text or call; one that cannot be read counts as used."""
    later = [case.said(s) for s in case.steps[step.index + 1 :]]
    texts = [m.content for m in later] + [t for m in later for c in m.tool_calls for t in strings(c.arguments)]
    said = [m for text in texts for m in (*claimed_numbers(text), *numbers(text))]
    return not result or any(abs(m.value - r.value) <= m.ulp for m in said for r in result)
