"""Model spec strings: `teacher` (default), `openai:name` for any OpenAI-compatible server, or `provider:name` for anything
LangChain's `init_chat_model` knows.

Environment variables are read here and nowhere else, and only those a role names.
"""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from langchain_core.language_models import BaseChatModel

from agents.chat import OpenAICompatibleChatModel
from agents.chat.keys import hide, remember
from agents.teacher import TeacherChatModel
from scenarios.problems import nearest
from traces.base import content_hash


class ModelError(Exception):
    """A model cannot be made from its spec; the message says what is wrong and what to do."""


_PACKAGES = {
    "anthropic": "langchain-anthropic",
    "anthropic_bedrock": "langchain-aws",
    "azure_ai": "langchain-azure-ai",
    "azure_openai": "langchain-openai",
    "bedrock": "langchain-aws",
    "bedrock_converse": "langchain-aws",
    "cohere": "langchain-cohere",
    "deepseek": "langchain-deepseek",
    "fireworks": "langchain-fireworks",
    "google_anthropic_vertex": "langchain-google-vertexai",
    "google_genai": "langchain-google-genai",
    "google_vertexai": "langchain-google-vertexai",
    "groq": "langchain-groq",
    "huggingface": "langchain-huggingface",
    "ibm": "langchain-ibm",
    "mistralai": "langchain-mistralai",
    "nvidia": "langchain-nvidia-ai-endpoints",
    "ollama": "langchain-ollama",
    "perplexity": "langchain-perplexity",
    "together": "langchain-together",
    "xai": "langchain-xai",
}
"""The providers that `init_chat_model` knows, and the package of each. `openai` needs none: its model is ours."""
_RETRYING = ("anthropic", "google_genai", "google_vertexai", "mistralai", "groq")
"""Packages that try again by themselves: told not to, since two layers that both retry multiply."""


def chat_model(spec: str, *, faults: Mapping[str, float] | None = None, **settings: Any) -> BaseChatModel:
    """The LangChain chat model of a spec.

    Args:
        spec: `teacher`, or `provider:name` such as `openai:gpt-4.1-mini`.
        faults: the teacher's fault profile; other models have none.
        settings: passed to the model, such as `base_url`, `api_key`, `temperature`, `max_tokens`.

    Raises:
        ModelError: the spec is unknown, or the package it needs is not installed.
    """
    if spec == "teacher":
        return TeacherChatModel(faults=dict(faults or {}))
    provider, colon, name = spec.partition(":")
    if not (colon and provider and name):
        raise ModelError(f"model {spec!r}: neither 'teacher' nor 'provider:name', such as 'openai:gpt-4.1-mini'")
    if provider == "openai":
        return OpenAICompatibleChatModel(model=name, **settings)
    try:
        init_chat_model = import_module("langchain.chat_models").init_chat_model
    except ImportError as error:
        raise _lacking(spec, provider, "langchain ") from error
    if isinstance(settings.get("api_key"), str):
        remember(settings["api_key"])
    try:
        model: BaseChatModel = init_chat_model(
            spec, **({"max_retries": 0} if provider in _RETRYING else {}), **settings
        )
    except ImportError as error:
        raise _lacking(spec, provider, "", f" ({error})") from error
    except ValueError as error:
        raise ModelError(hide(f"model {spec!r}: {error}")) from None
    return model


def _lacking(spec: str, provider: str, first: str, why: str = "") -> ModelError:
    """What to install, `first` before the provider's own package; or that there is no such provider."""
    if package := _PACKAGES.get(provider):
        return ModelError(f"model {spec!r} needs packages that are not installed: pip install {first}{package}{why}")
    known = ("openai", *_PACKAGES)
    near = nearest(provider, known)
    asked = f" (did you mean {near}?)" if near else ""
    return ModelError(
        f"model {spec!r}: unknown provider {provider!r}{asked}; known are {', '.join(known)}."
        " Any OpenAI-compatible server is openai:NAME with its base_url"
    )


def api_key(variable: str | None) -> str | None:
    """The key in an environment variable that a role names. Raises ModelError where the variable is not set."""
    if variable is None:
        return None
    if variable not in os.environ:
        raise ModelError(f"environment variable {variable} is not set; export it, or name another with api_key_env")
    return remember(os.environ[variable])


def usual_key(variable: str | None) -> str | None:
    """The key in a provider's usual variable, None where it is not set."""
    return remember(os.environ.get(variable, "")) or None if variable else None


def fingerprint(spec: str, faults: Mapping[str, float]) -> str:
    """What the record calls the model. A teacher's fault profile is part of what it is."""
    return f"{spec}@{content_hash(dict(faults), 8)}" if spec == "teacher" else spec
