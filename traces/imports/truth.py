"""What a row says is true: the reference answer as an oracle for the answer alone, and labels, kept as given."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from traces.imports import jsontext
from traces.record import Role
from traces.task import Oracle

_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRACE = "trace"
"""The kind of a label that speaks of the whole trace; it stands at the last step."""
_STEP = "step"
_PLACES = ("message", "index", "step", "message_index", "place")
_VALUES = ("label", "value", "rating", "score")

Mark = Literal[1, 0, -1]
_MARKS: dict[Any, Mark] = {1: 1, 0: 0, -1: -1, "1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}
Plain = dict[str, Any]
"""An `Oracle`, an `Answer` or a `StepLabel` as it is stored: its fields in their order, without those that have their default value."""


def read_reference(value: Any) -> Oracle | None:
    """The oracle of a reference: one answer, or a list of which any is right. None where there is none, or none that can be read.

    Of the calls it says nothing: they are optional, and there is no plan.
    """
    plain = plain_reference(value)
    return None if plain is None else Oracle.model_validate(plain)


def plain_reference(value: Any) -> Plain | None:
    """`read_reference` that stops at plain values."""
    value = jsontext.loose(value) if isinstance(value, str) and value.lstrip()[:1] == "[" else value
    given = value if isinstance(value, list) else [value]
    texts = list(dict.fromkeys([text for each in given if (text := _text(each))]))
    if not texts or any(isinstance(each, dict | list) for each in given):
        return None
    proof = {"reference": "given with the trace; it says nothing of the way there"}
    return {"answer": _answer(texts), "calls": "optional", "proof": proof}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if jsontext.missing(value) or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return jsontext.dump(value)


def _answer(texts: Sequence[str]) -> Plain:
    """Typed where the reference is plainly of a type; else text, of which any accepted one is right."""
    if all(_NUMBER.fullmatch(text) for text in texts):
        numbers = {text.replace(",", "") for text in texts}
        if len(numbers) == 1:
            return _number(numbers.pop())
    if len(texts) > 1:
        return {"kind": "text", "value": texts[0], "accepted": tuple(texts[1:])}
    if texts[0].casefold() in ("yes", "no"):
        return {"kind": "boolean", "value": texts[0].casefold()}
    return {"kind": "date" if _is_date(texts[0]) else "text", "value": texts[0]}


def _number(value: str) -> Plain:
    tolerance = _rounding(value)
    return {"kind": "number", "value": value, **({"tolerance": tolerance} if tolerance != "0" else {})}


def _rounding(number: str) -> str:
    """What a more exact answer may differ by: half of the last place, of a reference with three figures or more."""
    figures, places = number.lstrip("-").replace(".", "").lstrip("0"), len(number.partition(".")[2])
    return f"0.{'0' * places}49" if len(figures) >= 3 else "0"


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def read_label(value: Any, steps: int, detail: str = "") -> Plain | None:
    """The label of a whole trace: right (true, 1) or not (false, 0, -1). None where it says neither."""
    right = _mark(value)
    if right is None or not steps:
        return None
    return {**_label(steps - 1, 1 if right == 1 else -1, _TRACE), **({"detail": detail} if detail else {})}


def _label(step: int, value: Mark, kind: str) -> Plain:
    return {"step": step, "value": value, "source": "import", "kind": kind}


def read_step_labels(value: Any, messages: Sequence[tuple[Role, int]]) -> tuple[list[Plain], list[str]]:
    """Labels by index of message in the row, in any of the shapes they come in; and what cannot be placed, in words.

    `messages` are roles and places.
    """
    value = jsontext.loose(value)
    if value is None or value in ([], {}):
        return [], []
    steps = _steps_by_place(messages)
    said = [place for role, place in messages if role == "assistant"]
    found, odd = {}, []
    for place, given in _pairs(value, said, max((place for _, place in messages), default=-1) + 1):
        mark = _mark(given)
        if mark is None:
            odd += [] if jsontext.missing(given) else [f"the label {jsontext.dump(given)[:40]} of message {place}"]
        elif place not in steps:
            odd.append(f"a label of message {place}, which belongs to no step")
        else:
            found[steps[place]] = _label(steps[place], mark, _STEP)
    return [found[step] for step in sorted(found)], odd


def _steps_by_place(messages: Sequence[tuple[Role, int]]) -> dict[int, int]:
    """The step each message of the row belongs to: an assistant's message, or a result of its calls."""
    found: dict[int, int] = {}
    step = -1
    for role, place in messages:
        if role == "assistant":
            step += 1
            found[place] = step
        elif role == "tool" and step >= 0:
            found.setdefault(place, step)
    return found


def _pairs(value: Any, said: Sequence[int], messages: int) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        return [(_whole_number(place), mark) for place, mark in value.items()]
    if not isinstance(value, list):
        return [("?", value)]
    if all(isinstance(each, Mapping) for each in value):
        return [(_whole_number(_first(each, _PLACES)), _first(each, _VALUES)) for each in value]
    if all(isinstance(each, list) and len(each) == 2 for each in value):
        return [(_whole_number(place), mark) for place, mark in value]
    if len(value) == len(said):
        return list(zip(said, value, strict=True))
    if len(value) == messages:
        return list(enumerate(value))
    return [("?", f"{len(value)} labels for {len(said)} steps")]


def _first(value: Mapping[str, Any], keys: Sequence[str]) -> Any:
    return next((value[key] for key in keys if key in value), None)


def _whole_number(value: Any) -> Any:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _mark(value: Any) -> Mark | None:
    """1, 0 or -1 however it is written; true and false are 1 and -1."""
    if isinstance(value, bool):
        return 1 if value else -1
    text = value.strip().removeprefix("+") if isinstance(value, str) else value
    try:
        return _MARKS.get(text)
    except TypeError:  # a list or an object
        return None
