"""Reads a query back by a model: what it asks, in the form of examples. So a free wording of a task is held against the task's own truth.

The model sees the query and other queries of the kind with what they ask, never what this one should ask.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import orjson
from langchain_core.language_models import BaseChatModel

from agents.author.asking import asked
from agents.author.forms import Complaint, read_asks
from agents.prompts import ASKS
from traces.record import Message

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,60})(?:\.\d{1,60})?")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


class Example(NamedTuple):
    """A query and what it asks."""

    query: str
    asks: dict[str, Any]


async def asks_of(query: str, examples: Sequence[Example], reader: BaseChatModel, seed: int) -> dict[str, Any] | None:
    """What a query asks; None where it cannot be told."""
    shown = {"examples": [{"query": one.query, "asks": one.asks} for one in examples], "query": query}
    said = [
        Message(role="system", content=ASKS, origin="system"),
        Message(role="user", content=orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode(), origin="forced"),
    ]
    found, _ = await asked(reader, said, read_asks, seed)
    return None if isinstance(found, Complaint) else found


def same_asks(found: Any, wanted: Any) -> bool:
    """Whether two asks are the same by value: numbers however written, names with or without their article; lists in their order."""
    if isinstance(wanted, dict):
        return (
            isinstance(found, dict)
            and found.keys() == wanted.keys()
            and all(same_asks(found[k], wanted[k]) for k in wanted)
        )
    if isinstance(wanted, list | tuple):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(same_asks, found, wanted))
    return _plain(found) == _plain(wanted)


def _plain(value: Any) -> object:
    text = _ARTICLE.sub("", " ".join(str(value).split()).strip(" .\"'“”")).casefold()
    return Fraction(text.replace(",", "")) if _NUMBER.fullmatch(text) else text
