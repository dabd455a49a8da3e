"""Traces in the manner of other people's agents, without an oracle: the right ones keep, each with its twin that has one thing wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from graders.base import Case, all_graders, judge_all
from graders.calls import failed, told_as_failure
from graders.dates import Day, dates
from tests.traces.imports.rows import read_one
from traces.record import Message

ROWS = [
    json.loads(line)
    for file in sorted((Path(__file__).parent / "people").glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]


def faults(row: dict[str, Any]) -> list[tuple[str, str]]:
    trace = read_one(row)
    verdicts = judge_all(Case(tuple(trace.messages), tuple(trace.tools or ()), trace.ending), all_graders().values())
    assert [v for v in verdicts if v.status == "error"] == []
    return [(v.code or "", v.reason) for v in verdicts if v.status == "fail"]


@pytest.mark.parametrize("row", [r for r in ROWS if r["label"] == 1], ids=lambda r: r["id"])
def test_right_traces_are_clean(row: dict[str, Any]) -> None:
    assert faults(row) == []


@pytest.mark.parametrize("row", [r for r in ROWS if r["label"] != 1], ids=lambda r: r["id"])
def test_their_wrong_twins_are_not(row: dict[str, Any]) -> None:
    assert faults(row)


@pytest.mark.parametrize(
    "content",
    [
        '{"status":"error","code":429,"message":"slow down"}',
        '{"success": false, "reason": "no such user"}',
        '{"message":"Not found","error":{"type":"missing"}}',
        "{'ok': False, 'detail': 'busy'}",
        '{"statusCode": 503, "message": "unavailable"}',
    ],
)
def test_a_failure_told_as_content(content: str) -> None:
    assert told_as_failure(content)


@pytest.mark.parametrize(
    "content",
    [
        '{"order_id": "A-17", "status": "failed"}',
        '{"rows": [1], "error": null}',
        '{"code": 200, "message": "done"}',
        '{"code": 404, "name": "Not Found", "rfc": 9110}',
        '{"success": true, "errors": []}',
        "{broken",
    ],
)
def test_a_result_that_speaks_of_failure_is_none(content: str) -> None:
    assert not told_as_failure(content)


@pytest.mark.parametrize(
    ("content", "told"), [("404 Not Found", True), ("503 Service Unavailable", True), ("575 km", False)]
)
def test_a_code_of_http_is_no_number_of_something(content: str, told: bool) -> None:
    assert failed(Message(role="tool", content=content, origin="tool")) is told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("今天是2024年4月9日。", [Day(2024, 4, 9)]),
        ("4月10日出发", [Day(0, 4, 10)]),
        ("오늘은 2024년 4월 9일입니다", [Day(2024, 4, 9)]),
        ("1996年3月に完成", [Day(1996, 3, 0)]),
        ("3月に", []),
    ],
)
def test_eastern_dates(text: str, days: list[Day]) -> None:
    assert [d.readings[0] for d in dates(text)] == days
