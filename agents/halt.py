"""What ends a run, not an attempt: the budget is spent, or a model server answers nobody any more.

Libraries and boundaries between a model and the runner take it for the failure of one call, so the work that met it also remembers it
(`Work.halt`): such work is left open, and done on resume.
"""

from typing import Literal

Cause = Literal["budget", "endpoint"]


class Halt(Exception):
    """The run must stop; `reason` says why and what to do."""

    def __init__(self, cause: Cause, reason: str) -> None:
        super().__init__(reason)
        self.cause: Cause = cause
        self.reason = reason
