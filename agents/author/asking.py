"""Asks a model for a form: a reply that cannot be read is sent back once with what is wrong with it."""

from collections.abc import Sequence
from typing import TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage

from agents.author.forms import Complaint, Reader
from agents.author.prompts import COMPLAINT
from agents.convert import from_langchain, to_langchain
from agents.retry import broken_off
from traces.record import Message

T = TypeVar("T")


async def asked(
    model: BaseChatModel, said: Sequence[Message], read: Reader[T], seed: int
) -> tuple[T | Complaint, list[Message]]:
    """What was read, or why nothing could be; and the messages that were exchanged after `said`."""
    first, found = await _heard(model, said, read, seed)
    if not isinstance(found, Complaint):
        return found, [first]
    complaint = Message(role="user", content=COMPLAINT.format(complaint=found.text), origin="forced")
    second, found = await _heard(model, [*said, first, complaint], read, seed + 1)
    return found, [first, complaint, second]


async def _heard(
    model: BaseChatModel, said: Sequence[Message], read: Reader[T], seed: int
) -> tuple[Message, T | Complaint]:
    """What a model replies, and what can be read of it."""
    reply = await model.ainvoke(to_langchain(list(said)), seed=seed)
    if not isinstance(reply, AIMessage):
        raise TypeError(f"the model gave a {type(reply).__name__}, not an assistant message")
    message = from_langchain(reply, started=0.0, duration=0.0)
    found = read(message.content)
    if isinstance(found, Complaint) and (broken := broken_off(reply)):
        found = Complaint(broken)
    return message, found
