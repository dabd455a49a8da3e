# ruff: noqa: E501  (patterns are data)
"""G1 and O2 for what a step says that a result shows: "the article states that it opened in 1911", where nothing has that year.

Agents tell in their thoughts, and in answers that explain, what they have just read. A sentence that names its source makes a claim on that alone, so that
its figures, dates and names are held against what was shown, however long the text is. Sentences that guess, work out or deny something are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from graders.calls import failed
from graders.claims import brief, claimed_dates, claimed_names, claimed_numbers, small
from graders.days_told import follows, told_relatively
from graders.misreading import misread_of, slip_of_a_day
from graders.names import OTHER_LETTERS, Name, folded, has_any
from graders.sentences import sentences
from graders.support import supported
from graders.unseen import common, unseen
from graders.wording import TITLES
from traces.record import Evidence, Step

_SOURCE = r"(?:search(?:es)?|results?|observations?|pages?|articles?|documents?|docs?|passages?|snippets?|sources?|information|outputs?|context|entry|entries|websites?|site|records?|reports?|biography|listing|Wikipedia)"
_SAYS = r"(?:shows?|showed|says?|said|states?|stated|mentions?|mentioned|indicates?|indicated|confirms?|confirmed|lists?|listed|gives?|gave|tells?|notes?|noted|describes?|described|reveals?|revealed|reports?|reported|estimates?|estimated|provides?|provided|identif(?:y|ies|ied))"
_TELLS = re.compile(
    rf"\b(?:the|these|those|this|that|its|his|her|their|both)\s+(?:[\w'’.-]+\s+){{0,3}}?{_SOURCE}\s+(?:(?:also|now|clearly|explicitly|directly|further)\s+)?{_SAYS}\b|"
    rf"\b(?:according\s+to|based\s+on|from|per|as\s+(?:per|stated\s+in|shown\s+in|seen\s+in))\s+(?:the|this|these|that|my|their)\s+(?:[\w'’.-]+\s+){{0,3}}?{_SOURCE}\b[^,.;:\n]{{0,40}}?,|"
    r"\bI(?:\s+have|'ve|’ve)?\s+(?:found(?:\s+out)?|can\s+see|see|learn(?:ed|t)|discovered)\s+that\b",
    re.IGNORECASE,
)
_HINTS = ("result", "observ", "page", "articl", "doc", "passag", "snippet", "sourc", "inform", "output", "context", "entr", "site", "record", "report", "biograph", "listing", "wikipedia", "search", "found", "see that", "learn", "discover")  # fmt: skip
_OPEN = re.compile(
    r"\b(?:not|no|nothing|never|none|without|unclear|unless|if|whether|(?-i:may)|might|could|would|should|must\s+be|perhaps|possibly|likely|probably|assum\w*|suppos\w*|guess\w*|presum\w*|"
    r"approximat\w*|about|around|roughly|nearly|almost|over|under|more|less|fewer|calculat\w*|comput\w*|convert\w*|totals?|sum|altogether|average|difference|equals?|so|therefore|thus|hence|which\s+(?:means|makes|gives)|meaning|"
    r"aged?|years?\s+(?:old|later|earlier|before|after)|ago|since|until)\b|n['’]t\b|[=≈~+×÷*/]",
    re.IGNORECASE,
)
"""What makes a sentence one that guesses, denies or works something out."""
_STATED = re.compile(r"\b(?:by|is|was|are|were|named|called|as)\s+(?:the\s+)?[\"“'*]*$")
_LEAST = 80
"""Signs that the results have at least, where anything is held against them: of a picture nobody knows what it shows."""


@dataclass(frozen=True)
class ResultTold(Grader):
    """Looks at what any step says behind a result. The figures and dates of a short answer are held against the results by another grader."""

    name: ClassVar[str] = "result_told"
    version: ClassVar[str] = "2"
    codes: ClassVar[tuple[str, ...]] = ("G1", "O2")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.said(step).content
        if not text or not has_any(text, _HINTS) or not _shown(case, step):
            return
        held = step in case.answers and not case.handed_in(step) and brief(text)
        for sentence in sentences(text):
            if lead := _TELLS.search(sentence.text):
                start, end = sentence.start + lead.end(), sentence.end
                if not held and not _OPEN.search(sentence.text):
                    yield from _figures(case, step, text, start, end)
                    yield from _days(case, step, text, start, end)
                yield from _named(case, step, text, start, end)


def _shown(case: Case, step: Step) -> bool:
    """Whether the step has results behind it that can be read, each of them."""
    seen = [case.messages[i] for s in case.steps[: step.index] for i in s.observations]
    read = [m for m in seen if not failed(m)]
    return sum(len(m.content) for m in read) >= _LEAST and all(m.content.strip() for m in read)


def _figures(case: Case, step: Step, text: str, start: int, end: int) -> Iterator[Finding]:
    for mention in claimed_numbers(text):
        if (
            not start <= mention.start < end
            or mention.kind != "figure"
            or small(mention)
            or _bracketed(text, mention.start)
        ):
            continue
        slip = misread_of(case, mention, step.message)
        if case.knowledge.link(mention, step.message, derive=False) or (
            slip is None and supported(case, step, mention)
        ):
            continue
        here = Evidence(message=step.message, text=mention.text, start=mention.start, end=mention.end)
        if slip is None:
            yield Finding("G1", f"tells {mention.text.strip()} as shown, which nothing shows", (here,), silent=True)
        elif not case.said(step).tool_calls:
            reason = f"tells {mention.text.strip()} as shown, {slip.how} {slip.seen}"
            yield Finding("O2", reason, (here, slip.evidence), silent=True)


def _days(case: Case, step: Step, text: str, start: int, end: int) -> Iterator[Finding]:
    for mention in claimed_dates(text):
        if not start <= mention.start < end or _bracketed(text, mention.start):
            continue
        if case.knowledge.day(mention, step.message) or slip_of_a_day(case, step, text, mention):
            continue
        if not follows(case, step, mention) and not told_relatively(case, step, mention):
            here = Evidence(message=step.message, text=mention.text, start=mention.start, end=mention.end)
            yield Finding("G1", f"tells {mention.text} as shown, which nothing shows", (here,), silent=True)


def _named(case: Case, step: Step, text: str, start: int, end: int) -> Iterator[Finding]:
    """Names of two words or more, the first of which is new, where the sentence says who or what it is: no place, which may be known besides."""
    if any(OTHER_LETTERS.search(m.content) for m in case.messages[: step.message] if m.role != "assistant"):
        return
    for name in claimed_names(text):
        if not start <= name.start < end or _bracketed(text, name.start):
            continue
        if _STATED.search(text[max(start, name.start - 20) : name.start]) and _new(case, step, name):
            here = Evidence(message=step.message, text=name.text, start=name.start, end=name.end)
            yield Finding("G1", f"tells {name.text} as shown, which nothing shows", (here,), silent=True)


def _new(case: Case, step: Step, name: Name) -> bool:
    words = [w for w in name.text.split() if w[:1].isupper()]
    missing = unseen(case, step, name)
    if len(words) < 2 or not missing or words[0] != missing[0] or common(words[0]):
        return False
    return words[-1] in missing or _with_another(case, step, words[-1])


def _with_another(case: Case, step: Step, last: str) -> bool:
    """Whether a last name that was shown stands behind a first name there: alone, or behind a title, it leaves the first name open."""
    before = re.compile(rf"\b([A-Z][\w'’-]*)\.?\s+(?:[A-Z]\.?\s+)?{re.escape(last)}\b")
    shown = (m.content for m in case.messages[: step.message] if m.role != "assistant")
    return any(folded(first) not in TITLES and not common(first) for text in shown for first in before.findall(text))


def _bracketed(text: str, place: int) -> bool:
    """Whether a place lies in brackets, where a text tells what its writer knows besides."""
    opened = text.rfind("(", max(0, place - 80), place)
    return opened >= 0 and text.find(")", opened, place) < 0
