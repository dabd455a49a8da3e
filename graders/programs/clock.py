"""O2 for times of day: an answer tells a time that is a slip of one that was shown, such as 6:42 PM for 16:42, or 20:40 for 20:10.

G1 where nobody gave the time, no span or zone is told, and it is all the answer or stands among times that were given.

Only times that fit no schedule of round minutes can be told from a choice of the agent's own, so quarters of an hour are left alone, as are
sentences that propose, shifts by whole hours where time zones are spoken of, and a known time and span later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import strings
from graders.numbers import numbers
from graders.sentences import sentence_at
from graders.times_told import Clock as Time
from graders.times_told import TimeMention, spans_told, time_mentions, times, zoned
from traces.record import Step

_PROPOSES = re.compile(
    r"\?|\b(?:suggest|recommend|could|would|propose|alternativ|option|around|about|roughly|between|before|after|by|until)\w*\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clock(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "clock"
    version: ClassVar[str] = "5"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2", "G1")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers or not any(c.isdigit() for c in text):
            return
        if found := _not_the_only_one(case, step, text):
            yield found
            return
        claims = [
            m for m in time_mentions(text) if (m.clock.hour or m.clock.minute) and not _PROPOSES.search(_cell(text, m))
        ]
        if not claims:
            return
        shown = _shown(case, step)
        known = shown | _given(case, step)
        new = [m for m in claims if not any(m.clock.may_be(k) for k in known)]
        lone = _stand_alone(case, step, claims, new) if shown else False
        for m in new:
            slip = _slip_of(case, step, m.clock, shown)
            if slip or lone:
                here = case.here(step, m.text, m.start, m.end)
                reason = f"a slip of {slip.hour}:{slip.minute:02}" if slip else "which nobody gave"
                yield Finding("O2" if slip else "G1", f"says {m.text.strip()}, {reason}", (here,), silent=True)


_CHOOSES = re.compile(
    r"\?|\b(?:suggest|recommend|could|would|propose|alternativ|about|around|roughly|instead)\w*\b", re.I
)


def _not_the_only_one(case: Case, step: Step, text: str) -> Finding | None:
    """The one time of an answer, where all that was ever said is one other time: no span or zone can lead to it."""
    claims = time_mentions(text)
    if len(claims) != 1 or _CHOOSES.search(_cell(text, claims[0])) or spans_told(text) or zoned(text):
        return None
    known = _shown(case, step) | _given(case, step)
    known |= {t for m in case.messages[: step.message] if m.role == "assistant" for t in times(m.content)}
    told = [m.content for m in case.messages[: step.message]]
    if not known or not all(a.may_be(b) for a in known for b in known) or any(claims[0].clock.may_be(k) for k in known):
        return None
    if any(spans_told(t) or zoned(t) for t in told) or len(case.steps) < _SOME_STEPS:
        return None
    m = claims[0]
    only = next(iter(known))
    here = case.here(step, m.text, m.start, m.end)
    return Finding("O2", f"says {m.text.strip()}, where {only} is the one time that was told", (here,), silent=True)


_SOME_STEPS = 2
"""Steps of a trace that looked something up."""


def _shown(case: Case, step: Step) -> set[Time]:
    return {t for m in case.messages[: step.message] if m.role != "assistant" for t in times(m.content)}


def _given(case: Case, step: Step) -> set[Time]:
    """The times that earlier calls were given."""
    texts = (text for s in case.steps[: step.index] for c in case.said(s).tool_calls for text in strings(c.arguments))
    return {t for text in texts for t in times(text)}


def _stand_alone(case: Case, step: Step, claims: list[TimeMention], new: list[TimeMention]) -> bool:
    """Whether times that nobody gave can have come from nothing else: no span, zone or choice leads to them.

    One time alone is the answer of a short text, or stands among others that were all given.
    """
    if len(new) != 1 or (len(claims) == 1 and len(case.text(step).split()) > _SHORT):
        return False
    told = [m.content for m in case.messages[: step.message]]
    shows = bool(_given(case, step)) or any(times(m.content) for m in case.messages[: step.message] if m.role == "tool")
    return shows and not any(spans_told(text) or zoned(text) for text in told)


_SHORT = 30
"""Words of an answer that is hardly more than its time."""


def _cell(text: str, m: TimeMention) -> str:
    """The sentence of a time, or its cell in the row of a table."""
    sentence = sentence_at(text, m.start)
    return text[sentence.start : m.start].rpartition("|")[2] + text[m.start : sentence.end].partition("|")[0]


def _slip_of(case: Case, step: Step, claim: Time, shown: set[Time]) -> Time | None:
    """The shown time that a claim is a slip of, where no span or shift that was told leads to it."""
    slips = [t for t in sorted(shown) if _slip(claim, t)]
    if not slips or any(_reached(case, step, claim, t) for t in shown):
        return None
    return slips[0]


def _slip(claim: Time, shown: Time) -> bool:
    if claim.minute == shown.minute:
        wrong_half = claim.half == "p" and not shown.half and shown.hour >= 13 and shown.hour % 10 == claim.hour % 12
        return wrong_half and not claim.hours & shown.hours
    if {claim.minute, shown.minute} <= {0, 15, 30, 45} or not claim.hours & shown.hours:
        return False
    one, two = f"{claim.minute:02}", f"{shown.minute:02}"
    return one == two[::-1] or sum(a != b for a, b in zip(one, two, strict=True)) == 1


def _reached(case: Case, step: Step, claim: Time, shown: Time) -> bool:
    """Whether a known number of minutes or hours lies between two times, or whole hours where time zones are spoken of."""
    apart = {abs(c * 60 + claim.minute - s * 60 - shown.minute) for c in claim.hours for s in shown.hours}
    told = [m.content for m in case.messages[: step.message + 1]]
    if any(zoned(text) for text in told) and any(a % 60 == 0 and _offset(a // 60, told) for a in apart):
        return True
    found = [n for text in told for n in numbers(text)]
    spans = {int(n.value) for n in found if n.value.denominator == 1 and 5 <= n.value <= 600}
    spans |= {int(n.value * 60) for n in found if n.unit == "h" and n.value <= 24}
    return bool(apart & spans)


def _offset(hours: int, told: list[str]) -> bool:
    """Whether a shift by hours can be: where offsets are told, it is one of them or between two of them, else any."""
    offsets = {int(m) for text in told for m in re.findall(r"(?<=\d[\dT:.]{3})[+-](\d{2}):\d{2}\b", text)}
    return not offsets or hours in offsets or any(hours in (a + b, abs(a - b)) for a in offsets for b in offsets)
