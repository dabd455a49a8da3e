"""How alike two observations of the same call are."""

import pytest

from graders.reproduction import reproduced
from traces.record import Message, ToolErrorKind, ToolResult


def said(text: str, error: ToolErrorKind | None = None) -> Message:
    result = ToolResult(status="error" if error else "ok", error=error)
    return Message(role="tool", origin="tool", content=text, name="python", result=result)


@pytest.mark.parametrize(
    ("one", "two", "likeness"),
    [
        ("48", "48", "identical"),
        ("a  b\n", "a b", "normalised"),
        ("0.30000000000000004", "0.3", "normalised"),
        ("<object at 0x7f3a2b10>", "<object at 0x7fffa210>", "normalised"),
        ("done in 0.12 s", "done in 0.53 s", "normalised"),
        ("{'b', 'a'}", "{'a', 'b'}", "same meaning"),
        ('{"a": 1, "b": 2}', '{"b": 2, "a": 1}', "same meaning"),
        ("seen: {3, 1}\nok", "seen: {1, 3}\nok", "same meaning"),
        ("48", "49", "differs"),
        ("0.3", "0.31", "differs"),
        ("12,340", "12,430", "differs"),
        ("[1, 2]", "[2, 1]", "differs"),
        ("{'a': 1}", "{'a': 2}", "differs"),
        ("seen: {3, 1}", "left: {1, 3}", "differs"),
        ("a\nb", "a", "differs"),
        ("[1, true]", "[1, 1]", "differs"),
        ("5 items", "6 items", "differs"),
    ],
)
def test_likeness(one: str, two: str, likeness: str) -> None:
    assert reproduced(said(one), said(two)).likeness == likeness
    assert reproduced(said(two), said(one)).likeness == likeness


def test_an_error_that_is_another_now_differs() -> None:
    assert reproduced(said("x", "timeout"), said("x")).likeness == "differs"
    assert reproduced(said("x", "timeout"), said("x", "not_found")).where == "timeout was recorded, not_found came now"


def test_what_differs_is_shown() -> None:
    assert reproduced(said("a\n1"), said("a\n2")).where == "'1' was recorded, '2' came now"
