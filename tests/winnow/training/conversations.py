"""Small conversations with a calculator, as an export has them."""

from typing import Any

from winnow.training.rows import Example

CALCULATOR = {
    "type": "function",
    "function": {
        "name": "calculator",
        "description": "Evaluates.",
        "parameters": {"type": "object", "properties": {"expression": {"type": "string"}}},
    },
}
SYSTEM = "You solve tasks\nwith tools."


def call(expression: Any, place: int = 1) -> dict[str, Any]:
    function = {"name": "calculator", "arguments": {"expression": expression}}
    return {"id": f"c{place:08}", "type": "function", "function": function}


def example(a: int, b: int, learnt: frozenset[int] = frozenset({0, 1})) -> Example:
    messages: tuple[dict[str, Any], ...] = (
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": f"What is {a} times {b}?"},
        {"role": "assistant", "content": "Let me see.", "tool_calls": [call(f"{a} * {b}")]},
        {"role": "tool", "content": str(a * b), "tool_call_id": "c00000001", "name": "calculator"},
        {"role": "assistant", "content": f"That is {a * b}."},
    )
    return Example(f"{a}-{b}", "products", messages, (CALCULATOR,), learnt)


ROWS = [example(a, b) for a in range(20, 30) for b in range(11, 15)]
