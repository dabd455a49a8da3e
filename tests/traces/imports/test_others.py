"""ShareGPT, Inspect, LangSmith and verifiers."""

import json
from typing import Any

import pytest

from tests.traces.imports.rows import JSON, SEARCH, call, read_one, shape
from traces.imports import RowError

HERMES = '<tool_call>\n{"name": "search", "arguments": {"query": "Orlan"}}\n</tool_call>'


def sharegpt(*turns: tuple[str, Any], **fields: Any) -> JSON:
    return {"conversations": [{"from": who, "value": what} for who, what in turns], **fields}


def test_sharegpt_with_turns_of_calls() -> None:
    row = sharegpt(
        ("human", "How high?"),
        ("function_call", json.dumps({"name": "search", "arguments": {"query": "Orlan"}})),
        ("observation", "2,481 m"),
        ("gpt", "2,481 metres."),
        tools=json.dumps([SEARCH["function"]]),
        system="Be brief.",
        step_labels={"1": 1, "3": -1},
    )
    trace = read_one(row)
    assert shape(trace.messages) == ["system", "user", "assistant>search", "tool", "assistant"]
    assert trace.messages[3].tool_call_id == trace.messages[2].tool_calls[0].id
    assert trace.tools == (SEARCH,)
    assert trace.lineage.imported is not None
    assert trace.lineage.imported.form == "sharegpt"
    assert trace.lineage.imported.places == (-1, 0, 1, 2, 3)
    assert [(label.step, label.value) for label in trace.labels] == [(0, 1), (1, -1)]


@pytest.mark.parametrize("form", ["auto", "sharegpt"])
def test_sharegpt_turns_may_be_called_messages(form: str) -> None:
    row = {"messages": sharegpt(("human", "q"), ("gpt", HERMES))["conversations"]}
    assert shape(read_one(row, form).messages) == ["user", "assistant>search"]


def test_sharegpt_with_hermes_tags() -> None:
    both = f"I look.\n{HERMES}\n{HERMES.replace('Orlan', 'Tarn')}"
    responses = "<tool_response>\none\n</tool_response>\n<tool_response>\ntwo\n</tool_response>"
    row = sharegpt(("system", "s"), ("human", "q"), ("gpt", both), ("tool", responses), ("gpt", "Done."))
    trace = read_one(row)
    assert shape(trace.messages) == ["system", "user", "assistant>search>search", "tool", "tool", "assistant"]
    assert trace.messages[2].content == "I look."
    assert [m.content for m in trace.messages[3:5]] == ["one", "two"]
    assert [m.tool_call_id for m in trace.messages[3:5]] == [c.id for c in trace.messages[2].tool_calls]
    assert trace.lineage.imported is not None
    assert trace.lineage.imported.places == (0, 1, 2, 3, 3, 4)


def test_a_broken_hermes_call_is_a_malformed_one() -> None:
    row = sharegpt(("human", "q"), ("gpt", '<tool_call>{"name": "search", "arguments": {</tool_call>'))
    made = read_one(row).messages[1].tool_calls[0]
    assert made.malformed
    assert made.name == "search"


