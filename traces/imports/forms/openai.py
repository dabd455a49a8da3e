"""Rows with OpenAI's chat messages, in `messages` or as `prompt` and `completion`; our own form, too."""

from typing import Any

from traces.imports import jsontext
from traces.imports.errors import RowError
from traces.imports.form import Form, Parts, Row, common, listed

_FIELDS = ("messages", "traj", "trajectory")


class OpenAI(Form):
    name = "openai"
    order = 3

    def fits(self, row: Row) -> bool:
        return any(key in row for key in (*_FIELDS, "completion"))

    def parts(self, row: Row) -> Parts:
        return common(row)._replace(messages=_messages(row))


def _messages(row: Row) -> list[Any]:
    prompt, completion = jsontext.loose(row.get("prompt")), jsontext.loose(row.get("completion"))
    if isinstance(prompt, list) and isinstance(completion, list) and "messages" not in row:
        if not completion:
            raise RowError("'completion' is empty")
        return [*prompt, *completion]
    return listed(row, *_FIELDS)
