"""How a committee of critics comes to one verdict on a step.

`veto`: one critic that fails the step is enough. `majority`: it fails where as many fail it as pass it, or more. `unanimity`: it fails
only where every critic that gave a verdict fails it. Who is unsure, could not be read or could not be asked has no vote; without any
vote the step is unscored.
"""

from collections.abc import Sequence
from typing import Literal

from traces.record import Opinion, Verdict

Rule = Literal["veto", "majority", "unanimity"]
Outcome = Literal["pass", "fail", "unscored"]
GRADER = "critic"
"""The name under which a committee's verdict is recorded."""


def outcome(opinions: Sequence[Opinion], rule: Rule, left: int = 0) -> Outcome | None:
    """What the vote comes to; None while critics that are left to be asked could still change it."""
    fails = sum(opinion.status == "fail" for opinion in opinions)
    passes = sum(opinion.status == "pass" for opinion in opinions)
    if rule == "veto" and fails:
        return "fail"
    if rule == "unanimity" and passes:
        return "pass"
    if rule == "majority" and passes > fails + left:
        return "pass"
    if rule == "majority" and fails >= passes + left and fails:
        return "fail"
    if left:
        return None
    return "fail" if fails else "pass" if passes else "unscored"


def verdict(opinions: Sequence[Opinion], rule: Rule, step: int, version: str) -> Verdict:
    """The committee's verdict on a step, with every opinion it rests on. A fail has the reason and evidence of the first that failed it."""
    status = outcome(opinions, rule) or "unscored"
    first = next((o for o in opinions if o.status == status), None)
    failing = first if status == "fail" else None
    reason = failing.reason if failing else "; ".join(f"{o.critic}: {o.reason}" for o in opinions)
    return Verdict(
        grader=GRADER,
        version=version,
        source="critic",
        step=step,
        status=status,
        code=failing.code if failing else None,
        reason="" if status == "pass" else reason,
        evidence=failing.evidence if failing else (),
        opinions=tuple(opinions),
    )