def test_tags_that_no_tool_answers_stay_text_in_chat_messages() -> None:
    row = {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": HERMES}]}
    assert read_one(row).messages[1].content == HERMES
    row["messages"].append({"role": "tool", "content": "x"})
    assert shape(read_one(row).messages) == ["user", "assistant>search", "tool"]


def sample(**fields: Any) -> JSON:
    tool = {"name": "search", "description": "Searches.", "parameters": SEARCH["function"]["parameters"]}  # type: ignore[index]
    return {
        "id": "s1",
        "epoch": 1,
        "input": "q",
        "target": "2,481",
        "messages": [
            {"role": "user", "content": "q", "source": "input"},
            {
                "role": "assistant",
                "content": [{"type": "reasoning", "reasoning": "Let me see."}, {"type": "text", "text": "I look."}],
                "tool_calls": [{"id": "a", "function": "search", "arguments": {"query": "Orlan"}, "type": "function"}],
            },
            {"role": "tool", "content": "", "tool_call_id": "a", "function": "search",
             "error": {"type": "timeout", "message": "too slow"}},
            {"role": "assistant", "content": "2,481."},
        ],
        "output": {"model": "lab/model", "choices": []},
        "scores": {"match": {"value": "C", "answer": "2,481"}},
        "events": [{"event": "model", "tools": [tool]}, {"event": "state"}],
        **fields,
    }  # fmt: skip


def test_inspect_samples() -> None:
    trace = read_one(sample())
    assert shape(trace.messages) == ["user", "assistant>search", "tool", "assistant"]
    assert trace.messages[1].reasoning == "Let me see."
    assert trace.messages[2].result is not None
    assert trace.messages[2].result.error == "timeout"
    assert trace.messages[2].content == "too slow"
    assert trace.tools == (SEARCH,)
    assert trace.task.oracle is not None
    assert trace.task.oracle.answer.value == "2481"
    assert [(b.value, b.kind, b.detail) for b in trace.labels] == [(1, "trace", "match")]
    assert trace.lineage.model == "lab/model"


@pytest.mark.parametrize(
    ("scores", "values"),
    [
        ({"match": {"value": "I"}}, [-1]),
        ({"match": {"value": 0.5}}, []),
        ({"match": {"value": "P"}}, []),
        ({"a": {"value": "C"}, "b": {"value": "I"}}, []),
        (None, []),
    ],
)
def test_only_a_plain_score_is_a_label(scores: Any, values: list[int]) -> None:
    assert [label.value for label in read_one(sample(scores=scores)).labels] == values


def test_inspect_says_what_could_not_be_parsed() -> None:
    row = sample()
    row["messages"][1]["tool_calls"][0] |= {"arguments": '{"query": ', "parse_error": "unexpected end"}
    made = read_one(row).messages[1].tool_calls[0]
    assert made.malformed
    assert made.error == "unexpected end"


def lc(kind: str, **kwargs: Any) -> JSON:
    return {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", kind], "kwargs": kwargs}


PLAIN: list[JSON] = [
    {"type": "human", "content": "q"},
    {"type": "ai", "content": "", "tool_calls": [{"name": "search", "args": {"query": "Orlan"}, "id": "a"}]},
    {"type": "tool", "content": "2,481 m", "tool_call_id": "a", "name": "search", "status": "success"},
    {"type": "ai", "content": "2,481 metres."},
]
WRAPPED = [{"type": m["type"], "data": {k: v for k, v in m.items() if k != "type"}} for m in PLAIN]
BUILT = [
    lc({"human": "HumanMessage", "ai": "AIMessage", "tool": "ToolMessage"}[str(m["type"])], **{k: v for k, v in m.items() if k != "type"})
    for m in PLAIN
]  # fmt: skip


@pytest.mark.parametrize("messages", [PLAIN, WRAPPED, BUILT], ids=["plain", "data", "kwargs"])
@pytest.mark.parametrize("split", [1, 3, "whole"])
def test_langsmith_runs(messages: list[JSON], split: int | str) -> None:
    inputs: JSON = {"messages": messages[:1]}
    outputs: JSON = {"messages": messages}
    if isinstance(split, int):
        inputs, outputs = {"messages": [messages[:split]]}, {"messages": messages[split:]}
    row = {
        "id": "r1",
        "run_type": "chain",
        "inputs": inputs,
        "outputs": outputs,
        "reference_outputs": {"answer": "2481"},
    }
    trace = read_one(row)
    assert shape(trace.messages) == ["user", "assistant>search", "tool", "assistant"]
    assert trace.messages[2].tool_call_id == "a"
    assert trace.task.oracle is not None
    assert trace.task.oracle.answer.value == "2481"


def test_langsmith_model_calls() -> None:
    generations = [[{"text": "Hi", "message": lc("AIMessage", content="Hi")}]]
    row = {
        "inputs": {"messages": [[lc("SystemMessage", content="s"), lc("HumanMessage", content="Hello")]]},
        "outputs": {"generations": generations},
        "extra": {"invocation_params": {"model": "m", "tools": [SEARCH]}},
    }
    trace = read_one(row)
    assert shape(trace.messages) == ["system", "user", "assistant"]
    assert trace.tools == (SEARCH,)
    assert trace.lineage.model == "m"


def test_langchains_invalid_and_additional_calls() -> None:
    invalid = {
        "type": "ai",
        "content": "",
        "invalid_tool_calls": [{"name": "search", "args": "{", "id": "a", "error": "cut"}],
    }
    older = {"type": "ai", "content": "", "additional_kwargs": {"function_call": {"name": "search", "arguments": "{}"}}}
    trace = read_one({"inputs": {"input": "q"}, "outputs": {"messages": [invalid, older]}})
    assert shape(trace.messages) == ["user", "assistant>search", "assistant>search"]
    assert trace.messages[1].tool_calls[0].error == "cut"
    assert not trace.messages[2].tool_calls[0].malformed


def test_a_run_without_outputs_is_refused() -> None:
    with pytest.raises(RowError, match="'outputs' holds no messages"):
        read_one({"inputs": {"messages": PLAIN}, "outputs": None})


def test_a_row_is_not_read_in_another_form_than_was_named() -> None:
    with pytest.raises(RowError, match="form sharegpt, not langsmith; leave out --format"):
        read_one(sharegpt(("human", "q"), ("gpt", "a")), "langsmith")


def rollout(called: object, **fields: Any) -> dict[str, Any]:
    """A rollout as it is saved: each call is JSON text."""
    return {
        "example_id": 7,
        "prompt": [{"role": "user", "content": "How high?"}],
        "completion": [
            {"role": "assistant", "content": "", "tool_calls": [json.dumps(called)]},
            {"role": "tool", "tool_call_id": "c1", "content": "2,481 m"},
            {"role": "assistant", "content": "2,481 metres."},
        ],
        "answer": "2481",
        "reward": 1.0,
        **fields,
    }


@pytest.mark.parametrize(
    "called",
    [call(), {"id": "c1", "name": "search", "arguments": '{"query": "Orlan"}'}],
    ids=["older", "newer"],
)
@pytest.mark.parametrize("tools", [{"tool_defs": [SEARCH["function"]]}, {"info": {"oai_tools": [SEARCH]}}])
def test_a_saved_rollout(called: Any, tools: dict[str, Any]) -> None:
    trace = read_one(rollout(called, **tools))
    assert shape(trace.messages) == ["user", "assistant>search", "tool", "assistant"]
    made = trace.messages[1].tool_calls[0]
    assert (made.id, made.arguments, made.malformed) == ("c1", {"query": "Orlan"}, False)
    assert trace.tools == (SEARCH,)
    assert trace.task.oracle is not None
    assert trace.task.oracle.answer.value == "2481"
    assert trace.lineage.imported is not None
    assert (trace.lineage.imported.form, trace.lineage.imported.id) == ("verifiers", 7)
    assert trace.labels == ()


@pytest.mark.parametrize("answer", ["", None, '{"tests": ["a"]}', {"tests": 1}])
def test_an_answer_that_is_data_for_a_checker_is_no_reference(answer: object) -> None:
    assert read_one(rollout(call(), answer=answer)).task.oracle is None


def test_a_text_in_the_place_of_a_call_is_a_malformed_one() -> None:
    row = rollout("search Orlan")
    assert read_one(row).messages[1].tool_calls[0].malformed
