"""Rows with OpenAI's messages: calls in both forms, arguments of every shape, content in parts, tools wherever they stand."""

import json
from typing import Any

import pytest

from tests.traces.imports.rows import SEARCH, call, openai, read_one, searched, shape
from traces.imports import RowError
from traces.imports.form import all_forms


def test_a_plain_row_keeps_its_messages_index_for_index() -> None:
    trace = read_one(searched(id="q-17", tools=[SEARCH], model="some-model"))
    assert shape(trace.messages) == ["user", "assistant>search", "tool", "assistant"]
    assert [m.origin for m in trace.messages] == ["user", "sampled", "tool", "sampled"]
    assert trace.messages[1].tool_calls[0].arguments == {"query": "Orlan"}
    assert trace.messages[2].tool_call_id == trace.messages[1].tool_calls[0].id == "c1"
    assert trace.tools == (SEARCH,)
    assert trace.task.query == "How high is Mount Orlan?"
    assert trace.task.tools == ("search",)
    assert trace.ending.kind == "answered"
    assert trace.lineage.model == "some-model"
    source = trace.lineage.imported
    assert source is not None
    assert (source.file, source.line, source.form, source.id, source.places) == ("rows.jsonl", 1, "openai", "q-17", ())


def test_what_a_row_does_not_tell_is_recorded_as_missing() -> None:
    trace = read_one(searched())
    assert trace.tools == ()
    assert trace.task.oracle is None
    assert trace.labels == ()
    assert trace.lineage.imported is not None
    assert trace.lineage.imported.missing == ("tools", "reference")
    assert trace.lineage.imported.id is None
    assert trace.lineage.model == ""


@pytest.mark.parametrize("id", [0, 7, "seven", -3])
def test_an_id_keeps_its_value_and_type(id: object) -> None:
    source = read_one(searched(id=id)).lineage.imported
    assert source is not None
    assert source.id == id
    assert type(source.id) is type(id)


@pytest.mark.parametrize(
    "arguments",
    [
        '{"query": "Orlan"}',
        {"query": "Orlan"},
        json.dumps('{"query": "Orlan"}'),
        ' {"query":\n"Orlan"} ',
    ],
)
def test_arguments_are_read_as_text_or_object(arguments: Any) -> None:
    trace = read_one(openai({"role": "assistant", "tool_calls": [call(arguments=arguments)]}))
    assert trace.messages[1].tool_calls[0].function.arguments == {"query": "Orlan"}
    assert trace.messages[1].tool_calls[0].error is None


@pytest.mark.parametrize("arguments", ["", None, "  ", {}, "{}", "null"])
def test_no_arguments_are_an_empty_object(arguments: Any) -> None:
    trace = read_one(openai({"role": "assistant", "tool_calls": [call(arguments=arguments)]}))
    assert trace.messages[1].tool_calls[0].function.arguments == {}


@pytest.mark.parametrize("arguments", ['{"query": "Orlan', "[1, 2]", "Orlan", '{"x": NaN}', [1], 3, "{'query': 'x'}"])
def test_arguments_that_are_no_object_stay_as_sent_with_the_reason(arguments: Any) -> None:
    made = read_one(openai({"role": "assistant", "tool_calls": [call(arguments=arguments)]})).messages[1].tool_calls[0]
    assert made.malformed
    assert made.error
    assert made.function.arguments == (arguments if isinstance(arguments, str) else json.dumps(arguments))


def test_the_older_function_call_is_matched_by_order() -> None:
    row = openai(
        {"role": "assistant", "content": None, "function_call": {"name": "search", "arguments": '{"query": "a"}'}},
        {"role": "function", "name": "search", "content": "one"},
        {"role": "assistant", "content": None, "function_call": {"name": "search", "arguments": '{"query": "b"}'}},
        {"role": "function", "name": "search", "content": "two"},
        functions=[SEARCH["function"]],
    )
    trace = read_one(row)
    assert shape(trace.messages) == ["user", "assistant>search", "tool", "assistant>search", "tool", "assistant"]
    first, second = trace.messages[1].tool_calls[0], trace.messages[3].tool_calls[0]
    assert first.id != second.id
    assert trace.messages[2].tool_call_id == first.id
    assert trace.messages[4].tool_call_id == second.id
    assert trace.tools == (SEARCH,)


