"""Messages survive the way to LangChain and back."""

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from agents.convert import from_langchain, to_langchain, with_new_ids
from traces.record import FunctionCall, Message, ToolCall, ToolResult


def test_every_role_has_its_message() -> None:
    conversation = [
        Message(role="system", content="s", origin="system"),
        Message(role="user", content="u", origin="user"),
        Message(role="assistant", content="a", origin="sampled"),
        Message(role="tool", content="t", origin="tool", tool_call_id="x", name="n", result=ToolResult(status="error")),
    ]
    system, user, said, tool = to_langchain(conversation)
    assert isinstance(system, SystemMessage)
    assert isinstance(user, HumanMessage)
    assert isinstance(said, AIMessage)
    assert isinstance(tool, ToolMessage)
    assert tool.status == "error"


def test_calls_malformed_calls_and_reasoning_come_back_as_they_were() -> None:
    good = ToolCall(id="a", function=FunctionCall(name="f", arguments={"x": [1, {"y": None}]}))
    bad = ToolCall(id="b", function=FunctionCall(name="g", arguments='{"x":'), error="cut off")
    said = Message(role="assistant", content="hm", origin="sampled", tool_calls=(bad, good), reasoning="because")
    [there] = to_langchain([said])
    assert isinstance(there, AIMessage)
    assert from_langchain(there, started=0.0, duration=0.0) == said


def test_a_call_without_id_gets_one() -> None:
    reply = AIMessage("", tool_calls=[{"name": "f", "args": {}, "id": None, "type": "tool_call"}])
    assert from_langchain(reply, started=0, duration=0).tool_calls[0].id


def test_ids_that_an_earlier_message_has_are_replaced() -> None:
    call = {"name": "f", "args": {}, "id": "call_0", "type": "tool_call"}
    extras = {"tool_call_extras": {"call_0": {"signature": "s"}}}
    said = with_new_ids(AIMessage("", tool_calls=[call], additional_kwargs=extras), {"call_0", "call_0_1"})
    assert said.tool_calls[0]["id"] == "call_0_2"
    assert said.additional_kwargs["tool_call_extras"] == {"call_0_2": {"signature": "s"}}
    assert with_new_ids(said, set()) is said
