"""SearxNG, a search service that one runs oneself. It must have `json` among `search.formats` in its settings.yml."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tools.search.provider import Hit, SearchUnavailable
from tools.search.web.adapters import MAX_QUERY, Request, ask_json, hits_of


@dataclass(frozen=True)
class SearxNG:
    """`parameters` go with each query, such as `{"language": "de", "engines": "mojeek,wikipedia"}`."""

    base_url: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    name: str = "searxng"

    async def ask(self, query: str, limit: int) -> list[Hit]:
        """Raises SearchUnavailable where nothing was found while engines did not respond: that says nothing."""
        params = {**self.parameters, "q": query[:MAX_QUERY], "format": "json"}
        answer = await ask_json(self.name, Request("GET", f"{self.base_url.rstrip('/')}/search", params=params))
        hits = hits_of(self.name, answer.get("results"), "url", "content", limit)
        if not hits and answer.get("unresponsive_engines"):
            raise SearchUnavailable(f"{self.name} found nothing, but some of its engines did not respond")
        return hits
