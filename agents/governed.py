"""A chat model under the rules of a run: budget first, then a place at its server's gate, then the call, tried again where that can help.

Every role's model is wrapped in this, so that retries, limits and accounts stand in one place, whoever calls and whatever LangChain model
does the work.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatResult
from langchain_core.runnables import Runnable, RunnableBinding
from pydantic import ConfigDict

from agents.budget import FREE, Budget, Rates
from agents.chat.blocking import wait_for
from agents.chat.direct import Bound, DirectChatModel
from agents.chat.errors import EndpointError
from agents.chat.wire import to_wire
from agents.clock import answering
from agents.gate import Gate
from agents.halt import Halt
from agents.journal import current, raise_halt
from agents.retry import RetryPolicy, with_retries


class GovernedChatModel(DirectChatModel):
    """`inner` does the work. `gate` is None for models that no server limits."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    inner: BaseChatModel
    role: str
    budget: Budget
    gate: Gate | None = None
    rates: Rates = FREE
    retry: RetryPolicy = RetryPolicy()
    journaled: bool = False
    """Whether answers are worth writing down: those of a server cost something, the teacher's do not."""
    fingerprint: str = ""
    """What an answer of an earlier session must agree in, beside the question."""
    seeded: bool = True
    """Whether the inner model takes a seed with a call."""
    timeout: float | None = None
    """Seconds that a whole answer may take, where the inner model does not see to that itself."""
    keyless: str = ""
    """What to say of a refusal for want of a key, where none goes with the calls; empty where one does."""

    @property
    def _llm_type(self) -> str:
        return self.inner._llm_type

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer tools, in the way of the inner model."""
        bound = self.inner.bind_tools(tools, **kwargs)
        assert isinstance(bound, RunnableBinding), "LangChain's models bind tools as arguments of the call"
        return Bound(bound=self, kwargs=bound.kwargs, config={})

    async def _say(self, messages: list[BaseMessage], stop: list[str] | None, **kwargs: Any) -> AIMessage:
        try:
            return await self._answer(messages, stop, kwargs)
        except Halt as halt:
            if work := current():
                work.halt = halt
            raise

    async def _answer(self, messages: list[BaseMessage], stop: list[str] | None, kwargs: dict[str, Any]) -> AIMessage:
        work = current() if self.journaled else None
        asked = (self.role, self.fingerprint, to_wire(messages), _given(kwargs)) if work else ()
        if work and (
            held := work.take(*asked)
        ):  # asked as a server is shown it: LangChain's own ids differ from session to session
            return AIMessage.model_validate(held)

        kind = "tools" if kwargs.get("tools") else "plain"
        given = kwargs if self.seeded else {name: value for name, value in kwargs.items() if name != "seed"}

        call = object()

        async def once() -> AIMessage:
            raise_halt()  # nothing more is paid for in work that will be left open: a critic's refusal may have been taken for an opinion
            self.budget.check()
            async with self._passage(kind, call):
                try:
                    with answering() if self.gate else nullcontext():
                        async with asyncio.timeout(self.timeout):
                            result = await self.inner._agenerate(messages, stop, **given)
                except EndpointError as error:
                    keyless = f" {self.keyless}" if self.keyless and error.status in (401, 403) else ""
                    error.args = (f"{self.role}: {error}{keyless}",)
                    raise
                except TimeoutError as error:  # which must not be taken for the attempt's own time
                    why = (
                        f"{self.role}: no whole answer within {self.timeout:g} s"
                        if self.timeout
                        else f"{self.role}: {error}"
                    )
                    raise EndpointError(why, status=408) from error
            message = result.generations[0].message
            assert isinstance(message, AIMessage), "a chat model answers with an assistant message"
            self.budget.charge(self.role, message.usage_metadata, self.rates)
            return message

        def waits(error: Exception) -> bool:
            return self.gate is not None and self.gate.waits(error, kind)

        rest = self.gate.rest if self.gate else asyncio.sleep
        try:
            said = await with_retries(once, self.retry, int(kwargs.get("seed") or 0), waits, rest)
        except Exception as error:
            if self.gate and not isinstance(error, Halt):
                self.gate.require_hope(error, kind)
            raise
        if work:
            work.keep(said.model_dump(mode="json", exclude_none=True), *asked)
        return said

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return wait_for(self._agenerate(messages, stop, **kwargs))

    def _passage(self, kind: str, call: object) -> AbstractAsyncContextManager[None]:
        return self.gate.passage(kind, call) if self.gate else nullcontext()


def _given(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kwargs.items() if value is not None}
