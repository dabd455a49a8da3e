"""The LangChain chat model for OpenAI-compatible servers: vLLM, SGLang, llama.cpp, Ollama, hosted services.

It keeps reasoning apart from content (`additional_kwargs["reasoning_content"]`, a `reasoning` content block), raw finish reasons,
log probabilities, the server's fingerprint, and malformed calls as they came. It never retries: that is decided where the budget is known.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field, SecretStr

from agents.chat.errors import EndpointError, error_status, error_text
from agents.chat.reply import message_of
from agents.chat.stream import Assembly, events
from agents.chat.wire import to_wire

SAMPLING = (
    "temperature",
    "top_p",
    "max_tokens",
    "seed",
    "stop",
    "frequency_penalty",
    "presence_penalty",
    "logprobs",
    "top_logprobs",
)
_pools: "WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[Any, aiohttp.ClientSession]]" = WeakKeyDictionary()


class OpenAICompatibleChatModel(BaseChatModel):
    """A chat model at `base_url`, which ends before `/chat/completions` (usually in `/v1`)."""

    model: str
    base_url: str = "https://api.openai.com/v1"
    api_key: SecretStr | None = None
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    stop: list[str] | None = None
    frequency_penalty: float | None = None
    presence_penalty: float | None = None
    logprobs: bool | None = None
    top_logprobs: int | None = None
    streaming: bool = False
    """Ask for a stream also where the caller waits for the whole answer."""
    timeout: float = 600.0
    """Seconds for a whole answer."""
    extra_body: dict[str, Any] = Field(default_factory=dict)
    """Further fields of the request, as they are."""
    headers: dict[str, str] = Field(default_factory=dict)

    @property
    def _llm_type(self) -> str:
        return "openai-compatible"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.model, "base_url": self.base_url, "temperature": self.temperature}

    def bind_tools(
        self, tools: Sequence[Any], *, tool_choice: str | dict[str, Any] | None = None, **kwargs: Any
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer tools: LangChain tools, functions, pydantic models, or schemas. `tool_choice` may be a tool's name."""
        if isinstance(tool_choice, str) and tool_choice not in ("auto", "none", "required", "any"):
            tool_choice = {"type": "function", "function": {"name": tool_choice}}
        chosen = {"tool_choice": "required" if tool_choice == "any" else tool_choice} if tool_choice else {}
        return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools], **chosen, **kwargs)

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        request = self._request(messages, stop, kwargs, stream=self.streaming)
        async with self._answer(request) as answer:
            body = await _body(answer)
        try:
            message = message_of(body)
        except ValueError as error:
            raise EndpointError(f"{self.base_url}: {error}", body=body) from error
        return ChatResult(generations=[ChatGeneration(message=message)], llm_output={"model_name": body.get("model")})

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        assembly = Assembly()
        async with self._answer(self._request(messages, stop, kwargs, stream=True)) as answer:
            if not _is_stream(answer):
                yield ChatGenerationChunk(message=_last(message_of(await _body(answer)), whole=True))
                return
            async for chunk in events(answer.content.iter_any()):
                text, thought = assembly.add(chunk)
                if text or thought:
                    extras = {"reasoning_content": thought} if thought else {}
                    yield ChatGenerationChunk(message=AIMessageChunk(content=text, additional_kwargs=extras))
        _require_whole(assembly)
        yield ChatGenerationChunk(message=_last(message_of(assembly.whole()), whole=False))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return asyncio.run(self._agenerate(messages, stop, **kwargs))

    def _request(
        self, messages: list[BaseMessage], stop: list[str] | None, kwargs: Mapping[str, Any], *, stream: bool
    ) -> dict[str, Any]:
        sampling = {name: value for name in SAMPLING if (value := getattr(self, name)) is not None}
        request = {"model": self.model, "messages": to_wire(messages), **sampling, **self.extra_body, **kwargs}
        request |= {"stop": stop} if stop else {}
        return request | ({"stream": True, "stream_options": {"include_usage": True}} if stream else {})

    @asynccontextmanager
    async def _answer(self, request: Mapping[str, Any]) -> AsyncIterator[aiohttp.ClientResponse]:
        """The server's answer with a good status; anything else is an EndpointError."""
        key = {"Authorization": f"Bearer {self.api_key.get_secret_value()}"} if self.api_key else {}
        url = f"{self.base_url.rstrip('/')}/chat/completions"
        session = await _session()
        limit = aiohttp.ClientTimeout(total=self.timeout)
        try:
            async with session.post(url, json=request, headers={**key, **self.headers}, timeout=limit) as answer:
                if answer.status >= 400:
                    raise await _refusal(answer, self.model)
                yield answer
        except aiohttp.ClientError as error:
            raise EndpointError(f"{url}: {type(error).__name__}: {error}") from error
        except TimeoutError as error:
            raise EndpointError(f"{url}: no whole answer within {self.timeout:g} s", status=408) from error


