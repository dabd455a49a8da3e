"""The metasearch `ddgs` (once named `duckduckgo-search`, whose import name is tried too). Needs no key.

The library cannot tell "blocked" from "nothing found": whatever brings no hits is SearchUnavailable here, never an empty
answer that teaches a model that nothing exists. Its objects are not thread-safe, so each worker thread has its own; at most
two work at once.
"""

import asyncio
import threading
import warnings
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tools.search.provider import Hit, SearchUnavailable
from tools.search.web.adapters import MAX_QUERY, hits_of

IN_FLIGHT = 2
ENGINE_SECONDS = 8
_DEFAULTS = {"region": "us-en", "safesearch": "moderate", "backend": "auto"}
_local = threading.local()


@dataclass(frozen=True)
class DuckDuckGo:
    """`parameters` are those of `ddgs.DDGS.text`: `region`, `safesearch`, `timelimit`, `backend`.

    With backend `auto`, encyclopaedias are asked before search engines; name a backend where that matters.
    """

    parameters: Mapping[str, str] = field(default_factory=lambda: dict(_DEFAULTS))
    name: str = "ddgs"

    async def ask(self, query: str, limit: int) -> list[Hit]:
        found = await asyncio.get_running_loop().run_in_executor(_workers(), self._text, query[:MAX_QUERY], limit)
        hits = hits_of(self.name, found, "href", "body", limit)
        if not hits:
            raise SearchUnavailable(
                f"{self.name} brought no results; it cannot tell an empty answer from being blocked"
            )
        return hits

    def _text(self, query: str, limit: int) -> Any:
        client = _client()
        try:
            return client.text(query, max_results=limit, **self.parameters)
        except Exception as error:
            # The library raises one base class for everything, and parsers' errors when an engine changes its pages.
            _local.client = None
            raise SearchUnavailable(
                f"{self.name} brought no results ({type(error).__name__}: {str(error)[:200]})"
            ) from error


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="ddgs")


def _client() -> Any:
    """This thread's client."""
    if getattr(_local, "client", None) is None:
        # The older package warns of its new name and sets the process's warning filter; neither may stay.
        with warnings.catch_warnings(record=True):
            _local.client = _client_class()(timeout=ENGINE_SECONDS)
    return _local.client


def _client_class() -> Any:
    try:
        from ddgs import DDGS
    except ImportError:
        try:
            from duckduckgo_search import DDGS  # type: ignore[import-not-found,no-redef]
        except ImportError as error:
            raise SearchUnavailable("the package ddgs is not installed; `pip install ddgs` brings it") from error
    return DDGS
