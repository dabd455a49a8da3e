"""Names, queries and ids that look like markup or escape sequences are shown as they are by every command that prints them."""

from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.panel import Panel
from rich.table import Table

from tests.traces.imports.rows import call, openai, written
from tests.winnow.command import winnow
from tests.winnow.scripted import scripted
from winnow.terminal import Terminal

TOOL = "[/CALLS]search"
ID = "[/x]"
QUERY = "[/INST] give list[int]: xs = [x for x in :smile:]"
SCENARIO = """
winnow: 1
name: hostile
world: {documents: 100}
tools: [calculator]
tasks: {file: %s}
repair: {rounds: 0}
models: {solver: {model: "openai:m", base_url: "%s"}}
"""


def say(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """First calls a tool of a hostile name, then answers."""
    answered = messages[-1]["role"] == "tool"
    return {"content": "6"} if answered else {"content": "", "tool_calls": [call(TOOL, "{}")]}


@pytest.fixture
def address() -> Iterator[str]:
    with scripted(say) as url:
        yield url


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    row = openai(
        {"role": "assistant", "content": None, "tool_calls": [call(TOOL)]},
        {"role": "tool", "tool_call_id": "c1", "content": "[/red]"},
        id=ID,
        label=False,
    )
    row["messages"][0]["content"] = QUERY
    done = winnow("import", written(folder / "rows.jsonl", [row]), "-o", folder / "run")
    assert done.returncode == 0, done.stderr
    return folder / "run"


def test_a_run_whose_model_names_a_tool_like_markup_ends_and_is_reported(tmp_path: Path, address: str) -> None:
    rows = written(tmp_path / "set.jsonl", [{"problem": "What is 2 times 3?", "answer": "6"}])
    path = tmp_path / "own.yaml"
    path.write_text(SCENARIO % (rows, address))
    done = winnow("run", path, "-o", tmp_path / "run")
    assert "Traceback" not in done.stderr
    assert TOOL in done.stdout
    told = winnow("status", tmp_path / "run")
    assert told.returncode == 0, told.stderr
    assert TOOL in told.stdout


def test_imported_text_is_listed_and_shown_as_it_is(imported: Path) -> None:
    listed = winnow("show", imported)
    assert listed.returncode == 0, listed.stderr
    assert ID in listed.stdout
    assert "[/INST] give list[int]" in listed.stdout
    shown = winnow("show", imported, ID)
    assert shown.returncode == 0, shown.stderr
    assert QUERY in shown.stdout
    assert "[/red]" in shown.stdout
    assert TOOL in winnow("status", imported).stdout


def test_agreement_and_regrade_take_hostile_rows(imported: Path, tmp_path: Path) -> None:
    for arguments in (("graders", "agreement", imported), ("regrade", imported, "-o", tmp_path / "again")):
        done = winnow(*arguments)
        assert done.returncode == 0, done.stderr


def test_validate_tells_of_a_row_by_its_hostile_id(tmp_path: Path) -> None:
    path = written(tmp_path / "set.jsonl", [{"id": "[/x]\x1b[2J", "problem": "1+1?", "answer": {"[/b]": 2}}])
    done = winnow("validate", path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "id [/x]\\x1b[2J" in done.stdout


def test_strings_are_text_wherever_they_stand() -> None:
    terminal = Terminal(file=StringIO(), width=60, force_terminal=True, color_system=None)
    table = Table("[head]", title="[title]")
    table.add_row("a :smile: [/b]\x1b[31m\u202e")
    terminal.print("plain [red] \x9b", table, Panel("in [/it]"))
    assert isinstance(terminal.file, StringIO)
    shown = terminal.file.getvalue()
    for text in ("plain [red] \\x9b", "[head]", "[title]", "a :smile: [/b]\\x1b[31m\\x202e", "in [/it]"):
        assert text in shown
