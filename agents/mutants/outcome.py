"""Whether a trace ends with the right answer, without asking a grader: by its words, by its form, or by the trials of its program."""

from scenarios.demands import met
from scenarios.stated import states_answer
from traces.record import Trajectory
from traces.task import Demands


def answers_rightly(trace: Trajectory) -> bool:
    """A program is right where the trial of the last step passed; a text under demands where it meets them all."""
    text = trace.messages[-1].content
    tests = trace.task.oracle.tests if trace.task.oracle else None
    if tests is None:
        return states_answer(trace.task, text)
    if isinstance(tests, Demands):
        return states_answer(trace.task, text) and all(met(demand, text) for demand in tests.demands)
    last = trace.executions[-1] if trace.executions else None
    return last is not None and last.step == len(trace.steps) - 1 and last.passed
