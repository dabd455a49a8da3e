"""Samples of Inspect's logs: `messages` with `function` as a name, `target` as the reference, the one plain score as the label."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from traces.imports.form import Form, Parts, Row, common, listed

_SCORES: Mapping[Any, bool] = {"C": True, "I": False, 1: True, 0: False}
"""What counts as right or wrong; true, false and 1.0 are equal to the numbers."""


class Inspect(Form):
    name = "inspect"
    order = 0

    def fits(self, row: Row) -> bool:
        return "messages" in row and "target" in row and ("epoch" in row or "scores" in row or "output" in row)

    def parts(self, row: Row) -> Parts:
        given, score = common(row), _score(row.get("scores"))
        output = row.get("output")
        model = output.get("model") if isinstance(output, Mapping) else None
        return given._replace(
            messages=listed(row, "messages"),
            model=given.model or model,
            tools=given.tools or _tools(row.get("events")),
            reference=given.reference if given.reference is not None else row.get("target"),
            label=given.label if given.label is not None else score.value,
            label_by=score.by if given.label is None else "",
        )


class _Score(NamedTuple):
    value: bool | None = None
    by: str = ""


def _score(scores: Any) -> _Score:
    """The label of the one scorer that says right or wrong; several scorers, or partial scores, say neither."""
    if not isinstance(scores, Mapping) or len(scores) != 1:
        return _Score()
    ((by, score),) = scores.items()
    value = score.get("value") if isinstance(score, Mapping) else score
    return _Score(_SCORES[value], str(by)) if isinstance(value, str | int | float) and value in _SCORES else _Score()


def _tools(events: Any) -> list[Any] | None:
    """The tools that calls of the model were given, each once."""
    found: dict[str, Any] = {}
    for event in events if isinstance(events, list) else ():
        if isinstance(event, Mapping) and event.get("event") == "model":
            for tool in event.get("tools") or ():
                if isinstance(tool, Mapping):
                    found.setdefault(str(tool.get("name")), tool)
    return list(found.values()) or None
