"""A chat model that says what a test wrote down, one message a call, and remembers what it was shown."""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable


class ScriptedChatModel(BaseChatModel):
    """Plays `script` in order; an exception in it is raised. Past its end the last entry is repeated."""

    script: list[Any]
    seen: list[list[BaseMessage]] = []
    offered: list[list[str]] = []

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[LanguageModelInput, AIMessage]:
        return self.bind(tools=list(tools), **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self.seen.append(messages)
        self.offered.append([tool["function"]["name"] for tool in kwargs.get("tools", ())])
        said = self.script[min(len(self.seen), len(self.script)) - 1]
        if isinstance(said, Exception):
            raise said
        return ChatResult(generations=[ChatGeneration(message=said)])


def calls(*requests: tuple[str, dict[str, Any]], says: str = "") -> AIMessage:
    """An assistant message that calls tools."""
    made = [
        {"name": name, "args": args, "id": f"id{i:07d}", "type": "tool_call"} for i, (name, args) in enumerate(requests)
    ]
    return AIMessage(says, tool_calls=made)


def broken(name: str, arguments: str) -> AIMessage:
    """An assistant message whose call could not be read."""
    call = {"name": name, "args": arguments, "id": "id0000000", "error": "no JSON", "type": "invalid_tool_call"}
    return AIMessage("", invalid_tool_calls=[call])
