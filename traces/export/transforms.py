"""Changes a target asks for. They alter what the model said or saw, so each is chosen by name and marked on the row.

`serialise_parallel`: one call a turn, as gpt-oss and Llama 3.x templates take it: call 1, result 1, call 2, result 2. The text and
reasoning stay with the first call. `rename_reasoning`: reasoning under `thinking` too, which gpt-oss templates read.
`drop_tool_prompt`: the system message goes, whole, where it lists the tools between `<tools>` tags, as templates list them anew.
"""

from collections.abc import Callable, Mapping

from traces.export.control import TOOL_LIST
from traces.export.row import JSON, Row


def serialise_parallel(row: Row) -> Row:
    """One call a turn. A row without parallel calls is left as it is."""
    if all(len(message.get("tool_calls", ())) < 2 for message in row.messages):
        return row
    messages: list[JSON] = []
    origins: list[str] = []
    wrong: set[int] = set()
    results = {m["tool_call_id"]: place for place, m in enumerate(row.messages) if m["role"] == "tool"}
    for place, message in enumerate(row.messages):
        if message["role"] == "tool":
            continue
        for part in _one_call_each(message):
            wrong |= {len(messages)} if place in row.wrong else set()
            messages.append(part)
            origins.append(row.origins[place])
            for call in part.get("tool_calls", ()):
                if (at := results.get(call["id"])) is not None:
                    messages.append(row.messages[at])
                    origins.append(row.origins[at])
    return row.changed("serialise_parallel", tuple(messages), tuple(origins), frozenset(wrong))


def _one_call_each(message: JSON) -> list[JSON]:
    calls = message.get("tool_calls", [])
    if len(calls) < 2:
        return [message]
    rest = [{"role": "assistant", "content": "", "tool_calls": [call]} for call in calls[1:]]
    return [message | {"tool_calls": calls[:1]}, *rest]


def rename_reasoning(row: Row) -> Row:
    """Reasoning under both names. A row without reasoning is left as it is."""
    if all("reasoning_content" not in message for message in row.messages):
        return row
    messages = tuple(m | {"thinking": m["reasoning_content"]} if "reasoning_content" in m else m for m in row.messages)
    return row.changed("rename_reasoning", messages, row.origins, row.wrong)


def drop_tool_prompt(row: Row) -> Row:
    """Without a system message that lists the tools in tags. A row that says nowhere else what was offered is left as it is."""
    first = row.messages[0]
    if first["role"] != "system" or not row.tools or TOOL_LIST not in first["content"]:
        return row
    wrong = frozenset(place - 1 for place in row.wrong)
    return row.changed("drop_tool_prompt", row.messages[1:], row.origins[1:], wrong)


MENDS: Mapping[str, Callable[[Row], Row]] = {"drop_tool_prompt": drop_tool_prompt}
"""Those without which a row may not pass the checks."""
TRANSFORMS: Mapping[str, Callable[[Row], Row]] = {
    **MENDS,
    "serialise_parallel": serialise_parallel,
    "rename_reasoning": rename_reasoning,
}
"""By name, in the order in which they are applied."""
