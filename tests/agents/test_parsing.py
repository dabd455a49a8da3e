"""Calls that stand in the text are made where that is declared, and graded where it is not."""

from langchain_core.messages import AIMessage

from agents.convert import from_langchain
from agents.parsing import made

SAID = AIMessage('I look.\n<tool_call>{"name": "search", "arguments": {"query": "Tarn"}}</tool_call>')


def test_undeclared_it_stays_text() -> None:
    assert made(SAID, None, ["search"]) is SAID


def test_declared_it_is_a_call() -> None:
    for parser in ("auto", "hermes"):
        message = from_langchain(made(SAID, parser, ["search"]), started=0.0, duration=0.0)
        assert message.content == "I look."
        [call] = message.tool_calls
        assert (call.name, call.arguments) == ("search", {"query": "Tarn"})


def test_another_notation_is_none_of_it() -> None:
    assert made(SAID, "mistral", ["search"]) is SAID


def test_one_that_cannot_be_read_is_malformed_as_it_came() -> None:
    said = AIMessage('<tool_call>{"name": "search", "arguments": {"query": "Tarn}</tool_call>')
    [call] = from_langchain(made(said, "auto", ["search"]), started=0.0, duration=0.0).tool_calls
    assert call.malformed
    assert call.name == "search"
    assert "Tarn" in str(call.function.arguments)


def test_calls_that_were_made_are_left_alone() -> None:
    said = AIMessage(SAID.content, tool_calls=[{"name": "f", "args": {}, "id": "i", "type": "tool_call"}])
    assert made(said, "auto", ["search"]) is said
