"""Saved rollouts of verifiers: `prompt` and `completion`, `answer` as the reference, `tool_defs`, and calls as JSON text.

The reward is no label: it may weigh more than whether the trace is right. Rollouts of one example share its id.
"""

from collections.abc import Mapping
from typing import Any

from traces.imports import jsontext
from traces.imports.form import Form, Parts, Row, common, listed

_OF_ROLLOUTS = ("example_id", "reward", "stop_condition")


class Verifiers(Form):
    name = "verifiers"
    order = 1

    def fits(self, row: Row) -> bool:
        return "completion" in row and "messages" not in row and any(key in row for key in _OF_ROLLOUTS)

    def parts(self, row: Row) -> Parts:
        given = common(row)
        prompt, info = jsontext.loose(row.get("prompt")), jsontext.loose(row.get("info"))
        older = info.get("oai_tools") if isinstance(info, Mapping) else None
        return given._replace(
            messages=[*(prompt if isinstance(prompt, list) else []), *listed(row, "completion")],
            id=given.id if given.id is not None else row.get("example_id"),
            tools=given.tools or row.get("tool_defs") or older,
            reference=given.reference if given.reference is not None else _answer(row.get("answer")),
        )


def _answer(value: Any) -> Any:
    """What is to be compared: JSON of an object is data for a checker and no answer, and an empty text is none."""
    given = jsontext.loose(value) if isinstance(value, str) and value.lstrip()[:1] == "{" else value
    return given if isinstance(given, Mapping) else value or None
