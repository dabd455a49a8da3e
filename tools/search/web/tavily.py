"""Tavily Search. Needs a key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tools.search.provider import Hit
from tools.search.web.adapters import MAX_QUERY, Request, ask_json, hits_of

MAX_COUNT = 20


@dataclass(frozen=True)
class Tavily:
    """`parameters` go with each query, such as `{"search_depth": "advanced"}`."""

    key: str = field(repr=False)
    base_url: str = "https://api.tavily.com"
    parameters: Mapping[str, str] = field(default_factory=dict)
    name: str = "tavily"

    async def ask(self, query: str, limit: int) -> list[Hit]:
        """Longer queries than the service accepts are cut."""
        body = {**self.parameters, "query": query[:MAX_QUERY], "max_results": min(limit, MAX_COUNT)}
        headers = {"Authorization": f"Bearer {self.key}"}
        url = f"{self.base_url.rstrip('/')}/search"
        answer = await ask_json(self.name, Request("POST", url, headers, json=body))
        return hits_of(self.name, answer.get("results"), "url", "content", limit)
