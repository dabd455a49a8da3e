"""Finds the tools: every module in `tools/offered/` holds one LangChain tool of the module's name.

A tool is a typed async function with a Google docstring: its arguments become the schema the model sees, and the argument
`env`, marked `InjectedToolArg`, is ours and hidden from the model. A new tool is one file; nothing is registered.
"""

from functools import cache
from pkgutil import iter_modules
from typing import Any

from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from tools import offered
from traces.parts import BrokenPart, part


@cache
def catalogue() -> dict[str, BaseTool]:
    """All tools by name. Raises BrokenPart where a module in `tools/offered/` holds no tool of its own name."""
    found: dict[str, BaseTool] = {}
    for module in iter_modules(offered.__path__):
        candidate = getattr(part(offered.__name__, module.name), module.name, None)
        if not isinstance(candidate, BaseTool):
            raise BrokenPart(offered.__name__, module.name, f"defines no LangChain tool named {module.name!r}")
        found[candidate.name] = candidate
    return found


def schema(tool: BaseTool) -> dict[str, Any]:
    """The schema as OpenAI shapes it: `{"type": "function", "function": {name, description, parameters}}`.

    `additionalProperties: false` is added, so that an argument nobody defined is an error the model is told of.
    """
    described = convert_to_openai_tool(tool)
    described["function"]["parameters"]["additionalProperties"] = False
    return described
