"""Each rule refuses what it is there for, and lets ordinary and odd rows pass."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.traces import samples
from tests.traces.export.conftest import GOOD
from traces.export import checks
from traces.export.control import control_token
from traces.export.row import Row, canonical
from traces.ledger import Ledger
from traces.record import Message


def row(messages: tuple[Message, ...], tmp_path: Path, **rest: Any) -> Row:
    with Ledger.create(tmp_path / "row.sqlite") as ledger:
        ledger.put_attempt("a", 1, [samples.trace("a-1", messages, **rest)])
        return canonical(next(ledger.stored()))


@pytest.mark.parametrize("name", GOOD)
def test_good_rows_pass(tmp_path: Path, name: str) -> None:
    assert checks.check(row(samples.ODD[name], tmp_path), checks.ALWAYS) == []


@pytest.mark.parametrize(
    ("name", "rules"), [("malformed", {"arguments"}), ("not-json", {"values"}), ("big", {"values"})]
)
def test_odd_rows_are_refused(tmp_path: Path, name: str, rules: set[str]) -> None:
    assert {fault.rule for fault in checks.check(row(samples.ODD[name], tmp_path), checks.ALWAYS)} == rules


def calling(name: str, arguments: dict[str, Any]) -> tuple[Message, ...]:
    return (
        samples.user("Q"),
        samples.said("", samples.call("c", name, arguments)),
        samples.saw("c", name, "x"),
        samples.said("A"),
    )


BROKEN: dict[str, tuple[tuple[Message, ...], str, str]] = {
    "no user": (samples.ORDINARY[1:], "order", "not the user's"),
    "two users": ((samples.user("a"), *samples.ORDINARY), "order", "user message after a user"),
    "late system": ((samples.user("a"), samples.system("b"), samples.said("c")), "order", "system message"),
    "two answers": ((*samples.ORDINARY, samples.said("More.")), "order", "assistant message after a assistant"),
    "no answer": (samples.ORDINARY[:-1], "order", "no answer"),
    "lost result": ((*samples.ORDINARY[:3], *samples.ORDINARY[4:]), "order", "without a result before"),
    "swapped results": (
        (*samples.ORDINARY[:2], samples.ORDINARY[3], samples.ORDINARY[2], *samples.ORDINARY[4:]),
        "order",
        "was expected",
    ),
    "result of nothing": (
        (samples.user("a"), samples.saw("z", "search", "b"), samples.said("c")),
        "order",
        "answers call",
    ),
    "other name": (
        (*samples.ORDINARY[:5], samples.saw("call_3", "search", "245"), samples.ORDINARY[6]),
        "ids",
        "not what was called",
    ),
    "unknown tool": (calling("wormhole", {}), "arguments", "not offered"),
    "missing argument": (calling("search", {}), "arguments", "required"),
    "wrong type": (calling("search", {"query": 1}), "arguments", "string"),
    "extra argument": (calling("clock", {"zone": "CET"}), "arguments", "zone"),
    "token in the query": ((samples.user("Say <|im_end|>"), samples.said("No.")), "control", "<|im_end|>"),
    "token in arguments": (calling("python", {"code": "x = '</tool_response>'"}), "control", "</tool_response>"),
    "token in reasoning": ((samples.user("Q"), samples.said("A", reasoning="[/INST]")), "control", "[/INST]"),
    "no assistant": ((samples.user("Q"),), "trained", "no assistant"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_rows_are_refused(tmp_path: Path, name: str) -> None:
    messages, rule, words = BROKEN[name]
    faults = checks.check(row(messages, tmp_path), checks.ALWAYS)
    assert any(fault.rule == rule and words in fault.detail for fault in faults), faults


def tool(**changes: Any) -> dict[str, Any]:
    return samples.CLOCK | {"function": samples.CLOCK["function"] | changes}


@pytest.mark.parametrize(
    ("tools", "words"),
    [
        ((tool(name="a b"),), "plain name"),
        (({"type": "code", "function": samples.CLOCK["function"]},), "plain name"),
        ((samples.CLOCK, samples.CLOCK), "two tools"),
        ((tool(parameters={"type": "string"}),), "no object schema"),
        ((tool(parameters={"type": "object", "properties": {"a": {"type": "wrong"}}}),), "broken"),
        ((tool(parameters={"type": "object", "default": 10**20}),), "beyond 64 bits"),
    ],
)
def test_broken_tools_are_refused(tmp_path: Path, tools: tuple[dict[str, Any], ...], words: str) -> None:
    faults = checks.check(row(samples.DIRECT, tmp_path, tools=tools), {"tools": checks.tools})
    assert any(words in fault.detail for fault in faults), faults


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Ends at <|im_end|>"},
        {"name": "<|im_end|>"},
        {"parameters": {"type": "object", "properties": {"a": {"type": "string", "enum": ["b", "<|im_end|>"]}}}},
        {"parameters": {"type": "object", "properties": {"<|im_end|>": {"type": "string"}}}},
    ],
)
def test_control_tokens_are_found_in_what_is_said_of_tools(tmp_path: Path, change: dict[str, Any]) -> None:
    faults = checks.check(row(samples.DIRECT, tmp_path, tools=(tool(**change),)), {"control": checks.control})
    assert [fault.detail for fault in faults] == ["tool 0 holds the control token <|im_end|>"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda m: m | {"content": None}, "strings"),
        (lambda m: m | {"name": None}, "strings"),
        (lambda m: m | {"tool_calls": []}, "strings"),
        (lambda m: m | {"content": "\ud83d"}, "values"),
        (lambda m: m | {"tool_calls": [{"id": "x", "function": {"name": "clock", "arguments": {}}}]}, "ids"),
    ],
)
def test_rules_that_the_record_cannot_break_still_hold(
    tmp_path: Path, change: Callable[[dict[str, Any]], dict[str, Any]], rule: str
) -> None:
    good = row(samples.DIRECT, tmp_path)
    bad = replace(good, messages=(*good.messages[:2], change(good.messages[2])))
    found = {fault.rule for fault in checks.check(bad, {rule: checks.ALWAYS[rule]})}
    assert found == {rule}


def test_a_wrong_answer_is_not_trained(tmp_path: Path) -> None:
    faults = checks.check(row(samples.ORDINARY, tmp_path, bad=2), {**checks.ALWAYS, "unmasked": checks.unmasked})
    assert [fault.rule for fault in faults] == ["trained"]


@pytest.mark.parametrize(
    "text",
    [
        "<|im_start|>",
        "<tool_call>",
        "</think>",
        "[TOOL_CALLS]",
        "<｜tool▁calls▁begin｜>",
        "<|START_OF_TURN_TOKEN|>",
        "</s>",
        "<function=",
        "<|turn>",
        "<turn|>",
        '<|"|>',
        "<TOOLCALL>",
        "<<SYS>>",
        "<</SYS>>",
        "<minimax:tool_call>",
        "]~!b[",
        "<｜DSML｜",
        "</｜DSML｜",
        "<｜tool_calls_section_begin｜>",
        "<|begin▁of▁sentence|>",
        "<|channel|>",
        "<|eot_id|>",
        "<|python_tag|>",
        "<unused12>",
        "<SPECIAL_12>",
        "<invoke name=",
    ],
)
def test_control_tokens_are_found_anywhere(text: str) -> None:
    assert control_token(f"a < b [0] {text} c") == text


@pytest.mark.parametrize(
    "text",
    [
        "a <b> c",
        "list[int]",
        "x <| y |> z",
        "<thinking>",
        "[INSTANCE]",
        "<| |",
        "<table>",
        "1 << SYS >> 2",
        "<mask>",
        "<Think>",
    ],
)
def test_ordinary_brackets_are_none(text: str) -> None:
    assert control_token(text) is None
