"""O2 for times of day: an answer tells a time that is a slip of one that was shown, such as 6:42 PM for 16:42, or 20:40 for 20:10.

Only times that fit no schedule of round minutes can be told from a choice of the agent's own, so quarters of an hour are left alone, as are
sentences that propose, shifts by whole hours where time zones are spoken of, and a known time and span later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import strings
from graders.numbers import numbers
from traces.record import Step

_TIME = re.compile(r"(?<![\d:.,])(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?!\d|:)\s*([ap]\.?m\b\.?)?", re.IGNORECASE)
_STAMP = re.compile(r"(?<=\dT)(\d{2}):(\d{2})")
_ZONED = re.compile(
    r"\b(?:UTC|GMT|[ECMP][SD]T|CES?T|time\s*zones?|local\s+time)\b|[+-]\d{2}:\d{2}\b|\d{2}Z\b", re.IGNORECASE
)
_PROPOSES = re.compile(
    r"\?|\b(?:suggest|recommend|could|would|propose|alternativ|option|around|about|roughly|between|before|after|by|until)\w*\b",
    re.IGNORECASE,
)


_FAR = 500
"""Characters on either side of a time that its sentence may have: a text without a stop is not read anew for each of its times."""


class Time(NamedTuple):
    """A time of day; `half` is "a" or "p" where it was told so."""

    hour: int
    minute: int
    half: str = ""

    @property
    def hours(self) -> set[int]:
        """What hour of the day it may be."""
        if self.half:
            return {self.hour % 12 + (12 if self.half == "p" else 0)}
        return {self.hour, self.hour + 12} if 1 <= self.hour <= 12 else {self.hour}


@dataclass(frozen=True)
class Clock(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "clock"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers or ":" not in text:
            return
        claims = [(m, t) for m, t in _times(text) if not _PROPOSES.search(_sentence(text, m))]
        shown = _shown(case, step) if claims else set()
        known = shown | _given(case, step)
        for m, claim in claims:
            if not any(_same(claim, k) for k in known) and (slip := _slip_of(case, step, claim, shown)):
                here = case.here(step, m[0], m.start(), m.end())
                yield Finding(
                    "O2", f"says {m[0].strip()}, a slip of {slip.hour}:{slip.minute:02}", (here,), silent=True
                )


def _shown(case: Case, step: Step) -> set[Time]:
    return {t for m in case.messages[: step.message] if m.role != "assistant" for _, t in _times(m.content)}


def _given(case: Case, step: Step) -> set[Time]:
    """The times that earlier calls were given."""
    texts = (text for s in case.steps[: step.index] for c in case.said(s).tool_calls for text in strings(c.arguments))
    return {t for text in texts for _, t in _times(text)}


def _times(text: str) -> Iterator[tuple[re.Match[str], Time]]:
    for m in (*_TIME.finditer(text), *_STAMP.finditer(text)):
        half = (m[3] or "").lower()[:1] if m.re is _TIME else ""
        if int(m[1]) < 24 and int(m[2]) < 60:
            yield m, Time(int(m[1]), int(m[2]), half)


def _sentence(text: str, m: re.Match[str]) -> str:
    first, last = max(0, m.start() - _FAR), m.end() + _FAR
    start = max(text.rfind(mark, first, m.start()) for mark in (". ", "! ", "\n", "|")) + 1 or first
    ends = [at for mark in (". ", "! ", "?", "\n", "|") if (at := text.find(mark, m.end(), last)) >= 0]
    return text[start : min(ends, default=last) + 1]


def _same(one: Time, two: Time) -> bool:
    return one.minute == two.minute and bool(one.hours & two.hours)


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
    if any(_ZONED.search(text) for text in told) and any(a % 60 == 0 and _offset(a // 60, told) for a in apart):
        return True
    spans = {int(n.value) for text in told for n in numbers(text) if n.value.denominator == 1 and 5 <= n.value <= 600}
    return bool(apart & spans)


def _offset(hours: int, told: list[str]) -> bool:
    """Whether a shift by hours can be: where offsets are told, it is one of them or between two of them, else any."""
    offsets = {int(m) for text in told for m in re.findall(r"(?<=\d[\dT:.]{3})[+-](\d{2}):\d{2}\b", text)}
    return not offsets or hours in offsets or any(hours in (a + b, abs(a - b)) for a in offsets for b in offsets)
