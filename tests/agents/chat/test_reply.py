"""Whole answers in the dialects servers speak."""

from typing import Any

import pytest

from agents.chat.errors import error_status, error_text
from agents.chat.reply import message_of, read_arguments


def body(message: dict[str, Any], **extra: Any) -> dict[str, Any]:
    return {"id": "x", "model": "m", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}], **extra}


CALL = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("hello", "hello"),
        (None, ""),
        ("", ""),
        ([{"type": "text", "text": "he"}, {"type": "text", "text": "llo"}], "hello"),
        ([{"type": "output_text", "text": "hello"}], "hello"),
        ({"type": "text", "text": "hello"}, "hello"),
        (["he", "llo"], "hello"),
    ],
)
def test_content_in_any_shape_is_text(content: Any, text: str) -> None:
    assert message_of(body({"role": "assistant", "content": content})).text == text


@pytest.mark.parametrize(
    "said",
    [
        {"reasoning_content": "because"},
        {"reasoning": "because"},
        {"thinking": "because"},
        {"reasoning": {"content": "because"}},
        {"reasoning_details": [{"type": "reasoning.text", "text": "be"}, {"type": "reasoning.text", "text": "cause"}]},
        {"reasoning": "because", "reasoning_details": [{"type": "reasoning.text", "text": "because"}]},
        {"reasoning_content": None, "reasoning": "because"},
        {
            "content": [
                {"type": "thinking", "thinking": [{"type": "text", "text": "because"}]},
                {"type": "text", "text": "hi"},
            ]
        },
    ],
)
def test_reasoning_under_any_name_is_kept_apart(said: dict[str, Any]) -> None:
    message = message_of(body({"role": "assistant", "content": "hi", **said}))
    assert message.additional_kwargs["reasoning_content"] == "because"
    assert message.content_blocks == [{"type": "reasoning", "reasoning": "because"}, {"type": "text", "text": "hi"}]


@pytest.mark.parametrize(
    "call",
    [
        CALL,
        {**CALL, "function": {"name": "f", "arguments": {"a": 1}}},
        {**CALL, "function": {"name": "f", "arguments": '"{\\"a\\": 1}"'}},
        {**CALL, "function": {"name": "f", "parameters": {"a": 1}}},
        {"id": "c1", "name": "f", "arguments": '{"a": 1}'},
        {"function": {"name": "f", "arguments": '{"a": 1}'}},
        {**CALL, "id": None},
        {**CALL, "id": ""},
    ],
)
def test_a_call_in_any_shape_is_a_call(call: dict[str, Any]) -> None:
    [found] = message_of(body({"content": None, "tool_calls": [call]})).tool_calls
    assert (found["name"], found["args"]) == ("f", {"a": 1})
    assert found["id"]


@pytest.mark.parametrize("arguments", [None, "", "  ", "{}", {}, "null"])
def test_no_arguments_are_an_empty_object(arguments: Any) -> None:
    assert read_arguments(arguments) == ({}, None)


@pytest.mark.parametrize("arguments", ['{"a": 1', "a=1", "[1, 2]", "7", '{"a": 1}{"b": 2}', "[" * 100_000])
def test_malformed_arguments_stay_as_they_came(arguments: str) -> None:
    message = message_of(body({"tool_calls": [{**CALL, "function": {"name": "f", "arguments": arguments}}]}))
    assert message.tool_calls == []
    [found] = message.invalid_tool_calls
    assert found["args"] == arguments
    assert found["error"]


def test_repeated_ids_are_told_apart_and_order_is_kept() -> None:
    ids = [call["id"] for call in message_of(body({"tool_calls": [CALL, CALL, CALL]})).tool_calls]
    assert ids[0] == "c1"
    assert len(set(ids)) == 3


def test_the_older_function_call_is_a_call() -> None:
    [found] = message_of(body({"content": None, "function_call": {"name": "f", "arguments": '{"a": 1}'}})).tool_calls
    assert (found["name"], found["args"]) == ("f", {"a": 1})


