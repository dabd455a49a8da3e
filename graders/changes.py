"""Calls that change something, by place: what a tool showed before one of them may no longer be so.

Told by the tool's name alone; code and shells count as reading.
"""

from graders.base import Case
from graders.calls import only_reads
from traces.record import Step


def changed_since(case: Case, step: Step, place: int) -> bool:
    """Whether a call behind that message, and before the step, changes something."""
    return any(
        not only_reads(call.name)
        for earlier in case.steps
        if place < earlier.message < step.message
        for call in case.said(earlier).tool_calls
    )
