"""Attempts decided together: who has enough others behind it is kept, whatever the programs could not see."""

from graders.agreement import same_answer
from graders.keep import AGREEMENT, USUAL, decide
from graders.wording import Verdict as Same
from tests.traces import samples
from traces.record import Decision, Ending, Message, Trajectory, Verdict
from winnow.together import Tried, agreed

PASSED = (Verdict(grader="schema", version="1", source="program", step=0, status="pass"),)
FAILED = (Verdict(grader="schema", version="1", source="program", step=0, status="fail", code="F3", reason="bad"),)


async def compare(one: str, other: str) -> Same:
    return same_answer(one, other, "")


def tried(attempt: int, answer: str, verdicts: tuple[Verdict, ...] = PASSED, ending: str = "answered") -> Tried:
    said = (
        Message(role="user", content="How far?", origin="user"),
        Message(role="assistant", content=answer, origin="sampled"),
    )
    end = Ending.model_validate({"kind": ending})
    trace = samples.trace(f"s-0001-{attempt}", said).model_copy(
        update={"messages": said, "verdicts": verdicts, "ending": end, "decision": _decided(verdicts, end)}
    )
    return Tried((trace,), None)


def _decided(verdicts: tuple[Verdict, ...], ending: Ending) -> Decision:
    return decide(verdicts, ending, can_repair=False)


def outcomes(found: list[Tried]) -> list[str]:
    return [one.trajectories[-1].decision.outcome if one.trajectories[-1].decision else "" for one in found]


def last(one: Tried) -> Trajectory:
    return one.trajectories[-1]


async def test_an_answer_that_enough_give_is_kept_and_another_is_not() -> None:
    found = await agreed([tried(0, "42 km"), tried(1, "It is 42 km."), tried(2, "17 km")], 2, compare, USUAL)
    assert outcomes(found) == ["keep", "keep", "reject"]
    assert last(found[2]).decision is not None
    (reason,) = last(found[2]).decision.reasons  # type: ignore[union-attr]
    assert "1 of 3 attempts give this answer, 2 are asked for" in reason
    assert all(last(one).lineage.graders[AGREEMENT] == "1" for one in found)


async def test_agreement_saves_nothing_that_a_grader_fails() -> None:
    found = await agreed([tried(0, "42 km", FAILED), tried(1, "42 km")], 2, compare, USUAL)
    assert outcomes(found) == ["reject", "keep"]


async def test_what_has_no_answer_has_no_voice() -> None:
    broken = Tried((), "the server is gone")
    found = await agreed([tried(0, "42 km"), tried(1, "42 km", ending="turn_limit"), broken], 2, compare, USUAL)
    assert outcomes(found[:2]) == ["reject", "reject"]
    assert found[2] == broken
    assert AGREEMENT not in {verdict.grader for verdict in last(found[1]).verdicts}


async def test_as_many_voices_for_another_answer_are_too_many() -> None:
    said = [tried(n, answer) for n, answer in enumerate(["42 km", "It is 42 km.", "17 km", "I get 17 km."])]
    found = await agreed(said, 2, compare, USUAL)
    assert outcomes(found) == ["reject"] * 4
    assert "2 of 4 attempts give this answer, but 2 another" in str(last(found[0]).decision)


async def test_giving_up_together_is_no_agreement() -> None:
    found = await agreed([tried(n, "I could not find how far it is.") for n in range(3)], 2, compare, USUAL)
    assert outcomes(found) == ["reject"] * 3
    assert "no answer that others could agree with" in str(last(found[0]).decision)
