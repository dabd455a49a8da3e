# ruff: noqa: E501  (patterns are data)
"""O5 by the failure's own words: a turn ends with a call that failed for want of something, and the tool that would have brought it was never called.

"All doors must be locked first" beside a tool `lock_doors`; "please log in" beside a login that needs nothing the user did not say; "no such file" beside a tool that lists or
finds files. Silent where the answer asks the user for something, where a file is missing of which the user asked whether it is there or which was to be deleted, and where another call of the turn was made after the failure.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, only_reads
from graders.stance import stance
from graders.toolwords import named_in, stems, tool_words
from traces.record import Evidence, Step, ToolCall

_LOG_IN = re.compile(r"\b(?:log(?:ged)?|sign(?:ed)?)[\s-]?in\b|\bauthenticat\w+", re.IGNORECASE)
_LOGS_IN = re.compile(r"(?<!get_)log_?in(?!_status)|sign_?in|authenticate", re.IGNORECASE)
_NO_FILE = re.compile(r"\bno\s+such\s+(?:file|directory|folder)\b|\b(?:file|directory|folder|path)\b[^.]{0,60}\b(?:not\s+found|does\s+not\s+exist)\b", re.IGNORECASE)  # fmt: skip
_FINDS_FILES = re.compile(r"ls|dir|find|tree|glob|(?:list|find|search|locate)_?(?:files?|dir\w*|folders?|contents?)", re.IGNORECASE)  # fmt: skip
_TAKES_AWAY = re.compile(r"(?:rm|del|delete|remove|unlink)(?![a-z])", re.IGNORECASE)
_SECRET = re.compile(r"\bpass(?:word|code)\b|\btoken\b|\bcredential", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:please|tell\s+me|let\s+me\s+know|(?:give|send|show)\s+me|I(?:['’]ll|\s+will|\s+would|['’]d)?\s+need|(?:could|can|would)\s+you|you\s+(?:can|could|may))\b", re.IGNORECASE)  # fmt: skip
"""An answer that waits for the user, without a question mark."""
_WHETHER = re.compile(r"\b(?:whether|exists?|is\s+there|are\s+there|do\s+(?:I|we)\s+have|removed|deleted|gone|still)\b|\bif\s+(?:I|we|there)\b", re.IGNORECASE)  # fmt: skip
_DEMANDS = re.compile(r"\b(?:must|needs?|needed|ha(?:s|ve)\s+to|requires?|required|first|before|please|should|not|no|cannot|until|unless)\b|n['’]t\b", re.IGNORECASE)  # fmt: skip
"""A failure that wants something is told in these words; others only tell what is."""
_PASSES = re.compile(r"\b(?:wait\w*|later|running|in\s+progress|busy|temporar\w+)\b", re.IGNORECASE)
"""A failure that passes by itself."""
_LONGEST = 600
"""Characters of a failure that tells its cause."""


@dataclass(frozen=True)
class Unmended(Grader):
    """Judges the answer of each user turn by the last calls before it."""

    name: ClassVar[str] = "unmended"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O5",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        before = case.steps[step.index - 1] if step.index else step
        if before is step or before.message < case.turn(step) or step not in case.answers:
            return None
        text = case.text(step)
        if "?" in text or _ASKS.search(text) or stance(text) in ("asks", "announces"):
            return None
        turn = case.turn(step)
        called = {c.name for s in case.steps[: step.index] if s.message > turn for c in case.said(s).tool_calls}
        for call in case.said(before).tool_calls:
            told = case.answer_to(before, call)
            if told is None or not failed(told) or len(told.content) > _LONGEST:
                continue
            if tool := _remedy(case, step, call, told.content, called):
                here = Evidence(message=case.messages.index(told), text=told.content[:160])
                return Finding("O5", f"stops at a failure that {tool} was there for", (here,), silent=False)
        return None


def _remedy(case: Case, step: Step, call: ToolCall, failure: str, called: set[str]) -> str | None:
    """The offered tool that a failure asks for, if the turn never called it."""
    idle = [name for name in case.offered if name not in called]
    if _LOG_IN.search(failure):
        return next((n for n in idle if _LOGS_IN.search(n) and _has_what_it_needs(case, step, n)), None)
    have = stems(failure)
    for name in idle if _DEMANDS.search(failure) and not _PASSES.search(failure) else ():
        words = tool_words(name)
        if len(stems(" ".join(words))) >= 2 and not only_reads(name) and named_in(stems(" ".join(words)), have):
            return name
    asked = case.messages[case.turn(step)].content
    wanted = not (_WHETHER.search(asked) or _TAKES_AWAY.match(call.name))
    if wanted and _NO_FILE.search(failure) and not any(_FINDS_FILES.fullmatch(name) for name in called):
        return next((name for name in idle if _FINDS_FILES.fullmatch(name)), None)
    return None


def _has_what_it_needs(case: Case, step: Step, name: str) -> bool:
    """Whether a login needs nothing, or the user spoke of a password."""
    schema: Any = case.offered.get(name)
    needed = schema.get("required") if isinstance(schema, dict) else None
    return not needed or any(_SECRET.search(text) for text in case.asked(step))
