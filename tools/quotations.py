"""What a text shows rather than says: thoughts, code in a line, and examples that an explanation brings. Blanked out, place by place.

A call that stands there was not meant as one. That an example is one is told by the words before it ("looks like this", "for example"),
unless the speaker announces something ("I'll call"); an example nobody announces as one is taken for what it is.
"""

import re

_THOUGHT = re.compile(r"\A.*</think(?:ing)?>(?=.*\S)|<think(?:ing)?>.*?</think(?:ing)?>(?=.*\S)", re.DOTALL)
_LINE = re.compile(r"(?<!`)(`{1,2})(?!`)([^`\n]+)\1(?!`)")
_FENCE = re.compile(r"```[^\n`]*\n.*?(?:```|\Z)", re.DOTALL)
_CALLISH = re.compile(r"<[|｜\w:]+>|<\w+=|\[TOOL_CALLS\]|\{\s*\"|\w\([^)]*\)|\bto=")
_EXPLAINS = re.compile(
    r"\b(?:for (?:example|instance)|e\.g\.|such as|an? (?:\w+ )?example|examples?:|looks? like|like (?:this|so)|notation|syntax"
    r"|(?:is|are) (?:written|spelled|spelt|put)|written as|would (?:be|look)|can (?:call|write)|in \w+ (?:the|a|its) calls?)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r"\b(?:I'll|I will|I am|I'm|I need|let me|let's|going to|now|calling|next)\b", re.IGNORECASE)
_BEFORE = 200
"""Characters before an example in which its announcement stands."""


def blanked(text: str) -> str:
    """The text with blanks where it only shows something; all else keeps its place."""
    if "</think" in text:
        text = _THOUGHT.sub(_blank, text)
    if "`" not in text:
        return text
    fences = [m for m in _FENCE.finditer(text) if explained(text, m.start()) and text[m.end() :].strip()]
    for fence in fences:
        text = text[: fence.start()] + _blank(fence) + text[fence.end() :]
    return _LINE.sub(lambda m: _blank(m) if _CALLISH.search(m[2]) and m[0] != text.strip() else m[0], text)


def explained(text: str, start: int) -> bool:
    """Whether the words before a place announce an example, and not a deed."""
    before = re.split(r"\n\s*\n(?=.*\S)", text[max(0, start - _BEFORE) : start], flags=re.DOTALL)[-1]
    return bool(_EXPLAINS.search(before)) and not _ANNOUNCES.search(before)


def in_quotes(text: str, start: int) -> bool:
    """Whether a quotation mark stands right before a place."""
    return text[start - 1 : start] in tuple("\"'“‘«„")


def fenced(text: str, start: int) -> bool:
    """Whether a place stands within a fence."""
    return any(m.start() < start < m.end() for m in _FENCE.finditer(text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
