"""Content hashes: equal for equal values, whatever the order of keys, and there for every value."""

from typing import Any

import pytest

from tests.traces import samples
from traces.base import content_hash


def test_the_order_of_keys_does_not_matter() -> None:
    assert content_hash({"a": 1, "b": [2]}) == content_hash({"b": [2], "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": 2})


def test_a_task_changes_its_id_with_its_words() -> None:
    assert samples.task("a").id == samples.task("a").id != samples.task("b").id


@pytest.mark.parametrize("value", ["\ud800", 10**20, {"b": -(10**30), "a": "\udfff"}])
def test_values_json_hardly_holds_have_a_hash(value: Any) -> None:
    assert content_hash(value) == content_hash(value)
    assert len(content_hash(value)) == 16
