"""Schedules: appointments of one day, given in the query. How much time they take in all, how much of it overlaps, or the longest gap.

Truth paths: intervals sorted and merged, against counting the minutes of the day one by one. `difficulty` is the number of appointments
less one.
"""

import random
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from scenarios.families._common import OFFERS, brief_for, refusal, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import finish, guarded, run
from scenarios.observed import number
from scenarios.policy import Mind, Policy
from scenarios.slots import choice
from scenarios.wording import Form, Slot, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, PlanNode, Task

Spans = list[list[int]]
"""Appointments as [start, end], in minutes of the day."""

_TIME = r"\d{1,2}:\d{2}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _write_spans(spans: Any, rng: random.Random) -> str:
    joint, between = rng.choice((("-", ", "), (" to ", ", "), ("-", "; "), (" until ", "; ")))
    return between.join(f"{_clock(start)}{joint}{_clock(end)}" for start, end in spans)


def _read_spans(text: str) -> Spans:
    minutes = [int(hour) * 60 + int(minute) for hour, minute in re.findall(r"(\d{1,2}):(\d{2})", text)]
    spans = [list(pair) for pair in zip(minutes[::2], minutes[1::2], strict=True)]
    if len(spans) < 2 or any(start >= end or end > 24 * 60 for start, end in spans):
        raise ValueError(f"{text!r} is no list of appointments")
    return spans


SPANS = Slot(
    rf"{_TIME}\s*(?:-|to|until)\s*{_TIME}(?:\s*[,;]\s*{_TIME}\s*(?:-|to|until)\s*{_TIME})+", _write_spans, _read_spans
)
WHAT = choice(
    {
        "busy": ("minutes are covered by at least one appointment", "minutes of the day are taken by appointments"),
        "overlap": ("minutes are covered by two appointments or more", "minutes are double-booked"),
        "gap": (
            "minutes lie in the longest break between appointments",
            "minutes make up the longest gap between appointments",
        ),
    }
)
FORM = Form(
    "schedule",
    {"spans": SPANS, "what": WHAT},
    {
        "plain": (
            "My appointments tomorrow: {spans}. How many {what}?",
            "How many {what}, if the day holds {spans}?",
            "Given these appointments, {spans}, how many {what}?",
        ),
        "terse": ("Calendar: {spans}. How many {what}?", "{spans} - how many {what}?"),
        "chatty": (
            "my diary is a mess: {spans}. be honest, how many {what}?",
            "somebody filled my day with {spans}, so how many {what}?",
        ),
        "formal": (
            "The schedule comprises {spans}. Kindly state how many {what}.",
            "Please determine how many {what} under the following schedule: {spans}.",
        ),
        "indirect": ("I'd like to know how many {what} on a day with {spans}.",),
        "context": (
            "We share one meeting room. It is booked {spans} on Monday. For the report: how many {what}?",
            "The clinic sent me the list for one doctor. It reads {spans}. How many {what}?",
        ),
    },
)


class Schedule(Family):
    """One day's appointments."""

    name = "schedule"
    summary = "time taken, double-booked or free between appointments of one day"
    harder = "appointments, less 1"

    wordings = Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        what, spans = _draw(rng)
        value = TRUTHS[what](spans)
        if value != _by_minutes(what, spans) or not value:
            raise TruthError(f"{what} of {spans}: {value} by intervals, {_by_minutes(what, spans)} by minutes")
        ask: Ask = {"kind": "schedule", "what": what, "spans": spans}
        brief = brief_for(self.name, ask, rng)
        node = PlanNode(id="n0", op=what, args={"what": what}, tool="python", value=str(value), unit="minutes")
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["python"]),
            oracle=Oracle(
                answer=Answer(kind="number", value=str(value), unit="minutes"),
                plan=(node,),
                proof={"operands": f"{len(spans)} intervals that overlap are too many to merge and count in the head."},
            ),
            difficulty=min(9, len(spans) - 1),
            knobs={"question": what, "appointments": len(spans)},
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask["what"], ask["spans"], mind))


def _draw(rng: random.Random) -> tuple[str, Spans]:
    for _ in range(200):
        spans = []
        for _ in range(rng.randint(4, 9)):
            start = rng.randint(7 * 12, 18 * 12) * 5
            spans.append([start, start + rng.randint(4, 30) * 5 + rng.choice((0, 0, 3))])
        what = rng.choice(sorted(TRUTHS))
        values = {w: TRUTHS[w](spans) for w in TRUTHS}
        if values[what] >= 10 and len(set(values.values())) == len(values) and values["overlap"]:
            return what, spans
    raise TruthError("no day with overlaps and gaps was drawn")


