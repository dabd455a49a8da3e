"""What a user is told to do where there is no connection, or no credit."""

import pytest

from agents.chat import EndpointError
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
