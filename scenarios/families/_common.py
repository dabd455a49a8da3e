"""What many families share: who asks and how, which tools are offered, and the ways to say no."""

import random

from scenarios.dressing import PERSONAS
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import finish
from scenarios.policy import Mind
from scenarios.wording import STYLES
from traces.task import Brief

SEARCH, OPEN, CALCULATOR, PYTHON = "search", "open_page", "calculator", "python"
ALL = (SEARCH, OPEN, CALCULATOR, PYTHON)
OFFERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "calculator": (ALL, ALL, (CALCULATOR,), (CALCULATOR, PYTHON), (SEARCH, OPEN, CALCULATOR)),
    "python": (ALL, ALL, (PYTHON,), (CALCULATOR, PYTHON), (SEARCH, OPEN, PYTHON)),
    "search": (ALL, ALL, (SEARCH, OPEN), (SEARCH, OPEN, CALCULATOR)),
    "search and calculator": (ALL, ALL, (SEARCH, OPEN, CALCULATOR)),
    "search and python": (ALL, ALL, (SEARCH, OPEN, PYTHON)),
}
"""Offers of tools by what the task needs; more may be offered than needed."""


def brief_for(family: str, ask: Ask, rng: random.Random) -> Brief:
    """A brief for some person in some style."""
    return Brief(family=family, ask=ask, persona=rng.choice(list(PERSONAS)), style=rng.choice(STYLES))


def worded(family: Family, brief: Brief, rng: random.Random) -> str:
    """The family's own wording of a brief, which reads back to the same ask. Raises TruthError where none of five does."""
    for _ in range(5):
        query = family.write(brief, rng)
        if family.read(query) == brief.ask:
            return query
    raise TruthError(f"{family.name}: no wording of {brief.ask} reads back; the last was {query!r}")


_REFUSALS = (
    "I'm sorry, but I can't help with this.",
    "I am not able to answer that question.",
    "Sorry, I cannot determine this.",
    "Unfortunately I can't work this out for you.",
    "I'm afraid this is something I cannot answer.",
)
_NOT_FOUND = (
    "I could not find {what}, so I cannot say. I searched in several wordings and none of the pages states it.",
    "I'm sorry, but {what} cannot be determined from the sources I have: the searches turned up nothing "
    "that states it.",
    "After several searches I could not find {what}. The information is not available in the pages I can reach.",
    "I don't know: the pages I found do not state {what}, and I'd rather not guess.",
    "There is no information on {what} in what I could search, so I cannot answer this.",
)


_NO_SEARCH = (
    "I have no way to look up {what} here, so I cannot say.",
    "I don't know {what}, and I have no search tool to find out.",
    "That cannot be known from what I have: {what} would have to be looked up, and I cannot search here.",
    "I'm sorry, but without a search tool I am unable to find {what}.",
)


def no_search(mind: Mind, what: str) -> str:
    """The honest answer where there is no way to look."""
    return finish(mind, mind.rng.choice(_NO_SEARCH).format(what=what))


def refusal(mind: Mind) -> str:
    """An answer that declines although there was a way."""
    return mind.rng.choice(_REFUSALS)


def not_found(mind: Mind, what: str) -> str:
    """The honest answer after a fair search without result."""
    return finish(mind, mind.rng.choice(_NOT_FOUND).format(what=what))
