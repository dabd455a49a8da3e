"""Every dialect is read exactly as it was sent: whole and streamed, however the bytes are cut, waited for or drawn."""

from typing import Any

import pytest
from langchain_core.messages import AIMessage

from agents.chat import OpenAICompatibleChatModel
from agents.models import chat_model
from tests.agents.chat.dialects import DIALECTS, SAYINGS, USAGE, Dialect, Saying
from tests.agents.chat.loopback import replaying

STREAM = {"Content-Type": "text/event-stream"}
JSON = {"Content-Type": "application/json"}
CASES = [
    pytest.param(dialect, said, id=f"{dialect.name}-{name}") for dialect in DIALECTS for name, said in SAYINGS.items()
]

BYTEWISE = (SAYINGS["text"], SAYINGS["calls"])
"""What comes a byte at a time: characters of several bytes, and arguments cut between their escapes."""


def model(url: str, **settings: Any) -> OpenAICompatibleChatModel:
    made = chat_model("openai:m", base_url=url, api_key="sk-canary-123", **settings)
    assert isinstance(made, OpenAICompatibleChatModel)
    return made


async def drawn(url: str) -> AIMessage:
    whole = None
    async for chunk in model(url).astream("hello"):
        whole = chunk if whole is None else whole + chunk
    assert isinstance(whole, AIMessage)
    return whole


def check(message: AIMessage, dialect: Dialect, said: Saying) -> None:
    assert message.text == said.text
    assert message.additional_kwargs.get("reasoning_content", "") == said.reasoning
    assert [b["reasoning"] for b in message.content_blocks if b["type"] == "reasoning"] == [said.reasoning] * bool(
        said.reasoning
    )
    assert message.invalid_tool_calls == []
    assert [(c["name"], c["args"]) for c in message.tool_calls] == [(c.name, c.args) for c in said.calls]
    assert len({c["id"] for c in message.tool_calls}) == len(said.calls)
    if dialect.ids:
        assert [c["id"] for c in message.tool_calls] == [c.id for c in said.calls]
    assert message.response_metadata["finish_reason"] == dialect.finish(said)
    assert (message.response_metadata["model_name"], message.response_metadata["id"]) == ("m-1", "resp-1")
    usage = message.usage_metadata
    counted = usage and (usage["input_tokens"], usage["output_tokens"], usage["total_tokens"])
    assert counted == (None if dialect.usage == "none" else tuple(USAGE.values()))


@pytest.mark.parametrize(("dialect", "said"), CASES)
async def test_whole(dialect: Dialect, said: Saying) -> None:
    async with replaying(dialect.whole(said), headers=JSON) as (url, _):
        check(await model(url).ainvoke("hello"), dialect, said)
        check(await drawn(url), dialect, said)


@pytest.mark.parametrize(("dialect", "said"), CASES)
async def test_streamed(dialect: Dialect, said: Saying) -> None:
    for size in (1, 7, None) if said in BYTEWISE else (7, None):
        async with replaying(dialect.stream(said), headers=STREAM, size=size) as (url, _):
            check(await drawn(url), dialect, said)
    async with replaying(dialect.stream(said), headers=STREAM) as (url, _):
        check(await model(url, streaming=True).ainvoke("hello"), dialect, said)


def test_there_are_enough_of_them() -> None:
    assert 2 * len(CASES) >= 120
    assert len(DIALECTS) >= 18
