# ruff: noqa: E501, SIM905  (word lists and patterns are data)
"""O2 for choices: a field that has a few values is told with another one than the results have.

The booking that came back has "cabin": "basic_economy", and the answer says "**Cabin class:** Economy". Both values must be choices that a schema
names, or the other one was given to a call and shares a word with the right one; no result may have it there, and the answer may not tell the right one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.records import loaded
from traces.record import Step

_CHOICE = re.compile(r"[A-Za-z]+(?:[ _-][A-Za-z]+){0,2}")
_FREE = re.compile(
    r"name|city|country|title|brand|note|reason|message|description|text|comment|user|type|id$|origin|destination|from|to$",
    re.IGNORECASE,
)
"""Fields that have no few values, or are told by other words."""

_ENVELOPE = frozenset(
    "success successful ok okay done updated error failed failure created accepted completed complete queued saved true false yes no none".split()
)
"""What a report of a call says of the call itself, under whatever name: {"status": "success"} of a status that was set."""


@dataclass(frozen=True)
class FieldTold(Grader):
    """Judges the answer of each user turn by what the calls of that turn were given and returned."""

    name: ClassVar[str] = "field_told"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        turn = case.turn(step)
        told = [m for m in case.messages[turn : step.message] if m.role == "tool"]
        newest = loaded(told[-1].content) if told else None
        if not isinstance(newest, dict):
            return
        text = case.text(step)
        said = _plain(text)
        for key, value in newest.items():
            if not isinstance(value, str) or not _CHOICE.fullmatch(value) or _FREE.search(key):
                continue
            if _plain(value) in said or _plain(value) in _ENVELOPE:
                continue
            for other in sorted(_others(case, step, key, value)):
                m = _telling(key, other).search(text)
                if m and not _shown_so(case, step, key, other):
                    here = case.here(step, m[0], m.start(), m.end())
                    yield Finding("O2", f"says {m[0].strip()}, where the result has {value}", (here,), silent=True)
                    break


def _plain(text: str) -> str:
    return re.sub(r"[\s_*-]+", " ", text).strip().casefold()


def _others(case: Case, step: Step, key: str, value: str) -> set[str]:
    """What else a field may have by the schemas of the tools offered, and what like it calls of the turn were given there."""
    turn = case.turn(step)
    schemas = [schema.get("properties", {}).get(key, {}).get("enum") or () for schema in case.offered.values()]
    named = {_plain(str(choice)) for choices in schemas for choice in choices}
    given = {
        given
        for s in case.steps
        if turn < s.message < step.message
        for call in case.said(s).tool_calls
        if isinstance(given := call.arguments.get(key), str)
    }
    known = _plain(value)
    named = named if known in named else set()
    given = {_plain(other) for other in given if set(_plain(other).split()) & set(known.split())}
    return {other for other in named | given if other != known and _CHOICE.fullmatch(other)}


@lru_cache(maxsize=256)
def _telling(key: str, value: str) -> re.Pattern[str]:
    """How an answer tells a field: its words, perhaps one more, and the value behind a colon or "is"."""
    words = r"[\s_-]+".join(re.escape(part) for part in _plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)).split())
    choice = r"[\s_-]+".join(re.escape(part) for part in value.split())
    return re.compile(rf"\b{words}(?:\s(?:class|status|level|mode))?[*_]{{0,2}}(?::|\s(?:is|=|was\sset\sto|is\snow|set\sto))[*_\s]{{1,4}}{choice}\b(?!\s+(?:to|or|and|if)\b)", re.IGNORECASE)  # fmt: skip


def _shown_so(case: Case, step: Step, key: str, value: str) -> bool:
    """Whether any result has that value under that name."""
    return any(
        _plain(inner) == value
        for m in case.messages[: step.message]
        if m.role == "tool"
        for inner in _values(loaded(m.content), key)
    )


def _values(body: Any, key: str) -> Iterator[str]:
    pending = [body]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if isinstance(inner := value.get(key), str):
                yield inner
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