def test_parallel_calls_are_matched_by_id_whatever_the_order() -> None:
    row = openai(
        {"role": "assistant", "tool_calls": [call(id="a"), call("open", id="b")]},
        {"role": "tool", "tool_call_id": "b", "content": "B"},
        {"role": "tool", "tool_call_id": "a", "content": "A"},
    )
    messages = read_one(row).messages
    assert [(m.tool_call_id, m.name, m.content) for m in messages[2:4]] == [("b", "open", "B"), ("a", "search", "A")]


def test_parallel_calls_without_ids_are_matched_by_name_then_order() -> None:
    row = openai(
        {"role": "assistant", "tool_calls": [call(id=None), call("open", id=None), call(id=None)]},
        {"role": "tool", "name": "open", "content": "B"},
        {"role": "tool", "content": "A"},
        {"role": "tool", "content": "C"},
    )
    messages = read_one(row).messages
    ids = [made.id for made in messages[1].tool_calls]
    assert len(set(ids)) == 3
    assert [m.tool_call_id for m in messages[2:5]] == [ids[1], ids[0], ids[2]]


def test_a_made_up_id_does_not_meet_a_given_one() -> None:
    calls = [call(id=None), call(id="call-1-0"), call(id="call-1-0x")]
    made = read_one(openai({"role": "assistant", "tool_calls": calls})).messages[1].tool_calls
    assert len({each.id for each in made}) == 3


def test_a_result_with_a_foreign_id_is_taken_in_order_and_one_too_many_is_kept() -> None:
    row = openai(
        {"role": "assistant", "tool_calls": [call(id="a")]},
        {"role": "tool", "tool_call_id": "zzz", "content": "A"},
        {"role": "tool", "tool_call_id": "yyy", "content": "whose?"},
    )
    messages = read_one(row).messages
    assert [(m.tool_call_id, m.content) for m in messages[2:4]] == [("a", "A"), ("yyy", "whose?")]


def test_duplicate_ids_answer_one_after_the_other() -> None:
    row = openai(
        {"role": "assistant", "tool_calls": [call(id="a")]},
        {"role": "tool", "tool_call_id": "a", "content": "1"},
        {"role": "assistant", "tool_calls": [call("open", id="a")]},
        {"role": "tool", "tool_call_id": "a", "content": "2"},
    )
    messages = read_one(row).messages
    assert [m.name for m in messages if m.role == "tool"] == ["search", "open"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("plain", "plain"),
        (None, ""),
        (float("nan"), ""),
        (42, "42"),
        (True, "true"),
        ({"a": 1}, '{"a":1}'),
        ([{"a": 1}, 2], '[{"a":1},2]'),
        ([{"type": "text", "text": "one"}, {"type": "text", "text": "two"}], "one\ntwo"),
        ([], ""),
    ],
)
def test_content_of_any_shape_becomes_text(content: Any, text: str) -> None:
    row = openai(
        {"role": "assistant", "tool_calls": [call()]}, {"role": "tool", "tool_call_id": "c1", "content": content}
    )
    assert read_one(row).messages[2].content == text


def test_parts_that_are_no_text_are_named_as_missing() -> None:
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "x"}}]
    trace = read_one({"messages": [{"role": "user", "content": parts}, {"role": "assistant", "content": "A hill."}]})
    assert trace.messages[0].content == "What is this?"
    assert trace.lineage.imported is not None
    assert "image_url in message 0" in trace.lineage.imported.missing


