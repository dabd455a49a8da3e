"""A chat model for any OpenAI-compatible server, on aiohttp: tolerant in what it reads, exact in what it keeps."""

from agents.chat.errors import EndpointError
from agents.chat.model import OpenAICompatibleChatModel

__all__ = ["EndpointError", "OpenAICompatibleChatModel"]
