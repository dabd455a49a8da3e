"""Votes, early decisions, disputes, and what of it reaches the keep policy and a critique."""

from typing import Any

import pytest

from graders.base import Case, placed
from graders.critics.dispute import disputed
from graders.critics.vote import Rule, outcome, verdict
from graders.critique import critique
from graders.keep import KeepPolicy, decide
from tests.graders.conftest import Talk
from traces.record import Ending, Opinion, Verdict, VerdictSource, VerdictStatus

ANSWERED = Ending(kind="answered")


def said(marks: str) -> list[Opinion]:
    kinds: dict[str, VerdictStatus] = {"p": "pass", "f": "fail", "?": "unscored", "!": "error"}
    return [Opinion(critic=f"c{n}", status=kinds[m], code="C1" if m == "f" else None) for n, m in enumerate(marks)]


@pytest.mark.parametrize(
    ("rule", "marks", "left", "comes_to"),
    [
        ("veto", "f", 2, "fail"),
        ("veto", "pp", 1, None),
        ("veto", "pp", 0, "pass"),
        ("veto", "??", 0, "unscored"),
        ("veto", "?!p", 0, "pass"),
        ("majority", "pp", 1, "pass"),
        ("majority", "pf", 1, None),
        ("majority", "ff", 1, "fail"),
        ("majority", "pf", 0, "fail"),
        ("majority", "pf?p", 0, "pass"),
        ("majority", "??", 1, None),
        ("unanimity", "p", 5, "pass"),
        ("unanimity", "ff", 1, None),
        ("unanimity", "ff?", 0, "fail"),
    ],
)
def test_votes_and_when_they_are_decided(rule: Rule, marks: str, left: int, comes_to: str | None) -> None:
    assert outcome(said(marks), rule, left) == comes_to


def judged(step: int, status: VerdictStatus, source: VerdictSource, **more: Any) -> Verdict:
    return Verdict(grader=source, version="1", source=source, step=step, status=status, **more)


@pytest.mark.parametrize(
    ("programs", "critics", "where"),
    [
        ({}, {0: "pass", 1: "pass"}, None),
        ({}, {0: "pass", 1: "fail"}, 1),
        ({1: "fail"}, {0: "pass", 1: "pass"}, 1),
        ({1: "fail"}, {0: "pass", 1: "fail"}, None),
        ({1: "fail"}, {0: "fail", 1: "fail"}, 0),
        ({0: "fail", 1: "fail"}, {0: "fail", 1: "pass"}, None),
        ({1: "fail"}, {0: "pass", 1: "unscored"}, None),
        ({1: "fail"}, {}, None),
    ],
)
def test_disputes(programs: dict[int, VerdictStatus], critics: dict[int, VerdictStatus], where: int | None) -> None:
    verdicts = [judged(s, v, "program") for s, v in programs.items()] + [
        judged(s, v, "critic") for s, v in critics.items()
    ]
    assert disputed(verdicts) == where
    assert decide(verdicts, ANSWERED, can_repair=False).disputed == where


def test_a_veto_rejects_and_a_lost_vote_does_not() -> None:
    program = judged(0, "pass", "program")
    for rule, kept in (("veto", "reject"), ("unanimity", "keep")):
        vote = verdict(said("pf"), rule, 0, "1")  # type: ignore[arg-type]
        assert decide([program, vote], ANSWERED, can_repair=False).outcome == kept
        assert len(vote.opinions) == 2


def test_a_step_no_critic_could_judge_is_a_bar_only_where_asked() -> None:
    vote = verdict(said("?!"), "veto", 0, "1")
    assert decide([vote], ANSWERED, can_repair=False).outcome == "keep"
    strict = decide([vote], ANSWERED, can_repair=False, policy=KeepPolicy(critics=True))
    assert strict.outcome == "reject"
    assert "no verdict on step 0" in strict.reasons[0]


def test_the_first_failing_step_is_marked_whoever_failed_it() -> None:
    verdicts = placed(
        [judged(2, "fail", "program", code="C1", first_error=True), judged(1, "fail", "critic", code="A2")]
    )
    assert [v.first_error for v in verdicts] == [False, True]


def test_a_critics_reason_is_passed_on_unless_it_gives_a_figure_away() -> None:
    talk = Talk("What is 12 times 4?").answers("It is 50.")
    case = Case(tuple(talk.messages), talk.tools, talk.ending)
    open_reason = judged(0, "fail", "critic", code="C1", reason="12 times 4 is not 50")
    assert "12 times 4 is not 50" in critique([open_reason], case)
    telling = judged(0, "fail", "critic", code="C5", reason="it should be 48")
    assert "48" not in critique([telling], case)
    assert "Think again about the formula" in critique([telling], case)