def test_calls_and_results_inside_content_are_read() -> None:
    use = [
        {"type": "text", "text": "Let me see."},
        {"type": "tool_use", "id": "t1", "name": "search", "input": {"query": "a"}},
    ]
    result = [{"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "found"}]}]
    trace = read_one(openai({"role": "assistant", "content": use}, {"role": "user", "content": result}))
    assert shape(trace.messages) == ["user", "assistant>search", "tool", "assistant"]
    assert trace.messages[2].tool_call_id == "t1"
    assert trace.messages[2].content == "found"


def test_reasoning_is_kept_apart() -> None:
    row = openai(
        {"role": "assistant", "content": "Hm.", "reasoning_content": "I think."}, {"role": "user", "content": "And?"}
    )
    assert read_one(row).messages[1].reasoning == "I think."


@pytest.mark.parametrize(
    ("content", "text", "thought"),
    [
        ("<think>\nIs it 40?\n</think>\n\nIt is 41.", "It is 41.", "Is it 40?"),
        ("Is it 40?\n</think>\nIt is 41.", "It is 41.", "Is it 40?"),
        ("<think></think>It is 41.", "It is 41.", ""),
        ("It is 41: <think>is it?</think>", "It is 41: <think>is it?</think>", None),
        ("<think>It is", "<think>It is", None),
    ],
)
def test_a_thought_in_tags_at_the_head_of_a_text_is_kept_apart(content: str, text: str, thought: str | None) -> None:
    said = read_one(openai({"role": "assistant", "content": content}, {"role": "user", "content": "And?"})).messages[1]
    assert (said.content, said.reasoning or None) == (text, thought or None)


@pytest.mark.parametrize(
    "fields",
    [
        {"tools": [SEARCH]},
        {"tools": json.dumps([SEARCH])},
        {"tools": [json.dumps(SEARCH)]},
        {"tools": [SEARCH["function"]]},
        {"functions": [SEARCH["function"]]},
        {"metadata": {"tools": [SEARCH]}},
        {"metadata": json.dumps({"tools": [SEARCH]})},
        {"tools": [], "metadata": {"functions": [SEARCH["function"]]}},
    ],
)
def test_tools_are_found_wherever_they_stand(fields: dict[str, Any]) -> None:
    assert read_one(searched(**fields)).tools == (SEARCH,)


@pytest.mark.parametrize("tools", [[SEARCH, 3], [{"x": 1}], "search", [{"type": "function", "function": None}], 5])
def test_tools_of_which_one_cannot_be_read_are_missing_altogether(tools: Any) -> None:
    trace = read_one(searched(tools=tools))
    assert trace.tools == ()
    assert trace.lineage.imported is not None
    assert trace.lineage.imported.missing[0].startswith("tools (")


def test_tools_in_the_system_message_are_read() -> None:
    prompt = f"You may call: <tools>\n{json.dumps(SEARCH)}\n</tools>"
    row = searched()
    row["messages"].insert(0, {"role": "system", "content": prompt})
    assert read_one(row).tools == (SEARCH,)


def test_several_turns_of_the_user_stay() -> None:
    row = openai({"role": "assistant", "content": "Which one?"}, {"role": "user", "content": "The northern."})
    assert shape(read_one(row).messages) == ["user", "assistant", "user", "assistant"]


def test_prompt_and_completion_are_one_conversation() -> None:
    row = {"prompt": [{"role": "user", "content": "q"}], "completion": [{"role": "assistant", "content": "a"}]}
    assert shape(read_one(row).messages) == ["user", "assistant"]


def test_messages_may_be_json_in_a_string() -> None:
    row = searched()
    row["messages"] = json.dumps(row["messages"])
    assert len(read_one(row).messages) == 4


def test_the_developer_is_the_system() -> None:
    row = searched()
    row["messages"].insert(0, {"role": "developer", "content": "Be brief."})
    assert read_one(row).messages[0].role == "system"


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        ([{"role": "assistant", "content": "a"}], "answered"),
        ([{"role": "assistant", "content": "a"}, {"role": "user", "content": "thanks"}], "answered"),
        ([{"role": "assistant", "content": " "}], "empty"),
        ([{"role": "assistant", "tool_calls": [call()]}], "unfinished"),
        ([{"role": "assistant", "tool_calls": [call()]}, {"role": "tool", "content": "x"}], "unfinished"),
        ([{"role": "assistant", "tool_calls": [call("submit")]}, {"role": "tool", "content": "x"}], "answered"),
    ],
)
def test_how_it_ended_is_read_off_the_last_step(messages: list[Any], kind: str) -> None:
    assert read_one({"messages": [{"role": "user", "content": "q"}, *messages]}).ending.kind == kind


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ({}, "none of the known forms"),
        ([], "no object"),
        ("text", "no object"),
        (None, "no object"),
        ({"messages": []}, "no list of messages"),
        ({"messages": "hello"}, "no list of messages"),
        ({"messages": [3]}, "message 0 is no object"),
        ({"messages": [{"content": "x"}]}, "message 0 has no role"),
        ({"messages": [{"role": "user", "content": "x"}, {"role": "wizard"}]}, "message 1 has the role 'wizard'"),
        ({"messages": [{"role": "user", "content": "x"}]}, "no assistant message"),
    ],
)
def test_a_row_that_holds_no_trace_is_refused_with_its_cause(row: object, cause: str) -> None:
    with pytest.raises(RowError, match=cause):
        read_one(row)


def test_every_form_is_found() -> None:
    assert set(all_forms()) == {"openai", "sharegpt", "inspect", "langsmith", "verifiers"}
