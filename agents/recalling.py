"""What the served teacher knows of a conversation's past: with which seed its first turns were made.

The teacher has no memory beside the conversation and replays it from the seed of the request. A continuation goes on from a recorded
beginning with a seed of its own, so the server remembers which seeds it was asked with, by the ids that their first calls have. It knows
of no conversation begun before it was started, and says so rather than going on otherwise than the teacher would have.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from agents.teacher import Past, call_id

_MOST = 200_000
"""Seeds remembered; the oldest are forgotten."""
_ITS_OWN = re.compile(r"[0-9a-f]{9}")


class Recall:
    """The memory of one server."""

    def __init__(self) -> None:
        self._seeds: OrderedDict[str, int] = OrderedDict()

    def past(self, asked: Mapping[str, Any]) -> Past | None:
        """How the conversation came so far, None where it was all made with the request's own seed, or by somebody else.

        Raises ValueError for a beginning of the teacher's that this server has not seen.
        """
        seed = int(asked.get("seed") or 0)
        ids = [_first_id(said) for said in asked["messages"] if said["role"] == "assistant"]
        if not ids:
            self._remember(seed)
            return None
        other = [turn for turn, id in enumerate(ids) if id != call_id(seed, turn, 0)]
        if not other or not _ITS_OWN.fullmatch(ids[0]):
            return None
        if ids[0] not in self._seeds:
            raise ValueError(
                "its first turns were made with another seed, before this server was started; begin the conversation anew,"
                " or let the embedded teacher go on with it (model: teacher)"
            )
        return Past(other[-1] + 1, self._seeds[ids[0]])

    def _remember(self, seed: int) -> None:
        self._seeds[call_id(seed, 0, 0)] = seed
        self._seeds.move_to_end(call_id(seed, 0, 0))
        if len(self._seeds) > _MOST:
            self._seeds.popitem(last=False)


def _first_id(said: Mapping[str, Any]) -> str:
    calls: Sequence[Mapping[str, Any]] = said.get("tool_calls") or ()
    return str(calls[0]["id"]) if calls else ""
