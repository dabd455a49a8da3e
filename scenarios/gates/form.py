"""Whether a written query has the form of one: some words, nothing left open, and nothing of the brief it was written from."""

import re

from scenarios.gates.words import words

SHORTEST, LONGEST = 3, 600
"""Words."""
_OPEN = re.compile(
    r"\[(?:insert|your|name|date|number|city|company)\b[^\]]*\]|<(?:insert|your|name|number)\b[^>]*>"
    r"|\{\w+\}(?![^`]*`)|\bTODO\b|\bXX+\b|_{3,}|lorem ipsum",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:according to|in|from|of|based on) (?:the|this) (?:above |given |provided |following )?(?:passage|brief|excerpt|snippet)\b"
    r"|\bthe (?:passage|excerpt|brief) (?:above|below|provided|given|says|states|mentions)\b|\bas an AI\b",
    re.IGNORECASE,
)


def misshapen(query: str) -> str:
    """What is wrong with the form of a query; empty where nothing is."""
    count = len(words(query))
    if count < SHORTEST:
        return f"{count} words"
    if count > LONGEST and not re.search("[\u3040-\u30ff\u3400-\u9fff]", query):
        return f"{count} words, more than {LONGEST}"
    if found := _OPEN.search(query):
        return f"a place left open: {found[0]}"
    if found := _TOLD.search(query):
        return f"it speaks of what only the writer was shown: {found[0]}"
    return ""
