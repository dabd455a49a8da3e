"""What is tried again, how often, and how long is waited."""

from random import Random

import pytest
from langchain_core.messages import AIMessage

from agents.chat import EndpointError
from agents.retry import RetryPolicy, with_retries

GOOD = AIMessage("hi")


async def tried(policy: RetryPolicy, *answers: AIMessage | Exception) -> tuple[AIMessage, int]:
    left, asked = list(answers), 0

    async def ask() -> AIMessage:
        nonlocal asked
        asked += 1
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    return await with_retries(ask, policy, 0), asked


@pytest.mark.parametrize("status", [408, 409, 425, 429, 498, 500, 502, 503, 529, None])
async def test_what_may_pass_is_tried_again(status: int | None) -> None:
    error = EndpointError("no", status=status)
    assert await tried(RetryPolicy(base=0), error, error, GOOD) == (GOOD, 3)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
async def test_what_will_not_pass_is_told_at_once(status: int) -> None:
    with pytest.raises(EndpointError):
        await tried(RetryPolicy(base=0), EndpointError("no", status=status), GOOD)


UNKNOWN = {"error": {"message": "the worker went away"}}
TOO_LONG = {"error": {"message": "the request exceeds the available context size"}}
NO_TOOLS = {"error": {"message": "tools param requires --jinja flag"}}


ABOVE_THE_RATE = {"error": {"message": "Request too large for m on tokens per min: Limit 30000, Requested 41000"}}
A_RATE = {"message": "Too many tokens, please wait before trying again."}


@pytest.mark.parametrize("status", [None, 429, 500])
@pytest.mark.parametrize(
    ("body", "passes"),
    [
        (UNKNOWN, True),
        ({"choices": []}, True),
        (A_RATE, True),
        (TOO_LONG, False),
        (NO_TOOLS, False),
        (ABOVE_THE_RATE, False),
    ],
)
async def test_an_error_of_no_known_kind_may_pass_unless_its_words_blame_the_request(
    status: int | None, body: dict[str, object], passes: bool
) -> None:
    error = EndpointError("no", status=status, body=body)
    if passes:
        assert await tried(RetryPolicy(base=0), error, GOOD) == (GOOD, 2)
        return
    with pytest.raises(EndpointError):
        await tried(RetryPolicy(base=0), error, GOOD)


async def test_an_end_of_trying() -> None:
    with pytest.raises(EndpointError):
        await tried(RetryPolicy(tries=3, base=0), *[EndpointError("no", status=500)] * 3, GOOD)


async def test_empty_answers_are_tried_again_and_the_last_is_given() -> None:
    assert (await tried(RetryPolicy(tries=3, base=0), *[AIMessage("")] * 3))[1] == 3


@pytest.mark.parametrize("reason", ["error", "abort", "TIMEOUT", "network_error", "insufficient_system_resource"])
async def test_half_an_answer_that_the_server_gave_up_on_is_none(reason: str) -> None:
    half = AIMessage("It is 4", response_metadata={"finish_reason": reason})
    assert await tried(RetryPolicy(base=0), half, GOOD) == (GOOD, 2)
    with pytest.raises(EndpointError, match=reason.lower()):
        await tried(RetryPolicy(tries=2, base=0), half, half)


@pytest.mark.parametrize("reason", ["stop", "length", "eos", "", None])
async def test_other_ends_are_ends(reason: str | None) -> None:
    reply = AIMessage("It is 4", response_metadata={"finish_reason": reason})
    assert await tried(RetryPolicy(base=0), reply) == (reply, 1)


@pytest.mark.parametrize("status", [429, 498, 503])
async def test_a_busy_server_uses_up_no_tries(status: int) -> None:
    busy = [EndpointError("busy", status=status)] * 20
    assert (await tried(RetryPolicy(tries=2, base=0, busy=30), *busy, EndpointError("no", status=500), GOOD))[1] == 22
    with pytest.raises(EndpointError, match="busy"):
        await tried(RetryPolicy(tries=2, base=0, busy=5), *busy)


class Theirs(Exception):
    """An error of another provider's package."""

    status_code = 429


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        ("Error code: 429 - {'error': {'message': 'You exceeded your current quota, check your plan'}}", False),
        ("429 You exceeded your current quota, check your plan. {'retryDelay': '0s'}", True),
        ("Error code: 429 - {'error': {'message': 'Rate limit reached'}}", True),
    ],
)
async def test_an_account_without_credit_is_not_waited_for(said: str, passes: bool) -> None:
    policy = RetryPolicy(base=0, busy=30)
    if passes:
        assert await tried(policy, Theirs(said), GOOD) == (GOOD, 2)
        return
    with pytest.raises(Theirs):
        await tried(policy, Theirs(said), GOOD)


def test_the_server_says_how_long_to_wait() -> None:
    policy, rng = RetryPolicy(), Random(0)
    assert policy.pause(0, EndpointError("no", retry_after=7), rng) == 7
    assert policy.pause(0, EndpointError("no", retry_after=1e9), rng) == 300
    assert all(0 <= policy.pause(n, None, rng) <= 30 for n in range(12))


@pytest.mark.parametrize(("spared", "answered"), [(0, False), (1, True)])
async def test_failures_of_an_outage_cost_a_call_no_try(spared: int, *, answered: bool) -> None:
    error, asked = EndpointError("no", status=500), 0

    async def ask() -> AIMessage:
        nonlocal asked
        asked += 1
        if asked < 4:
            raise error
        return GOOD

    said = with_retries(ask, RetryPolicy(tries=3, base=0), 0, lambda _: asked <= spared)
    if answered:
        assert await said == GOOD
    else:
        with pytest.raises(EndpointError):
            await said
