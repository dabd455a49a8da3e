"""The card's counting, on traces made up for it."""

import pytest

from graders.card import ALL, Card, Figures, Labelled, Sample, sample_of
from graders.card_page import facts, markdown, short
from graders.floors import below
from graders.wilson import Share
from traces.record import Ending, Lineage, Message, StepLabel, Trajectory, Verdict
from traces.task import Task


def trace(key: str, steps: int, *labels: StepLabel) -> Trajectory:
    turns = [Message(role="assistant", content=f"step {n}", origin="sampled") for n in range(steps)]
    return Trajectory(
        key=key,
        task=Task(family="f", query="q", tools=()),
        tools=(),
        messages=(Message(role="user", content="q", origin="user"), *turns),
        ending=Ending(kind="answered"),
        labels=labels,
        lineage=Lineage(task="t", attempt=0, seed=0, model="teacher"),
    )


def bad(step: int, code: str | None, source: str = "fault", kind: str = "slip") -> StepLabel:
    return StepLabel(step=step, value=-1, source=source, code=code, kind=kind)


def fail(step: int, code: str, source: str = "program", grader: str = "g") -> Verdict:
    return Verdict(grader=grader, version="1", source=source, step=step, status="fail", code=code)


CLEAN = trace("clean", 3)
SLIPPED = trace("slipped", 4, bad(1, "C1"))
MUTANT = trace("mutant", 4, bad(1, "C1", "mutant"), bad(3, "G2", "mutant", "propagated"))


def figures(*judged: tuple[Trajectory, list[Verdict]]) -> Figures:
    return Figures.of(sample_of(one, verdicts) for one, verdicts in judged)


def test_a_sample_tells_origins_from_what_follows() -> None:
    sample = sample_of(MUTANT, [fail(1, "C1"), fail(3, "G2")])
    assert sample == Sample(
        "mutant",
        "mutated",
        4,
        {1: frozenset({"C1"})},
        frozenset({1, 3}),
        {1: frozenset({"C1"}), 3: frozenset({"G2"})},
        False,
    )
    assert [sample.clean(step) for step in range(4)] == [True, False, False, False]
    assert sample_of(CLEAN, []).kept
    assert sample_of(SLIPPED, []).source == "natural"


def test_steps_after_an_error_that_no_label_names_count_for_nothing() -> None:
    found = figures((SLIPPED, [fail(2, "C1"), fail(3, "C1")]))
    assert found.of_code("C1").precision == Share(0, 0)
    assert found.of_code("C1").recall == Share(0, 1)


def test_precision_counts_bad_and_clean_steps() -> None:
    found = figures((SLIPPED, [fail(0, "A1"), fail(1, "C1")]), (CLEAN, [fail(2, "C1")]), (MUTANT, [fail(3, "C1")]))
    assert found.of_code("C1").precision == Share(2, 3)
    assert found.of_code("A1").precision == Share(0, 1)
    assert found.of_code(ALL).precision == Share(2, 4)
    assert found.of_code("C1").false_rejection == Share(1, 1 + 3 + 1)
    assert found.unjust == {"A1": ["slipped:0"], "C1": ["clean:2"]}


def test_recall_takes_any_code_and_naming_its_own() -> None:
    found = figures((SLIPPED, [fail(1, "G1")]), (MUTANT, [fail(1, "C1")]), (MUTANT, []))
    assert found.of_code("C1").recall == Share(2, 3)
    assert found.of_code("C1").naming == Share(1, 3)
    assert found.of_code("C1", "natural").recall == Share(1, 1)
    assert found.of_code("C1", "mutated").recall == Share(1, 2)
    assert found.confusions == {("C1", "G1"): 1}
    assert found.missed == {"C1": ["mutant:1"]}


def test_the_first_error_is_located_only_where_nothing_before_it_failed() -> None:
    found = figures((SLIPPED, [fail(1, "C1")]), (SLIPPED, [fail(0, "P1"), fail(1, "C1")]), (SLIPPED, [fail(2, "C1")]))
    assert found.of_code("C1").first_error == Share(1, 3)


def test_keeping() -> None:
    found = figures((CLEAN, []), (CLEAN, [fail(0, "P1")]), (SLIPPED, []), (MUTANT, [fail(1, "C1")]))
    assert found.catch_rate == Share(1, 2)
    assert found.keep_precision == Share(1, 2)
    assert found.keep_recall == Share(1, 2)


