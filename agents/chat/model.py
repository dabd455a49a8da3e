"""The LangChain chat model for OpenAI-compatible servers: vLLM, SGLang, llama.cpp, Ollama, hosted services.

It keeps reasoning apart from content (`additional_kwargs["reasoning_content"]`, a `reasoning` content block), raw finish reasons,
log probabilities, the server's fingerprint, and malformed calls as they came. It never retries: that is decided where the budget is known.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field, SecretStr, model_validator

from agents.chat.blocking import drawn, wait_for
from agents.chat.chunk import ending, news
from agents.chat.direct import Bound, DirectStreamingChatModel
from agents.chat.errors import EndpointError, error_text
from agents.chat.keys import hide, remember
from agents.chat.remedies import remedy
from agents.chat.reply import message_of
from agents.chat.stream import Assembly
from agents.chat.transport import Whole, answer, chunks, require_whole, whole
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


class OpenAICompatibleChatModel(DirectStreamingChatModel):
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
    timeout: float = 600.0
    """Seconds for a whole answer."""
    extra_body: dict[str, Any] = Field(default_factory=dict)
    """Further fields of the request, as they are."""
    headers: dict[str, str] = Field(default_factory=dict)
    reasoning_as: str | None = None
    """The field in which reasoning goes back to the server with the conversation, for models that need it; None leaves it out."""

    @model_validator(mode="before")
    @classmethod
    def _left_out(cls, given: Any) -> Any:
        """None is as good as nothing, one word to stop at as a list of it, and headers have LangChain's name too."""
        if not isinstance(given, dict):
            return given
        found = {("headers" if name == "default_headers" else name): v for name, v in given.items() if v is not None}
        return found | ({"stop": [found["stop"]]} if isinstance(found.get("stop"), str) else {})

    def model_post_init(self, context: Any) -> None:
        """Make sure that no error text ever holds a key."""
        for value in (self.api_key.get_secret_value() if self.api_key else "", *self.headers.values()):
            remember(value.strip())

    @property
    def _llm_type(self) -> str:
        return "openai-compatible"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.model, "base_url": self.base_url, "temperature": self.temperature}

    def bind_tools(
        self,
        tools: Sequence[Any],
        *,
        tool_choice: str | bool | dict[str, Any] | None = None,
        strict: bool | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer tools: LangChain tools, functions, pydantic models, or schemas.

        `tool_choice` is a tool's name, `auto`, `none`, `required` (also `any` and True), or the object as servers take it; `strict`
        holds the model to the schemas where its server can.
        """
        if isinstance(tool_choice, str) and tool_choice not in ("auto", "none", "required", "any"):
            tool_choice = {"type": "function", "function": {"name": tool_choice}}
        chosen = {"tool_choice": "required" if tool_choice in ("any", True) else tool_choice} if tool_choice else {}
        offered = [convert_to_openai_tool(tool, strict=strict) for tool in tools]
        return Bound(bound=self, kwargs={"tools": offered, **chosen, **kwargs}, config={})

    async def _say(self, messages: list[BaseMessage], stop: list[str] | None, **kwargs: Any) -> AIMessage:
        request = self._request(messages, stop, kwargs, stream=self.streaming)
        with self._explained(request):
            async with answer(self.base_url, request, self._headers(), self.timeout) as found:
                body = await whole(found)
            return self._message(body)

    async def _say_in_pieces(
        self, messages: list[BaseMessage], stop: list[str] | None, **kwargs: Any
    ) -> AsyncIterator[AIMessageChunk]:
        assembly, body = Assembly(), None
        request = self._request(messages, stop, kwargs, stream=True)
        with self._explained(request):
            async with answer(self.base_url, request, self._headers(), self.timeout) as found:
                async for chunk in chunks(found):
                    if isinstance(chunk, Whole):
                        body = chunk.body
                    elif any(said := assembly.add(chunk)):
                        yield news(*said)
            if body is not None:
                yield ending(self._message(body), whole=True)
                return
            held = assembly.end()
            require_whole(assembly)
            yield news(*held)
            yield ending(self._message(assembly.whole()), whole=False)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return wait_for(self._agenerate(messages, stop, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        return drawn(self._astream(messages, stop, **kwargs))

    @contextmanager
    def _explained(self, request: Mapping[str, Any]) -> Iterator[None]:
        """Let every failure of the block say which model it was and where, and what to do about it where that is known."""
        try:
            yield
        except EndpointError as error:
            name, where, text = f"model {self.model!r}", hide(self.base_url.partition("?")[0].rstrip("/")), str(error)
            missing = ([] if name in text else [name]) + ([] if where in text else [f"at {where}"])
            error.args = ((f"{' '.join(missing)}: {text}" if missing else text) + _advice(error, request),)
            raise

    def _message(self, body: Mapping[str, Any]) -> AIMessage:
        try:
            return message_of(body)
        except ValueError as error:
            raise EndpointError(hide(f"{self.base_url}: {error}: {json.dumps(body)[:500]}"), body=body) from error

    def _request(
        self, messages: list[BaseMessage], stop: list[str] | None, kwargs: Mapping[str, Any], *, stream: bool
    ) -> dict[str, Any]:
        sampling = {name: value for name in SAMPLING if (value := getattr(self, name)) is not None}
        wire = to_wire(messages, self.reasoning_as)
        request = {"model": self.model, "messages": wire, **sampling, **self.extra_body, **kwargs}
        request |= {"stop": stop} if stop else {}
        if stream:
            request = {"stream_options": {"include_usage": True}, **request, "stream": True}
        if request.get("stream_options", ...) is None:  # how a user says that the server takes none
            del request["stream_options"]
        return request

    def _headers(self) -> dict[str, str]:
        key = self.api_key.get_secret_value().strip() if self.api_key else ""
        return {**({"Authorization": f"Bearer {key}"} if key else {}), **self.headers}


def _advice(error: EndpointError, request: Mapping[str, Any]) -> str:
    """What to do about an error of the server's, from the end of its own sentence on; empty where there is nothing to say."""
    if error.body is None:
        return ""
    advice = remedy(error.status or 0, error_text(error.body) or str(error.body), request, broke=error.broke)
    return f"{'' if not advice or str(error).endswith(('.', '!', '?')) else '.'}{advice}"
