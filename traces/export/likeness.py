"""When two attempts at a task did the same: the same calls in the same order, whatever was said between.

Letters' case, spaces and the order of keys do not count; numbers and everything else in arguments do.
"""

import json

from traces.stored import Stored


def sequence(stored: Stored) -> tuple[str, ...]:
    """The calls of a trajectory, spelled alike where they are alike."""
    calls = [call["function"] for message in stored.messages for call in message.get("tool_calls", ())]
    return tuple(f"{call['name']} {_plain(call['arguments'])}" for call in calls)


def _plain(arguments: object) -> str:
    text = json.dumps(arguments, sort_keys=True, ensure_ascii=False)
    return "".join(text.casefold().replace("\\n", "").replace("\\t", "").split())


def unlike(ranked: list[Stored]) -> list[Stored]:
    """The first of each kind."""
    found: dict[tuple[str, ...], Stored] = {}
    for stored in ranked:
        found.setdefault(sequence(stored), stored)
    return list(found.values())