async def _session() -> aiohttp.ClientSession:
    """The connection pool of this event loop, closed by the loop's own clean-up of async generators."""
    loop = asyncio.get_running_loop()
    if loop not in _pools or _pools[loop][1].closed:
        holder = _pool()
        _pools[loop] = (holder, await anext(holder))
    return _pools[loop][1]


async def _pool() -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, json_serialize=_dumps, auto_decompress=True) as session:
        yield session


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_stream(answer: aiohttp.ClientResponse) -> bool:
    return answer.content_type != "application/json"


def _require_whole(assembly: Assembly) -> None:
    if assembly.empty:
        raise EndpointError("the stream ended without a message", body=assembly.body)


async def _body(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    """The whole answer as one body, sent as JSON or as a stream, whatever its content type claims."""
    raw = await answer.read()
    text = raw.decode("utf-8", "replace").strip()
    try:
        body = json.loads(text, strict=False)
    except ValueError as error:
        if text.startswith(("data:", ":", "event:", "{", "id:", "retry:")) and "\n" in text:
            return await _assembled(raw)
        raise EndpointError(f"{answer.url}: the answer is no JSON ({error}): {text[:200]!r}", body=text) from error
    if (said := error_text(body)) is not None or not isinstance(body, dict):
        status = error_status(body) or answer.status
        raise EndpointError(f"{answer.url}: {said or 'the answer is no JSON object'}", status=status, body=body)
    return body


async def _assembled(raw: bytes) -> dict[str, Any]:
    assembly = Assembly()
    async for chunk in events(_once(raw)):
        assembly.add(chunk)
    _require_whole(assembly)
    return assembly.whole()


async def _once(raw: bytes) -> AsyncIterator[bytes]:
    yield raw


async def _refusal(answer: aiohttp.ClientResponse, model: str) -> EndpointError:
    text = await answer.text(errors="replace")
    try:
        body = json.loads(text, strict=False)
    except ValueError:
        body = text
    said = error_text(body) or (text[:500] if text else answer.reason)
    after = answer.headers.get("Retry-After", "")
    wait = float(after) if after.replace(".", "", 1).isdigit() else None
    message = f"{answer.url} answered {answer.status} for model {model!r}: {said}{_remedy(answer.status)}"
    return EndpointError(message, status=answer.status, body=body, retry_after=wait)


def _remedy(status: int) -> str:
    remedies = {
        401: " Check the key (api_key_env names the variable that holds it).",
        403: " The key may not use this model.",
        404: " Check base_url (it usually ends in /v1) and the model's name.",
    }
    return remedies.get(status, "")


def _last(message: AIMessage, *, whole: bool) -> AIMessageChunk:
    """The end of a stream: calls, usage and metadata; text and reasoning only where nothing was streamed before."""
    return AIMessageChunk(
        content=message.content if whole else "",
        additional_kwargs={k: v for k, v in message.additional_kwargs.items() if whole or k != "reasoning_content"},
        tool_calls=message.tool_calls,
        invalid_tool_calls=message.invalid_tool_calls,
        response_metadata=message.response_metadata,
        usage_metadata=message.usage_metadata,
        chunk_position="last",
    )
