"""Run exports of LangSmith: `inputs` and `outputs` with LangChain's messages, of a graph, a chain or a single model call."""

from collections.abc import Mapping
from typing import Any

from traces.imports import jsontext
from traces.imports.errors import RowError
from traces.imports.form import Form, Parts, Row, common

_REFERENCES = ("reference_outputs", "reference_output", "reference_example_outputs")
_ANSWERS = ("answer", "output", "reference", "expected", "result")


class LangSmith(Form):
    name = "langsmith"
    order = 1

    def fits(self, row: Row) -> bool:
        return "inputs" in row and "outputs" in row

    def parts(self, row: Row) -> Parts:
        given = common(row)
        return given._replace(
            messages=_messages(row),
            model=given.model or _invocation(row).get("model") or _invocation(row).get("model_name"),
            tools=given.tools or _object(row.get("inputs")).get("tools") or _invocation(row).get("tools"),
            reference=given.reference if given.reference is not None else _reference(row),
        )


def _messages(row: Row) -> list[Any]:
    asked, said = _asked(_object(row.get("inputs"))), _said(_object(row.get("outputs")))
    if not said:
        raise RowError("'outputs' holds no messages")
    repeated = len(said) >= len(asked) and all(_same(a, b) for a, b in zip(asked, said, strict=False))
    return said if repeated else [*asked, *said]


def _asked(inputs: Row) -> list[Any]:
    value = jsontext.loose(inputs.get("messages", inputs.get("input")))
    if isinstance(value, list):
        nested = len(value) == 1 and isinstance(value[0], list) and not isinstance(value[0][:1] and value[0][0], str)
        return list(value[0]) if nested else value
    text = next((inputs[k] for k in ("input", "question", "query") if isinstance(inputs.get(k), str)), None)
    return [{"role": "user", "content": text}] if text else []


def _said(outputs: Row) -> list[Any]:
    for key in ("messages", "output", "message", "generations", "choices"):
        value = jsontext.loose(outputs.get(key))
        if key in ("generations", "choices"):
            value = _first_choice(value)
        if isinstance(value, list) and value:
            return value
        if isinstance(value, Mapping):
            inner = value.get("messages")
            return inner if isinstance(inner, list) else [value]
        if isinstance(value, str) and value:
            return [{"role": "assistant", "content": value}]
    return []


def _first_choice(value: Any) -> Any:
    while isinstance(value, list) and value:
        value = value[0]
    return value.get("message") if isinstance(value, Mapping) else None


def _same(one: Any, other: Any) -> bool:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return bool(one == other)
    return one == other or _content(one) == _content(other) is not None


def _content(message: Row) -> Any:
    inner = next((message[k] for k in ("kwargs", "data") if isinstance(message.get(k), Mapping)), message)
    return inner.get("content")


def _reference(row: Row) -> Any:
    for key in _REFERENCES:
        value = jsontext.loose(row.get(key))
        if isinstance(value, Mapping):
            return next((value[k] for k in _ANSWERS if k in value), None)
        if not jsontext.missing(value):
            return value
    return None


def _invocation(row: Row) -> Row:
    return _object(_object(row.get("extra")).get("invocation_params"))


def _object(value: Any) -> Row:
    value = jsontext.loose(value)
    return value if isinstance(value, Mapping) else {}
