"""Message chunks that keep malformed calls malformed: LangChain's own closes a call's open JSON, so that half a call looks whole."""

import json
from typing import Any, Self

from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.messages.tool import invalid_tool_call, tool_call, tool_call_chunk
from pydantic import model_validator

from agents.chat.reply import read_arguments


class ExactChunk(AIMessageChunk):
    """A chunk whose calls are read strictly; chunks added to it are too."""

    @model_validator(mode="after")
    def init_tool_calls(self) -> Self:
        """Read the calls from their chunks, once there are any."""
        if not self.tool_call_chunks:
            written: list[tuple[str | None, str | None, str | None]] = [
                (c["name"], json.dumps(c["args"]), c["id"]) for c in self.tool_calls
            ]
            written += [(c["name"], c["args"], c["id"]) for c in self.invalid_tool_calls]
            self.tool_call_chunks = [tool_call_chunk(name=n, args=a, id=i, index=None) for n, a, i in written]
            return self
        self.tool_calls, self.invalid_tool_calls = [], []
        for chunk in self.tool_call_chunks:
            args, error = read_arguments(chunk["args"])
            if error:
                self.invalid_tool_calls.append(
                    invalid_tool_call(name=chunk["name"], args=chunk["args"], id=chunk["id"], error=error)
                )
            else:
                self.tool_calls.append(tool_call(name=chunk["name"] or "", args=args, id=chunk["id"]))
        return self


_EMPTY = ExactChunk(content="")


def news(text: str, reasoning: str) -> ExactChunk:
    """What was newly said. There is one for each token, and nothing in it to be checked: a copy costs a quarter of a new one."""
    own: dict[str, Any] = {name: [] for name in ("tool_calls", "invalid_tool_calls", "tool_call_chunks")}
    thought = {"reasoning_content": reasoning} if reasoning else {}
    return _EMPTY.model_copy(
        update={"content": text, "additional_kwargs": thought, "response_metadata": {}, **own},
    )


def ending(message: AIMessage, *, whole: bool) -> ExactChunk:
    """The end of a stream: calls, usage and metadata; text and reasoning only where nothing came before."""
    return ExactChunk(
        content=message.content if whole else "",
        additional_kwargs={k: v for k, v in message.additional_kwargs.items() if whole or k != "reasoning_content"},
        tool_calls=message.tool_calls,
        invalid_tool_calls=message.invalid_tool_calls,
        response_metadata=message.response_metadata,
        usage_metadata=message.usage_metadata,
        chunk_position="last",
    )