@pytest.mark.parametrize(
    "extra",
    [
        {"usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}},
        {"usage": {"input_tokens": 3, "output_tokens": 4}},
        {"x_groq": {"usage": {"prompt_tokens": 3, "completion_tokens": 4}}},
        {"prompt_eval_count": 3, "eval_count": 4},
    ],
)
def test_usage_is_found_where_it_is(extra: dict[str, Any]) -> None:
    usage = message_of(body({"content": "hi"}, **extra)).usage_metadata
    assert usage is not None
    assert (usage["input_tokens"], usage["output_tokens"], usage["total_tokens"]) == (3, 4, 7)


def test_missing_usage_is_missing() -> None:
    assert message_of(body({"content": "hi"}, usage=None)).usage_metadata is None


def test_details_are_kept() -> None:
    usage = {
        "prompt_tokens": 3,
        "completion_tokens": 4,
        "prompt_tokens_details": {"cached_tokens": 2},
        "completion_tokens_details": {"reasoning_tokens": 1},
    }
    answer = body({"content": "hi", "refusal": "no"}, usage=usage, system_fingerprint="fp")
    answer["choices"][0] |= {"logprobs": {"content": []}, "finish_reason": "weird"}
    message = message_of(answer)
    assert message.usage_metadata is not None
    assert message.usage_metadata["input_token_details"] == {"cache_read": 2}
    assert message.usage_metadata["output_token_details"] == {"reasoning": 1}
    metadata = message.response_metadata
    assert (metadata["finish_reason"], metadata["system_fingerprint"], metadata["logprobs"]) == (
        "weird",
        "fp",
        {"content": []},
    )
    assert message.additional_kwargs["refusal"] == "no"


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        ({"billed_units": {"input_tokens": 4}, "tokens": {"input_tokens": 30, "output_tokens": 9}}, (30, 9, 39)),
        ({"tokens": 5, "prompt_tokens": 3, "completion_tokens": 2}, (3, 2, 5)),
        ({"prompt_tokens": 6, "completion_tokens": None}, (6, 0, 6)),
        ({"prompt_tokens": None, "completion_tokens": None}, None),
        ({"prompt_tokens_details": {"cached_tokens": 0}}, None),
        ({}, None),
    ],
)
def test_counts_within_and_no_counts_at_all(usage: dict[str, Any], counted: tuple[int, int, int] | None) -> None:
    found = message_of({"choices": [{"message": {"content": "hi"}}], "usage": usage}).usage_metadata
    assert (found and (found["input_tokens"], found["output_tokens"], found["total_tokens"])) == counted


def test_the_first_choice_counts() -> None:
    second, first = {"index": 1, "message": {"content": "two"}}, {"index": 0, "message": {"content": "one"}}
    assert message_of({"choices": [second, first]}).text == "one"


@pytest.mark.parametrize("answer", [{}, {"choices": None}, {"choices": []}, {"choices": [None]}])
def test_no_choice_is_an_error(answer: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no choice"):
        message_of(answer)


@pytest.mark.parametrize(
    ("answer", "said", "status"),
    [
        ({"error": {"message": "bad", "code": 429}}, "bad", 429),
        ({"error": {"message": "bad", "code": "rate_limit"}}, "bad", 429),
        ({"error": {"message": "bad", "code": "odd"}}, "bad", None),
        ({"error": "bad"}, "bad", None),
        ({"object": "error", "message": "bad", "code": 400}, "bad", 400),
        ({"message": "bad", "type": "invalid"}, "bad", None),
        ({"detail": "bad"}, "bad", None),
        ({"detail": [{"loc": ["body"], "msg": "bad"}]}, "bad", None),
        ({"detail": [{"loc": ["body", "seed"], "msg": "bad"}]}, "seed: bad", None),
        ([{"error": {"code": 503, "message": "bad", "status": "UNAVAILABLE"}}], "bad", 503),
        ({"errors": [{"message": "bad"}]}, "bad", None),
        ({"choices": [{}], "error": None}, None, None),
        ({"message": {"content": "hi"}}, None, None),
    ],
)
def test_errors_of_any_shape_are_read(answer: Any, said: str | None, status: int | None) -> None:
    assert error_text(answer) == said
    assert error_status(answer) == status
