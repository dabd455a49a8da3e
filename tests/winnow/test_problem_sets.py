"""Runs on a problem set of the user's own, solved by a model behind a real socket: what is right is kept, what is not is not."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.winnow.command import winnow
from tests.winnow.scripted import scripted
from traces.ledger import Ledger
from traces.record import Trajectory
from winnow.folder import RunFolder

ROWS = (
    {"id": "a", "problem": "Ann has 3 boxes of 12 pens. How many pens?", "answer": "36"},
    {"id": "b", "problem": "Bo has 5 boxes of 12 pens. How many pens?", "answer": "60"},
    {
        "id": "c",
        "prompt": "Add two numbers.",
        "entry_point": "add",
        "test": "assert add(1, 2) == 3\nassert add(0, 0) == 0",
    },
    {
        "id": "d",
        "prompt": "def last(xs):\n    '''The last item.'''\n",
        "test": "assert last([1, 2]) == 2",
        "entry_point": "last",
    },
    {"id": "e", "prompt": "No test."},
)
SAID = {
    "Ann": "3 * 12 = 36, so Ann has 36 pens.",
    "Bo": "5 * 12 = 60, so Bo has 62 pens.",
    "Add": "```python\ndef add(a, b):\n    return a + b\n```",
    "last": "```python\ndef last(xs):\n    return xs[0]\n```",
}
SCENARIO = """
winnow: 1
name: own
world: {documents: 100}
tools: [calculator, python]
tasks: {file: %s}
repair: {rounds: 0}
models: {solver: {model: "openai:m", base_url: "%s"}}
"""


def say(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"content": next(text for word, text in SAID.items() if word in messages[-1]["content"])}


@pytest.fixture
def address() -> Iterator[str]:
    with scripted(say) as url:
        yield url


def scenario(folder: Path, address: str, *rows: object) -> Path:
    (folder / "set.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    path = folder / "own.yaml"
    path.write_text(SCENARIO % (folder / "set.jsonl", address))
    return path


def trajectories(run: Path) -> dict[str, Trajectory]:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return {t.key: t for t in ledger.trajectories()}


def test_right_answers_and_programs_are_kept(tmp_path: Path, address: str) -> None:
    done = winnow("run", scenario(tmp_path, address, *ROWS), "-o", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    found = trajectories(tmp_path / "run")
    kept = {key: t.decision.outcome for key, t in found.items() if t.decision}
    assert list(kept.values()) == ["keep", "reject", "keep", "reject"]
    program = found["problem_set-0003-0"]
    assert program.decision is not None
    assert "G2" in program.decision.codes
    assert [(e.step, e.passed) for e in program.executions] == [(0, False)]
    assert "return xs[-1]" not in json.dumps([m.model_dump() for m in program.messages])
    assert "Left out of the problem set: 1\nline 5: no `" in done.stdout


def test_a_run_goes_on_only_with_the_file_it_began_with(tmp_path: Path, address: str) -> None:
    path = scenario(tmp_path, address, *ROWS[:2])
    assert winnow("run", path, "-o", tmp_path / "run").returncode == 0
    assert winnow("run", path, "-o", tmp_path / "run", "--resume").returncode == 0
    scenario(tmp_path, address, *ROWS[1:3])
    refused = winnow("run", path, "-o", tmp_path / "run", "--resume")
    assert refused.returncode == 2
    assert "tasks.digest" in refused.stderr


def test_a_missing_or_empty_set_is_refused_before_anything_is_written(tmp_path: Path, address: str) -> None:
    path = scenario(tmp_path, address)
    for said, more in (("holds no rows", ()), ("cannot be read", ("--set", f"tasks.file={tmp_path / 'none.jsonl'}"))):
        done = winnow("run", path, "-o", tmp_path / "run", *more)
        assert done.returncode == 2
        assert said in done.stderr
    assert not (tmp_path / "run").exists()


def planted(id: str, **fields: str) -> dict[str, str]:
    """A row whose own solution fails; nobody is asked it, as the server knows no answer to it."""
    return {"id": id, "prompt": f"Take {id}.", "entry_point": "f", "test": "assert f(1) == 2", **fields}


FAULTY = [
    {"id": "five", "problem": "What is 5 times 7?", "answer": "36", "solution": "5*7=<<5*7=36>>36\n#### 36"},
    planted("min", solution="def f(x):\n    return x"),
    planted("name", solution="def g(x):\n    return x + 1"),
    planted("void", test="def check(f):\n    f(1)\n    assert True"),
]


def test_rows_whose_own_reference_fails_are_left_out_and_told(tmp_path: Path, address: str) -> None:
    solved = {**ROWS[2], "solution": "def add(a, b):\n    return a + b"}
    path = scenario(tmp_path, address, *FAULTY, ROWS[4], ROWS[0], solved, ROWS[0])
    done = winnow("run", path, "-o", tmp_path / "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [t.decision.outcome for t in trajectories(tmp_path / "run").values() if t.decision] == ["keep", "keep"]
    told = [
        "line 1: 5*7 is 35, not 36",
        "line 2: `f(1)` gives 1; line 1 of the test, `assert f(1) == 2`: AssertionError",
        "line 3: the solution does not define f, but g: `entry_point` has to be the name of what is tested",
        "line 4: the test passes whatever the solution gives",
        "line 5: no `",
    ]
    page, shown = (tmp_path / "run" / "report.md").read_text(), winnow("status", tmp_path / "run").stdout
    for each in (done.stdout, page, shown):
        assert all(line in each for line in ("Left out of the problem set: 6", *told))
        assert f"and 1 more; all of them are in {tmp_path / 'run' / 'left_out.jsonl'}" in each
    facts = json.loads((tmp_path / "run" / "summary.json").read_text())["left_out"]
    assert facts["count"] == 6
    assert facts["first"][0] == {
        "task": "problem_set-0000",
        "line": 1,
        "why": "reference",
        "reason": "5*7 is 35, not 36",
    }
    listed = [json.loads(line) for line in (tmp_path / "run" / "left_out.jsonl").read_text().splitlines()]
    assert [each.get("line") for each in listed] == [1, 2, 3, 4, 5, 8]
    assert [each["why"] for each in listed] == [*["reference"] * 4, "row", "duplicate"]


def test_rows_whose_reference_fails_are_asked_where_that_is_wanted(tmp_path: Path, address: str) -> None:
    row = {**ROWS[2], "solution": "def add(a, b):\n    return a - b"}
    path = scenario(tmp_path, address, row)
    assert winnow("run", path, "-o", tmp_path / "run", "--set", "tasks.check=false").returncode == 0
    assert [t.decision.outcome for t in trajectories(tmp_path / "run").values() if t.decision] == ["keep"]
