"""Grows a mutant: what a plant puts into a trace really runs, the careful teacher goes on, and the wrong steps are labelled."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from langgraph.runtime import Runtime

from agents.context import AttemptContext
from agents.mutants.base import Mutation, Plant
from agents.mutants.figures import said
from agents.mutants.outcome import answers_rightly
from agents.mutants.scene import Scene, texts
from agents.nodes.act import act
from agents.nodes.think import think
from agents.state import AttemptState
from agents.trying import trials, tried
from traces.record import Ending, Lineage, Message, StepLabel, Trajectory, Usage, steps_of

PROPAGATED = "propagated"
"""The kind of a label that says: this step follows from the one planted before."""


class Grown(NamedTuple):
    """A mutant before it is confirmed."""

    messages: tuple[Message, ...]
    ending: Ending
    usage: Usage


async def mutant(scene: Scene, mutation: Mutation, plant: Plant, context: AttemptContext) -> Trajectory | None:
    """The confirmed mutant; None where the error changes nothing, so that it is none."""
    grown = await grow(scene, plant, context)
    trace = Trajectory(
        key=context.key,
        task=context.task,
        tools=context.schemas,
        messages=grown.messages,
        ending=grown.ending,
        executions=await tried(grown.messages, context, trials(scene.trace)),
        usage=grown.usage,
        lineage=_lineage(scene, context),
        duration=context.now(),
    )
    if grown.ending.kind in ("model_error", "error") or not mutation.confirmed(scene, plant, trace):
        return None
    return trace.model_copy(update={"labels": labels(scene, mutation, plant, trace)})


def _lineage(scene: Scene, context: AttemptContext) -> Lineage:
    return Lineage(
        task=context.task.id,
        attempt=context.attempt,
        seed=context.seed,
        model=context.model_name,
        world=context.task.world,
        mutated_from=scene.trace.key,
    )


async def grow(scene: Scene, plant: Plant, context: AttemptContext) -> Grown:
    """Carry a plant out. An interpreter keeps state, so what it ran before is run again first."""
    runtime = Runtime(context=context)
    start = scene.steps[plant.at].message
    record = _opening(scene.messages[:start], plant)
    await _warm_up(record, runtime)
    for one in plant.says:
        record.append(one.message)
        if one.message.tool_calls:
            record += await _act(record, runtime)
    if plant.then == "ends":
        return Grown(tuple(record), _ending(record[-1]), _usage(record))
    shown = _shown(scene, plant, record)
    return await _go_on(record, shown, runtime)


def _opening(messages: Sequence[Message], plant: Plant) -> list[Message]:
    more = {"user": plant.demands, "system": plant.instructs}
    return [m.model_copy(update={"content": m.content + more[m.role]}) if more.get(m.role) else m for m in messages]


def _shown(scene: Scene, plant: Plant, record: list[Message]) -> list[Message]:
    """What the teacher sees of the conversation."""
    if plant.then == "resumes":
        return list(scene.messages[: scene.steps[plant.resume].message])
    name, other = plant.mistaken
    if not name:
        return list(record)
    return [m.model_copy(update={"content": m.content.replace(name, other)}) if m.role == "user" else m for m in record]


async def _warm_up(record: list[Message], runtime: Runtime[AttemptContext]) -> None:
    """Run the code of the steps before once more, for what it left in the interpreter."""
    for place, message in enumerate(record):
        code = tuple(call for call in message.tool_calls if call.name == "python")
        if code:
            await _act([*record[:place], message.model_copy(update={"tool_calls": code})], runtime)


async def _act(messages: list[Message], runtime: Runtime[AttemptContext]) -> list[Message]:
    state = cast(AttemptState, {"messages": messages, "usage": _usage(messages)})
    observed: list[Message] = (await act(state, runtime))["messages"]
    return observed


async def _go_on(record: list[Message], shown: list[Message], runtime: Runtime[AttemptContext]) -> Grown:
    """The teacher's turns until it answers, as in the attempt graph. `shown` may leave out what it is not to see."""
    usage = Usage(estimated=True)
    while True:
        state = cast(AttemptState, {"messages": shown, "usage": usage})
        update = await think(state, runtime)
        usage = update.get("usage", usage)
        news: list[Message] = update.get("messages", [])
        if update["ending"] is None:
            news = [*news, *await _act([*record, *news], runtime)]
        record, shown = [*record, *news], [*shown, *news]
        if update["ending"] is not None:
            tokens = {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens}
            return Grown(tuple(record), update["ending"], _usage(record).model_copy(update=tokens))


def _ending(last: Message) -> Ending:
    if last.tool_calls:
        return Ending(kind="unfinished", detail="stops after a call")
    return Ending(kind="answered") if last.content.strip() else Ending(kind="empty", detail="neither text nor a call")


def _usage(messages: Sequence[Message]) -> Usage:
    turns = [m for m in messages if m.role == "assistant"]
    return Usage(model_calls=len(turns), tool_calls=sum(len(m.tool_calls) for m in turns), estimated=True)


def labels(scene: Scene, mutation: Mutation, plant: Plant, trace: Trajectory) -> tuple[StepLabel, ...]:
    """The planted steps by their codes, then those that are known to follow from them."""
    found = [
        StepLabel(
            step=plant.at + place, value=-1, source="mutant", code=one.code, kind=mutation.kind, detail=one.detail
        )
        for place, one in enumerate(plant.says)
        if one.code
    ]
    wrong_end = trace.ending.kind == "answered" and not answers_rightly(trace)
    found += [
        _following(plant, plant.at + place, last=wrong_end and one is plant.says[-1])
        for place, one in enumerate(plant.says)
        if one.follows
    ]
    if plant.mistaken[0]:
        detail = "goes for {1} instead of {0}".format(*plant.mistaken)
        found = [
            StepLabel(step=plant.at, value=-1, source="mutant", code=mutation.code, kind=mutation.kind, detail=detail)
        ]
    if plant.then != "goes on":
        return tuple(found)
    return (*found, *_followers(scene, plant, trace))


def _followers(scene: Scene, plant: Plant, trace: Trajectory) -> list[StepLabel]:
    """Steps that carry on a number which only the planted step brought, and a last step whose answer is no longer right."""
    steps, first = steps_of(trace.messages), plant.at + max(1, len(plant.says))
    mended = said(texts(scene.messages))
    brought = (
        said(texts([trace.messages[i] for s in steps[plant.at : first] for i in (s.message, *s.observations)])) - mended
    )
    wrong_end = trace.ending.kind == "answered" and not answers_rightly(trace)
    found = []
    for step in steps[first:]:
        carried = said(texts([trace.messages[step.message]])) & brought
        last = step is steps[-1] and wrong_end
        brought = brought | (
            said(m.content for m in map(trace.messages.__getitem__, step.observations)) - mended if carried else set()
        )
        if carried or last:
            found.append(_following(plant, step.index, last=last))
    return found


def _following(plant: Plant, step: int, *, last: bool) -> StepLabel:
    """The label of a step that follows from what was planted; `last`: it gives the wrong answer."""
    detail = f"follows from step {plant.at}"
    return StepLabel(step=step, value=-1, source="mutant", code="G2" if last else None, kind=PROPAGATED, detail=detail)
