"""The embedded teacher: a chat model that needs no server, so that everything runs offline.

It reads the conversation and the tool schemas, like any model, and never the oracle. As *solver* it finds the family whose reader
understands the query, and replays that family's policy against the conversation so far; the next act or the answer is what it says.
As *writer* it words the brief it is given or, from a seed, writes a query of its own (`agents.teacher_author`); as *critic*
(`agents.teacher_critic`) it judges the step it is shown.
A fault profile makes it slip; each slip of a solver is logged in `response_metadata["slips"]`.

It is a demonstration and a test oracle. Nothing in the graders or the graphs knows that it exists.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable

from agents.chat.wire import CALL_ORDER
from agents.prompts import NOTE, REPHRASE, WRITER
from agents.teacher_author import authorship, understood
from agents.teacher_coder import coding
from agents.teacher_critic import criticism
from graders.critics.rubric import CRITIC
from scenarios.family import Family, all_families
from scenarios.policy import Act, Call, Mind, Observation, Slip
from scenarios.wording import STYLES
from traces.record import Trajectory
from traces.task import Brief

AT_A_LOSS = "I am sorry, I do not know how to help with that."
HEEDS = 0.25
"""Share of its slips the teacher still makes once a reviewer has warned it."""


class Turn(NamedTuple):
    """One earlier assistant message and what its calls returned."""

    said: AIMessage
    observed: tuple[Observation, ...]


class Past(NamedTuple):
    """How many of the teacher's turns in a conversation were made with another seed: what it goes on from, as it has no other memory."""

    turns: int
    seed: int


