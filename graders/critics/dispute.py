"""Where critics and programs disagree: one side fails a step that the other passes, at or before the first step that either fails.

Later steps are left out, since they may follow from the mistake. A step on which the critics have no verdict is no disagreement.
"""

from collections.abc import Iterable

from traces.record import Verdict

_OURS = ("program", "oracle")


def disputed(verdicts: Iterable[Verdict]) -> int | None:
    """The first step on which they disagree, None where there is none."""
    every = list(verdicts)
    critics = {v.step: v.status for v in every if v.source == "critic" and v.status in ("pass", "fail")}
    programs = {v.step for v in every if v.source in _OURS and v.status == "fail"}
    either = programs | {step for step, status in critics.items() if status == "fail"}
    first = min(either, default=None)
    if first is None or first not in critics:
        return None
    return first if (critics[first] == "fail") != (first in programs) else None
