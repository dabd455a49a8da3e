"""Offers search to a model: ranked hits with snippets from the run's corpus or from the web."""

from typing import Annotated

from langchain_core.tools import InjectedToolArg, tool
from pydantic import WithJsonSchema

from tools.results import ToolEnv, ToolOutput, failed
from tools.search.observations import results
from tools.search.provider import SearchUnavailable

MAX_HITS = 20
_Limit = Annotated[int, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_HITS})]
"""The schema states the bounds; a caller that ignores them is clamped, not refused."""


@tool(response_format="content_and_artifact", parse_docstring=True)
async def search(query: str, env: Annotated[ToolEnv, InjectedToolArg], limit: _Limit = 5) -> tuple[str, ToolOutput]:
    """Search the available documents. Returns the best hits, each with its title, its page id and an excerpt.

    Use the id with open_page to read a page. Words in "double quotes" must occur as that exact phrase.

    Args:
        query: The words to look for, such as a name together with what you want to know of it.
        limit: How many hits to return, from 1 to 20.
    """
    output = await _search(env, query, min(max(limit, 1), MAX_HITS))
    return output.content, output


async def _search(env: ToolEnv, query: str, limit: int) -> ToolOutput:
    if not query.strip():
        return failed("invalid_input", "the query is empty; give the words to look for.")
    if env.search is None:
        return failed("search_unavailable", "no search is set up for this task.")
    try:
        return results(query, await env.search.search(query, limit))
    except SearchUnavailable as error:
        return failed("search_unavailable", f"{error}. This does not mean that nothing exists.", query=query)
