"""Content hashes: equal for equal values, whatever the order of keys, and there for every value."""

from typing import Any

import pytest

from tests.traces import samples
from traces.base import content_hash
from traces.task import Outage, Task


def test_the_order_of_keys_does_not_matter() -> None:
    assert content_hash({"a": 1, "b": [2]}) == content_hash({"b": [2], "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": 2})


def test_a_task_changes_its_id_with_its_words() -> None:
    assert samples.task("a").id == samples.task("a").id != samples.task("b").id


def test_outages_are_part_of_the_id_and_leave_that_of_other_tasks_as_it_was() -> None:
    task = Task(family="f", query="q", tools=("search",))
    assert task.id == "be05a89a42a8335d"
    assert "outages" not in task.model_dump()
    failing = task.model_copy(update={"outages": (Outage(tool="search", last=1),)})
    assert failing.id != task.id
    assert Task.model_validate_json(failing.model_dump_json()) == failing


@pytest.mark.parametrize("value", ["\ud800", 10**20, {"b": -(10**30), "a": "\udfff"}])
def test_values_json_hardly_holds_have_a_hash(value: Any) -> None:
    assert content_hash(value) == content_hash(value)
    assert len(content_hash(value)) == 16
