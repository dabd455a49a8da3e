"""The veto, and what the agent is told."""

from typing import Any

import pytest

from graders.critique import critique
from graders.keep import ANSWER_GRADER, NOTHING_KNOWN, decide
from graders.notices import HEADING, without_notices
from traces.record import Ending, Verdict, VerdictStatus
from traces.task import Answer, PlanNode

DONE = Ending(kind="answered")


def verdict(
    step: int, status: VerdictStatus, code: str | None = None, grader: str = "some", reason: str = "why"
) -> Verdict:
    source: Any = "oracle" if grader == ANSWER_GRADER else "program"
    return Verdict(grader=grader, version="1", source=source, step=step, status=status, code=code, reason=reason)


def test_all_pass_is_kept() -> None:
    assert decide([verdict(0, "pass"), verdict(1, "pass")], DONE, can_repair=True).outcome == "keep"


def test_one_failure_vetoes_any_number_of_passes() -> None:
    verdicts = [*(verdict(i, "pass") for i in range(50)), verdict(30, "fail", "C1"), verdict(12, "fail", "A1")]
    decision = decide(verdicts, DONE, can_repair=False)
    assert (decision.outcome, decision.first_bad_step, decision.codes) == ("reject", 12, ("A1", "C1"))
    assert decision.reasons == ("A1 at step 12: why", "C1 at step 30: why")


def test_repair_where_there_is_a_round_left() -> None:
    assert decide([verdict(0, "fail", "C1")], DONE, can_repair=True).outcome == "repair"


def test_unscored_program_is_no_failure() -> None:
    assert decide([verdict(0, "unscored"), verdict(0, "pass")], DONE, can_repair=False).outcome == "keep"


def test_unscored_answer_cannot_be_kept() -> None:
    decision = decide([verdict(0, "unscored", grader=ANSWER_GRADER)], DONE, can_repair=False)
    assert decision.outcome == "reject"
    assert "could not be shown to be right" in decision.reasons[0]


def test_without_oracle_the_other_graders_decide() -> None:
    verdicts = [verdict(0, "unscored", grader=ANSWER_GRADER, reason=NOTHING_KNOWN), verdict(0, "pass")]
    assert decide(verdicts, DONE, can_repair=False).outcome == "keep"


def test_a_broken_grader_vetoes() -> None:
    decision = decide([verdict(0, "error", reason="ValueError: x"), verdict(0, "pass")], DONE, can_repair=False)
    assert decision.outcome == "reject"
    assert decision.reasons == ("some broke at step 0: ValueError: x",)


@pytest.mark.parametrize("kind", ["turn_limit", "call_limit", "token_limit", "time_limit", "empty"])
def test_no_answer_no_keep(kind: Any) -> None:
    decision = decide([verdict(0, "pass"), verdict(4, "pass")], Ending(kind=kind), can_repair=True)
    assert (decision.outcome, decision.first_bad_step) == ("repair", 4)


@pytest.mark.parametrize("kind", ["error", "model_error"])
def test_what_the_machinery_broke_is_not_repaired(kind: Any) -> None:
    decision = decide([], Ending(kind=kind, detail="RuntimeError: x"), can_repair=True)
    assert (decision.outcome, decision.first_bad_step) == ("reject", None)
    assert "RuntimeError: x" in decision.reasons[0]


def _wrong(talk: Any) -> Any:
    plan = (
        PlanNode(id="a", op="calculate", tool="calculator", value="492"),
        PlanNode(id="b", op="calculate", tool="calculator", needs=("a",), value="155964"),
    )
    made = talk("(12 × 41) × 317?").truth(Answer(kind="number", value="155964"), *plan)
    return made.calculate("12 * 41", "492").calculate("492 * 371", "182532").answers("182,532")


def test_critique_names_step_and_fault_and_never_the_truth(talk: Any) -> None:
    made = _wrong(talk)
    text = critique(made.verdicts, made.case)
    assert text.startswith(HEADING)
    assert "step 2 (calculator)" in text
    assert "371" in text
    assert "155964" not in text.replace(",", "")


def test_critique_of_an_oracle_finding_says_nothing_the_oracle_knows(talk: Any) -> None:
    made = talk("How many?").truth(Answer(kind="number", value="7")).search("x", "1. Ten (id: a)").answers("Ten.")
    text = critique(made.verdicts, made.case)
    assert "not right" in text
    assert "7" not in text


def test_critique_without_findings_still_says_what_to_do(talk: Any) -> None:
    made = talk("How many?").search("x", "nothing").ends("turn_limit")
    assert "did not come to an answer" in critique((), made.case)


def test_a_critique_can_be_told_from_instructions(talk: Any) -> None:
    made = _wrong(talk)
    assert without_notices("Be careful.\n" + critique(made.verdicts, made.case)) == "Be careful.\n"


@pytest.mark.parametrize(
    ("said", "right", "quoted"),
    [
        ("4127 times 389 is 1605999.", "1605403", "1605999"),
        ("- oak: 1,204\n- elm: 3,310\n- **Total: 4,541**", "4514", "4,541"),
        ("The harbour has 12,430 berths.", "12340", "12,430"),
    ],
)
def test_a_critique_of_a_program_does_not_give_the_right_value_away(
    talk: Any, said: str, right: str, quoted: str
) -> None:
    made = talk("How many?").page("harbour", "The harbour has 12340 berths.").answers(said)
    failing = [v for v in made.verdicts if v.status == "fail"]
    assert failing
    told = critique(failing, made.case)
    assert quoted in told
    assert right not in told.replace(",", "")
    assert any(right in v.reason.replace(",", "") for v in failing), "the verdict itself keeps its reason"
