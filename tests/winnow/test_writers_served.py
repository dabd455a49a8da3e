"""Writers behind a server: queries reworded and held against their truth, and queries written while the server misbehaves."""

import json
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessage
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from agents.prompts import ASKS, WRITER
from agents.serving import answer, completion, messages_of
from agents.teacher import TeacherChatModel
from scenarios.family import all_families
from tests.agents.faulty import FaultyServer, listening
from tests.winnow.test_faults import ran, scenario
from traces.ledger import Ledger

ASIDE = "My aunt has been asking about this since Tuesday and nobody can tell her"
"""What no family's reader understands."""


class FreeWriter:
    """The teacher, but it words queries so that only a model reads them; now and then it asks another thing."""

    def __init__(self) -> None:
        self.app = Starlette(routes=[Route("/v1/chat/completions", self._completions, methods=["POST"])])

    async def _completions(self, request: Request) -> Response:
        asked = await request.json()
        said, office = asked["messages"], asked["messages"][0]["content"]
        if office == ASKS:
            shown = json.loads(said[1]["content"])
            said[1]["content"] = json.dumps({**shown, "query": shown["query"].partition(f"{ASIDE}: ")[2]})
        body = completion(await answer(TeacherChatModel(), asked, messages_of(asked)), asked)
        message = body["choices"][0]["message"]
        if office == WRITER:
            drifts = asked["seed"] % 3 == 0
            message["content"] = f"{ASIDE}: {'What is 2 plus 2?' if drifts else message['content']}"
        return JSONResponse(body)


def served(url: str) -> dict[str, Any]:
    return {"model": "openai:free", "base_url": url}


async def test_a_free_wording_keeps_its_truth_or_is_not_used(tmp_path: Path) -> None:
    async with listening(FreeWriter().app) as url:
        asked = scenario(url, 12, models={"writer": served(url), "critic": served(url)})
        assert (await ran(asked, tmp_path / "run")).stop == "finished"
    with Ledger.open(tmp_path / "run" / "ledger.sqlite", readonly=True) as ledger:
        counted, stages = ledger.counts().queries, ledger.stages()
        tasks = {slot: task for slot in ledger.slots() if (task := ledger.task(slot))}
    assert set(counted) == {"reworded, read back by a model", "original wording"}
    assert sum(counted.values()) == len(tasks)
    for slot, task in tasks.items():
        assert task.brief
        assert task.oracle
        reworded = stages[slot] != "original wording"
        assert task.query.startswith(ASIDE) == reworded
        assert all_families()[task.family].read(task.query.partition(f"{ASIDE}: ")[2] or task.query) == task.brief.ask


async def test_queries_are_written_while_the_server_misbehaves(tmp_path: Path) -> None:
    server = FaultyServer(0.4)
    async with listening(server.app) as url:
        write = {"count": 20, "write": {"domains": ["math", "search"], "levels": [1, 2]}}
        models = {role: served(url) for role in ("writer", "solver", "critic")}
        asked = scenario(url, 20, tasks=write, models=models)
        assert (await ran(asked, tmp_path / "run")).stop == "finished"
    assert sum(n for kind, n in server.met.items() if kind != "none") > 10
    with Ledger.open(tmp_path / "run" / "ledger.sqlite", readonly=True) as ledger:
        counts = ledger.counts()
        assert counts.tasks + sum(counts.discards.values()) == 20
        assert counts.tasks > 10
        gates = {"unreadable", "unjudged", "unanswerable", "duplicate", "near_duplicate", "writer_error", "form"}
        assert set(counts.discards) <= gates
        assert all(trace.task.query for trace in ledger.trajectories())


class Prose:
    """A model that knows no forms."""

    def __init__(self) -> None:
        self.app = Starlette(routes=[Route("/v1/chat/completions", self._completions, methods=["POST"])])
        self.asked = 0

    async def _completions(self, request: Request) -> Response:
        self.asked += 1
        return JSONResponse(completion(AIMessage("I would ask how far it is."), await request.json()))


async def test_a_writer_that_gives_nothing_usable_ends_the_run_with_what_was_wrong(tmp_path: Path) -> None:
    server = Prose()
    async with listening(server.app) as url:
        tasks = {"count": 500, "write": {"domains": ["math"]}}
        abort = {"error_rate": 1.0, "after": 20}
        found = await ran(
            scenario(url, 1, tasks=tasks, models={"writer": served(url)}, abort_if=abort), tmp_path / "run"
        )
    assert found.stop == "error_rate"
    assert "none of the first 24 queries passed the gates (unreadable 24)" in found.reason
    assert "no JSON object" in found.reason
    assert "models.writer" in found.reason
    assert server.asked == 48
    listed = [json.loads(line) for line in (tmp_path / "run" / "refused.jsonl").read_text().splitlines()]
    assert [row["reply"] for row in listed] == ["I would ask how far it is."] * 24


async def test_a_short_run_without_any_query_says_what_was_wrong_too(tmp_path: Path) -> None:
    async with listening(Prose().app) as url:
        tasks = {"count": 3, "write": {"domains": ["math"]}}
        found = await ran(scenario(url, 1, tasks=tasks, models={"writer": served(url)}), tmp_path / "run")
    assert found.stop == "error_rate"
    assert "none of the first 3 queries passed the gates (unreadable 3)" in found.reason


async def test_a_task_whose_writer_failed_is_written_on_resume(tmp_path: Path) -> None:
    server = FaultyServer(0.0)
    async with listening(server.app) as url:
        asked = scenario(url, 12, models={"writer": served(url), "critic": served(url)})
        whole = await ran(asked, tmp_path / "whole")
        server.asked = 0
        server.fault = lambda asked: "422" if server.asked % 3 == 2 else None  # type: ignore[method-assign]
        await ran(asked, tmp_path / "run")
        with Ledger.open(tmp_path / "run" / "ledger.sqlite", readonly=True) as ledger:
            assert set(ledger.counts().discards) == {"writer_error"}
        del server.fault
        again = await ran(asked, tmp_path / "run")
    with Ledger.open(tmp_path / "run" / "ledger.sqlite", readonly=True) as ledger:
        assert (ledger.counts().tasks, ledger.counts().discards) == (12, {})
        assert ledger.verify() == []
    assert set(again.traces) == set(whole.traces)
