"""Offers a page's text to a model, by parts where it is long."""

from typing import Annotated

from langchain_core.tools import InjectedToolArg, tool
from pydantic import WithJsonSchema

from tools.results import ToolEnv, ToolOutput, failed
from tools.search.observations import ids_meant, opened, unknown_page
from tools.search.provider import KnowsIds, Page, PageRefused, SearchProvider, SearchUnavailable

_Part = Annotated[int, WithJsonSchema({"type": "integer", "minimum": 1})]


@tool(response_format="content_and_artifact", parse_docstring=True)
async def open_page(id: str, env: Annotated[ToolEnv, InjectedToolArg], part: _Part = 1) -> tuple[str, ToolOutput]:
    """Read a page that search has found. A long page comes in parts; the end of each part says how to get the next.

    Args:
        id: The page's id, as search shows it.
        part: Which part of a long page to read, counted from 1.
    """
    output = await _open(env.search, id, part)
    return output.content, output


async def _open(provider: SearchProvider | None, id: str, part: int) -> ToolOutput:
    if not id.strip():
        return failed("invalid_input", "the id is empty; use an id from search results.")
    if provider is None:
        return failed("search_unavailable", "no search is set up for this task, so there are no pages.")
    try:
        page = await _page(provider, id)
        if page is not None:
            return opened(page, part)
        return unknown_page(id, await provider.near(id) if isinstance(provider, KnowsIds) else ())
    except PageRefused as error:
        return failed("refused", f"{error}.", id=id)
    except SearchUnavailable as error:
        return failed("search_unavailable", f"{error}. This does not mean that the page does not exist.", id=id)


async def _page(provider: SearchProvider, id: str) -> Page | None:
    for candidate in ids_meant(id):
        if page := await provider.page(candidate):
            return page
    return None
