"""Attempts at one task decided together: where nothing is known of the right answer, a trace is kept only if enough others give its answer.

All of them are made before any is committed. A run that dies between makes them again: what was paid for is in the journal.
"""

from collections.abc import Sequence
from typing import NamedTuple

from graders.agreement import VERSION, Compare, agreement, voices
from graders.keep import AGREEMENT, KeepPolicy, decide
from traces.record import Trajectory, Verdict


class Tried(NamedTuple):
    """What an attempt came to: its rounds, the last final, or the error that ended it."""

    trajectories: tuple[Trajectory, ...]
    error: str | None


async def agreed(tried: Sequence[Tried], least: int, same: Compare, policy: KeepPolicy) -> list[Tried]:
    """The attempts with the verdict on their agreement, and the decisions that follow from it."""
    finals = {n: one.trajectories[-1] for n, one in enumerate(tried) if one.trajectories and _answers(one)}
    heard = await voices([trace.messages[-1].content for trace in finals.values()], same)
    verdicts = {
        n: agreement(trace, one, least, len(tried)) for (n, trace), one in zip(finals.items(), heard, strict=True)
    }
    return [_with(one, verdicts[n], policy) if n in verdicts else one for n, one in enumerate(tried)]


def _answers(one: Tried) -> bool:
    final = one.trajectories[-1]
    return one.error is None and final.decision is not None and final.ending.kind == "answered"


def _with(one: Tried, verdict: Verdict, policy: KeepPolicy) -> Tried:
    *rounds, final = one.trajectories
    verdicts = (*final.verdicts, verdict)
    graders = {**final.lineage.graders, AGREEMENT: VERSION}
    again = final.model_copy(
        update={
            "verdicts": verdicts,
            "decision": decide(verdicts, final.ending, can_repair=False, policy=policy),
            "lineage": final.lineage.model_copy(update={"graders": graders}),
        }
    )
    return Tried((*rounds, again), one.error)