def card() -> Card:
    judged = [
        Labelled(CLEAN, [], []),
        Labelled(SLIPPED, [fail(1, "C1", "oracle", "plan_values")], []),
        Labelled(MUTANT, [fail(1, "C1"), fail(3, "G2", "oracle", "answer")], [fail(1, "C1")]),
    ]
    return Card.of(judged)


def test_baselines_hear_only_their_own_verdicts() -> None:
    found = card().baselines
    assert found["critic only"] is None
    named = {name: one.catch_rate for name, one in found.items() if one}
    assert named == {"all good": Share(0, 2), "final answer only": Share(1, 2), "program only": Share(1, 2)}
    assert card().blind.catch_rate == Share(1, 2)
    assert card().seeing.catch_rate == Share(2, 2)


def test_without_the_oracle_errors_that_need_it_are_also_left_out() -> None:
    needs_it = trace("wrong", 2, bad(1, "G2"))
    found = Card.of([Labelled(CLEAN, [], []), Labelled(needs_it, [], []), Labelled(SLIPPED, [], [fail(1, "C1")])])
    assert found.blind.catch_rate == Share(1, 2)
    assert found.unaided.catch_rate == Share(1, 1)
    assert found.unaided.keep_recall == Share(1, 1)


def test_what_only_a_critic_decides_counts_apart_and_nowhere_else() -> None:
    overrun, both = trace("overrun", 4, bad(2, "D6", "mutant")), trace("both", 4, bad(2, "D6"), bad(3, "C1"))
    found = Card.of([Labelled(CLEAN, [], []), Labelled(overrun, [], []), Labelled(both, [], [])])
    assert (found.apart.faulty, found.apart.caught) == (1, 0)
    assert found.apart.of_code("D6").recall == Share(0, 1)
    assert found.seeing.faulty == found.blind.faulty == 1
    assert found.counts == {"clean": 1, "mutated": 1, "natural": 1}
    text = markdown(found, {"C1"}, [])
    assert "| D6 | overrun | 1 | 0.0 (0-80) |  |" in text
    assert "| D6 | overrun | no program decides it |" not in text


def test_a_critic_may_find_what_is_left_to_critics() -> None:
    bare = trace("bare", 2, bad(0, "A3", "mutant"))
    found = Card.of([Labelled(bare, [fail(0, "A3", "critic")], [])])
    assert found.apart.of_code("A3").naming == Share(1, 1)
    assert facts(found, set())["left_to_critics"]["catch_rate"]["hits"] == 1


def test_a_critic_that_judged_is_a_baseline() -> None:
    found = Card.of([Labelled(SLIPPED, [fail(1, "C1", "critic")], [])]).baselines["critic only"]
    assert found is not None
    assert found.catch_rate == Share(1, 1)


def test_floors_name_what_is_under_them() -> None:
    under = {one.what for one in below(card(), {"C1", "G2", "D1"})}
    assert under == {"without the oracle: catch rate"}
    worse = Card.of([Labelled(CLEAN, [fail(0, "C1")], []), Labelled(SLIPPED, [], [])])
    assert {one.what for one in below(worse, {"C1"})} == {
        "C1 precision", "C1 recall", "keep precision", "keep recall", "without the oracle: catch rate",
    }  # fmt: skip


def test_the_page_shows_every_measured_code_and_says_what_was_not() -> None:
    text = markdown(card(), {"C1", "G2"}, ["About."])
    assert "| C1 | 2 | 100 (34-100) |" in text
    assert "| A3 | under-specified query | no program decides it |" in text
    assert "without the oracle: catch rate is 0.500" in text
    data = facts(card(), {"C1", "G2"})
    assert data["with_oracle"]["codes"]["mutated"]["C1"]["recall"]["hits"] == 1
    assert data["critic_only"] is None


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Share(0, 0), "-"),
        (Share(4, 4), "100 (51-100)"),
        (Share(59, 60), "98.3 (91-100)"),
        (Share(0, 9), "0.0 (0-30)"),
        (Share(4990, 5000), "99.8 (99-100)"),
        (Share(9999, 10000), "99.9 (99-100)"),
        (Share(4, 10000), "0.0 (0-1)"),
    ],
)
def test_shares_are_short(share: Share, text: str) -> None:
    assert short(share) == text
