"""D4: a call that needs what another call of the same message, or a later one, first brings: it could not have known it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, strings
from traces.record import Evidence, Step


@dataclass(frozen=True)
class Precondition(Grader):
    """Ids given to a page-opening tool that stand in no earlier message, but in the observation of a call beside it."""

    name: ClassVar[str] = "precondition"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("D4",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        calls = case.said(step).tool_calls
        if len(calls) < 2:
            return
        for call in calls:
            if kind_of(call) != "open":
                continue
            beside = [case.answer_to(step, other) for other in calls if other is not call]
            for text in strings(call.arguments):
                known = case.knowledge.text_has(text.strip(), step.message) is not None
                if (
                    len(text.strip()) > 3
                    and not known
                    and any(m is not None and text.strip() in m.content for m in beside)
                ):
                    here = Evidence(message=step.message, text=text, where="arguments")
                    yield Finding(
                        "D4",
                        f"{call.name} is given {text!r} before the search beside it has shown it",
                        (here,),
                        silent=True,
                    )
