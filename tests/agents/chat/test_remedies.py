"""What a user is told to do where there is no connection, no credit, or a setting that the server does not take."""

import json

import pytest

from agents.chat import EndpointError
from agents.retry import in_vain
from tests.agents.chat.loopback import replaying
from tests.agents.chat.test_model import model


async def test_a_server_without_encryption_is_not_taken_for_one_that_is_down() -> None:
    async with replaying(b"{}") as (url, _):
        with pytest.raises(EndpointError, match="begins with http://") as caught:
            await model(url.replace("http://", "https://")).ainvoke("hello")
    assert caught.value.kind == "unreachable"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("You exceeded your current quota, please check your plan and billing details.", True),
        ("Rate limit reached for requests per minute.", False),
    ],
)
async def test_a_quota_is_told_from_a_rate(said: str, told: bool) -> None:
    async with replaying(b'{"error": {"message": "%s"}}' % said.encode(), status=429) as (url, _):
        with pytest.raises(EndpointError) as caught:
            await model(url).ainvoke("hello")
    assert ("no credit left" in str(caught.value)) == told


SETTINGS = {
    "seed: Extra inputs are not permitted": ("seeded to false", True),
    "Unrecognized request argument supplied: seed": ("seeded to false", True),
    "Unsupported parameter: 'max_tokens' is not supported with this model.": ("max_completion_tokens in extra_body", True),
    "Unsupported value: 'temperature' does not support 0.2 with this model.": ("does not take temperature", True),
    "Argument not supported on this model: presencePenalty": ("does not take presence_penalty", True),
    'Invalid JSON payload received. Unknown name "top_logprobs": Cannot find field.': ("does not take top_logprobs", True),
    "Extra inputs are not permitted, field: 'stream_options'": ("stream_options to null", True),
    "Unsupported content type in messages[3]": ("messages", False),
    "max_tokens is not supported on this request: maximum context length is 4096": ("limits.tokens", False),
}  # fmt: skip


@pytest.mark.parametrize(("said", "told", "all_calls"), [(said, *rest) for said, rest in SETTINGS.items()])
async def test_a_setting_that_a_server_does_not_take_concerns_every_call(said: str, told: str, all_calls: bool) -> None:
    async with replaying(json.dumps({"error": {"message": said}}).encode(), status=400) as (url, _):
        with pytest.raises(EndpointError, match=told) as caught:
            await model(url).ainvoke("hello", seed=7)
    assert in_vain(caught.value) == all_calls


async def test_a_user_can_leave_out_how_tokens_of_a_stream_are_asked_for() -> None:
    for extra, sent in (({}, {"include_usage": True}), ({"stream_options": None}, None)):
        async with replaying(b'data: {"choices": [{"delta": {"content": "a"}, "finish_reason": "stop"}]}\n\n') as (
            url,
            seen,
        ):
            assert (await model(url, streaming=True, extra_body=extra).ainvoke("hello")).text == "a"
        assert seen[0][1].get("stream_options") == sent
        assert ("stream_options" in seen[0][1]) == (sent is not None)
