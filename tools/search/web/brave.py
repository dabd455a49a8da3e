"""Brave Search (the web search Llama 3.1 was trained with). Needs a key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tools.search.provider import Hit
from tools.search.web.adapters import MAX_QUERY, Request, ask_json, hits_of

MAX_WORDS = 50
MAX_COUNT = 20


@dataclass(frozen=True)
class Brave:
    """`parameters` go with each query, such as `{"country": "de", "search_lang": "de"}`."""

    key: str = field(repr=False)
    base_url: str = "https://api.search.brave.com"
    parameters: Mapping[str, str] = field(default_factory=dict)
    name: str = "brave"

    async def ask(self, query: str, limit: int) -> list[Hit]:
        """Longer queries than the service accepts are cut to their first words."""
        asked = " ".join(query.split()[:MAX_WORDS])[:MAX_QUERY]
        params = {**self.parameters, "q": asked, "count": str(min(limit, MAX_COUNT))}
        headers = {"X-Subscription-Token": self.key}
        url = f"{self.base_url.rstrip('/')}/res/v1/web/search"
        answer = await ask_json(self.name, Request("GET", url, headers, params))
        web = answer.get("web")
        # The service leaves "web" out where it found nothing.
        entries = web.get("results") if isinstance(web, dict) else [] if answer.get("type") == "search" else None
        return hits_of(self.name, entries, "url", "description", limit)
