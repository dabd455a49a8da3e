"""Rewards by a model behind a server: what was paid for is not asked for again, whatever becomes of the process."""

import asyncio
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessage
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from agents.serving import completion, serve_teacher
from scenarios.profiles import PROFILES
from scenarios.scenario import Scenario
from tests.agents.faulty import listening
from tests.agents.scripted import calls
from tests.winnow.test_faults import ran, scenario
from traces.ledger import Ledger
from winnow.folder import RunFolder
from winnow.rewarding import Made, Rewarding


class Steady:
    """A model that calculates six times and then answers; `asked` counts what was asked of it."""

    def __init__(self) -> None:
        self.app = Starlette(routes=[Route("/v1/chat/completions", self._completions, methods=["POST"])])
        self.asked = 0

    async def _completions(self, request: Request) -> Response:
        self.asked += 1
        asked = await request.json()
        turn = sum(said["role"] == "assistant" for said in asked["messages"])
        said = calls(("calculator", {"expression": f"{asked['seed']} + {turn}"})) if turn < 6 else AIMessage("It is 7.")
        return JSONResponse(completion(said, asked))


def small(url: str, **more: Any) -> Scenario:
    tasks = {"count": 3, "families": ["money"]}
    return scenario(url, 3, tasks=tasks, repair={"rounds": 0}, concurrency={"attempts": 2}, **more)


async def rewarded(asked: Scenario, run: Path) -> Made:
    folder = RunFolder(run)
    with Ledger.open(folder.ledger, annotate=True) as ledger:
        return await Rewarding(asked, folder, n=2).run(ledger)


def continued(run: Path) -> list[Any]:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        steps = [(key, reward.step) for key in sorted(ledger.rewarded()) for reward in ledger.rewards(key)]
        found = [one for place in steps for one in ledger.continuations(*place)]
    return [(one.key, one.step, one.number, one.ending, [said.content for said in one.said]) for one in found]


async def test_no_paid_call_of_a_continuation_is_made_twice(tmp_path: Path) -> None:
    server = Steady()
    async with listening(server.app) as url:
        for run in ("whole", "killed"):
            await ran(small(url), tmp_path / run)
        server.asked = 0
        whole = await rewarded(small(url), tmp_path / "whole")
        paid, server.asked = server.asked, 0
        for deaths in range(1, 4):
            task = asyncio.create_task(rewarded(small(url), tmp_path / "killed"))
            while server.asked < deaths * paid // 4:  # noqa: ASYNC110 - the server counts, it does not tell
                await asyncio.sleep(0.001)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        found = await rewarded(small(url), tmp_path / "killed")
        again = await rewarded(small(url), tmp_path / "killed")
    assert whole.continuations == again.before == 3 * 6 * 2
    assert again.continuations == 0
    in_flight = 3 * 2
    assert paid <= server.asked <= paid + in_flight, "only calls in flight when it died are asked again"
    assert continued(tmp_path / "killed") == continued(tmp_path / "whole")
    assert found.cost is not None
    assert found.cost.stale == 0


async def test_the_budget_of_a_run_holds_for_its_rewards_and_they_go_on_once_it_is_raised(tmp_path: Path) -> None:
    server = Steady()
    async with listening(server.app) as url:
        await ran(small(url), tmp_path / "run")
        before = server.asked
        stopped = await rewarded(small(url, budget={"time": 0.01}), tmp_path / "run")
        assert server.asked == before
        more = await rewarded(small(url), tmp_path / "run")
    assert "Raise it" in stopped.stopped
    assert "the same command" in stopped.stopped
    assert not stopped.errors
    assert more.continuations == 3 * 6 * 2
    assert not more.stopped


async def test_the_served_teacher_goes_on_as_the_embedded_one(tmp_path: Path) -> None:
    found = {}
    profile = dict(PROFILES["quickstart"])
    embedded = {"model": "teacher", "profile": "quickstart", "base_url": None, "price": None}
    for name, solver in (("served", {}), ("embedded", embedded)):
        async with listening(serve_teacher(profile)) as url:
            asked = scenario(url, 8, solver=solver, limits={"time": 3600})
            await ran(asked, tmp_path / name)
            made = await rewarded(asked, tmp_path / name)
            assert not made.errors
            found[name] = [(*one[:4], one[4][-1]) for one in continued(tmp_path / name)]
    assert len(found["served"]) > 20
    assert found["served"] == found["embedded"]


async def test_a_teacher_that_did_not_begin_says_so(tmp_path: Path) -> None:
    async with listening(serve_teacher({})) as url:
        await ran(scenario(url, 3), tmp_path / "run")
    async with listening(serve_teacher({})) as url:
        made = await rewarded(scenario(url, 3), tmp_path / "run")
    assert made.continuations == 0
    assert all("before this server was started" in why for why in made.errors)
