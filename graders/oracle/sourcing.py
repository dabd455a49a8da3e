"""O2, O3, A2 at a wrong answer: its value is from another field, from a page that is no good, or from one about something else."""

from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt, Unscored
from graders.claims import claimed_numbers
from graders.figures import Source
from graders.numbers import Mention
from graders.outcomes.words import plain_text
from graders.plan import agrees, blame
from traces.record import Evidence, Step, VerdictSource


@dataclass(frozen=True)
class Sourcing(Grader):
    """Numbers only; silent where a step before the answer is to blame, or the figure is a value of the plan or of the query."""

    name: ClassVar[str] = "sourcing"
    version: ClassVar[str] = "2"
    source: ClassVar[VerdictSource] = "oracle"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2", "O3", "A2")

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if not case.way_known or case.outcome is None:
            return Unscored("nothing is known of the task's sources") if step == case.final else None
        if step != case.final or case.outcome.status != "wrong" or blame(case) is not None:
            return None
        for mention in claimed_numbers(case.text(step)):
            source = case.knowledge.spelt(mention, step.message)
            if source and source.kind == "observation" and not _known_good(case, mention) and _page(case, source):
                return _finding(case, step, mention, source)
        return None


def _known_good(case: Case, mention: Mention) -> bool:
    assert case.oracle
    asked = case.task is not None and any(m.value == mention.value for m in claimed_numbers(case.task.query))
    return asked or any(agrees(node, mention) for node in case.oracle.plan)


def _page(case: Case, source: Source) -> bool:
    result = case.messages[source.message].result
    return result is not None and ("hits" in result.data or "id" in result.data)


def _finding(case: Case, step: Step, mention: Mention, source: Source) -> Finding:
    here = Evidence(message=step.message, text=mention.text, start=mention.start, end=mention.end)
    there = Evidence(message=source.message, text=mention.text, start=source.start, end=source.end)
    code, why = _kind(case, source)
    return Finding(code, f"says {mention.text}, {why}", (here, there), silent=True)


def _kind(case: Case, source: Source) -> tuple[str, str]:
    """Which of the three it is, by the page the figure stands on and the pages that state what was asked for."""
    assert case.oracle
    evidence = {id for node in case.oracle.plan for id in node.evidence}
    shown = [str(m.result.data["id"]) for m in case.messages if m.result and "id" in m.result.data]
    result = case.messages[source.message].result
    page = str(result.data.get("id", "")) if result else ""
    if not page or not evidence or page in evidence:
        return "O2", "which stands on the page but is not what was asked for"
    if evidence & set(shown) and _about(case, source):
        return "O3", "which a page says that the reliable one does not bear out"
    if not _about(case, source):
        return "A2", "from a page about something else"
    return "O2", "which stands on the page but is not what was asked for"


def _about(case: Case, source: Source) -> bool:
    """Whether a page names something the query or the plan names."""
    assert case.oracle
    assert case.task
    page = f" {plain_text(case.messages[source.message].content)} "
    wanted = [str(v) for node in case.oracle.plan for v in (*node.args.values(), node.value) if isinstance(v, str)]
    return any(len(w) > 3 and f" {plain_text(w)} " in page for w in wanted if not w.replace(".", "").isdigit())
