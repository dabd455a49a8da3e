"""Critics in the attempt graph: scripted replies, the teacher as a critic, errors of the critic's own server, repair."""

from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from agents.attempt import run_attempt
from agents.chat import EndpointError
from agents.context import AttemptContext
from agents.critics import Committee, Critic
from agents.teacher import TeacherChatModel
from agents.teacher_critic import conversation
from graders.base import Case
from graders.codes import CODES
from graders.critics.rubric import CRITIC, PROMPTS, instructions, rubric
from graders.critics.view import View
from tests.agents.scripted import ScriptedChatModel
from tests.agents.test_attempt import RIGHT, RIGHT_CALL, WRONG, context
from traces.record import Trajectory

PASS = AIMessage('{"verdict": "pass"}')
VETO = AIMessage(
    '{"verdict": "fail", "code": "G1", "reason": "nobody said so", "where": "2.text", "quote": "is 1605403"}'
)
PROSE = AIMessage("Everything seems fine to me.")


def critic(*script: Any, name: str = "one") -> Critic:
    model = ScriptedChatModel(script=list(script), seen=[], offered=[])
    return Critic(name, model, "scripted", instructions("auditor"))


def judged_by(*members: Critic, solver: tuple[Any, ...] = (RIGHT_CALL, RIGHT), **limits: Any) -> AttemptContext:
    return replace(context(solver, **limits), committee=Committee(members))


async def last(run: AttemptContext) -> Trajectory:
    return (await run_attempt(run))[-1]


async def test_a_veto_of_one_critic_rejects_what_programs_pass_and_is_disputed() -> None:
    trace = await last(judged_by(critic(PASS, PASS), critic(PASS, VETO, name="two")))
    assert trace.decision is not None
    assert (trace.decision.outcome, trace.decision.codes, trace.decision.disputed) == ("reject", ("G1",), 1)
    votes = [v for v in trace.verdicts if v.source == "critic"]
    assert [(v.step, v.status) for v in votes] == [(0, "pass"), (1, "fail")]
    assert [(o.critic, o.status) for o in votes[1].opinions] == [("one", "pass"), ("two", "fail")]
    assert votes[1].evidence[0].text == "is 1605403"
    assert votes[1].first_error
    assert any(v.grader == "answer" and v.status == "pass" for v in trace.verdicts), "programs stand beside"
    assert trace.lineage.graders["critic"].startswith("1-")


async def test_those_after_a_veto_are_not_asked() -> None:
    second = critic(PASS, name="two")
    veto = AIMessage(VETO.text.replace("2.text", "1.text"))
    await last(judged_by(critic(veto), second, solver=(RIGHT,)))
    assert isinstance(second.model, ScriptedChatModel)
    assert second.model.seen == []


async def test_prose_is_sent_back_once_and_then_unscored() -> None:
    once = critic(PROSE)
    trace = await last(judged_by(once))
    assert trace.decision is not None
    assert trace.decision.outcome == "keep"
    votes = [v for v in trace.verdicts if v.source == "critic"]
    assert {v.status for v in votes} == {"unscored"}
    assert "unreadable, twice" in votes[0].reason
    assert isinstance(once.model, ScriptedChatModel)
    assert len(once.model.seen) == 4, "two steps, each asked twice"
    assert "no JSON object" in once.model.seen[-1][-1].text


async def test_a_reply_that_broke_off_is_told_from_one_without_the_form() -> None:
    cut = AIMessage("", response_metadata={"finish_reason": "length"})
    once = critic(cut)
    trace = await last(judged_by(once))
    vote = next(v for v in trace.verdicts if v.source == "critic")
    assert "broke off before its end" in vote.reason
    assert isinstance(once.model, ScriptedChatModel)
    assert "broke off" in once.model.seen[-1][-1].text
    whole = AIMessage(PASS.text, response_metadata={"finish_reason": "length"})
    trace = await last(judged_by(critic(whole)))
    assert all(v.status == "pass" for v in trace.verdicts if v.source == "critic"), "what can be read counts"


async def test_a_reply_mended_at_the_second_try_counts() -> None:
    solved = (AIMessage("It is 1605403, as 4127 times 389."),)
    wrong_span = AIMessage(VETO.text.replace("2.text", "1.text").replace("is 1605403", "never said"))
    trace = await last(judged_by(critic(wrong_span, AIMessage(VETO.text.replace("2.text", "1.text"))), solver=solved))
    (vote,) = (v for v in trace.verdicts if v.source == "critic")
    assert vote.status == "fail"


@pytest.mark.parametrize("error", [EndpointError("wrong key", status=401), ConnectionError("gone"), ValueError("odd")])
async def test_a_critic_that_cannot_be_asked_costs_its_opinion_alone(error: Exception) -> None:
    trace = await last(judged_by(critic(error), critic(PASS, name="two")))
    assert trace.decision is not None
    assert trace.decision.outcome == "keep"
    vote = next(v for v in trace.verdicts if v.source == "critic")
    assert vote.status == "pass"
    assert str(error) in vote.opinions[0].reason


async def test_a_critique_of_a_critic_goes_back_and_the_pair_is_kept() -> None:
    answers = (RIGHT_CALL, RIGHT, RIGHT_CALL, RIGHT)
    first, second = await run_attempt(judged_by(critic(PASS, VETO, PASS), solver=answers, repairs=1))
    assert first.decision is not None
    assert second.decision is not None
    assert (first.decision.outcome, second.decision.outcome) == ("repair", "keep")
    assert second.lineage.repaired_from == first.key
    assert "nobody said so" in second.messages[0].content


async def test_the_teacher_as_critic_finds_what_programs_find_and_errs_as_asked() -> None:
    async def statuses(**faults: float) -> list[str]:
        member = Critic("t", TeacherChatModel(faults=faults), "teacher", instructions("auditor"))
        slip = AIMessage("4127 × 389 = 1605999, so it is 1605999.")
        trace = await last(judged_by(member, solver=(RIGHT_CALL, slip)))
        return [v.status for v in trace.verdicts if v.source == "critic"]

    assert await statuses() == ["pass", "fail"]
    assert await statuses(misses=1.0) == ["pass", "pass"]
    assert await statuses(alarms=1.0) == ["fail", "fail"]
    assert await statuses(garbles=1.0) == ["unscored", "unscored"]


async def test_the_teacher_reads_back_the_conversation_it_is_shown() -> None:
    trace = await last(context([RIGHT_CALL, WRONG]))
    case = Case.of(trace)
    again = conversation(View(case, case.steps[-1]).text)
    assert [(m.role, m.content) for m in again.messages] == [(m.role, m.content) for m in trace.messages]
    assert again.messages[2].tool_calls[0].arguments == trace.messages[2].tool_calls[0].arguments
    assert again.tools == tuple(trace.tools)


def test_the_rubric_has_every_code_and_prompts_differ() -> None:
    assert all(f"{row.code} {row.name}: {row.definition}" in rubric() for row in CODES)
    texts = {instructions(name) for name in PROMPTS}
    assert len(texts) == len(PROMPTS)
    assert all(text.startswith(CRITIC) for text in texts)
