"""Agreement with labels, counted by hand; intervals against known values."""

from typing import Any

import pytest

from graders.wilson import Share
from tests.traces import samples
from tests.traces.imports.rows import read_one, searched
from traces.record import Decision, StepLabel, Trajectory, Verdict
from winnow.agreement import Agreement, labels_of


def judged(row: dict[str, Any], *failing: int, code: str = "G1", kept: bool | None = None) -> Trajectory:
    """An imported trace with failing verdicts at these steps."""
    verdicts = tuple(
        Verdict(grader="g", version="1", source="program", step=step, status="fail", code=code) for step in failing
    )
    keep = not failing if kept is None else kept
    decision = Decision(outcome="keep" if keep else "reject")
    return read_one(row).model_copy(update={"verdicts": verdicts, "decision": decision})


def agreement(*traces: Trajectory) -> Agreement:
    found = Agreement()
    for trace in traces:
        found.add(trace)
    return found


def share(found: Agreement, name: str) -> tuple[int, int]:
    counted = found.shares()[name]
    return counted.hits, counted.of


def test_steps_are_counted_by_label_neutral_ones_apart() -> None:
    found = agreement(
        judged(searched(step_labels=[-1, 1]), 0),
        judged(searched(step_labels=[1, -1]), 0),
        judged(searched(step_labels=[0, 1]), 0),
        judged(searched(step_labels={"1": 1})),
        judged(searched(), 0),
    )
    assert (found.traces, found.labelled) == (5, 4)
    assert share(found, "step_precision") == (1, 2)
    assert share(found, "step_recall") == (1, 2)
    assert share(found, "neutral_steps_flagged") == (1, 1)
    assert share(found, "first_error_accuracy") == (1, 2)


def test_whole_traces_decide_over_keeping() -> None:
    found = agreement(
        judged(searched(label=True)),
        judged(searched(label=True), 0),
        judged(searched(label=False)),
        judged(searched(label=False), 1),
        judged(searched(step_labels=[1, -1]), 1),
        judged(searched(step_labels=[0, 0])),
    )
    assert share(found, "keep_precision") == (1, 2)
    assert share(found, "keep_recall") == (1, 2)
    assert share(found, "false_rejection") == (1, 2)
    assert share(found, "catch_rate") == (2, 3)


def test_a_wrong_step_makes_a_trace_wrong_whatever_its_label() -> None:
    labels = labels_of(read_one(searched(label=True, step_labels=[-1, 1])))
    assert labels is not None
    assert labels.right is False


def test_codes_and_graders_are_told_apart() -> None:
    found = agreement(
        judged(searched(step_labels=[-1, 1]), 0, code="C1"),
        judged(searched(step_labels=[1, 1]), 0, code="G1"),
    )
    assert found.codes["C1"].precision == Share(1, 1)
    assert found.codes["G1"].precision == Share(0, 1)
    assert found.graders["g"].precision == Share(1, 2)


def test_the_teachers_log_makes_its_other_steps_right() -> None:
    trace = samples.trace("a-0", samples.ORDINARY)
    lineage = trace.lineage.model_copy(update={"model": "teacher@12345678"})
    fault = StepLabel(step=1, value=-1, source="fault", code="C1")
    verdict = Verdict(grader="g", version="1", source="program", step=1, status="fail", code="C1")
    base = trace.model_copy(
        update={"lineage": lineage, "labels": (), "verdicts": (), "decision": Decision(outcome="keep")}
    )
    slip = base.model_copy(
        update={"labels": (fault,), "verdicts": (verdict,), "decision": Decision(outcome="reject", first_bad_step=1)}
    )
    found = agreement(base, slip)
    assert found.right_steps == len(base.steps) + 1
    assert found.wrong_steps == 1
    assert share(found, "step_precision") == (1, 1)
    assert found.codes["C1"].recall == Share(1, 1)
    assert share(found, "keep_precision") == (1, 1)


def test_traces_that_were_not_judged_are_counted_apart() -> None:
    found = agreement(read_one(searched(label=True)))
    assert (found.labelled, found.unjudged) == (0, 1)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_intervals_are_wilsons(hits: int, of: int, low: float, high: float) -> None:
    interval = Share(hits, of).interval
    assert interval == pytest.approx((low, high), abs=5e-5)


def test_nothing_to_count_has_no_interval() -> None:
    assert Share(0, 0).facts() == {"value": None, "low": None, "high": None, "hits": 0, "of": 0}
