# ruff: noqa: E501  (word lists are data)
"""A2 for choices: an argument has one of the few values its schema names, and the user said another of them.

"In the kitchen" and `device="Living room"`. Only where the value given stands nowhere in the conversation, the other one does in the user's last
words and nothing is said against it, and no call of the message gives it. What a thing is done as (an action, a kind, an order) is told by other words.
And without an enum: `new_doctor` is the one that the user wants another instead of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.sentences import sentence_at
from traces.record import Evidence, Step

_OTHERWISE_TOLD = re.compile(
    r"action|type|operation|method|mode|status|state|command|intent|category|sort|order|kind|priority|level|format|field|metric|topic|genre|reason|interval|period|role|permission|event|option|source|target|direction|filter",
    re.IGNORECASE,
)
_TWO_SENSES = re.compile(
    r"business|first|standard|normal|regular|general|custom|default|basic|current|home|work|personal|family|public|private|local|open|closed|high|medium|small|large|light|dark|full|free|best|fast|main|single|double|next|last|long|short|simple|real|live|other|auto|both|none|north|south|east|west|male|female|adult|child|white|black|gold|silver|short|back|left|right"
)
"""Words that are said of much: they name a choice only beside the word of its key."""
_BEHIND = re.compile(
    r"\s*(?:$|[^\w\s]|(?:and|or|for|in|on|at|with|from|to|please|by|as|of|that|which|where|when|so|this|tonight|today|tomorrow|now|again|instead|starting|between)\b)"
)
_AGAINST = re.compile(r"\b(?:not|no|never|n't|without|except|excluding|but|instead\s+of|rather\s+than|than|from|other|besides|unless|if|either|or|done|finished|left|leaving)\b|n't|\b(?:I|we)(?:['’](?:m|re)|\s+(?:am|are))\b|\bmy\s+(?:own\s+)?\w+\s+(?:is|was|are)\b", re.IGNORECASE)  # fmt: skip
_NEW = re.compile(r"new_?|target|replacement|(?:change|switch|move)_?to", re.IGNORECASE)
_LONGEST = 24
"""Letters of a choice at most: longer ones are told in other words."""


@dataclass(frozen=True)
class AskedChoice(Grader):
    """Looks at single values of calls: those whose schema has an enum of words, and those that take the place of others."""

    name: ClassVar[str] = "asked_choice"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("A2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        told = case.asked(step)
        calls = [c for c in case.said(step).tool_calls if not c.malformed]
        given = {_plain(str(v)) for c in calls for v in c.arguments.values()} if told else set()
        for call in calls if told else ():
            for key, value in call.arguments.items():
                if isinstance(value, str) and _NEW.match(key) and _refused(value, told[-1]):
                    here = Evidence(message=step.message, text=f"{key}={value}", where="arguments")
                    yield Finding(
                        "A2",
                        f"{call.name} is given {key} {value!r}, which the user no longer wants",
                        (here,),
                        silent=True,
                    )
            schema = case.offered.get(call.name, {}).get("properties", {})
            for key, value in call.arguments.items():
                choices = _choices(schema.get(key))
                if not isinstance(value, str) or value not in choices or _OTHERWISE_TOLD.search(key):
                    continue
                asked = [c for c in choices if c != value and _said(c, key, told[-1]) and _plain(c) not in given]
                if len(asked) == 1 and not _stands(case, step, value):
                    here = Evidence(message=step.message, text=f"{key}={value}", where="arguments")
                    reason = f"{call.name} is given {key} {value!r}, where the user said {asked[0]}"
                    yield Finding("A2", reason, (here,), silent=True)


def _refused(value: str, text: str) -> bool:
    """Whether a text wants something instead of a value, and has that value nowhere else. What came instead of it is not wanted."""
    plain, whole = _plain(value), _plain(text)
    if not 3 <= len(plain) <= 60 or whole.count(plain) != 1:
        return False
    before = whole[sentence_at(whole, at := whole.index(plain)).start : at]
    return bool(re.search(r"\b(?:instead of|rather than)\s+(?:the\s+)?$", before)) and not _CAME.search(before)


_CAME = re.compile(
    r"\b(?:sent|got|received?|shipped|delivered|gave|given|came|arrived|booked|charged|was|were|put|assigned)\b"
)


def _choices(described: Any) -> list[str]:
    named = described.get("enum") if isinstance(described, dict) else None
    choices = [each for each in named or () if isinstance(each, str)]
    return choices if 2 <= len(choices) <= 30 else []


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


def _said(choice: str, key: str, text: str) -> bool:
    """Whether a text has a choice as words of its own that stand for no other thing, with nothing against it right before."""
    plain = _plain(choice)
    if not 4 <= len(plain) <= _LONGEST or not re.fullmatch(r"[a-z]+(?: [a-z]+)*", plain):
        return False
    whole = _plain(text)
    found = list(re.finditer(rf"\b{re.escape(plain)}\b", whole))
    word = re.escape(_plain(key).split()[-1])
    beside = len(found) == 1 and bool(re.match(rf"\W{{0,3}}{word}", whole[found[0].end() :]))
    if not beside and (_TWO_SENSES.fullmatch(plain) or not all(_BEHIND.match(whole[m.end() :]) for m in found)):
        return False
    return len(found) == 1 and not _AGAINST.search(_plain(text)[max(0, found[0].start() - 30) : found[0].end() + 12])


def _stands(case: Case, step: Step, value: str) -> bool:
    """Whether a value, or its first word, stands anywhere before."""
    said = (_plain(m.content) for m in case.messages[: step.message])
    first = re.escape(_plain(value).split()[0])
    return any(re.search(rf"\b{first}", text) for text in said)
