"""ShareGPT rows: `conversations` of `from` and `value`, with `function_call` and `observation` turns, or Hermes tags in the text.

The list may be called `messages` too.
"""

from traces.imports import jsontext
from traces.imports.form import Form, Parts, Row, common, listed

_FIELDS = ("conversations", "conversation")


class ShareGPT(Form):
    name = "sharegpt"
    order = 2

    def fits(self, row: Row) -> bool:
        if "messages" not in row:
            return any(key in row for key in _FIELDS)
        messages = jsontext.loose(row["messages"])
        first = messages[0] if isinstance(messages, list) and messages else None
        return isinstance(first, dict) and "from" in first and "role" not in first

    def parts(self, row: Row) -> Parts:
        system = row.get("system")
        return common(row)._replace(
            messages=listed(row, *_FIELDS, "messages"), system=system if isinstance(system, str) else "", hermes=True
        )
