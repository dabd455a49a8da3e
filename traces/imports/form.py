"""What a form is: a class in a file of its own under `traces/imports/forms/`, that says where in a row things stand.

Files are found, nothing is registered. Fields of our own form (`id`, `tools`, `reference`, `label`, `step_labels`) are read
in every form where the row has them.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar, NamedTuple

from traces.imports import jsontext
from traces.imports.errors import RowError

Row = Mapping[str, Any]


class Parts(NamedTuple):
    """What a row says, not yet read. `label_by` names who gave the label, where that is known."""

    messages: list[Any]
    id: Any = None
    model: Any = None
    tools: Any = None
    reference: Any = None
    label: Any = None
    label_by: str = ""
    step_labels: Any = None
    system: str = ""
    """A system message that stands beside the messages."""
    hermes: bool = False
    """Whether calls between tags in a text are calls, answered or not."""


class Form(ABC):
    """One way of writing traces down."""

    name: ClassVar[str]
    order: ClassVar[int] = 1
    """When it is tried where the form is not said: the special ones first."""

    @abstractmethod
    def fits(self, row: Row) -> bool:
        """Whether a row looks like this form."""

    @abstractmethod
    def parts(self, row: Row) -> Parts:
        """Where things stand in a row. Raises RowError where it has no messages."""


def common(row: Row) -> Parts:
    """The fields of our own form, without messages; `tools` may stand in `metadata` or be called `functions`."""
    metadata = jsontext.loose(row.get("metadata"))
    places = [row, *([metadata] if isinstance(metadata, Mapping) else [])]
    tools = next((p[key] for p in places for key in ("tools", "functions") if not _nothing(p.get(key))), None)
    return Parts(
        messages=[],
        id=row.get("id"),
        model=row.get("model"),
        tools=tools,
        reference=row.get("reference"),
        label=row.get("label"),
        step_labels=row.get("step_labels"),
    )


def listed(row: Row, *keys: str) -> list[Any]:
    """The first of these fields that holds messages, as a list or as JSON text of one. Raises RowError."""
    for key in keys:
        value = jsontext.loose(row.get(key))
        if isinstance(value, list) and value:
            return value
    present = [key for key in keys if key in row]
    if present:
        raise RowError(f"{present[0]!r} is no list of messages, or an empty one")
    raise RowError(f"no messages: the row has neither of {', '.join(map(repr, keys))}")


def _nothing(value: Any) -> bool:
    return jsontext.missing(value) or value in ("", [], {}, "[]", "null")


@cache
def all_forms() -> Mapping[str, Form]:
    """Every form by name, in the order they are tried."""
    from traces.imports import forms

    modules = [import_module(f"{forms.__name__}.{m.name}") for m in iter_modules(forms.__path__)]
    found = [value() for module in modules for value in vars(module).values() if _is_form(value, module.__name__)]
    return {form.name: form for form in sorted(found, key=lambda form: form.order)}


def _is_form(value: object, module: str) -> bool:
    return isinstance(value, type) and issubclass(value, Form) and value.__module__ == module


def form_of(row: Row, name: str = "auto") -> Form:
    """The form of that name, or for `auto` the first that a row fits.

    Raises:
        RowError: none does, or the row is plainly in another form than the one that was named.
    """
    fitting = [form for form in all_forms().values() if form.fits(row)]
    if name != "auto":
        named = all_forms()[name]
        if fitting and named not in fitting:
            raise RowError(f"the row has the form {fitting[0].name}, not {name}; leave out --format")
        return named
    if fitting:
        return fitting[0]
    keys = ", ".join(sorted(map(str, row)))[:120]
    raise RowError(f"none of the known forms: the row has the fields {keys or '(none)'}")
