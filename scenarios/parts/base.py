"""What all sections share: how values are taken, and rules that are broken."""

from collections.abc import Sequence

from pydantic import ConfigDict
from pydantic_core import PydanticCustomError

from traces.base import Frozen

SAFE_INT = 2**53 - 1
"""The largest whole number every JSON reader keeps exactly."""


class Part(Frozen):
    """A section of a scenario. Values are taken as they are written: the text "7" is no number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


def repeated(names: Sequence[object]) -> str:
    """What is wrong with a list of names in which one stands twice; empty where none does."""
    twice = sorted({str(name) for name in names if names.count(name) > 1})
    return f"{', '.join(twice)} given twice; each name once" if twice else ""


def rule(broken: str) -> None:
    """Refuse the data where it breaks a rule, with what is wrong with it; nothing where the text is empty."""
    if broken:
        raise PydanticCustomError("rule", "{broken}", {"broken": broken})


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, if none of them stands twice."""
    rule(repeated(names))
    return names