class TeacherChatModel(BaseChatModel):
    """A LangChain chat model that plays solver and writer. Equal conversation, tools and seed give equal replies."""

    faults: dict[str, float] = {}
    """The fault profile: slip kinds with their probabilities; empty makes no mistakes."""
    past: Past | None = None

    @property
    def _llm_type(self) -> str:
        return "winnow-teacher"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"faults": self.faults}

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer tools, as schemas in OpenAI's form."""
        return self.bind(tools=list(tools), **kwargs)

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return self._generate(messages, stop, **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        seed, tools = int(kwargs.get("seed") or 0), kwargs.get("tools", ())
        if messages and isinstance(messages[0], SystemMessage) and messages[0].text == WRITER:
            reply = _write(messages, self.faults, seed)
        elif messages and isinstance(messages[0], SystemMessage) and messages[0].text.startswith(CRITIC):
            reply = criticism(messages, self.faults, seed)
        elif messages and isinstance(messages[0], SystemMessage) and messages[0].text == REPHRASE:
            reply = _reworded(messages, seed)
        elif written := authorship(messages, self.faults, seed) or coding(messages, self.faults, seed):
            reply = written
        else:
            reply = _solve(messages, frozenset(t["function"]["name"] for t in tools), self.faults, seed, self.past)
        reply.usage_metadata = _usage(messages, reply)
        reply.response_metadata.update(model_name="teacher", usage_estimated=True)
        return ChatResult(generations=[ChatGeneration(message=reply)])


def _solve(
    messages: list[BaseMessage], tools: frozenset[str], profile: Mapping[str, float], seed: int, past: Past | None
) -> AIMessage:
    understood = understand(next((str(m.text) for m in messages if isinstance(m, HumanMessage)), ""))
    if understood is None:
        return AIMessage(AT_A_LOSS)
    family, ask = understood
    mind, turns = Mind(tools, past.seed if past else seed, _heeded(profile, messages)), turns_of(messages)
    said, slips = replay(family, ask, mind, turns, (past.turns, seed) if past else None)
    return _reply(said, slips, seed, len(turns))


@lru_cache(maxsize=512)
def understand(query: str) -> tuple[Family, dict[str, Any]] | None:
    """The family that reads a query, and what it reads. Remembered, since every turn of an attempt asks again."""
    return understood(query)


def replay(
    family: Family, ask: dict[str, Any], mind: Mind, turns: Sequence[Turn], change: tuple[int, int] | None = None
) -> tuple[Act | str, tuple[Slip, ...]]:
    """Run a policy from its start through what has happened; give what it does next (an act, or the answer) and the slips in that.

    `change`: after so many turns, the mind goes on with that seed.
    """
    policy = family.solve(ask, mind)
    try:
        act = next(policy)
        for place, turn in enumerate(turns, 1):
            mind.take()
            if change and place == change[0]:
                mind.change(change[1])
            act = policy.send(turn.observed)
    except StopIteration as stop:
        return str(stop.value), mind.take()
    return act, mind.take()


def occasions(trace: Trajectory) -> Counter[str]:
    """How often each kind of slip could have been made in a faultless attempt of the teacher's: its policy goes through it again."""
    understood = understand(trace.task.query)
    if understood is None:
        return Counter()
    mind = Mind(frozenset(tool["function"]["name"] for tool in trace.tools), trace.lineage.seed)
    seen = [[trace.messages[i] for i in step.observations] for step in trace.steps[:-1]]
    observed = [
        tuple(Observation(m.content, m.result is not None and m.result.status == "error") for m in s) for s in seen
    ]
    replay(*understood, mind, [Turn(AIMessage(""), some) for some in observed])
    return mind.asked


def turns_of(messages: Sequence[BaseMessage]) -> list[Turn]:
    """The assistant's turns after the query, with the results of each in the order of its calls."""
    turns: list[Turn] = []
    for message in messages:
        if isinstance(message, AIMessage):
            turns.append(Turn(message, ()))
        elif isinstance(message, ToolMessage) and turns:
            observation = Observation(message.text, message.status == "error")
            turns[-1] = turns[-1]._replace(observed=(*turns[-1].observed, observation))
    return turns


def _heeded(profile: Mapping[str, float], messages: list[BaseMessage]) -> Mapping[str, float]:
    warned = NOTE.partition("{")[0].strip()
    if not (isinstance(messages[0], SystemMessage) and warned in messages[0].text):
        return profile
    return {kind: probability * HEEDS for kind, probability in profile.items()}


def _reply(said: Act | str, slips: Sequence[Slip], seed: int, turn: int) -> AIMessage:
    logged = {"slips": [slip._asdict() for slip in slips]}
    if isinstance(said, str):
        return AIMessage(said, response_metadata={**logged, "finish_reason": "stop"})
    calls = [(call, call_id(seed, turn, place)) for place, call in enumerate(said.calls)]
    return AIMessage(
        said.says,
        tool_calls=[_valid(c, id) for c, id in calls if not isinstance(c.arguments, str)],
        invalid_tool_calls=[_broken(c, id) for c, id in calls if isinstance(c.arguments, str)],
        response_metadata={**logged, "finish_reason": "tool_calls", CALL_ORDER: [id for _, id in calls]},
    )


def _valid(call: Call, id: str) -> Any:
    return {
        "name": call.tool,
        "args": dict(call.arguments) if isinstance(call.arguments, Mapping) else {},
        "id": id,
        "type": "tool_call",
    }


def _broken(call: Call, id: str) -> Any:
    return {"name": call.tool, "args": call.arguments, "id": id, "error": "invalid JSON", "type": "invalid_tool_call"}


def call_id(seed: int, turn: int, place: int) -> str:
    """Nine characters of [0-9a-f]: every chat template and server takes such ids."""
    return hashlib.sha256(f"{seed} {turn} {place}".encode()).hexdigest()[:9]


def _write(messages: list[BaseMessage], profile: Mapping[str, float], seed: int) -> AIMessage:
    asked = orjson.loads(str(next(m.text for m in messages if isinstance(m, HumanMessage))))
    brief = Brief.model_validate({key: value for key, value in asked.items() if key != "examples"})
    tries = sum(isinstance(m, AIMessage) for m in messages)
    rng = random.Random(f"write {seed} {tries}")
    query = all_families()[brief.family].write(brief, rng)
    if rng.random() < profile.get("forgets", 0.0):
        query = _forget(query, rng)
    return AIMessage(query)


def _reworded(messages: list[BaseMessage], seed: int) -> AIMessage:
    """Another wording of a problem that a family reads; of others the teacher has none."""
    understood = understand(str(next(m.text for m in messages if isinstance(m, HumanMessage))))
    if understood is None:
        return AIMessage(AT_A_LOSS)
    (family, ask), rng = understood, random.Random(f"reword {seed}")
    return AIMessage(family.write(Brief(family=family.name, ask=ask, style=rng.choice(STYLES)), rng))


def _forget(query: str, rng: random.Random) -> str:
    """A hasty writer leaves a piece out: the check must notice."""
    words = query.split()
    cut = rng.randrange(len(words))
    return " ".join(words[:cut])


def _usage(messages: list[BaseMessage], reply: AIMessage) -> Any:
    """Tokens estimated at four characters each: the teacher has no tokenizer."""
    read = sum(len(m.text) for m in messages) // 4 + 1
    wrote = (len(reply.text) + sum(len(str(c["args"])) for c in reply.tool_calls)) // 4 + 1
    return {"input_tokens": read, "output_tokens": wrote, "total_tokens": read + wrote}
