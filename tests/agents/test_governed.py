"""A model under the rules of a run: what no call would get past ends the run at the first."""

import pytest
from langchain_core.messages import HumanMessage

from agents.budget import Budget
from agents.chat import EndpointError
from agents.gate import Gate
from agents.governed import GovernedChatModel
from agents.halt import Halt
from agents.models import chat_model
from agents.retry import RetryPolicy
from tests.agents.chat.loopback import replaying
from tests.agents.chat.test_oddities import whole

QUICK = RetryPolicy(tries=3, base=0.001, cap=0.001)
TOOLS = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
HOPELESS = {
    "a wrong key": (401, b'{"error": {"message": "invalid api key"}}', "api_key_env"),
    "a wrong key, told as a bad request": (
        400,
        b'{"error": {"message": "Incorrect API key provided: ab***c"}}',
        "api_key_env",
    ),
    "an empty account": (402, b'{"error": {"message": "Insufficient Balance"}}', "no credit"),
    "a model for others": (403, b'{"error": {"message": "you may not use it"}}', "another model"),
    "no such model": (404, b'{"error": {"message": "The model `m` does not exist"}}', "model's name"),
    "no such model, told as a bad request": (400, b'{"error": {"message": "Model Not Exist"}}', "model's name"),
    "no tools": (400, b'{"error": {"message": "registry/m does not support tools"}}', "takes no tools"),
    "a web page": (200, b"<html>Welcome</html>", "check base_url"),
}
OWN_FAULT = {
    "a context that is too small": (400, b'{"error": {"message": "maximum context length is 4096 tokens"}}'),
    "a question that is not allowed": (403, b'{"error": {"message": "Input was flagged", "code": 403}}'),
    "a field that it does not know": (422, b'{"detail": [{"loc": ["body", "x"], "msg": "extra"}]}'),
}


def governed(url: str, gate: Gate | None = None) -> GovernedChatModel:
    gate = gate or Gate(f"openai:m at {url}", 8)
    inner = chat_model("openai:m", base_url=url)
    return GovernedChatModel(inner=inner, role="solver", budget=Budget(), gate=gate, retry=QUICK)


async def ask(model: GovernedChatModel, *, tools: bool = False) -> str:
    bound = model.bind_tools(TOOLS) if tools else model
    return (await bound.ainvoke([HumanMessage("hello")])).text


@pytest.mark.parametrize(("status", "said", "remedy"), HOPELESS.values(), ids=HOPELESS)
async def test_what_holds_for_all_calls_ends_a_run_at_the_first(status: int, said: bytes, remedy: str) -> None:
    async with replaying(said, status=status) as (url, seen):
        model = governed(url)
        with pytest.raises(Halt) as caught:
            await ask(model)
        with pytest.raises(Halt):
            await ask(model)
    for words in (remedy, "model 'm'", url, "--resume"):
        assert words in caught.value.reason
    assert len(seen) == 1


@pytest.mark.parametrize(("status", "said"), OWN_FAULT.values(), ids=OWN_FAULT)
async def test_what_one_conversation_is_at_fault_for_ends_no_run(status: int, said: bytes) -> None:
    async with replaying(said, status=status) as (url, _):
        with pytest.raises(EndpointError):
            await ask(governed(url))


async def test_what_holds_for_all_calls_does_so_no_more_once_one_was_answered() -> None:
    async with replaying(whole({"content": "hi"})) as (url, _):
        gate = Gate("m", 8)
        assert await ask(governed(url, gate)) == "hi"
    for status, said, _ in HOPELESS.values():
        async with replaying(said, status=status) as (url, seen):
            with pytest.raises(EndpointError):
                await ask(governed(url, gate))
        assert len(seen) == (QUICK.tries if status == 200 else 1), "a page may come from a proxy and pass"


async def test_a_server_that_answers_may_still_take_no_tools() -> None:
    async with replaying(whole({"content": "hi"})) as (url, _):
        gate = Gate("m", 8)
        await ask(governed(url, gate))
    status, said, _ = HOPELESS["no tools"]
    async with replaying(said, status=status) as (url, _):
        with pytest.raises(Halt, match="takes no tools"):
            await ask(governed(url, gate), tools=True)


async def test_nobody_at_an_address_ends_a_run_after_the_retries() -> None:
    async with replaying(b"") as (url, _):
        pass
    with pytest.raises(Halt, match="Is the server running"):
        await ask(governed(url))
