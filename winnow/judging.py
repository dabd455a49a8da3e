"""A finished trace, judged afresh by programs: as an attempt is at its end, but for any trajectory."""

from collections.abc import Iterable, Sequence

from graders.base import Case, Grader, all_graders, judge_all
from graders.keep import USUAL, KeepPolicy, decide
from traces.record import Trajectory, Verdict

OURS = ("program", "oracle")
"""Sources of verdicts that can be made again from the stored trace."""
BROKEN = ("model_error", "error")


class UnknownGrader(ValueError):
    """A grader was asked for that there is not."""


def graders_named(names: Iterable[str] | None) -> tuple[Grader, ...]:
    """The graders of these names; all of them for None.

    Raises:
        UnknownGrader: there is none of that name.
    """
    known = all_graders()
    if names is None:
        return tuple(known.values())
    wanted = list(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in known]:
        raise UnknownGrader(f"no grader {unknown[0]!r}. Graders: {', '.join(sorted(known))}")
    return tuple(known[name] for name in wanted)


def judged(
    trace: Trajectory,
    graders: Sequence[Grader],
    *,
    others: Sequence[Verdict] = (),
    can_repair: bool = False,
    policy: KeepPolicy = USUAL,
) -> Trajectory:
    """The trace with new verdicts and the decision on them. `others` are verdicts that no program gives, and that still count.

    What the machinery broke is not judged.
    """
    if trace.ending.kind in BROKEN:
        return trace.model_copy(update={"verdicts": (), "decision": None})
    verdicts = (*judge_all(Case.of(trace), graders), *others)
    versions = {verdict.grader: verdict.version for verdict in others}
    versions |= {grader.name: grader.version for grader in graders}
    return trace.model_copy(
        update={
            "verdicts": verdicts,
            "decision": decide(verdicts, trace.ending, can_repair=can_repair, policy=policy),
            "lineage": trace.lineage.model_copy(update={"graders": versions}),
        }
    )
