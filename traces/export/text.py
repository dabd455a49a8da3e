"""Calls and results as text: the Hermes tags that most open templates use."""

import orjson

from traces.export.row import JSON


def call_text(call: JSON) -> str:
    """A call between tags. Arguments that are no object stand as the model sent them."""
    function = call["function"]
    if not isinstance(function["arguments"], dict):
        return f"<tool_call>\n{function['name']}: {function['arguments']}\n</tool_call>"
    return f"<tool_call>\n{dumps({'name': function['name'], 'arguments': function['arguments']})}\n</tool_call>"


def said_text(message: JSON, *, reasoning: bool = True) -> str:
    """What an assistant message says and calls."""
    thought = message.get("reasoning_content", "") if reasoning else ""
    parts = [f"<think>\n{thought}\n</think>\n" if thought else "", message["content"]]
    return "\n".join(part for part in [*parts, *map(call_text, message.get("tool_calls", ()))] if part)


def dumps(value: object) -> str:
    """Real JSON, with other scripts' letters as they are."""
    return orjson.dumps(value).decode()
