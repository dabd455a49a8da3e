"""Drives a policy against the real tools, the way a graph would, and replays what happened."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jsonschema_rs import validator_for
from langchain_core.messages import ToolMessage

from scenarios.family import Family
from scenarios.policy import Act, Call, Mind, Observation, Slip
from tools.catalogue import catalogue, schema
from tools.results import ToolEnv, ToolOutput
from tools.search.index import LocalIndex
from tools.search.provider import Hit, Page
from traces.task import Task


class Attempt(NamedTuple):
    """What happened: acts with what they got, the answer, and the slips of every step (the answer's last)."""

    acts: tuple[Act, ...]
    observed: tuple[tuple[Observation, ...], ...]
    answer: str
    slips: tuple[tuple[Slip, ...], ...]

    @property
    def calls(self) -> list[Call]:
        return [call for act in self.acts for call in act.calls]

    @property
    def made(self) -> list[Slip]:
        return [slip for step in self.slips for slip in step]


class Without:
    """A search in which some pages are not there."""

    name = "without"

    def __init__(self, index: LocalIndex, gone: frozenset[str]) -> None:
        self._index, self._gone = index, gone

    async def search(self, query: str, limit: int) -> Sequence[Hit]:
        found = await self._index.search(query, limit + len(self._gone))
        return [hit for hit in found if hit.id not in self._gone][:limit]

    async def page(self, id: str) -> Page | None:
        return None if id in self._gone else await self._index.page(id)


async def attempt(family: Family, task: Task, env: ToolEnv, profile: Mapping[str, float], seed: int) -> Attempt:
    """One attempt, from the query alone."""
    ask = family.read(task.query)
    assert ask is not None, task.query
    mind = Mind(frozenset(task.tools), seed, profile)
    policy = family.solve(ask, mind)
    acts: list[Act] = []
    observed: list[tuple[Observation, ...]] = []
    slips: list[tuple[Slip, ...]] = []
    try:
        act = next(policy)
        while True:
            assert len(acts) < 40, "the policy does not come to an end"
            slips.append(mind.take())
            acts.append(act)
            observed.append(tuple([await observe(call, task, env, number) for call, number in _numbered(acts)]))
            act = policy.send(observed[-1])
    except StopIteration as stop:
        slips.append(mind.take())
        return Attempt(tuple(acts), tuple(observed), str(stop.value), tuple(slips))
    finally:
        await env.close()


def replayed(family: Family, task: Task, past: Attempt, profile: Mapping[str, float], seed: int) -> Attempt:
    """The same attempt again, from what was observed."""
    ask = family.read(task.query)
    assert ask is not None
    mind = Mind(frozenset(task.tools), seed, profile)
    policy = family.solve(ask, mind)
    acts: list[Act] = []
    slips: list[tuple[Slip, ...]] = []
    try:
        act = next(policy)
        for seen in past.observed:
            slips.append(mind.take())
            acts.append(act)
            act = policy.send(seen)
    except StopIteration as stop:
        slips.append(mind.take())
        return Attempt(tuple(acts), past.observed, str(stop.value), tuple(slips))
    raise AssertionError("the replay goes on after the attempt ended")


def _numbered(acts: Sequence[Act]) -> list[tuple[Call, int]]:
    """The calls of the last act, each with its number among those of its tool."""
    made = [call.tool for act in acts[:-1] for call in act.calls]
    found = []
    for call in acts[-1].calls:
        made.append(call.tool)
        found.append((call, made.count(call.tool)))
    return found


async def observe(call: Call, task: Task, env: ToolEnv, number: int = 1) -> Observation:
    """What a call gives: an error for one that is malformed, unknown, against its schema or hit by an outage, else the tool's own text."""
    if call.tool not in task.tools:
        return Observation(f"Error (unknown_tool): there is no tool {call.tool!r}.", failed=True)
    if isinstance(call.arguments, str):
        assert not _is_object(call.arguments), call.arguments
        return Observation("Error (malformed_call): the arguments are not a JSON object.", failed=True)
    tool = catalogue()[call.tool]
    parameters: dict[str, Any] = schema(tool)["function"]["parameters"]
    problems = [error.message for error in validator_for(parameters).iter_errors(dict(call.arguments))]
    if problems:
        return Observation(f"Error (invalid_arguments): {'; '.join(problems)}", failed=True)
    for outage in task.outages:
        if outage.hits(call.tool, number):
            return Observation(f"Error ({outage.error}): {call.tool} does not work.", failed=True)
    request = {"type": "tool_call", "id": "1", "name": call.tool, "args": {**call.arguments, "env": env}}
    message = await tool.ainvoke(request)
    assert isinstance(message, ToolMessage)
    assert isinstance(message.artifact, ToolOutput)
    return Observation(message.artifact.content, message.artifact.error is not None)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except json.JSONDecodeError:
        return False
