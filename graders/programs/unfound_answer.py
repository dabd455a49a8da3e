# ruff: noqa: E501, SIM905  (word lists and patterns are data)
"""G1 for what is looked up: what an answer sets apart as its result is told in words that no result has.

Asked in which field somebody has a degree, "Answer: political science" after pages that speak of no science. The words of the question and those that say of what kind a thing is do
not count; of the others half at least must be nowhere, in any of their forms. Silent where a call may have worked something out, where nothing was found, and about questions
for what things have in common, how or why, which are answered in words of one's own.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import empty, failed, kind_of
from graders.headlines import answered
from graders.names import OTHER_LETTERS, folded
from graders.stance import stance
from graders.unseen import common
from traces.record import Step

_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|where|name)\b", re.IGNORECASE)
_FREELY = re.compile(
    r"^\W*(?:How|Why|Describe|Explain|Summar|Suggest|Recommend|Write|List|Compare|Should|Could)|\b(?:both|common|shared?|kinds?|types?|sorts?|genres?|describe|explain|how|why|summar\w*|"
    r"relation\w*|reasons?|mean(?:s|ing)?|stands?\s+for|translat\w*|languages?|anagram|letters?|suggest\w*|recommend\w*|opinion|idea|write|list|advice|should|difference|compare|purpose|"
    r"significance|considered|characteri[sz]\w*|role|nickname|acronym|professions?|occupations?|nationalit\w*|careers?|jobs?)\b"
)
"""Questions that are answered in words of one's own."""
_LONGEST = 10
"""Words of what stands as a result; a longer one explains."""
_ALIASES = frozenset(
    "united states kingdom america england britain great states zealand soviet union america's city town state country county province village born "
    "before after between during about around approximately located "
    "company corporation incorporated limited river mountain film movie series band song album magazine team club street stadium award group family house museum "
    "none neither other unknown answer question information available found".split()
)
"""Words that say what pages say in others: places under another name, and where or when something is."""


@dataclass(frozen=True)
class UnfoundAnswer(Grader):
    """Judges the last step of traces that only search and open pages."""

    name: ClassVar[str] = "unfound_answer"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("G1",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        if step != case.final or (case.outcome is not None and case.outcome.status == "right"):
            return None
        text = case.text(step)
        told = (answered(text) or text).strip()
        query = case.messages[case.turn(step)].content
        if len(told.split()) > _LONGEST or OTHER_LETTERS.search(f"{told}{query}") or stance(told) != "answers":
            return None
        if not _ASKS.search(query) or _FREELY.search(query) or not _looks_up(case, step):
            return None
        asked = _all_words(*case.asked(step))
        words = [w for w in _words(told) if w not in asked and not any(_endings_aside(w, a) for a in asked)]
        shown = _all_words(*(m.content for m in case.messages[: step.message] if m.role == "tool"))
        left = [w for w in words if not any(_may_be(w, s) for s in shown)]
        if not left or 2 * len(left) < len(words):
            return None
        at = text.rfind(told)
        here = case.here(step, told, at, at + len(told))
        return Finding("G1", f"no result has {' or '.join(left)} of {told!r}", (here,), silent=True)


def _looks_up(case: Case, step: Step) -> bool:
    """Whether all calls search or open pages, and something came of them."""
    calls = [
        c for s in case.steps[: step.index + 1] for c in case.said(s).tool_calls if c not in _handed_in(case, step)
    ]
    if not calls or any(kind_of(c) not in ("search", "open") for c in calls):
        return False
    shown = [m for s in case.steps[: step.index] for m in case.observed(s)]
    return any(
        not failed(m) and not empty(m) and len(m.content) > _SOMETHING and not _NOTHING.search(m.content) for m in shown
    )


_NOTHING = re.compile(r"could not be (?:accessed|processed|fetched|loaded|found)|no (?:relevant )?information (?:is|was) |no results? found", re.IGNORECASE)  # fmt: skip


_SOMETHING = 200
"""Characters of a result that says something."""


def _handed_in(case: Case, step: Step) -> tuple[object, ...]:
    return case.said(step).tool_calls if case.handed_in(step) else ()


def _words(text: str) -> list[str]:
    """The longer words of a text that name or say something of their own."""
    kept = (folded(w) for w in re.findall(r"[^\W\d_]{4,}|[A-Z][^\W\d_]{2}", text))
    return [w for w in kept if not common(w) and w not in _ALIASES]


def _all_words(*texts: str) -> set[str]:
    return {folded(w) for text in texts for w in re.findall(r"[^\W\d_]{3,}", text)}


def _endings_aside(one: str, other: str) -> bool:
    """Whether two words are the same but for the last letter or two: "brewery", "breweries"."""
    least = min(len(one), len(other)) - 1
    return least >= 4 and one[:least] == other[:least] and abs(len(one) - len(other)) <= 2


def _may_be(one: str, other: str) -> bool:
    """Whether two words may be forms of one: "science" and "scientist", "Scottish" and "Scotland"."""
    return one == other or (min(len(one), len(other)) >= 4 and one[:4] == other[:4])
