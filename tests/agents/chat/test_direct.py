"""Calls go past LangChain where nobody listens, and through it where somebody does; the answer is the same."""

from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.caches import InMemoryCache
from langchain_core.callbacks import AsyncCallbackHandler, get_usage_metadata_callback
from langchain_core.globals import set_llm_cache
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage
from langchain_core.rate_limiters import InMemoryRateLimiter
from langchain_core.runnables import RunnableConfig
from langchain_core.tracers.context import collect_runs
from langgraph.graph import END, START, MessagesState, StateGraph

from agents.chat.direct import DirectChatModel
from tests.agents.chat.test_model import GOOD, STREAM, model, server


class Listener(AsyncCallbackHandler):
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def on_chat_model_start(self, *_: Any, **__: Any) -> None:
        self.heard.append("start")

    async def on_llm_new_token(self, *_: Any, **__: Any) -> None:
        self.heard.append("token")

    async def on_llm_end(self, *_: Any, **__: Any) -> None:
        self.heard.append("end")


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """LangChain's own way of calling is closed."""

    def closed(*_: Any, **__: Any) -> None:
        raise AssertionError("called by way of LangChain")

    monkeypatch.setattr(DirectChatModel, "agenerate", closed)
    monkeypatch.setattr("langchain_core.language_models.BaseChatModel.astream", closed)


@pytest.fixture
def cached() -> Iterator[None]:
    set_llm_cache(InMemoryCache())
    yield
    set_llm_cache(None)


def without_id(message: AIMessage) -> dict[str, Any]:
    assert message.id
    assert message.id.startswith("lc_run-")
    return message.model_dump(exclude={"id"})


@pytest.mark.usefixtures("deaf")
async def test_where_nobody_listens_langchain_is_passed_by() -> None:
    async with server(GOOD) as (url, seen):
        bound = model(url).bind_tools([{"type": "function", "function": {"name": "f", "parameters": {}}}])
        assert (await bound.ainvoke([("user", "hello")], seed=3)).text == "hi"
        assert (await bound.ainvoke("hello")).text == "hi"
    assert [body["messages"] for _, body in seen] == [[{"role": "user", "content": "hello"}]] * 2
    assert seen[0][1]["seed"] == 3
    assert all(body["tools"][0]["function"]["name"] == "f" for _, body in seen)
    async with server(STREAM, kind="text/event-stream") as (url, _):
        assert [piece.text async for piece in model(url).astream("hello")][:2] == ["", "hi"]


async def test_the_answer_is_the_same_either_way() -> None:
    async with server(GOOD) as (url, _):
        direct = await model(url).ainvoke("hello")
        heard = await model(url).ainvoke("hello", {"callbacks": [Listener()]})
    assert without_id(direct) == without_id(heard)
    listening: RunnableConfig = {"callbacks": [Listener()]}
    async with server(STREAM, kind="text/event-stream") as (url, _):
        pieces = [[piece async for piece in model(url).astream("hello", c)] for c in (None, listening)]
    whole = [sum(rest, first) for first, *rest in pieces]
    assert all(isinstance(one, AIMessageChunk) for one in whole)
    assert without_id(whole[0]) == without_id(whole[1])
    assert len({piece.id for piece in pieces[0]}) == 1


async def test_whoever_listens_hears() -> None:
    async with server(GOOD) as (url, _):
        at_the_call, at_the_model, at_the_binding = Listener(), Listener(), Listener()
        await model(url).ainvoke("hello", {"callbacks": [at_the_call]})
        await model(url, callbacks=[at_the_model]).ainvoke("hello")
        await model(url).bind(seed=1).with_config(callbacks=[at_the_binding]).ainvoke("hello")
        with collect_runs() as runs, get_usage_metadata_callback() as usage:
            await model(url).ainvoke("hello")
    assert at_the_call.heard == at_the_model.heard == at_the_binding.heard == ["start", "end"]
    assert [run.run_type for run in runs.traced_runs] == ["llm"]
    assert usage.usage_metadata["m"]["total_tokens"] == 7
    async with server(STREAM, kind="text/event-stream") as (url, _):
        listener = Listener()
        assert [piece async for piece in model(url).astream("hello", {"callbacks": [listener]})]
    assert listener.heard.count("token") >= 3


async def test_a_graph_around_it_is_heard_too() -> None:
    async with server(GOOD) as (url, _):
        asked = model(url)

        async def think(state: MessagesState) -> dict[str, Any]:
            return {"messages": [await asked.ainvoke(state["messages"])]}

        graph = StateGraph(MessagesState)
        graph.add_node("think", think)
        graph.add_edge(START, "think")
        graph.add_edge("think", END)
        listener = Listener()
        await graph.compile().ainvoke({"messages": [HumanMessage("hello")]}, {"callbacks": [listener]})
        tokens = [
            part
            async for part in graph.compile().astream({"messages": [HumanMessage("hello")]}, stream_mode="messages")
        ]
    assert listener.heard == ["start", "end"]
    assert tokens


@pytest.mark.usefixtures("cached")
async def test_a_cache_answers() -> None:
    async with server(GOOD) as (url, seen):
        for _ in range(2):
            assert (await model(url).ainvoke("hello")).text == "hi"
    assert len(seen) == 1


async def test_a_limiter_is_asked() -> None:
    class Limiter(InMemoryRateLimiter):
        asked = 0

        async def aacquire(self, *, blocking: bool = True) -> bool:
            self.asked += 1
            return True

    limiter = Limiter()
    async with server(GOOD) as (url, _):
        await model(url, rate_limiter=limiter).ainvoke("hello")
    assert limiter.asked == 1


async def test_contents_in_parts_are_put_into_the_form_of_today() -> None:
    async with server(GOOD) as (url, seen):
        await model(url).ainvoke([HumanMessage([{"type": "text", "text": "hello"}])])
    assert seen[0][1]["messages"][0]["content"] == [{"type": "text", "text": "hello"}]
