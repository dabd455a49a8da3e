"""A run's calls reproduce; those of a tampered copy are named; nothing of the run is changed."""

import hashlib
import json
import shutil
from itertools import groupby
from pathlib import Path

import pytest
from rich.console import Console

from tests.traces.imports.rows import searched, written
from tests.winnow.command import winnow
from traces.ledger import Ledger
from traces.puts import Put, PutAttempt, PutTask
from traces.record import Message, Trajectory
from winnow.folder import RunFolder
from winnow.importing import Import
from winnow.verification import Rerun, Verification, VerificationError, Verified, share_of

SCENARIO = """
winnow: 1
name: small
seed: 5
world: {documents: 200}
tasks: {count: 10, families: [lookup, money, simulation, csv_file, no_tool, failing_tool]}
models: {solver: {model: teacher, profile: quickstart}}
"""


@pytest.fixture(name="made", scope="module")
def fixture_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verified")
    (folder / "small.yaml").write_text(SCENARIO)
    done = winnow("run", folder / "small.yaml", "-o", folder / "run")
    assert done.returncode == 0, done.stderr
    return folder / "run"


TOOLS = ("calculator", "python", "search", "open_page")
LIE = "What nobody computed: 41."


def tampered(run: Path, copy: Path) -> dict[str, str]:
    """A copy of a run in which one observation of each tool says something else. Gives the key of its trajectory, by tool."""
    shutil.copytree(run, copy, ignore=shutil.ignore_patterns("ledger*"))
    keys: dict[str, str] = {}
    puts: list[Put] = []
    with Ledger.open(RunFolder(run).ledger, readonly=True) as old:
        puts.extend(PutTask(slot, task, ()) for slot in old.slots() if (task := old.task(slot)))
        for (slot, attempt), group in groupby(old.stored(), key=lambda one: (one.slot, one.attempt)):
            traces = [stored.trajectory() for stored in group]
            for tool in TOOLS:
                if tool not in keys and (place := _place(traces, tool)):
                    traces[place[0]] = _lying(traces[place[0]], place[1])
                    keys[tool] = traces[place[0]].key
            puts.append(PutAttempt(slot, attempt, traces, None))
    with Ledger.create(RunFolder(copy).ledger) as new:
        new.commit(puts)
    return keys


def _lying(trace: Trajectory, message: int) -> Trajectory:
    said = trace.messages[message].model_copy(update={"content": LIE})
    return trace.model_copy(update={"messages": (*trace.messages[:message], said, *trace.messages[message + 1 :])})


def _place(traces: list[Trajectory], tool: str) -> tuple[int, int] | None:
    def fits(message: Message) -> bool:
        return message.role == "tool" and message.name == tool and bool(message.result and not message.result.error)

    found = ((at, i) for at, trace in enumerate(traces) for i, message in enumerate(trace.messages) if fits(message))
    return next(found, None)


def contents(run: Path) -> dict[str, str]:
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in run.iterdir() if p.is_file() and "-" not in p.name
    }


async def verified(run: Path, sample: float = 1.0) -> Verified:
    return await Verification(run, sample).run()


async def test_every_call_of_a_run_reproduces_and_the_run_is_left_alone(made: Path) -> None:
    before = contents(made)
    found = await verified(made)
    assert found.differing == []
    assert {"calculator", "python", "search", "open_page"} <= {
        r.tool for r in found.reruns if r.likeness == "identical"
    }
    assert {r.why for r in found.reruns if r.likeness == "skipped"} <= {"it was past a limit, and never run"}
    assert contents(made) == before


async def test_the_tampered_calls_are_named(made: Path, tmp_path: Path) -> None:
    keys = tampered(made, tmp_path / "copy")
    differing = (await verified(tmp_path / "copy")).differing
    assert set(keys) == set(TOOLS)
    assert {one.tool: one.key for one in differing} == keys
    assert len(differing) == len(TOOLS)
    assert all("41" in one.why and one.verdict.status == "fail" for one in differing)


async def test_a_sample_is_a_share_and_always_the_same(made: Path) -> None:
    half, again = await verified(made, 0.5), await verified(made, 0.5)
    assert 0 < half.trajectories < (await verified(made)).trajectories
    assert [r.key for r in half.reruns] == [r.key for r in again.reruns]
    assert (await verified(made, 1e-9)).trajectories == 1


async def test_search_without_its_index_is_skipped_and_not_built_again(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "copy", ignore=shutil.ignore_patterns("index"))
    found = await verified(tmp_path / "copy")
    assert {r.likeness for r in found.reruns if r.tool in ("search", "open_page")} == {"skipped"}
    assert {r.likeness for r in found.reruns if r.tool == "calculator"} == {"identical"}
    assert not (tmp_path / "copy" / "index").exists()


async def test_calls_of_imported_traces_are_not_run(tmp_path: Path) -> None:
    Import([written(tmp_path / "rows.jsonl", [searched(id=1)])], tmp_path / "run").run()
    found = await verified(tmp_path / "run")
    assert found.reruns
    assert {r.likeness for r in found.reruns} == {"skipped"}


def test_the_command_fails_on_request_and_prints_the_calls(made: Path, tmp_path: Path) -> None:
    keys = tampered(made, tmp_path / "copy")
    told = winnow("verify", tmp_path / "copy", "--fail-on", "differs")
    assert (told.returncode, "100.00%" in told.stdout) == (1, False)
    assert all(f"{key} step" in told.stdout for key in keys.values())
    data = winnow("verify", tmp_path / "copy", "--json")
    assert data.returncode == 0
    assert {call["tool"]: call["key"] for call in json.loads(data.stdout)["differing"]} == keys
    assert winnow("verify", tmp_path / "nowhere").returncode == 2


@pytest.mark.parametrize(("text", "share"), [("2%", 0.02), ("0.5", 0.5), ("all", 1.0), ("100 %", 1.0)])
def test_shares(text: str, share: float) -> None:
    assert share_of(text) == share


@pytest.mark.parametrize("text", ["", "0", "200%", "two", "-1%"])
def test_no_shares(text: str) -> None:
    with pytest.raises(VerificationError, match="2%"):
        share_of(text)


def test_calls_that_are_only_alike_are_named_too() -> None:
    alike = Rerun("a-0-0", 2, "calculator", "pure", "{}", "normalised")
    found = Verified(1, [alike, alike._replace(key="b-0-0", likeness="identical")])
    with (console := Console(width=100)).capture() as told:
        found.print(console)
    assert "100.00% reproduce" in told.get()
    assert "not letter for letter: a-0-0 step 2 calculator {}" in told.get()
    assert "b-0-0" not in told.get()
    assert [one["key"] for one in found.facts()["alike"]] == ["a-0-0"]


def test_where_no_call_was_run_again_no_share_is_told() -> None:
    skipped = Rerun("a-0-0", 2, "look_up", "unknown", "{}", "skipped", "no such tool here")
    with (console := Console(width=100)).capture() as told:
        Verified(1, [skipped]).print(console)
    assert "0 of 1 calls in 1 trajectories run again: nothing is known of what reproduces" in told.get()
    assert "%" not in told.get()
