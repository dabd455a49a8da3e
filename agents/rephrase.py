"""The rephrase graph: a problem of the user's own is put in other words by a writer model.

    draft → check → draft     until nothing that matters was lost or added, at most `tries` times

The check is of the text: the same numbers, as often; the same formulas; other words. What it cannot see, attempts will: the answer that
is held right is the old problem's, so a problem that has become another is solved by nobody.
"""

import re
from collections import Counter
from functools import cache
from typing import Any

from langgraph.runtime import Runtime

from agents.context import WriteContext
from agents.drafting import DraftGraph, DraftState, build_drafting, last_draft, limited, opening, refused
from agents.prompts import REPHRASE, REPHRASE_AGAIN
from graders.numbers import numbers
from traces.record import Message

_FORMULA = re.compile(r"\$(?!\s)[^$]+?(?<!\s)\$(?!\d)|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)


class RephraseState(DraftState, total=False):
    """Of the conversation: the problem it is about."""

    problem: str


async def check(state: RephraseState, runtime: Runtime[WriteContext]) -> dict[str, Any]:
    """Hold the draft against the problem; what differs goes to the writer."""
    query = last_draft(state["messages"])
    fault = changed(state["problem"], query)
    return refused(REPHRASE_AGAIN.format(fault=fault)) if fault else {"query": query}


def changed(problem: str, query: str) -> str:
    """What a rewording has lost or added, in words; empty where it has the same figures and formulas in other words."""
    if _letters(problem) == _letters(query):
        return "it uses the very same words"
    if len(query) > 3 * len(problem) + 200:
        return "it is far longer than the problem"
    had, has = _figures(problem), _figures(query)
    if lost := had - has:
        return f"it lacks {', '.join(map(str, lost))}"
    if added := has - had:
        return f"it adds {', '.join(map(str, added))}"
    formulas = [_squeezed(one) for one in _FORMULA.findall(problem)]
    if missing := [one for one in formulas if one not in _squeezed(query)]:
        return f"it lacks the formula {missing[0]}"
    return ""


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _figures(text: str) -> Counter[str]:
    return Counter(str(mention.value) for mention in numbers(text))


@cache
def build_rephrase() -> DraftGraph:
    """The compiled graph; one for the whole process."""
    return build_drafting(RephraseState, check)


async def rephrase(problem: str, context: WriteContext) -> tuple[str | None, tuple[Message, ...]]:
    """The problem in other words, or None where no draft passed; and the whole conversation with the writer."""
    given: RephraseState = {"problem": problem, "messages": opening(REPHRASE, problem)}
    state = await build_rephrase().ainvoke(given, config=limited(context), context=context)
    return state.get("query"), tuple(state["messages"])
