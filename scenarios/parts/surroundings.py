"""Where an agent works: the world, what is searched, the sandbox."""

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scenarios.parts.base import SAFE_INT, Part, rule
from scenarios.world.config import WorldConfig


class WorldPart(Part):
    """The fictional encyclopaedia the agents search."""

    documents: int = Field(2000, ge=100, le=10_000_000)
    """How many documents it has, 100 to 10,000,000."""
    seed: int | None = Field(None, ge=0, le=SAFE_INT)
    """The seed it is made from. Left out: the scenario's seed."""
    knobs: WorldConfig = Field(default_factory=WorldConfig)
    """What kind of world it is. Left out: an honest English one."""


class SearchPart(Part):
    """What the tools `search` and `open_page` search."""

    source: Literal["world", "corpus", "web"] = "world"
    """`world`: the pages of the world; `corpus`: a folder that `winnow corpus build` made; `web`: a web provider."""
    corpus: str | None = Field(None, max_length=4096)
    """For `corpus`: its folder, as seen from where the command is run."""
    provider: Literal["ddgs", "brave", "tavily", "searxng"] = "ddgs"
    """For `web`: who is asked. `ddgs` needs no key; `brave` and `tavily` need one."""
    base_url: str | None = Field(None, max_length=2000, pattern=r"^https?://[^\s/]+\S*$")
    """For `web`: another address of the provider; `searxng` needs it."""
    api_key_env: str | None = Field(None, max_length=100, pattern=r"^[A-Z_][A-Z0-9_]*$")
    """For `web`: name of the environment variable that holds the key. Left out: the provider's usual one."""
    cache: Literal["record", "replay", "live"] = "record"
    """For `web`: `record` keeps every answer and asks the same question once; `replay` never touches the network; `live` keeps none."""
    cassette: str | None = Field(None, max_length=4096)
    """For `web`: the folder of recorded answers. Left out: `cassette` in the run's folder."""
    rate: float = Field(1.0, gt=0, le=1000)
    """For `web`: searches a second, for the whole process."""

    @model_validator(mode="after")
    def _complete(self) -> "SearchPart":
        if self.source == "corpus" and self.corpus is None:
            raise PydanticCustomError("no_corpus", "the folder of the corpus, as `corpus: DIR`", {})
        if self.source == "web" and self.provider == "searxng" and self.base_url is None:
            raise PydanticCustomError("no_address", "searxng's address, as `base_url: http://...`", {})
        return self


class SandboxPart(Part):
    """Where code that models write is run."""

    backend: Literal["local", "e2b"] = "local"
    """`local`: confined on this machine; `e2b`: on virtual machines that E2B hosts, which needs a key."""
    api_key_env: str = Field("E2B_API_KEY", max_length=100, pattern=r"^[A-Z_][A-Z0-9_]*$")
    """For `e2b`: name of the environment variable that holds the key, in capitals. Never the key itself."""
    template: str | None = Field(None, max_length=200, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$")
    """For `e2b`: the template that sandboxes are made from. Left out: E2B's own for code."""

    @model_validator(mode="after")
    def _settings_fit_the_backend(self) -> "SandboxPart":
        if self.backend == "local" and self.template is not None:
            rule("template given for the local sandbox, which has none; remove it or set backend: e2b")
        return self
