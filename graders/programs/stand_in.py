# ruff: noqa: E501  (patterns are data)
"""A1 for what stands in for a value, as `<event_id>` or `YOUR_TOKEN`; F4 where a mail address is asked for and what is given is none.

Where the schema names it or it was said, a placeholder is what was meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of
from traces.record import Evidence, Step

_HOLDER = re.compile(
    r"<(?:[A-Za-z]+[_ '-][\w '-]{1,50}|id|date|name|email|token|city|username|password|[A-Z]{4,20})>|\{\{[A-Za-z_][\w .-]{1,50}\}\}|\[(?:your|insert|enter|user'?s?)\s[\w '-]{2,50}\]|(?:YOUR|INSERT|MY)_[A-Z][A-Z_]{2,40}(?<!_)|your[_-](?:api[_-]key|token|password|username|email|name|id)(?:[_-]here)?",
)
_MAIL_KEY = re.compile(r"\w_e?mail$|e?mail_?address$", re.IGNORECASE)
_MAIL_SAID = re.compile(r"(?:the\s+|an?\s+)?(?:[\w']+\s+)?e-?mail\s+address\b(?!\s+or\b)", re.IGNORECASE)
_PROSE = re.compile(r"^old|^new|^tag|body|message|text|content|html|template|format|pattern|selector|xpath|code|query|prompt|regex|note|subject|title|description|needle|keyword|term|element|find|search|replace", re.IGNORECASE)  # fmt: skip
_CAPITALS = re.compile(r"[A-Z_]+")
_NAMES = re.compile(r"(?:^|_)(?:name|key|variable|var|env)$", re.IGNORECASE)
"""Arguments by which something is named: what is all capitals there names a setting."""
_ABOUT_MAIL = re.compile(
    r"^(?:forward|send|delete|reply|read|open|get|mark|move|archive|last|welcome|confirm\w*)_e?mail$", re.IGNORECASE
)
"""Arguments that point to a mail or say whether to send one."""
_PART_OF = re.compile(r"\b(?:filter|part\s+of|contain\w*|match\w*|keyword|text\s+in|search)\b", re.IGNORECASE)
_NO_VALUE = re.compile(r"yes|no|true|false|none|null|n/?a|unknown|me|self", re.IGNORECASE)
_LONGEST = 80
"""Characters of a value at most: what is longer is prose."""


@dataclass(frozen=True)
class StandIn(Grader):
    """Looks at the arguments of calls, inner ones too; code and what is written to somebody are the agent's own."""

    name: ClassVar[str] = "stand_in"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("A1", "F4")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        for call in case.said(step).tool_calls:
            if call.malformed or kind_of(call) in ("code", "calculator"):
                continue
            schema = case.offered.get(call.name, {}).get("properties", {})
            for key, text in _texts("", call.arguments):
                described = schema.get(key) if isinstance(schema.get(key), dict) else {}
                own = not text or len(text) > _LONGEST or _PROSE.search(key)
                if what := None if own else _wrong(case, step, key, text, described):
                    code, reason = what
                    here = Evidence(message=step.message, text=text, where="arguments")
                    yield Finding(code, f"{call.name} is given {key} {text!r}, {reason}", (here,), silent=True)


def _texts(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text among arguments with the name it stands under."""
    if isinstance(value, str):
        yield key, value.strip()
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(str(name), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(key, inner)


def _wrong(case: Case, step: Step, key: str, text: str, described: dict[str, Any]) -> tuple[str, str] | None:
    if text.casefold() in str(described).casefold():
        return None
    names_a_setting = _NAMES.search(key) and _CAPITALS.fullmatch(text)
    if _HOLDER.fullmatch(text) and not names_a_setting and case.knowledge.text_has(text, step.message) is None:
        return "A1", "which stands in for a value"
    if _NO_VALUE.fullmatch(text):
        return None
    return ("F4", "which is no address") if _owes_address(key, described) and not _addresses(text) else None


def _addresses(text: str) -> bool:
    """Whether a text is a mail address or several, each perhaps with a name before it."""
    return all(
        re.fullmatch(r"[^@<>]*<[^\s@]+@[^\s@]+>|[^\s@]+@[^\s@]+", each.strip()) for each in re.split(r"[,;]", text)
    )


def _owes_address(key: str, described: dict[str, Any]) -> bool:
    """Whether an argument is to be a mail address, by its name or by how its description begins."""
    told = str(described.get("description", ""))
    owed = (_MAIL_KEY.search(key) and not _ABOUT_MAIL.match(key)) or _MAIL_SAID.match(told)
    return bool(owed) and not re.search(r"\bname\b|\bid\b|_id", told, re.I) and not _PART_OF.search(told)
