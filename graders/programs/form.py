"""G3: the answer does not have the form the query asks for, where it asks in so many words: JSON only, one word, a number only, yes or no;
or a demand in the words of `scenarios/demands.py`, such as a number of words, sentences or bullet points."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.numbers import numbers
from graders.stance import gives_up
from scenarios.demands import found_in, met, told
from traces.record import Evidence, Step


def _is_json(text: str) -> bool:
    bare = re.sub(r"^```(?:json)?\s*|\s*```$", "", text.strip())
    try:
        json.loads(bare)
    except ValueError:
        return False
    return True


def _one_word(text: str) -> bool:
    return len(text.strip(" .!*`\"'\n").split()) == 1


def _bare_number(text: str) -> bool:
    found = numbers(text.strip())
    return len(found) == 1 and len(re.sub(r"[\s.*$€£%`\\()]", "", text.replace(found[0].text, "", 1))) == 0


def _yes_or_no(text: str) -> bool:
    return text.strip(" .!*`\"'\n").lower() in ("yes", "no")


_ONLY = r"(?:only|just|nothing\s+but|exclusively)"
_FORMS: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (
        re.compile(
            rf"\b(?:answer|reply|respond|return|output|give)\b[^.\n]{{0,40}}\b{_ONLY}\b[^.\n]{{0,30}}\b(?:valid\s+)?JSON\b|\b{_ONLY}\s+(?:valid\s+|a\s+)?JSON\b|\bJSON\s+(?:only|and\s+nothing\s+else)\b",
            re.I,
        ),
        "JSON alone",
        _is_json,
    ),
    (
        re.compile(
            rf"\b(?:answer|reply|respond)\b[^.\n]{{0,30}}\b(?:in|with)\s+(?:{_ONLY}\s+)?(?:one|a\s+single)\s+word\b",
            re.I,
        ),
        "one word",
        _one_word,
    ),
    (
        re.compile(
            rf"\b(?:answer|reply|respond|give|return|output)\b[^.\n]{{0,30}}\b{_ONLY}\s+(?:the|a|one)\s+(?:bare\s+)?(?:number|integer|figure)\b|\b(?:the\s+)?number\s+only\b",
            re.I,
        ),
        "a number alone",
        _bare_number,
    ),
    (
        re.compile(
            rf"\b(?:answer|reply|respond)\b[^.\n]{{0,20}}\b(?:{_ONLY}\s+)(?:with\s+)?[\"']?yes[\"']?\s+or\s+[\"']?no\b",
            re.I,
        ),
        "yes or no alone",
        _yes_or_no,
    ),
)


@dataclass(frozen=True)
class Form(Grader):
    """Judges the answer of each turn by the words of that turn. An answer that says it cannot be known need not have the form."""

    name: ClassVar[str] = "form"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("G3",)

    def judge(self, case: Case, step: Step) -> Finding | None:
        text = case.said(step).content
        if step not in case.answers or not text.strip() or gives_up(text):
            return None
        asked = next((m.content for m in reversed(case.messages[: step.message]) if m.role == "user"), "")
        for pattern, what, holds in _FORMS:
            if pattern.search(asked) and not holds(text):
                return Finding(
                    "G3", f"asked for {what}", (Evidence(message=step.message, text=text[:200]),), silent=True
                )
        broken = next((demand for demand in found_in(asked) if not met(demand, text)), None)
        here = (Evidence(message=step.message, text=text[:200]),)
        return Finding("G3", f"was asked to {told(broken)}", here, silent=True) if broken else None
