# ruff: noqa: E501  (tables are data: their rows read best unbroken)
"""A model under the rules of a run: what no call would get past ends the run at the first."""

import json
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from agents.budget import Budget
from agents.chat import EndpointError
from agents.gate import Gate
from agents.governed import GovernedChatModel
from agents.halt import Halt
from agents.journal import Journal
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
    "an empty account, told as too many calls": (
        429,
        b'{"error": {"message": "You are out.", "type": "insufficient_quota", "code": "insufficient_quota"}}',
        "no credit",
    ),
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
    for words in ("solver: ", remedy, "model 'm'", url, "--resume"):
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
    for status, said, remedy in HOPELESS.values():
        if remedy == "no credit":
            continue
        async with replaying(said, status=status) as (url, seen):
            with pytest.raises(EndpointError):
                await ask(governed(url, gate))
        assert len(seen) == (QUICK.tries if status == 200 else 1), "a page may come from a proxy and pass"


def told(message: str, **more: object) -> bytes:
    return json.dumps({"error": {"message": message, **more}}).encode()


EMPTY = {
    "openai": (429, told("You exceeded your current quota, please check your plan.", code="insufficient_quota")),
    "its limit": (400, told("Hard limit reached.", type="invalid_request_error", code="billing_hard_limit_reached")),
    "deepseek": (402, told("Insufficient Balance", code="invalid_request_error")),
    "moonshot": (429, told("Your account ab12 is suspended.", type="exceeded_current_quota_error")),
    "xai": (403, json.dumps({"error": "Your team 7 has used all available credits or met its limit."}).encode()),
    "siliconflow": (
        403,
        json.dumps({"code": 30001, "message": "Sorry, your account balance is insufficient"}).encode(),
    ),
    "dashscope": (400, told("Access denied.", type="Arrearage", code="Arrearage")),
    "volcengine": (403, told("The request failed.", code="AccountOverdueError")),
    "zhipu": (429, told("余额不足或无可用资源包", code="1113")),
    "new-api": (403, told("用户剩余", type="new_api_error", code="insufficient_user_quota")),
    "anthropic": (400, told("Your credit balance is too low to use this.", type="invalid_request_error")),
    "fireworks": (412, told("Account a is suspended, possibly due to reaching the monthly spending limit.")),
    "a gateway": (500, told("upstream: Insufficient account balance")),
    "minimax, in a good answer": (200, b'{"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}}'),
    "in a good answer": (200, told("insufficient credits")),
}


@pytest.mark.parametrize(("status", "said"), EMPTY.values(), ids=EMPTY)
async def test_an_empty_account_ends_a_run_at_once_whatever_was_answered_before(status: int, said: bytes) -> None:
    async with replaying(whole({"content": "hi"})) as (url, _):
        gate = Gate("m", 8)
        await ask(governed(url, gate))
    async with replaying(said, status=status) as (url, seen):
        with pytest.raises(Halt, match="no credit left") as caught:
            await ask(governed(url, gate))
    assert "No call was answered" not in caught.value.reason
    assert len(seen) == 1


RATES = {
    "google, to everybody": (429, told("You exceeded your current quota, please check your plan and billing details. Please retry in 0.01s.")),
    "groq, with an offer": (429, told("Rate limit reached on tokens per minute: Limit 6000. Please try again in 10ms. Upgrade at https://x/settings/billing")),
    "openai, of old": (429, told("Rate limit reached: 3 / min. Please try again in 0.01s. Add a payment method to your account to raise it.")),
    "a free model": (429, told("Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free requests a day")),
    "moonshot": (429, told("request reached max organization concurrency: 1, please try again after 0.01 seconds", type="rate_limit_reached_error")),
    "a quota a minute": (429, told("Allocated quota exceeded, please increase your quota limit.", code="Throttling.AllocationQuota")),
}  # fmt: skip


@pytest.mark.parametrize(("status", "said"), RATES.values(), ids=RATES)
async def test_a_rate_is_no_empty_account(status: int, said: bytes) -> None:
    async with replaying(said, status=status) as (url, seen):
        with pytest.raises(EndpointError) as caught:
            await ask(governed(url))
    assert "no credit left" not in str(caught.value)
    assert len(seen) == QUICK.tries


async def test_a_conversation_about_money_is_none_either() -> None:
    quoted = "messages.3: 'My card was declined: insufficient funds, credits exhausted' is longer than allowed"
    async with replaying(told("x" * 200 + quoted), status=400) as (url, _):
        with pytest.raises(EndpointError):
            await ask(governed(url))


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


async def test_work_that_met_what_ends_the_run_pays_for_nothing_more(tmp_path: Path) -> None:
    """A critic without a key costs its own opinion; the solver's next call in that attempt would be asked anew on resume."""
    journal = Journal(tmp_path / "j")
    async with replaying(b"{}", status=401) as (shut, _), replaying(whole({"content": "hi"})) as (url, seen):
        critic, solver = (governed(each).model_copy(update={"journaled": True}) for each in (shut, url))
        with journal.work("a"):
            assert await ask(solver) == "hi"
            with pytest.raises(Halt):
                await ask(critic)
            with pytest.raises(Halt, match="401"):
                await solver.ainvoke([HumanMessage("what now?")])
        with journal.work("b"):
            assert await ask(solver) == "hi"
    assert len(seen) == 2
    journal.close()
