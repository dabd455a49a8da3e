"""Tries a solution against tests where it can neither see what is expected nor forge the outcome. `attempt` is the one to use."""

from tools.trials.program import CodeProblem, ProgramError
from tools.trials.trial import Trial, attempt

__all__ = ["CodeProblem", "ProgramError", "Trial", "attempt"]
