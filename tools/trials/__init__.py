"""Tries a solution against tests where it can neither see what is expected nor forge the outcome.

`attempt` is for Python, `attempt_port` for programs in other languages.
"""

from tools.trials.foreign import Example, Port, attempt_port
from tools.trials.program import CodeProblem, ProgramError
from tools.trials.trial import Trial, attempt, tests_nothing

__all__ = ["CodeProblem", "Example", "Port", "ProgramError", "Trial", "attempt", "attempt_port", "tests_nothing"]
