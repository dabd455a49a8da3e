"""The keep policy: a veto, never a majority.

A trace is kept only if it ended with an answer, every step passes every grader, no grader broke, and - where there is an
oracle - the answer was found right. `unscored` is no failure, except of the grader of the answer: right is what has been
shown to be right.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graders.critics.dispute import disputed
from traces.endings import WITHOUT_ANSWER
from traces.record import Decision, Ending, Verdict

ANSWER_GRADER = "answer"
"""The name of the grader whose pass means "the answer is right"."""
NOTHING_KNOWN = "nothing is known of the right answer"
"""Its reason where there is no oracle: then the other graders alone decide."""

AGREEMENT = "agreement"
"""The name under which it is recorded whether enough attempts at a task agree on the answer."""


class KeepPolicy(NamedTuple):
    """What is asked beside the veto. `critics`: every step must have been passed by the critics, not only not failed."""

    critics: bool = False


USUAL = KeepPolicy()


def decide(verdicts: Iterable[Verdict], ending: Ending, *, can_repair: bool, policy: KeepPolicy = USUAL) -> Decision:
    """Keep, repair or reject, with the reasons in words, in order of steps; what broke in the machinery is not repaired."""
    given = list(verdicts)
    # Most verdicts are passes by programs, which decide nothing here; whether a critic passed a step counts.
    every = sorted((v for v in given if v.status != "pass" or v.source == "critic"), key=lambda v: v.step)
    failing = [v for v in every if v.status == "fail"]
    reasons = [f"{v.code or v.grader} at step {v.step}: {v.reason}" for v in failing]
    reasons += [f"{v.grader} broke at step {v.step}: {v.reason}" for v in every if v.status == "error"]
    reasons += _unproven(every)
    reasons += _unread(every) if policy.critics else []
    if ending.kind != "answered":
        reasons.append(f"{WITHOUT_ANSWER[ending.kind]}{f' ({ending.detail})' if ending.detail else ''}")
    where = disputed(every)
    if not reasons:
        return Decision(outcome="keep", disputed=where)
    return Decision(
        outcome="repair" if can_repair and ending.kind not in ("model_error", "error") else "reject",
        reasons=tuple(dict.fromkeys(reasons)),
        codes=tuple(dict.fromkeys(v.code for v in failing if v.code)),
        first_bad_step=_first_bad(given, failing, ending),
        disputed=where,
    )


def _unproven(verdicts: Sequence[Verdict]) -> list[str]:
    """Why the answer does not count as right although no grader failed it: its grader could not decide."""
    undecided = [
        v for v in verdicts if v.grader == ANSWER_GRADER and v.status == "unscored" and v.reason != NOTHING_KNOWN
    ]
    split = [v for v in verdicts if v.grader == AGREEMENT and v.status == "unscored"]
    return [f"the answer could not be shown to be right: {v.reason}" for v in (*undecided, *split)]


def _unread(verdicts: Sequence[Verdict]) -> list[str]:
    """Steps that no critic passed, where the policy asks that one did."""
    return [
        f"the critics came to no verdict on step {v.step}: {v.reason}"
        for v in verdicts
        if v.source == "critic" and v.status == "unscored"
    ]


def _first_bad(verdicts: Sequence[Verdict], failing: Sequence[Verdict], ending: Ending) -> int | None:
    """The first failing step; without any, the last step where the trace ended without an answer."""
    if failing:
        return failing[0].step
    if ending.kind in ("answered", "model_error", "error") or not verdicts:
        return None
    return max(verdict.step for verdict in verdicts)
