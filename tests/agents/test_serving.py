"""The teacher as a server: what it cannot answer is a refusal that says so, never a crash that a client would try again."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from agents.serving import serve_teacher

HELLO = {"role": "user", "content": "hello"}
CALLED = {"id": "a", "type": "function", "function": {"name": "search", "arguments": "{bad"}}
ODD: dict[str, Any] = {
    "nothing": {},
    "no list": {"messages": "hello"},
    "a seed that is no number": {"messages": [HELLO], "seed": "a"},
    "tools in no known form": {"messages": [HELLO], "tools": [{"name": "search"}]},
    "a result of no call": {"messages": [HELLO, {"role": "tool", "content": "x"}]},
    "arguments that are no JSON": {"messages": [HELLO, {"role": "assistant", "tool_calls": [CALLED]}]},
}


@pytest.mark.parametrize("asked", ODD.values(), ids=ODD)
def test_what_it_cannot_answer_is_refused(asked: dict[str, Any]) -> None:
    with TestClient(serve_teacher({})) as client:
        answer = client.post("/v1/chat/completions", json=asked)
    assert answer.status_code == 400
    assert "that the teacher can answer" in answer.json()["error"]["message"]


def test_text_in_parts_is_read() -> None:
    parts = [{"type": "text", "text": "hello"}]
    with TestClient(serve_teacher({})) as client:
        replies = [
            client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": content}]}).json()
            for content in ("hello", parts)
        ]
    assert replies[0]["choices"] == replies[1]["choices"]
