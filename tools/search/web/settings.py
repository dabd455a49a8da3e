"""Settings of web search as a scenario writes them, and the provider made from them. Keys are passed in: this reads no environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from tools.search.web.adapters import Adapter
from tools.search.web.brave import Brave
from tools.search.web.cassette import CacheMode, Cassette
from tools.search.web.duckduckgo import DuckDuckGo
from tools.search.web.fetch import PageFetcher
from tools.search.web.limits import Patience, shared_breaker, shared_bucket
from tools.search.web.search import WebSearch
from tools.search.web.searxng import SearxNG
from tools.search.web.tavily import Tavily
from traces.base import Frozen

ProviderName = Literal["ddgs", "brave", "tavily", "searxng"]
KEYS: dict[str, str] = {"brave": "BRAVE_API_KEY", "tavily": "TAVILY_API_KEY"}
"""Environment variable that commonly holds the key of a provider that needs one."""


class SettingsError(ValueError):
    """Settings that cannot work; the message says what to change."""


class WebSettings(Frozen):
    """`rate` is in searches a second, for the whole process; `deadline` in seconds, for one search with its retries."""

    provider: ProviderName = "ddgs"
    base_url: str | None = None
    parameters: dict[str, str] = {}
    cache: CacheMode = "record"
    rate: float = Field(default=1.0, gt=0)
    deadline: float = Field(default=20.0, gt=0)
    page_deadline: float = Field(default=20.0, gt=0)


def web_search(settings: WebSettings, cassette: Path, key: str | None = None) -> WebSearch:
    """The provider of these settings, with its cassette in the folder `cassette`. Raises SettingsError.

    A replay needs no key.
    """
    if settings.cache == "replay":
        key = key or "not needed"
    patience = Patience(
        shared_bucket(settings.provider, settings.rate), shared_breaker(settings.provider), settings.deadline
    )
    fetcher = PageFetcher(deadline=settings.page_deadline)
    return WebSearch(_adapter(settings, key), patience, Cassette(cassette, settings.cache), fetcher)


def _adapter(settings: WebSettings, key: str | None) -> Adapter:
    address = {"base_url": settings.base_url} if settings.base_url else {}
    match settings.provider:
        case "ddgs":
            return DuckDuckGo({**DuckDuckGo().parameters, **settings.parameters})
        case "searxng":
            if not settings.base_url:
                raise SettingsError(
                    "searxng needs `base_url`, the address of the server, such as http://localhost:8888"
                )
            return SearxNG(settings.base_url, parameters=settings.parameters)
        case "brave" | "tavily":
            if not key:
                raise SettingsError(f"{settings.provider} needs a key; set the variable {KEYS[settings.provider]}")
            made = Brave if settings.provider == "brave" else Tavily
            return made(key, parameters=settings.parameters, **address)
