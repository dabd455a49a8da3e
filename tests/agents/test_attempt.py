"""The attempt graph with a scripted model: routes, limits, errors, repair. No world, no teacher."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any

import pytest
from langchain_core.messages import AIMessage
from langchain_core.tools import InjectedToolArg, tool

from agents.attempt import build_attempt, recursion_limit, run_attempt
from agents.chat import EndpointError
from agents.context import AttemptContext, AttemptLimits
from agents.retry import RetryPolicy
from graders.base import all_graders
from tests.agents.scripted import ScriptedChatModel, broken, calls
from tools.catalogue import catalogue
from tools.results import ToolEnv, ToolOutput, failed
from traces.record import Trajectory
from traces.task import Answer, Oracle, Outage, PlanNode, Task

PRODUCT = Task(
    family="scripted",
    query="What is 4127 times 389?",
    tools=("calculator",),
    oracle=Oracle(
        answer=Answer(kind="number", value="1605403"),
        plan=(PlanNode(id="n1", op="calculate", args={"expression": "4127*389"}, tool="calculator", value="1605403"),),
    ),
)
RIGHT_CALL = calls(("calculator", {"expression": "4127*389"}))
RIGHT = AIMessage("4127 times 389 is 1605403.")
WRONG = AIMessage("4127 times 389 is 1605999.")


def context(script: Iterable[Any], **limits: Any) -> AttemptContext:
    return AttemptContext(
        key="t-0000-0",
        task=PRODUCT,
        attempt=0,
        model_name="scripted",
        model=ScriptedChatModel(script=list(script), seen=[], offered=[]),
        tools={"calculator": catalogue()["calculator"]},
        env=ToolEnv(),
        graders=tuple(all_graders().values()),
        retry=RetryPolicy(base=0.0),
        limits=AttemptLimits(**{"repairs": 0, **limits}),
    )


async def attempt(script: Iterable[Any], **limits: Any) -> Trajectory:
    return (await run_attempt(context(script, **limits)))[-1]


async def test_a_right_solution_is_kept() -> None:
    trace = await attempt([RIGHT_CALL, RIGHT])
    assert trace.decision is not None
    assert trace.decision.outcome == "keep", trace.decision.reasons
    assert [m.role for m in trace.messages] == ["system", "user", "assistant", "tool", "assistant"]
    assert [m.origin for m in trace.messages] == ["system", "user", "sampled", "tool", "sampled"]
    assert "1605403" in trace.messages[3].content
    assert {v.step for v in trace.verdicts} == {0, 1}
    assert trace.tools[0]["function"]["name"] == "calculator"


async def test_a_wrong_answer_is_rejected_at_its_step() -> None:
    trace = await attempt([RIGHT_CALL, WRONG])
    assert trace.decision is not None
    assert trace.decision.outcome == "reject"
    assert trace.decision.first_bad_step == 1


async def _failing(script: Iterable[Any], *outages: Outage, **limits: Any) -> tuple[Trajectory, ...]:
    made = context(script, **limits)
    return await run_attempt(replace(made, task=PRODUCT.model_copy(update={"outages": outages})))


def _errors(trace: Trajectory) -> list[str | None]:
    return [m.result.error for m in trace.messages if m.result]


async def test_an_outage_hits_the_calls_it_names_and_trying_again_is_right() -> None:
    (trace,) = await _failing([RIGHT_CALL, RIGHT_CALL, RIGHT], Outage(tool="calculator", last=1))
    assert _errors(trace) == ["timeout", None]
    assert trace.messages[3].content == "Error (timeout): calculator did not answer within 30 s."
    assert trace.decision is not None
    assert trace.decision.outcome == "keep", trace.decision.reasons


async def test_calls_are_counted_across_messages_and_within_one() -> None:
    two = calls(("calculator", {"expression": "4127*389"}), ("calculator", {"expression": "389"}))
    (trace,) = await _failing([RIGHT_CALL, two, RIGHT], Outage(tool="calculator", first=3, error="out_of_service"))
    assert _errors(trace) == [None, None, "out_of_service"]


async def test_calls_are_counted_anew_in_a_repair() -> None:
    script = [RIGHT_CALL, WRONG, RIGHT_CALL, RIGHT_CALL, RIGHT]
    first, second = await _failing(script, Outage(tool="calculator", last=1), repairs=1)
    assert _errors(first) == ["timeout"]
    assert _errors(second) == ["timeout", None]


async def test_a_malformed_call_is_an_observation_not_an_answer() -> None:
    trace = await attempt([broken("calculator", '{"expression": 4127*'), RIGHT_CALL, RIGHT])
    first = trace.messages[2].tool_calls[0]
    assert first.malformed
    assert first.function.arguments == '{"expression": 4127*'
    result = trace.messages[3].result
    assert result is not None
    assert result.error == "malformed_call"
    assert trace.ending.kind == "answered"
    assert trace.decision is not None
    assert "F1" in trace.decision.codes


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (calls(("abacus", {"expression": "1"})), "unknown_tool"),
        (calls(("calculator", {})), "invalid_arguments"),
        (calls(("calculator", {"expression": 7})), "invalid_arguments"),
        (calls(("calculator", {"expression": "1", "precision": 2})), "invalid_arguments"),
        (calls(("calculator", {"expression": "1", "env": "mine"})), "invalid_arguments"),
    ],
)
async def test_a_call_that_does_not_fit_is_refused_in_words(call: AIMessage, kind: str) -> None:
    trace = await attempt([call, RIGHT_CALL, RIGHT])
    result = trace.messages[3].result
    assert result is not None
    assert result.error == kind
    assert "calculator" in trace.messages[3].content


async def test_parallel_calls_are_answered_in_order() -> None:
    trace = await attempt([calls(("calculator", {"expression": "1+1"}), ("calculator", {"expression": "2+2"})), RIGHT])
    asked = [call.id for call in trace.messages[2].tool_calls]
    assert [m.tool_call_id for m in trace.messages[3:5]] == asked
    assert [m.content.strip()[-1] for m in trace.messages[3:5]] == ["2", "4"]


async def test_past_the_call_limit_tools_are_refused_and_the_model_may_answer() -> None:
    script = [*(calls(("calculator", {"expression": f"{n}+1"})) for n in range(3)), RIGHT]
    trace = await attempt(script, calls=2)
    refused = [m.result.error for m in trace.messages if m.result]
    assert refused == [None, None, "limit"]
    assert trace.ending.kind == "answered"


async def test_a_model_that_never_answers_ends_at_the_turn_limit() -> None:
    endless = [calls(("calculator", {"expression": f"{n}+1"})) for n in range(50)]
    trace = await attempt(endless, turns=4)
    assert trace.ending.kind == "turn_limit"
    assert trace.messages[-1].role == "tool", "no message is invented at the limit"
    assert sum(m.role == "assistant" for m in trace.messages) == 5
    assert trace.decision is not None
    assert trace.decision.outcome == "reject"


async def test_an_empty_message_is_no_answer() -> None:
    trace = await attempt([AIMessage("  ")])
    assert trace.ending.kind == "empty"
    assert trace.decision is not None
    assert trace.decision.outcome == "reject"


async def test_a_failing_model_is_infrastructure_not_quality() -> None:
    trace = await attempt([RIGHT_CALL, ConnectionError("server went away")])
    assert trace.ending.kind == "model_error"
    assert "server went away" in trace.ending.detail
    assert trace.decision is None
    assert trace.verdicts == ()
    assert trace.messages[-1].role == "tool"


@tool(response_format="content_and_artifact")
async def python(code: str, env: Annotated[ToolEnv | None, InjectedToolArg] = None) -> tuple[str, ToolOutput]:
    """Run code where it says."""
    if code == "bug":
        raise ZeroDivisionError("in the tool")
    output = failed("sandbox_unavailable", "no sandbox: quota") if code == "quota" else failed("execution_error", code)
    return output.content, output


@pytest.mark.parametrize(
    ("code", "kind", "detail"),
    [("quota", "sandbox_unavailable", "no sandbox: quota"), ("bug", "internal", "ZeroDivisionError: in the tool")],
)
async def test_a_tool_that_breaks_is_infrastructure_not_quality(code: str, kind: str, detail: str) -> None:
    together = calls(("calculator", {"expression": "1+1"}), ("python", {"code": code}))
    run = context([together, RIGHT], repairs=1)
    (trace,) = await run_attempt(replace(run, tools={**run.tools, "python": python}))
    assert [m.result.error for m in trace.messages if m.result] == [None, kind]
    assert trace.ending.kind == "error"
    assert trace.ending.detail.startswith("python: Error")
    assert detail in trace.ending.detail
    assert (trace.decision, trace.verdicts) == (None, ())


async def test_code_that_fails_is_the_models_to_mend() -> None:
    run = context([calls(("python", {"code": "typo"})), RIGHT_CALL, RIGHT])
    (trace,) = await run_attempt(replace(run, tools={**run.tools, "python": python}))
    assert trace.ending.kind == "answered"
    assert trace.decision is not None


async def test_what_may_pass_is_tried_again() -> None:
    run = context(
        [
            EndpointError("busy", status=503),
            AIMessage(""),
            RIGHT_CALL,
            EndpointError("later", status=429, retry_after=0),
            RIGHT,
        ]
    )
    [trace] = await run_attempt(run)
    assert trace.decision is not None
    assert trace.decision.outcome == "keep"
    assert isinstance(run.model, ScriptedChatModel)
    assert len(run.model.seen) == 5


async def test_what_will_not_pass_is_told_at_once() -> None:
    run = context([EndpointError("wrong key", status=401), RIGHT])
    [trace] = await run_attempt(run)
    assert trace.ending.kind == "model_error"
    assert isinstance(run.model, ScriptedChatModel)
    assert len(run.model.seen) == 1


async def test_a_repair_starts_afresh_with_the_critique() -> None:
    run = context([RIGHT_CALL, WRONG, RIGHT_CALL, RIGHT], repairs=1)
    first, second = await run_attempt(run)
    assert (first.key, second.key) == ("t-0000-0", "t-0000-0r1")
    assert first.decision is not None
    assert second.decision is not None
    assert (first.decision.outcome, second.decision.outcome) == ("repair", "keep")
    assert second.lineage.repaired_from == first.key
    note = second.messages[0].content
    assert "reviewer" in note
    assert "1605403" not in note, "the note must not give the answer away"
    assert [m.role for m in second.messages] == ["system", "user", "assistant", "tool", "assistant"]


async def test_repairs_are_bounded() -> None:
    rounds = await run_attempt(context([WRONG], repairs=3))
    assert [t.decision.outcome for t in rounds if t.decision] == ["repair", "repair", "repair", "reject"]


async def test_the_model_is_offered_exactly_the_tasks_tools() -> None:
    run = context([RIGHT_CALL, RIGHT])
    await run_attempt(run)
    assert isinstance(run.model, ScriptedChatModel)
    assert run.model.offered == [["calculator"], ["calculator"]]
    assert run.model.seen[1][-1].text == "1605403" or "1605403" in run.model.seen[1][-1].text


def test_one_graph_serves_the_process() -> None:
    assert build_attempt() is build_attempt()
    assert recursion_limit(AttemptLimits(turns=1, repairs=0)) >= 6


async def test_what_a_server_attached_goes_back_to_it_and_ids_stay_apart() -> None:
    first = calls(("calculator", {"expression": "2+2"}))
    first.additional_kwargs = {
        "reasoning_details": [{"type": "reasoning.encrypted", "data": "x"}],
        "reasoning_content": "hm",
    }
    given = context([first, calls(("calculator", {"expression": "3+3"})), AIMessage("6")])
    [trace] = await run_attempt(given)
    ids = [call.id for message in trace.messages for call in message.tool_calls]
    assert len(set(ids)) == len(ids) == 2
    assert isinstance(given.model, ScriptedChatModel)
    sent = [m for m in given.model.seen[2] if isinstance(m, AIMessage)]
    assert sent[0].additional_kwargs["reasoning_details"] == [{"type": "reasoning.encrypted", "data": "x"}]
    assert "reasoning_details" not in sent[1].additional_kwargs


@pytest.mark.parametrize("reason", ["length", "MAX_TOKENS", "content_filter", "content_filter: RECITATION"])
async def test_an_answer_that_was_cut_off_is_none(reason: str) -> None:
    trace = await attempt([RIGHT_CALL, RIGHT.model_copy(update={"response_metadata": {"finish_reason": reason}})])
    assert trace.ending.kind == "token_limit"
    assert trace.decision is not None
    assert trace.decision.outcome != "keep"


async def test_a_refusal_is_said_to_be_one_and_not_asked_for_again() -> None:
    refused = AIMessage("", additional_kwargs={"refusal": "I will not."})
    given = context([refused, RIGHT])
    [trace] = await run_attempt(given)
    assert trace.ending.kind == "empty"
    assert "I will not." in trace.ending.detail
    assert trace.usage.model_calls == 1
