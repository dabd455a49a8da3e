"""What a row says is true: the reference answer as an oracle for the answer alone, and labels, kept as given."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from traces.imports import jsontext
from traces.record import Message, StepLabel
from traces.task import Answer, Oracle

_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRACE = "trace"
"""The kind of a label that speaks of the whole trace; it stands at the last step."""
_STEP = "step"
_PLACES = ("message", "index", "step", "message_index", "place")
_VALUES = ("label", "value", "rating", "score")

Mark = Literal[1, 0, -1]


def read_reference(value: Any) -> Oracle | None:
    """The oracle of a reference: one answer, or a list of which any is right. None where there is none, or none that can be read.

    Of the calls it says nothing: they are optional, and there is no plan.
    """
    value = jsontext.loose(value) if isinstance(value, str) and value.lstrip()[:1] == "[" else value
    given = value if isinstance(value, list) else [value]
    texts = list(dict.fromkeys(text for each in given if (text := _text(each))))
    if not texts or any(isinstance(each, dict | list) for each in given):
        return None
    proof = {"reference": "given with the trace; it says nothing of the way there"}
    return Oracle(answer=_answer(texts), calls="optional", proof=proof)


def _text(value: Any) -> str:
    if jsontext.missing(value) or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strip() if isinstance(value, str) else jsontext.dump(value)


def _answer(texts: Sequence[str]) -> Answer:
    """Typed where the reference is plainly of a type; else text, of which any accepted one is right."""
    numbers = {text.replace(",", "") for text in texts if _NUMBER.fullmatch(text)}
    if len(numbers) == 1 and all(_NUMBER.fullmatch(text) for text in texts):
        number = numbers.pop()
        return Answer(kind="number", value=number, tolerance=_rounding(number))
    if len(texts) == 1 and texts[0].casefold() in ("yes", "no"):
        return Answer(kind="boolean", value=texts[0].casefold())
    if len(texts) == 1 and _is_date(texts[0]):
        return Answer(kind="date", value=texts[0])
    return Answer(kind="text", value=texts[0], accepted=tuple(texts[1:]))


def _rounding(number: str) -> str:
    """What a more exact answer may differ by: half of the last place, of a reference with three figures or more."""
    figures, places = number.lstrip("-").replace(".", "").lstrip("0"), len(number.partition(".")[2])
    return f"0.{'0' * places}49" if len(figures) >= 3 else "0"


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def read_label(value: Any, steps: int, detail: str = "") -> StepLabel | None:
    """The label of a whole trace: right (true, 1) or not (false, 0, -1). None where it says neither."""
    right = _mark(value)
    if right is None or not steps:
        return None
    return StepLabel(step=steps - 1, value=1 if right == 1 else -1, source="import", kind=_TRACE, detail=detail)


def read_step_labels(
    value: Any, messages: Sequence[Message], places: Sequence[int]
) -> tuple[list[StepLabel], list[str]]:
    """Labels by index of message in the row, in any of the shapes they come in; and what cannot be placed, in words."""
    value = jsontext.loose(value)
    if value is None or value in ([], {}):
        return [], []
    steps = _steps_by_place(messages, places)
    said = [places[i] for i, m in enumerate(messages) if m.role == "assistant"]
    found, odd = {}, []
    for place, given in _pairs(value, said, max(places, default=-1) + 1):
        mark = _mark(given)
        if mark is None:
            odd += [] if jsontext.missing(given) else [f"the label {jsontext.dump(given)[:40]} of message {place}"]
        elif place not in steps:
            odd.append(f"a label of message {place}, which belongs to no step")
        else:
            found[steps[place]] = StepLabel(step=steps[place], value=mark, source="import", kind=_STEP)
    return [found[step] for step in sorted(found)], odd


def _steps_by_place(messages: Sequence[Message], places: Sequence[int]) -> dict[int, int]:
    """The step each message of the row belongs to: an assistant's message, or a result of its calls."""
    found: dict[int, int] = {}
    step = -1
    for message, place in zip(messages, places, strict=True):
        if message.role == "assistant":
            step += 1
            found[place] = step
        elif message.role == "tool" and step >= 0:
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
    known: dict[Any, Mark] = {1: 1, 0: 0, -1: -1, "1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}
    try:
        return known.get(text)
    except TypeError:  # a list or an object
        return None
