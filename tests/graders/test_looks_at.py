"""What a grader says of itself in `looks_at` is true: a step that it is not asked about would have had no verdict but a pass."""

from typing import Any

import pytest

from graders.base import Case, Grader, all_graders
from graders.calls import kind_of
from tests.graders.styles import styles
from tests.graders.test_program_graders import PAIRS
from traces.record import Step

PARTIAL = [grader for grader in all_graders().values() if grader.looks_at != "steps"]


@pytest.fixture
def cases(talk: Any) -> list[Case]:
    """Honest traces and faulty ones of every code."""
    made = [*styles(talk).values(), *(pair.bad(talk) for pair in PAIRS.values())]
    return [each.case for each in made]


def _unseen(grader: Grader, case: Case) -> list[Step]:
    if grader.looks_at == "calls":
        return [step for step in case.steps if not case.said(step).tool_calls]
    if grader.looks_at == "calculations":
        kinds = {"calculator", "code"}
        return [step for step in case.steps if kinds.isdisjoint(map(kind_of, case.said(step).tool_calls))]
    return [step for step in case.steps if step not in case.answers]


def test_it_finds_nothing_in_the_other_steps(cases: list[Case]) -> None:
    assert {grader.looks_at for grader in PARTIAL} == {"calls", "calculations", "answers"}
    for grader in PARTIAL:
        unseen = [(case, step) for case in cases for step in _unseen(grader, case)]
        assert len(unseen) > 50
        assert [found for case, step in unseen if (found := list(grader.judge(case, step) or ()))] == [], grader.name


def test_a_value_is_known_whether_its_place_is_asked_for_or_not(cases: list[Case]) -> None:
    for case in cases:
        before = len(case.messages)
        values = {value for other in cases[:20] for value in other.knowledge.values} | set(case.knowledge.values)
        fresh = Case(case.messages, case.tools, case.ending, case.task).knowledge
        for value in values:
            for end in (1, before // 2, before):
                assert fresh.holds(value, end) == (case.knowledge.source(value, end) is not None)
