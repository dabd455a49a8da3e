"""The state of the attempt graph: what is recorded, nothing live."""

import operator
from typing import Annotated, TypedDict

from traces.record import Decision, Ending, Execution, Message, StepLabel, Trajectory, Usage, Verdict


class AttemptState(TypedDict, total=False):
    """One round's messages and what became of them; `trajectories` gathers the finished rounds, the last one final."""

    messages: Annotated[list[Message], operator.add]
    labels: Annotated[list[StepLabel], operator.add]
    usage: Usage
    ending: Ending | None
    executions: tuple[Execution, ...]
    verdicts: tuple[Verdict, ...]
    criticism: Annotated[list[Verdict], operator.add]
    decision: Decision | None
    trajectories: Annotated[list[Trajectory], operator.add]
