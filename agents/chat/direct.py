"""A chat model whose answers go straight to the caller where nobody listens on the way.

LangChain prepares callbacks, traces, caches and token streams for every call, which costs more than all else that a call costs its
client. Where a handler, a tracer, a cache or a limiter has a part in a call, LangChain does the call as ever; where none has, it has
nothing to do but to hand the answer on, and is passed by.
"""

from abc import abstractmethod
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

from langchain_core.callbacks import AsyncCallbackManager, AsyncCallbackManagerForLLMRun
from langchain_core.globals import get_llm_cache
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import LC_ID_PREFIX, AIMessage, AIMessageChunk, BaseMessage, convert_to_messages
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import RunnableBinding, RunnableConfig
from langchain_core.runnables.config import ensure_config

_LANGCHAINS = ("stream", "ls_structured_output_format", "structured_output_format")
"""Arguments of a call that are for LangChain itself."""


class DirectChatModel(BaseChatModel):
    """A subclass says in `_say` what it answers; one that streams yields it piece by piece in `_say_in_pieces`."""

    @abstractmethod
    async def _say(self, messages: list[BaseMessage], stop: list[str] | None, **kwargs: Any) -> AIMessage:
        """The answer to a conversation."""

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        said = await self._say(messages, stop, **kwargs)
        named = {"model_name": said.response_metadata.get("model_name")}
        return ChatResult(generations=[ChatGeneration(message=said)], llm_output=named)

    async def ainvoke(
        self,
        input: LanguageModelInput,
        config: RunnableConfig | None = None,
        *,
        stop: list[str] | None = None,
        **kwargs: Any,
    ) -> AIMessage:
        """The answer, as every LangChain model gives it."""
        messages = self._messages(input)
        if self._is_heard(messages, config, kwargs):
            return await super().ainvoke(input, config, stop=stop, **kwargs)
        said = await self._say(messages, stop, **kwargs)
        said.id = said.id or _run_id()
        return said

    def _messages(self, input: LanguageModelInput) -> list[BaseMessage]:
        return convert_to_messages(input) if isinstance(input, list) else self._convert_input(input).to_messages()

    def _is_heard(self, messages: list[BaseMessage], config: RunnableConfig | None, kwargs: dict[str, Any]) -> bool:
        """Whether LangChain has anything to do in a call but to hand it on."""
        manager = AsyncCallbackManager.configure(ensure_config(config).get("callbacks"), self.callbacks, self.verbose)
        return bool(
            manager.handlers
            or self.cache
            or get_llm_cache() is not None
            or self.rate_limiter
            or self.output_version == "v1"
            or any(name in kwargs for name in _LANGCHAINS)
            or any(not isinstance(message.content, str) for message in messages)
        )


class DirectStreamingChatModel(DirectChatModel):
    """One that also streams."""

    streaming: bool = False
    """Ask for a stream also where the caller waits for the whole answer."""

    @abstractmethod
    def _say_in_pieces(
        self, messages: list[BaseMessage], stop: list[str] | None, **kwargs: Any
    ) -> AsyncIterator[AIMessageChunk]:
        """The answer as it comes; the last piece is marked as such."""

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        async for piece in self._say_in_pieces(messages, stop, **kwargs):
            yield ChatGenerationChunk(message=piece)

    async def astream(
        self,
        input: LanguageModelInput,
        config: RunnableConfig | None = None,
        *,
        stop: list[str] | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[AIMessageChunk]:
        """The answer piece by piece, as every LangChain model gives it."""
        messages = self._messages(input)
        held_whole = self.disable_streaming or ("streaming" in self.model_fields_set and not self.streaming)
        if held_whole or self._is_heard(messages, config, kwargs):
            async for piece in super().astream(input, config, stop=stop, **kwargs):
                yield piece
            return
        id = _run_id()
        async for piece in self._say_in_pieces(messages, stop, **kwargs):
            piece.id = piece.id or id
            yield piece


class Bound(RunnableBinding[LanguageModelInput, AIMessage]):  # type: ignore[no-redef]  # mypy trips over its field `kwargs`
    """A model with arguments for every call, without LangChain's merging of settings where there are none."""

    async def ainvoke(self, input: LanguageModelInput, config: RunnableConfig | None = None, **more: Any) -> AIMessage:
        """The model's answer."""
        if config or self.config or self.config_factories:
            return await super().ainvoke(input, config, **more)
        return await self.bound.ainvoke(input, None, **{**self.kwargs, **more})


def _run_id() -> str:
    return f"{LC_ID_PREFIX}-{uuid4()}"
