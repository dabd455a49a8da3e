"""What the two graphs carry, and what they run with."""

import operator
from dataclasses import dataclass
from typing import Annotated, TypedDict

from langchain_core.language_models import BaseChatModel

from scenarios.queries.seeds import QuerySeed
from traces.record import Message


@dataclass(frozen=True)
class AuthorContext:
    """The models. `judge` is None where nobody is asked; `closed_book` tries are made by `bare`, the model that will solve."""

    writer: BaseChatModel
    judge: BaseChatModel | None = None
    bare: BaseChatModel | None = None
    closed_book: int = 0
    seed: int = 0


class AuthorState(TypedDict, total=False):
    """The conversation with the writer. `refused` says why there is no query: a gate's name and the reason."""

    brief: QuerySeed
    messages: Annotated[list[Message], operator.add]
    query: str
    rewritten: bool
    refused: tuple[str, str] | None


class VetState(TypedDict, total=False):
    """A query before the models that may refuse it."""

    brief: QuerySeed
    query: str
    refused: tuple[str, str] | None
