# ruff: noqa: E501  (patterns are data)
"""O5 by the failure's own words: a turn ends with a call that failed for want of something, and the tool that would have brought it was never called.

"All doors must be locked first" beside a tool `lock_doors`; "please log in" beside a login that needs nothing the user did not say; "no such file" beside a tool that lists or
finds files. Silent where the answer asks the user, and where another call of the turn was made after the failure.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, only_reads
from graders.stance import stance
from graders.toolwords import named_in, stems, tool_words
from traces.record import Evidence, Step

_LOG_IN = re.compile(r"\b(?:log(?:ged)?|sign(?:ed)?)[\s-]?in\b|\bauthenticat\w+", re.IGNORECASE)
_LOGS_IN = re.compile(r"(?<!get_)log_?in(?!_status)|sign_?in|authenticate", re.IGNORECASE)
_NO_FILE = re.compile(r"\bno\s+such\s+(?:file|directory|folder)\b|\b(?:file|directory|folder|path)\b[^.]{0,60}\b(?:not\s+found|does\s+not\s+exist)\b", re.IGNORECASE)  # fmt: skip
_FINDS_FILES = re.compile(r"ls|dir|find|tree|glob|(?:list|find|search|locate)_?(?:files?|dir\w*|folders?|contents?)", re.IGNORECASE)  # fmt: skip
_SECRET = re.compile(r"\bpass(?:word|code)\b|\btoken\b|\bcredential", re.IGNORECASE)
_LONGEST = 600
"""Characters of a failure that tells its cause."""


@dataclass(frozen=True)
class Unmended(Grader):
    """Judges the answer of each user turn by the last calls before it."""

    name: ClassVar[str] = "unmended"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O5",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        before = case.steps[step.index - 1] if step.index else step
        if before is step or before.message < case.turn(step) or step not in case.answers:
            return None
        text = case.text(step)
        if "?" in text or stance(text) in ("asks", "announces"):
            return None
        turn = case.turn(step)
        called = {c.name for s in case.steps[: step.index] if s.message > turn for c in case.said(s).tool_calls}
        for place in before.observations:
            told = case.messages[place]
            if failed(told) and len(told.content) <= _LONGEST and (tool := _remedy(case, step, told.content, called)):
                here = Evidence(message=place, text=told.content[:160])
                return Finding("O5", f"stops at a failure that {tool} was there for", (here,), silent=False)
        return None


def _remedy(case: Case, step: Step, failure: str, called: set[str]) -> str | None:
    """The offered tool that a failure asks for, if the turn never called it."""
    idle = [name for name in case.offered if name not in called]
    if _LOG_IN.search(failure):
        return next((n for n in idle if _LOGS_IN.search(n) and _has_what_it_needs(case, step, n)), None)
    have = stems(failure)
    for name in idle:
        words = tool_words(name)
        if len(stems(" ".join(words))) >= 2 and not only_reads(name) and named_in(stems(" ".join(words)), have):
            return name
    if _NO_FILE.search(failure) and not any(_FINDS_FILES.fullmatch(name) for name in called):
        return next((name for name in idle if _FINDS_FILES.fullmatch(name)), None)
    return None


def _has_what_it_needs(case: Case, step: Step, name: str) -> bool:
    """Whether a login needs nothing, or the user spoke of a password."""
    schema: Any = case.offered.get(name)
    needed = schema.get("required") if isinstance(schema, dict) else None
    return not needed or any(_SECRET.search(text) for text in case.asked(step))
