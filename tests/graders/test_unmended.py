# ruff: noqa: E501  (traces are data)
"""A turn that ends with a failure which an offered tool was there for, and its right twins."""

from typing import Any

import pytest


def function(name: str, *needed: str) -> dict[str, Any]:
    parameters = {"type": "object", "properties": {key: {"type": "string"} for key in needed}, "required": list(needed)}
    return {"type": "function", "function": {"name": name, "description": "", "parameters": parameters}}


TOOLS = (function("start_ferry"), function("close_ramps"), function("ferry_login", "name", "password"), function("get_ferry_ramps"), function("read_log", "name"), function("ls"))  # fmt: skip
RAMPS = '{"error": "All ramps have to be closed before the ferry can start."}'
LOGIN = '{"error": "You are not logged in."}'
FILE = '{"error": "log.txt: no such file or directory"}'
STOPS = "The ferry was not started, because that failed."


def _of(talk: Any) -> set[int]:
    return {v.step for v in talk.verdicts if v.status != "pass" and v.grader == "unmended"}


@pytest.mark.parametrize(
    ("query", "tool", "failure"),
    [
        ("Get the ferry going.", "start_ferry", RAMPS),
        ("Get the ferry going; my name is ida, the password osk-7.", "start_ferry", LOGIN),
        ("What does log.txt say?", "read_log", FILE),
    ],
)
def test_a_failure_that_a_tool_was_there_for(talk: Any, query: str, tool: str, failure: str) -> None:
    assert _of(talk(query, TOOLS).calls((tool, {}, failure)).answers(STOPS)) == {1}


@pytest.mark.parametrize(
    ("query", "calls", "answer"),
    [
        ("Get the ferry going.", [("start_ferry", RAMPS)], "Its ramps are open. Shall I close them?"),
        ("Get the ferry going.", [("close_ramps", '{"error": "jammed"}'), ("start_ferry", RAMPS)], STOPS),
        ("Get the ferry going.", [("start_ferry", RAMPS), ("close_ramps", '{"ok": true}'), ("start_ferry", '{"ok": true}')], "It runs."),
        ("Get the ferry going.", [("start_ferry", LOGIN)], STOPS),
        ("Get the ferry going.", [("start_ferry", '{"error": "There is no fuel."}')], STOPS),
        ("What does log.txt say?", [("ls", '{"files": ["a.txt"]}'), ("read_log", FILE)], "There is no such log."),
    ],
)  # fmt: skip
def test_what_was_tried_or_asked_or_cannot_be_mended_passes(
    talk: Any, query: str, calls: list[tuple[str, str]], answer: str
) -> None:
    said = talk(query, TOOLS)
    for tool, seen in calls:
        said.calls((tool, {}, seen))
    assert _of(said.answers(answer)) == set()


@pytest.mark.parametrize(
    ("query", "tool", "failure", "answer"),
    [
        ("Is there a file log.txt? Show it.", "read_log", FILE, "No, there is none."),
        ("What does log.txt say?", "read_log", FILE, "There is no log.txt here. Tell me where it lies."),
        ("Get the ferry going.", "start_ferry", '{"error": "Wait until the ramps have closed."}', STOPS),
        ("Get the ferry going.", "start_ferry", '{"error": "The captain closed the ramps for good."}', STOPS),
    ],
)
def test_a_failure_that_answers_is_told_to_the_user_or_wants_nothing(
    talk: Any, query: str, tool: str, failure: str, answer: str
) -> None:
    assert _of(talk(query, TOOLS).calls((tool, {}, failure)).answers(answer)) == set()


def test_a_file_that_was_to_go_and_is_not_there_passes(talk: Any) -> None:
    tools = (*TOOLS, function("delete_log", "name"))
    assert _of(talk("Delete log.txt.", tools).calls(("delete_log", {}, FILE)).answers("It had gone before.")) == set()
