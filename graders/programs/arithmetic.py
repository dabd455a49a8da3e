"""C1: arithmetic written out in a message, or in the texts of a call, that does not hold when computed again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from graders.arithmetic import Equation, equations, is_complex, slips, wording
from graders.base import Case, Finding, Grader
from graders.calls import kind_of, prose_of_code, strings
from graders.listed import wrong_totals
from traces.record import Evidence, Step

Where = Literal["content", "arguments", "reasoning"]


@dataclass(frozen=True)
class Arithmetic(Grader):
    """Private reasoning may try and err: a slip there counts only where its result is then used."""

    name: ClassVar[str] = "arithmetic"
    version: ClassVar[str] = "5"
    codes: ClassVar[tuple[str, ...]] = ("C1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        said = case.said(step)
        yield from _wrong(case, step, said.content, "content")
        yield from _in_formulas(case, step, said.content)
        for total in wrong_totals(said.content):
            evidence = Evidence(message=step.message, text=total.text, start=total.start, end=total.end)
            yield Finding("C1", total.reason, (evidence,), silent=True)
        for call in said.tool_calls:
            kind = kind_of(call)
            if kind == "calculator":
                continue
            for text in strings(call.arguments):
                yield from _wrong(case, step, prose_of_code(text) if kind == "code" else text, "arguments")
        if said.reasoning:
            used = said.content + " ".join(s for c in said.tool_calls for s in strings(c.arguments))
            slips = [e for e in equations(said.reasoning) if not e.holds and e.claimed.text.strip() in used]
            yield from (_finding(case, step, e, "reasoning") for e in slips)


def _wrong(case: Case, step: Step, text: str, where: Where) -> Iterator[Finding]:
    return (_finding(case, step, e, where) for e in equations(text) if not e.holds)


def _in_formulas(case: Case, step: Step, text: str) -> Iterator[Finding]:
    """Equalities of numbers in LaTeX that do not hold."""
    query = case.task.query if case.task else ""
    for slip in slips(text, imaginary=is_complex(f"{query} {text}", ""), given=query):
        if slip.value is not None:
            start = text.find(slip.left)
            place = (start, start + len(slip.left)) if start >= 0 else (None, None)
            evidence = Evidence(message=step.message, text=slip.left, start=place[0], end=place[1])
            yield Finding("C1", str(slip), (evidence,), silent=True)


def _finding(case: Case, step: Step, equation: Equation, where: Where) -> Finding:
    placed = where != "arguments"
    text = case.said(step).content if where == "content" else case.said(step).reasoning or ""
    quoted = text[equation.start : equation.end] if placed else f"{equation.left} = {equation.claimed.text}"
    evidence = Evidence(
        message=step.message,
        text=quoted,
        where=where,
        start=equation.start if placed else None,
        end=equation.end if placed else None,
    )
    return Finding("C1", wording(equation), (evidence,), recovered_by=_recovered(case, step, equation), silent=True)


def _recovered(case: Case, step: Step, equation: Equation) -> int | None:
    """The later step that states the same with the right result."""
    key = "".join(equation.left.split())
    for later in case.steps[step.index + 1 :]:
        if any(e.holds and "".join(e.left.split()) == key for e in equations(case.said(later).content)):
            return later.index
    return None
