"""What of an observation is shown as a table, and that nothing of it is lost or believed."""

import re
import time

import pytest

from traces.record import Artifact, Message, ToolErrorKind, ToolResult
from winnow.show import ended
from winnow.view.marking import Span
from winnow.view.observations import LONG, Grid, Seen, seen
from winnow.view.tables import tables


def cells(text: str) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in (table.head, *table.rows)] for table in tables(text, LONG)]


def shown(text: str, *spans: Span, result: ToolResult | None = None) -> Seen:
    return seen(Message(role="tool", content=text, origin="tool", result=result), spans)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Readings\n\n| day | mm |\n| --- | ---: |\n| 5 May | 3.5 |\n| 6 May | |\n\nSigned.",
            [["day", "mm"], ["5 May", "3.5"], ["6 May", ""]],
        ),
        ("a|b\n--|--\n1|x \\| y", [["a", "b"], ["1", "x \\| y"]]),
        ("day,fee\n1 May,5.23\n2 May,30.13\n\n(2 rows)", [["day", "fee"], ["1 May", "5.23"], ["2 May", "30.13"]]),
        ('name;note\n"Pell; Ann";"said ""no"""\nOsk;', [["name", "note"], ["Pell; Ann", 'said ""no""'], ["Osk", ""]]),
        (",height\nAnn,1.70\nBo,1.82\n", [["", "height"], ["Ann", "1.70"], ["Bo", "1.82"]]),
        ("town\tinhabitants\nA B\t1,200\nC, D\t30\n", [["town", "inhabitants"], ["A B", "1,200"], ["C, D", "30"]]),
        (
            '[{"id": 100000000000000000000, "p": 1.10}, {"id": 2, "t": [true, null, 0.50]}]',
            [["id", "p", "t"], ["100000000000000000000", "1.10", ""], ["2", "", "[true, null, 0.50]"]],
        ),
        ('{"a": "x"}\n{"a": "<b>"}\n', [["a"], ["x"], ["<b>"]]),
        ('{"count": 2, "items": [{"n": 1}, {"n": 2}]}', [["n"], ["1"], ["2"]]),
    ],
)  # fmt: skip
def test_tables_are_found(text: str, found: list[list[str]]) -> None:
    assert cells(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "First, we look.\nThen, we count.\nLast, we tell.",
        "12,345\n13,456\n14,567",
        "Total 12,345\nRest 13,456\nAll 25,801",
        "\tfirst\n\tsecond\n\tthird",
        "a,b\n1,2",
        "a,b,c\n1,2\n3,4,5",
        "| only | a | line | of | bars |\nand text",
        "[1, 2, 3]",
        '[{"a": 1}]',
        '{"a": 1}',
        '[{"a": 1}, 2]',
        "",
    ],
)
def test_what_is_no_table_stays_text(text: str) -> None:
    assert cells(text) == []
    assert shown(text).raw == ""
    assert len(shown(text).head) == 1


def test_nothing_is_lost_around_a_table_and_evidence_is_marked_in_its_cell() -> None:
    text = "Before it.\na,b\n1,<script>x</script>\n3,wrong\nAfter it."
    at = text.index("wrong")
    found = shown(text, Span(at, at + 5, "evidence", (("code", "O1"),), mark=True, anchor="here"))
    before, grid, after = found.head
    assert isinstance(grid, Grid)
    assert ("Before it." in str(before), "After it." in str(after)) == (True, True)
    assert grid.rows[0][1] == "&lt;script&gt;x&lt;/script&gt;"
    assert grid.rows[1][1] == '<mark class="evidence" id="here" data-code="O1">wrong</mark>'
    assert grid.kinds == ["number", "short"]
    assert "wrong" in found.raw
    assert "<script>" not in found.raw
    assert 'id="here"' not in found.raw  # an id stands once


def test_what_is_marked_in_json_opens_its_text() -> None:
    text = '[{"a": 1}, {"a": 2}]'
    assert not shown(text).marked
    assert shown(text, Span(7, 8, "evidence", mark=True)).marked


def test_a_long_table_goes_on_as_text() -> None:
    text = "n,square\n" + "".join(f"{n},{n * n}\n" for n in range(1, 3000))
    found = shown(text)
    grid = found.head[0]
    assert isinstance(grid, Grid)
    assert len(grid.rows) == 200
    assert grid.more > 0
    assert "2999,8994001" in re.sub("<[^>]*>", "", found.rest)


@pytest.mark.parametrize(
    "text", ["[" * 300_000, '{"a":' * 50_000, "|\n" + " " * 5_000 + "|" + "-" * 900, '"' * 6_000, ",\n" * 3_000, "a,b\n" * 100_000]
)  # fmt: skip
def test_hostile_text_is_read_in_one_go(text: str) -> None:
    """What goes back over such a text takes minutes on any machine, what does not a small part of a second."""
    began = time.process_time()
    shown(text)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("status", "error", "data", "words"),
    [
        ("ok", None, {"stdout": "1\n", "error": None, "limit": None}, "ran to its end"),
        ("error", "execution_error", {"stdout": "", "error": "KeyError", "limit": None}, "ended by KeyError"),
        ("error", "timeout", {"stdout": "", "error": "TimeoutError", "limit": "time"}, "stopped at its limit of time"),
        ("error", "not_found", {"id": "d7", "near": []}, "not found"),
        ("ok", None, {"exit_code": 3}, "exit code 3"),
        ("ok", None, {"hits": []}, ""),
    ],
)
def test_how_a_call_ended_is_told_apart(
    status: str, error: ToolErrorKind | None, data: dict[str, object], words: str
) -> None:
    result = ToolResult.model_validate({"status": status, "error": error, "data": data})
    assert ended(result) == words
    assert shown("x", result=result).ended == words


def test_files_are_named() -> None:
    files = (Artifact(name="a.csv", media_type="text/csv", size=1200),)
    assert shown("x", result=ToolResult(artifacts=files)).files == ["a.csv (1,200 bytes)"]
