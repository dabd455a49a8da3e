"""What comes of comparing an answer with the right one."""

from typing import Literal, NamedTuple

Status = Literal["right", "wrong", "undecided", "none"]


class Outcome(NamedTuple):
    """`none`: there is no answer to compare (it gives up, asks back or says nothing). `given` is what was taken as the answer."""

    status: Status
    reason: str = ""
    given: str = ""
