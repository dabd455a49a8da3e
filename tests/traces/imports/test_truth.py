"""References and labels, kept as given."""

import json
from typing import Any

import pytest

from tests.traces.imports.rows import call, openai, read_one, searched


@pytest.mark.parametrize(
    ("reference", "kind", "value", "accepted"),
    [
        ("2481", "number", "2481", ()),
        (2481, "number", "2481", ()),
        (-2.5, "number", "-2.5", ()),
        ("2,481", "number", "2481", ()),
        (["2481", "2,481"], "number", "2481", ()),
        ("yes", "boolean", "yes", ()),
        (False, "boolean", "no", ()),
        ("2021-03-04", "date", "2021-03-04", ()),
        ("2021-13-04", "text", "2021-13-04", ()),
        ("Mount Orlan", "text", "Mount Orlan", ()),
        (["Mount Orlan", "Orlan", "Orlan"], "text", "Mount Orlan", ("Orlan",)),
        ('["Mount Orlan", "Orlan"]', "text", "Mount Orlan", ("Orlan",)),
        ("12 km", "text", "12 km", ()),
        ("[0, 1)", "text", "[0, 1)", ()),
        ("\\frac{1}{2}", "text", "\\frac{1}{2}", ()),
    ],
)
def test_a_reference_is_an_oracle_for_the_answer_alone(
    reference: Any, kind: str, value: str, accepted: tuple[str, ...]
) -> None:
    oracle = read_one(searched(reference=reference)).task.oracle
    assert oracle is not None
    assert (oracle.answer.kind, oracle.answer.value, oracle.answer.accepted) == (kind, value, accepted)
    assert oracle.plan == ()
    assert oracle.calls == "optional"


@pytest.mark.parametrize("reference", [None, "", [], float("nan"), {"a": 1}, ["", None], [["x"]]])
def test_no_reference_is_no_oracle(reference: Any) -> None:
    assert read_one(searched(reference=reference)).task.oracle is None


@pytest.mark.parametrize(("label", "value"), [(True, 1), (False, -1), (1, 1), (0, -1), (1.0, 1), ("1", 1), ("0", -1)])
def test_the_label_of_a_trace_stands_at_its_last_step(label: Any, value: int) -> None:
    labels = read_one(searched(label=label)).labels
    assert [(b.step, b.value, b.source, b.kind) for b in labels] == [(1, value, "import", "trace")]


@pytest.mark.parametrize("label", ["good", 0.5, [1], {"x": 1}, 7])
def test_a_label_that_says_neither_is_named_as_missing(label: Any) -> None:
    trace = read_one(searched(label=label))
    assert trace.labels == ()
    assert trace.lineage.imported is not None
    assert any(what.startswith("label (given as") for what in trace.lineage.imported.missing)


@pytest.mark.parametrize(
    "labels",
    [
        {"1": 1, "3": -1},
        {1: 1, 3: -1},
        [1, -1],
        [None, 1, None, -1],
        [[1, 1], [3, -1]],
        [{"message": 1, "label": 1}, {"message": 3, "label": -1}],
        '{"1": 1, "3": -1}',
        {"1": "1", "3": "-1"},
        {"2": 1, "3": -1},
    ],
)
def test_labels_of_steps_are_placed_by_message(labels: Any) -> None:
    trace = read_one(searched(step_labels=labels))
    assert [(b.step, b.value, b.kind) for b in trace.labels] == [(0, 1, "step"), (1, -1, "step")]


def test_neutral_labels_stay_neutral() -> None:
    assert [b.value for b in read_one(searched(step_labels=[0, 1])).labels] == [0, 1]


@pytest.mark.parametrize("labels", [{"0": 1}, {"99": 1}, {"x": 1}, {"1": "bad"}, [1, 1, 1, 1, 1, 1, 1], 3, "x", [[1]]])
def test_labels_that_cannot_be_placed_are_named(labels: Any) -> None:
    trace = read_one(searched(step_labels=labels))
    assert trace.labels == ()
    assert trace.lineage.imported is not None
    assert any("label" in what for what in trace.lineage.imported.missing)


def test_labels_meet_the_row_and_not_the_trace_made_of_it() -> None:
    results = [{"type": "tool_result", "tool_use_id": i, "content": i} for i in ("a", "b")]
    row = openai(
        {"role": "assistant", "tool_calls": [call(id="a"), call(id="b")]},
        {"role": "user", "content": results},
        step_labels={"1": 1, "3": -1},
    )
    trace = read_one(json.loads(json.dumps(row)))
    assert len(trace.messages) == 5
    assert [(b.step, b.value) for b in trace.labels] == [(0, 1), (1, -1)]
