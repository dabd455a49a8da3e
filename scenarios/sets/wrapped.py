"""Rows as sets for reinforcement learning wrap them: the problem as messages, what is right inside a `reward_model`.

What is found there is put under the plain names, beside what the row has; a plain name that is there already stays.
"""

from collections.abc import Mapping
from typing import Any

from scenarios.sets.fields import Fields
from traces.imports import jsontext


def unwrapped(value: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what is wrapped under plain names too."""
    found = {**value, **_reward(value)}
    for key in ("prompt", "messages", "problem", "question"):
        if (said := _asked(value.get(key))) is not None:
            found[key] = said
            found.setdefault("problem", said)
    if isinstance(value.get("prompt"), str) and Fields(found).get("answer") is not None:
        found.setdefault("problem", value["prompt"])  # with an answer it is no prompt of a program
    return found


def _asked(held: Any) -> str | None:
    """What the user says first in a list of messages; None for anything else."""
    if not isinstance(held, list) or not all(isinstance(each, dict) and "role" in each for each in held):
        return None
    said = (each.get("content") for each in held if each["role"] == "user")
    return next((text for text in said if isinstance(text, str)), None)


def _reward(value: Mapping[str, Any]) -> dict[str, Any]:
    """What is right, as `answer` or, where it is inputs and outputs, as `input_output`; the whole solution where one stands beside it."""
    told = _loaded(value.get("reward_model"))
    if not isinstance(told, dict) or told.get("ground_truth") is None:
        return {}
    right, more = _loaded(told["ground_truth"]), _loaded(value.get("extra_info"))
    if isinstance(right, dict) and "inputs" in right and "outputs" in right:
        return {"input_output": right} if "input_output" not in value else {}
    found = {"answer": told["ground_truth"]} if Fields(value).get("answer") is None else {}
    whole = more.get("answer") if isinstance(more, dict) else None
    return {**found, **({"solution": whole} if isinstance(whole, str) and "####" in whole else {}), **_own(value)}


def _own(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"solution": value["solution"]} if value.get("solution") else {}


def _loaded(held: Any) -> Any:
    return jsontext.loose(held) if isinstance(held, str) and held.lstrip()[:1] == "{" else held
