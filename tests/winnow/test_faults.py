"""Whole runs over HTTP against servers that misbehave: every attempt ends in a recorded state; what was not hit is as without faults."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agents.governed import GovernedChatModel
from agents.journal import Journal
from agents.retry import RetryPolicy
from agents.serving import refusal
from scenarios.loading import load_scenario
from scenarios.profiles import PROFILES
from scenarios.scenario import Scenario
from tests.agents.faulty import FAULTS, HARMLESS, ROUND, FaultyServer, listening
from traces.ledger import Ledger
from traces.record import Trajectory
from traces.writer import Writer
from winnow.folder import RunFolder
from winnow.machine import machine
from winnow.runner import Batch
from winnow.stops import Stop

FAMILIES = ["lookup", "chain", "comparison", "money", "no_tool", "unanswerable"]
PRICE = {"input": 1.0, "output": 10.0}


class Ran(NamedTuple):
    """What came of a run."""

    stop: Stop
    reason: str
    traces: dict[str, Trajectory]
    errors: dict[str, str]
    batch: Batch


def scenario(url: str, count: int, **more: Any) -> Scenario:
    solver = {"model": "openai:teacher", "base_url": url, "price": PRICE, **more.pop("solver", {})}
    asked = {
        "winnow": 1,
        "name": "faults",
        "seed": 3,
        "world": {"documents": 300},
        "tasks": {"count": count, "families": FAMILIES},
        "models": {"solver": solver},
        "abort_if": {"error_rate": 1.0},
        **more,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(yaml.safe_dump(asked))
        file.flush()
        return load_scenario(Path(file.name))


async def ran(asked: Scenario, folder: Path) -> Ran:
    """Carry a scenario out, in this process; a folder with a run in it is gone on with."""
    run = RunFolder(folder)
    folder.mkdir(exist_ok=True)  # noqa: ASYNC240 - a test may wait for the disk
    journal = Journal(run.journal)
    new = not run.ledger.exists()
    with Ledger.create(run.ledger) if new else Ledger.open(run.ledger) as ledger:
        async with machine(asked, run) as parts, Writer(ledger) as writer:
            batch = Batch(asked, parts.world, parts.search, parts.sessions, ledger, writer, journal=journal)
            quick(batch)
            stop = await batch.run()
        journal.close()
        traces = {trace.key: trace for trace in ledger.trajectories()}
        errors = {row.key: row.error for row in ledger.page(limit=5000) if row.error}
    return Ran(stop, batch.reason, traces, errors, batch)


def quick(batch: Batch) -> None:
    """Let no test wait as long as a real server deserves."""
    solver = batch._solver_model
    assert isinstance(solver, GovernedChatModel)
    solver.retry = RetryPolicy(base=0.02, cap=0.1)


@asynccontextmanager
async def served(rate: float) -> AsyncIterator[tuple[FaultyServer, str]]:
    server = FaultyServer(rate, dict(PROFILES["quickstart"]))
    async with listening(server.app) as url:
        yield server, url


def outcome(trace: Trajectory) -> Any:
    verdicts = [(v.grader, v.step, v.status, v.code) for v in trace.verdicts]
    return [m.content for m in trace.messages], trace.ending.kind, verdicts, trace.decision


class Compared(NamedTuple):
    """What came of the same attempts with and without faults: how many were hit, by what, and how the hit ones ended."""

    attempts: int
    untouched: int
    met: Counter[str]
    endings: Counter[str]


async def compare(count: int, folder: Path, **solver: Any) -> Compared:
    """Make `count` attempts without faults and again with one of them in five hit, and hold the two against each other.

    Raises AssertionError where an attempt is lost, one that was not hit ended otherwise, or a message was said by nobody.
    """
    patient = {"time": 3600}  # how busy the machine is must not decide how an attempt ends
    async with served(0.0) as (_, url):
        clean = await ran(scenario(url, count, limits=patient), folder / "clean")
    async with served(0.2) as (server, url):
        faulty = await ran(scenario(url, count, limits=patient, solver=solver), folder / "faulty")
    assert clean.stop == faulty.stop == "finished"
    assert not clean.errors
    made = faulty.batch._watch.made
    assert made == clean.batch._watch.made, "every attempt ends in a recorded state"
    firsts = {key: t for key, t in faulty.traces.items() if t.lineage.repaired_from is None}
    assert len(firsts) + sum(key not in faulty.traces for key in faulty.errors) == made
    untouched = 0
    for key, trace in clean.traces.items():
        hit = {server.hit.get(trace.lineage.seed + more) for more in (0, ROUND)}
        if hit <= HARMLESS | {None}:
            assert key in faulty.traces, f"{key} is lost"
            assert outcome(faulty.traces[key]) == outcome(trace), (key, hit, faulty.traces[key].ending, trace.ending)
        untouched += hit == {None} and trace.lineage.repaired_from is None
    for trace in faulty.traces.values():
        for message in trace.messages:
            assert message.role != "assistant" or message.content in server.said, "no message is invented"
    endings = Counter(str(t.ending.kind) for t in firsts.values() if t.lineage.seed in server.hit)
    return Compared(made, untouched, server.met, endings)


@pytest.mark.parametrize("stream", [False, True])
async def test_faults_leave_the_rest_alone(stream: bool, tmp_path: Path) -> None:
    found = await compare(24, tmp_path, stream=stream)
    assert len(found.met) > 3
    assert found.untouched > 12


@pytest.mark.slow
async def test_faults_leave_the_rest_alone_in_hundreds_of_attempts(tmp_path: Path) -> None:
    found = await compare(400, tmp_path)
    assert set(FAULTS) <= set(found.met)
    assert found.untouched > 0.6 * found.attempts


async def test_a_budget_of_money_ends_a_run_and_outlives_it(tmp_path: Path) -> None:
    async with served(0.0) as (server, url):
        first = await ran(scenario(url, 24, budget={"usd": 0.01}), tmp_path / "run")
        asked = server.asked
        again = await ran(scenario(url, 24, budget={"usd": 0.01}), tmp_path / "run")
    assert (first.stop, again.stop) == ("budget", "budget")
    assert "--resume" in first.reason
    assert server.asked == asked, "nothing more is asked once the budget is spent"
    assert again.batch.governor.budget.total.usd >= 0.01


async def test_enough_is_enough(tmp_path: Path) -> None:
    async with served(0.0) as (_, url):
        found = await ran(scenario(url, 20, goal={"kept": 5}), tmp_path / "run")
        again = await ran(scenario(url, 20, goal={"kept": 5}), tmp_path / "run")
    kept = [t for t in found.traces.values() if t.decision and t.decision.outcome == "keep"]
    assert found.stop == again.stop == "goal"
    assert len(kept) == 5
    assert again.traces.keys() == found.traces.keys()


async def test_a_run_of_rejects_stops(tmp_path: Path) -> None:
    async with served(1.0) as (_, url):
        limits = {"error_rate": 1.0, "keep_rate": 0.99, "after": 5}
        found = await ran(scenario(url, 40, abort_if=limits, repair={"rounds": 0}), tmp_path / "run")
    assert found.stop == "keep_rate"
    assert "judged attempts were kept" in found.reason


async def test_steady_refusals_end_a_run_with_the_reason(tmp_path: Path) -> None:
    async with served(0.0) as (server, url):
        server.fault = lambda asked: "429"  # type: ignore[method-assign]
        found = await ran(scenario(url, 30, abort_if={"error_rate": 1.0, "silence": 1}), tmp_path / "run")
    assert found.stop == "endpoint"
    assert "slow down" in found.reason
    assert "--resume" in found.reason


async def test_an_outage_costs_no_attempt(tmp_path: Path) -> None:
    """The server fails everything for a while; what was begun waits for it, and comes out as without."""
    async with served(0.0) as (_, url):
        whole = await ran(scenario(url, 12), tmp_path / "whole")
    async with served(0.0) as (server, url):
        server.fault = lambda asked: "500" if 20 < server.asked < 150 else None  # type: ignore[method-assign]
        found = await ran(scenario(url, 12), tmp_path / "run")
    assert (found.stop, found.errors) == ("finished", {})
    assert {k: outcome(t) for k, t in found.traces.items()} == {k: outcome(t) for k, t in whole.traces.items()}


async def test_what_ended_in_an_error_is_made_again_on_resume(tmp_path: Path) -> None:
    async with served(0.0) as (server, url):
        whole = await ran(scenario(url, 12), tmp_path / "whole")
        paid, server.asked = server.asked, 0
        server.fault = lambda asked: "422" if server.asked % 5 == 4 else None  # type: ignore[method-assign]
        first = await ran(scenario(url, 12), tmp_path / "run")
        failed = len(first.errors)
        del server.fault
        again = await ran(scenario(url, 12), tmp_path / "run")
    assert failed
    assert (again.stop, again.errors) == ("finished", {})
    assert {k: outcome(t) for k, t in again.traces.items()} == {k: outcome(t) for k, t in whole.traces.items()}
    assert server.asked == paid + failed, "only what failed is asked again"


async def test_no_paid_call_is_made_twice(tmp_path: Path) -> None:
    """The first session dies in the middle of everything; what it had paid for is not asked for again."""
    async with served(0.0) as (server, url):
        whole = await ran(scenario(url, 12), tmp_path / "whole")
        paid = server.asked
        server.asked = 0
        task = asyncio.create_task(ran(scenario(url, 12), tmp_path / "killed"))
        while server.asked < paid // 3:  # noqa: ASYNC110 - the server counts, it does not tell
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        found = await ran(scenario(url, 12), tmp_path / "killed")
    assert found.batch.journal is not None
    in_flight = 16
    assert paid <= server.asked <= paid + in_flight, "only calls in flight at the end are asked again"
    assert {k: outcome(t) for k, t in found.traces.items()} == {k: outcome(t) for k, t in whole.traces.items()}


@pytest.mark.parametrize("status", [401, 422], ids=["ends the run", "ends each attempt"])
async def test_a_key_stands_nowhere(status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY_KEY", "sk-canary-7f3a9c")

    async def echo(request: Request) -> Response:
        return refusal(status, f"no such key: {request.headers['authorization']}")

    app = Starlette(routes=[Route("/v1/chat/completions", echo, methods=["POST"])])
    async with listening(app) as url:
        found = await ran(scenario(url, 3, solver={"api_key_env": "CANARY_KEY"}), tmp_path / "run")
    told = [found.reason] if status == 401 else [*found.errors.values()]
    assert told
    assert all("no such key" in each and "canary" not in each for each in told)
    for path in (tmp_path / "run").rglob("*"):
        assert path.is_dir() or b"canary" not in path.read_bytes(), path


async def test_a_wrong_key_ends_a_run_at_its_first_call_and_it_goes_on_with_the_right_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_KEY", "sk-wrong")
    async with served(0.0) as (server, url):
        answers, asked = server._completions, list[str]()

        async def guarded(request: Request) -> Response:
            asked.append(request.headers["authorization"])
            return await answers(request) if asked[-1] == "Bearer sk-right" else refusal(401, "invalid api key")

        server.app.router.routes[:] = [Route("/v1/chat/completions", guarded, methods=["POST"])]
        stopped = await ran(scenario(url, 12, solver={"api_key_env": "A_KEY"}), tmp_path / "run")
        refused = len(asked)
        monkeypatch.setenv("A_KEY", "sk-right")
        mended = await ran(scenario(url, 12, solver={"api_key_env": "A_KEY"}), tmp_path / "run")
    assert (stopped.stop, stopped.traces, stopped.errors) == ("endpoint", {}, {})
    for words in ("'teacher'", url, "api_key_env", "--resume"):
        assert words in stopped.reason
    assert refused <= 4, "no more than the gate lets in at first"
    assert mended.stop == "finished"
    assert mended.traces


async def test_nobody_at_the_address_ends_a_run_after_the_retries_of_one_call(tmp_path: Path) -> None:
    async with served(0.0) as (_, url):
        pass
    stopped = await ran(scenario(url, 12), tmp_path / "run")
    assert (stopped.stop, stopped.traces, stopped.errors) == ("endpoint", {}, {})
    assert "Is the server running" in stopped.reason
    assert scenario(url, 12).fingerprint() == scenario("http://127.0.0.1:1/v1", 12).fingerprint(), "servers move"
