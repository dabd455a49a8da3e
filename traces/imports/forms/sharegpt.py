"""ShareGPT rows: `conversations` of `from` and `value`, with `function_call` and `observation` turns, or Hermes tags in the text."""

from traces.imports.form import Form, Parts, Row, common, listed

_FIELDS = ("conversations", "conversation")


class ShareGPT(Form):
    name = "sharegpt"
    order = 2

    def fits(self, row: Row) -> bool:
        return any(key in row for key in _FIELDS) and "messages" not in row

    def parts(self, row: Row) -> Parts:
        system = row.get("system")
        return common(row)._replace(
            messages=listed(row, *_FIELDS, "messages"), system=system if isinstance(system, str) else "", hermes=True
        )