def _merged(spans: Sequence[Sequence[int]]) -> Spans:
    merged: Spans = []
    for start, end in sorted(tuple(span) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def _busy(spans: Spans) -> int:
    return sum(end - start for start, end in _merged(spans))


def _gap(spans: Spans) -> int:
    merged = _merged(spans)
    return max((after[0] - before[1] for before, after in pairwise(merged)), default=0)


def _overlap(spans: Spans) -> int:
    """Where two of them meet, merged: what any pair shares is covered twice."""
    shared = [[max(a[0], b[0]), min(a[1], b[1])] for n, a in enumerate(spans) for b in spans[:n]]
    return _busy([span for span in shared if span[0] < span[1]])


TRUTHS: dict[str, Callable[[Spans], int]] = {"busy": _busy, "gap": _gap, "overlap": _overlap}


def _by_minutes(what: str, spans: Spans) -> int:
    """The second truth: every minute of the day by itself."""
    covered = [sum(start <= minute < end for start, end in spans) for minute in range(24 * 60)]
    if what != "gap":
        return sum(count >= (1 if what == "busy" else 2) for count in covered)
    day = "".join("x" if count else "." for count in covered).strip(".")
    return max(map(len, day.split("x")), default=0)


_CODE = {
    "busy": "print(sum(1 for c in covered if c {at_least} 1))",
    "overlap": "print(sum(1 for c in covered if c {at_least} 2))",
    "gap": "day = ''.join('x' if c else '.' for c in covered){ends}\nprint(max(map(len, day.split('x'))))",
}
_WRONG: dict[str, tuple[str, Callable[[Spans], int]]] = {
    "busy": ("adds the lengths although appointments overlap", lambda spans: sum(end - start for start, end in spans)),
    "overlap": ("counts what is taken, not what is double-booked", _busy),
    "gap": ("takes the time before the first or after the last appointment for a gap", lambda spans: _outer(spans)),
}


def _outer(spans: Spans) -> int:
    return max(_gap(spans), min(start for start, _ in spans), 1440 - max(end for _, end in spans))


def _program(what: str, spans: Spans, wrong: bool) -> str:
    """The times stand in the program as they were given, so that nothing is worked out before it runs."""
    times = ", ".join(f'("{_clock(start)}", "{_clock(end)}")' for start, end in spans)
    head = (
        "def minute(clock):\n    hours, minutes = clock.split(':')\n    return int(hours) * 60 + int(minutes)\n\n"
        f"times = [{times}]\nspans = [(minute(start), minute(end)) for start, end in times]\n"
    )
    if wrong and what == "busy":
        return f"{head}print(sum(end - start for start, end in spans))"
    counted = "covered = [sum(start <= m < end for start, end in spans) for m in range(24 * 60)]\n"
    line = _CODE["busy" if wrong and what == "overlap" else what]
    return head + counted + line.format(at_least=">=", ends="" if wrong else ".strip('.')")


def _solve(what: str, spans: Spans, mind: Mind) -> Policy:
    if mind.slips("refuses", "G5", "declines a question it has the tools for"):
        return refusal(mind)
    value = TRUTHS[what](spans)
    if mind.slips("skips_tool", "D2", "answers without a program"):
        return finish(mind, _said(what, value + mind.rng.choice((5, 10, -5)), mind))
    detail, mistaken = _WRONG[what]
    wrong = mistaken(spans) != value and any(mind.tempted("code_bug") for _ in spans)  # each may be where it goes wrong
    if wrong:
        mind.admit("code_bug", "C6", detail)
    result = yield from run(mind, _program(what, spans, wrong), "the minutes")
    found = int(number(result))
    if not wrong and mind.slips("off_by_one", "C4", "counts one minute too many"):
        found += 1
    return finish(mind, _said(what, found, mind))


def _said(what: str, value: int, mind: Mind) -> str:
    told = {
        "busy": ("{} minutes are taken.", "Appointments cover {} minutes."),
        "overlap": ("{} minutes are double-booked.", "Two or more appointments cover {} minutes."),
        "gap": ("The longest break lasts {} minutes.", "{} minutes is the longest gap."),
    }
    return mind.rng.choice((*told[what], "It is {} minutes.")).format(f"{value:,}")
