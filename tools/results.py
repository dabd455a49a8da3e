"""What a tool gives back, and what it is given beside the model's arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import core_schema

from traces.record import Artifact, ToolErrorKind
from traces.task import TaskFile

if TYPE_CHECKING:
    from tools.sandbox.session import SessionSource
    from tools.search.provider import SearchProvider


class ToolOutput(NamedTuple):
    """An observation. `content` is the text the model is shown, whole; errors are values, with a kind from the closed list."""

    content: str
    error: ToolErrorKind | None = None
    data: Mapping[str, Any] = {}
    artifacts: tuple[Artifact, ...] = ()
    untrusted: bool = False


def failed(kind: ToolErrorKind, message: str, **data: Any) -> ToolOutput:
    """An error the model can learn from: `message` says what was wrong and what would be right."""
    return ToolOutput(f"Error ({kind}): {message}", kind, data)


@dataclass
class ToolEnv:
    """What the tools of one attempt share; made for each attempt, closed after it.

    `search` is shared by all attempts of a run. `sessions` opens the attempt's interpreter session on first use.
    """

    search: "SearchProvider | None" = None
    sessions: "SessionSource | None" = None
    files: tuple[TaskFile, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        # A tool takes `env` as it is: pydantic must neither resolve its live fields nor copy them.
        return core_schema.is_instance_schema(cls)
