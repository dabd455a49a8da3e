"""Going on from a recorded beginning: what the model is shown, what counts as right, what breaks it, what the interpreter knows."""

from dataclasses import replace

import pytest
from langchain_core.messages import AIMessage

from agents.attempt import run_attempt
from agents.chat import EndpointError
from agents.continuing import continue_from
from tests.agents.scripted import ScriptedChatModel, calls
from tests.agents.test_attempt import RIGHT, RIGHT_CALL, WRONG, context
from tools.catalogue import catalogue
from tools.results import ToolEnv
from tools.sandbox import LocalSessions
from traces.record import Message


async def beginning() -> tuple[Message, ...]:
    """The opening, and a call with its result."""
    trace = (await run_attempt(context([RIGHT_CALL, WRONG])))[-1]
    return trace.messages[:4]


@pytest.mark.parametrize(("answer", "right"), [(RIGHT, True), (WRONG, False), (AIMessage("I cannot tell."), False)])
async def test_a_continuation_is_right_where_its_answer_is(answer: AIMessage, right: bool) -> None:
    begun, made = await beginning(), context([answer])
    found = await continue_from(begun, made)
    assert found.right is right
    assert found.ending.kind == "answered"
    assert found.messages[:4] == begun
    assert found.messages[4].content == answer.content
    assert isinstance(made.model, ScriptedChatModel)
    assert [m.type for m in made.model.seen[0]] == ["system", "human", "ai", "tool"]


async def test_a_continuation_may_call_tools_again_with_other_ids() -> None:
    found = await continue_from(await beginning(), context([RIGHT_CALL, RIGHT]))
    ids = [call.id for message in found.messages for call in message.tool_calls]
    assert found.right
    assert len(set(ids)) == len(ids) == 2


async def test_a_model_that_fails_is_an_ending_and_no_wrong_answer() -> None:
    found = await continue_from(await beginning(), context([EndpointError("wrong key", status=401)]))
    assert found.ending.kind == "model_error"


async def test_one_that_never_answers_ends_at_its_limit() -> None:
    found = await continue_from(await beginning(), context([RIGHT_CALL], turns=3))
    assert found.ending.kind == "turn_limit"
    assert not found.right


async def test_what_the_interpreter_was_told_is_still_there() -> None:
    sessions = LocalSessions()
    try:

        def told(*script: AIMessage):  # type: ignore[no-untyped-def]
            made = replace(context(script), tools={"python": catalogue()["python"]}, env=ToolEnv(sessions=sessions))
            return replace(made, task=made.task.model_copy(update={"tools": ("python",)}))

        first = calls(("python", {"code": "value = 4127 * 389"}))
        begun = (await run_attempt(told(first, WRONG)))[-1].messages[:4]
        found = await continue_from(begun, told(calls(("python", {"code": "print(value)"})), RIGHT))
        assert "1605403" in found.messages[5].content
    finally:
        await sessions.close()
