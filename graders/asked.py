"""Which of the names that a user gave the calls of a trace ever go for."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from graders.base import Case
from graders.calls import kind_of, strings
from graders.names import folded, names
from graders.outcomes.words import plain_text
from traces.record import Step

INVENTED = (
    r"dummy|fake|test\w*|samples?|examples?|random\w*|fictional|mock\w*|demo\w*|made[- ]up|make\s+up|"
    r"invent\w*|imaginary|synthetic|generat\w*"
)
"""Words by which a user asks for something made up: within a pattern, ignoring case."""
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b[\w-]+\.(?:com|org|net|example)\b", re.IGNORECASE)
ONE_NAME = 0.85
"""How alike two spellings of one name are at least."""


def without_addresses(text: str) -> str:
    """A text without mail and web addresses, in which "test" and "example" ask for nothing made up."""
    return _ADDRESS.sub(" ", text)


@lru_cache(maxsize=256)
def named(text: str) -> tuple[str, ...]:
    """The names of two words or more in a text, without articles and the little words that begin its sentences."""
    found = (_OPENERS.sub("", part) for n in names(text) for part in _CONNECTED.split(n.text))
    return tuple(name for name in found if len(name.split()) >= 2)


_OPENERS = re.compile(
    r"^(?:(?:The|An?|Of|For|In|On|At|From|To|By|With|Among|Between|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|Which|What|Who|"
    r"When|Where|Why|How|And|Or|But|If|Compare|Take|Given|Tell|Find|Add|Both|Count|Note|Please|Also|Then|Now|"
    r"Summari[sz]e|Describe|Explain|Show|Give|List|Search|Look|Get|Check|Research|Analy[sz]e|Calculate|Determine|Identify|Provide|Write|Name)\s+)+"
)
_CONNECTED = re.compile(r"\s+(?:and|und|et|y|&)\s+(?:the\s+)?")


def asked_for(case: Case, step: Step) -> tuple[str, ...]:
    """The names that the user gave before a step."""
    return tuple(name for text in case.asked(step) for name in named(text))


def neglected(case: Case, step: Step) -> Iterator[str]:
    """The names that the user gave and that no call of the trace has, nor a page that was opened. Abbreviations are left out."""
    done = plain_text(" ".join(_told(case))).split()
    for name in asked_for(case, step):
        heads = [w for w in name.split()[:-1] if plain_text(w)] or name.split()[-1:]  # "Los", "La" tell nothing
        if not _letters(name.split()[-1]) and not any(
            w.isupper() or get_close_matches(folded(w), done, 1, ONE_NAME) for w in heads
        ):
            yield name


def _letters(word: str) -> bool:
    """Whether a word is a currency's letters or another abbreviation: "Swapping USD" is no name."""
    return word.isalpha() and word.isupper()


def _told(case: Case) -> Iterator[str]:
    for step in case.steps:
        for call in case.said(step).tool_calls:
            yield from strings(call.arguments)
            answer = case.answer_to(step, call)
            if answer is not None and kind_of(call) == "open":
                yield answer.content.partition("\n")[0]
