"""One turn of the model. What it says is recorded as it came; a limit that is reached ends the round, outside the messages."""

from typing import Any

from langchain_core.messages import AIMessage
from langgraph.runtime import Runtime

from agents.context import AttemptContext
from agents.convert import from_langchain, to_langchain, with_new_ids
from agents.parsing import made
from agents.retry import cut_off, with_retries
from agents.state import AttemptState
from traces.record import Ending, Message, StepLabel, Usage


async def think(state: AttemptState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """Ask the model for its next message, unless a limit forbids it."""
    context = runtime.context
    turn = sum(m.role == "assistant" for m in state["messages"])
    if ending := _limit(turn, state["usage"], context):
        return {"ending": ending}
    started, rounds = context.now(), len(state.get("trajectories", []))
    try:
        async with context.clock.within(context.left):
            reply = await _ask(state["messages"], turn, rounds, context)
    except TimeoutError:
        return {"ending": Ending(kind="time_limit", detail=f"no answer of the model within {context.limits.time:g} s")}
    if context.left <= 0:  # a server's answer is waited for, and then counted
        return {"ending": Ending(kind="time_limit", detail=f"the model's answer came after {context.limits.time:g} s")}
    taken = {call.id for message in state["messages"] for call in message.tool_calls}
    reply = with_new_ids(made(reply, context.tool_parser, context.tools), taken)
    context.attached[rounds, turn] = reply.additional_kwargs
    said = from_langchain(reply, started=started, duration=context.now() - started)
    return {
        "messages": [said],
        "labels": _labels(reply, turn),
        "usage": _add(state["usage"], reply, said),
        "ending": _ending(said, reply),
    }


async def _ask(messages: list[Message], turn: int, round_: int, context: AttemptContext) -> AIMessage:
    seed = context.seed + 1_000_003 * round_
    said = to_langchain(messages)
    for place, message in enumerate(m for m in said if isinstance(m, AIMessage)):
        message.additional_kwargs |= context.attached.get((round_, place), {})

    async def once() -> AIMessage:
        reply = await context.solver.ainvoke(said, seed=seed)
        if not isinstance(reply, AIMessage):
            raise TypeError(f"the model gave a {type(reply).__name__}, not an assistant message")
        return reply

    return await with_retries(once, context.retry, seed + turn)


def _limit(turn: int, usage: Usage, context: AttemptContext) -> Ending | None:
    limits = context.limits
    if turn > limits.turns:  # one turn more than the limit, so that a model whose tools were refused can still answer
        return Ending(kind="turn_limit", detail=f"no answer within {limits.turns} turns")
    if usage.input_tokens + usage.output_tokens >= limits.tokens:
        return Ending(kind="token_limit", detail=f"{limits.tokens} tokens used")
    spent = context.rates.cost(usage.input_tokens, usage.output_tokens)
    if limits.usd is not None and spent >= limits.usd:
        return Ending(kind="token_limit", detail=f"${spent:.4f} of ${limits.usd:.4f} spent")
    if context.left <= 0:
        return Ending(kind="time_limit", detail=f"{limits.time:g} s are over")
    return None


def _ending(said: Message, reply: AIMessage) -> Ending | None:
    if said.tool_calls:
        return None
    if cut_off(reply):
        why = reply.response_metadata["finish_reason"]
        return Ending(kind="token_limit", detail=f"the answer was cut off (finish reason {why})")
    if said.content.strip():
        return Ending(kind="answered")
    refused = reply.additional_kwargs.get("refusal")
    return Ending(kind="empty", detail=f"the model refused: {refused}"[:500] if refused else "neither text nor a call")


def _add(usage: Usage, reply: AIMessage, said: Message) -> Usage:
    counted = reply.usage_metadata
    return Usage(
        model_calls=usage.model_calls + 1,
        tool_calls=usage.tool_calls + len(said.tool_calls),
        input_tokens=usage.input_tokens + (counted["input_tokens"] if counted else 0),
        output_tokens=usage.output_tokens + (counted["output_tokens"] if counted else 0),
        estimated=usage.estimated or bool(reply.response_metadata.get("usage_estimated")),
    )


def _labels(reply: AIMessage, step: int) -> list[StepLabel]:
    """The teacher logs its own mistakes in the response metadata; other models log none."""
    slips = reply.response_metadata.get("slips", [])
    return [
        StepLabel(step=step, value=-1, source="fault", kind=s["kind"], code=s["code"], detail=s["detail"])
        for s in slips
    ]
